import { expect, test } from "vitest";
import { EarlyEngine } from "../../src/cli/early-engine.ts";
import type { WorkspaceFiles } from "../../src/ports/workspace-files.ts";

const TEXTS: Readonly<Record<string, string>> = {
  "posthorn.yaml": "workspace: acme\n",
  "segments/bare.yaml": "description: knows no tests:\nwhere: { country: DE }\n",
  "segments/tested.yaml": "where: { country: DE }\ntests: []\n",
};

function filesOf(): WorkspaceFiles {
  return {
    root: "/acme",
    list: () => Object.keys(TEXTS),
    isInside: () => true,
    read: (path) => {
      const text = TEXTS[path];
      if (text === undefined) return { kind: "missing" };
      return { kind: "bytes", bytes: new TextEncoder().encode(text) };
    },
  };
}

function counted() {
  const calls: string[] = [];
  const early = new EarlyEngine(() => {
    calls.push("start");
    return {
      run: () => Promise.resolve(),
      rows: () => Promise.resolve([]),
      close: () => void calls.push("close"),
    };
  });
  return { early, calls };
}

test("the engine starts when the first file with tests is read, once", () => {
  const { early, calls } = counted();
  const files = early.noticing(filesOf());
  files.read("posthorn.yaml");
  files.read("segments/bare.yaml");
  expect(files.read("segments/gone.yaml")).toEqual({ kind: "missing" });
  expect(calls).toEqual([]);
  expect(files.read("segments/tested.yaml").kind).toBe("bytes");
  files.read("segments/tested.yaml");
  expect(early.open()).toBe(early.open());
  early.close();
  expect(calls).toEqual(["start", "close"]);
});

test("without tests it neither starts nor ends", () => {
  const { early, calls } = counted();
  early.noticing(filesOf()).read("segments/bare.yaml");
  early.close();
  expect(calls).toEqual([]);
});
