import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { posthorn } from "../cli/posthorn.ts";
import { contentOf, NOW, type Used, usedWorkspace } from "./used-workspace.ts";

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

interface BadState {
  readonly name: string;
  spoil(of: Used): void;
  /** A part of what is said, with the place. */
  readonly says: (of: Used) => string;
}

const BAD: readonly BadState[] = [
  {
    name: "a segment with a torn line in its middle",
    spoil: ({ segment }) => edit(segment, (text) => text.replace(/\n(.{40}).*\n/, "\n$1\n")),
    says: ({ segment }) => `${segment}:2 does not fit the ledger: it is no JSON object`,
  },
  {
    name: "a segment with zeros in its middle",
    spoil: ({ segment }) =>
      edit(segment, (text) => text.replace(/\n.{40}/, (cut) => `\n${"\0".repeat(cut.length - 1)}`)),
    says: ({ segment }) => `${segment}:2 does not fit the ledger`,
  },
  {
    name: "a segment with a record of an unknown kind",
    spoil: ({ segment }) => edit(segment, (text) => text.replace('"claim"', '"clam"')),
    says: ({ segment }) => `${segment}:2 does not fit the ledger: it is no claim and no settlement`,
  },
  {
    name: "a segment without a record's place in the order",
    spoil: ({ segment }) => edit(segment, (text) => text.replace(/"seq":1\b/, '"seq":"1"')),
    says: ({ segment }) => `${segment}:2 does not fit the ledger`,
  },
  {
    name: "a segment without its header",
    spoil: ({ segment }) => edit(segment, (text) => text.slice(text.indexOf("\n") + 1)),
    says: ({ segment }) => `${segment}:1 does not fit the ledger: a segment begins with its header`,
  },
  {
    name: "a segment of another workspace",
    spoil: ({ segment }) =>
      edit(segment, (text) => text.replace('"workspace":"small"', '"workspace":"large"')),
    says: ({ segment }) =>
      `${segment}:1 does not fit the ledger: it belongs to the workspace "large"`,
  },
  {
    name: "a segment of a newer format",
    spoil: ({ segment }) => edit(segment, (text) => text.replace("ledger/1", "ledger/2")),
    says: ({ segment }) =>
      `${segment}:1 does not fit the ledger: its format is "posthorn.ledger/2"`,
  },
  {
    name: "a state.json that is no JSON",
    spoil: ({ state }) => edit(join(state, "state.json"), (text) => text.slice(0, 30)),
    says: ({ state }) => `${state}/state.json:1 is no JSON document`,
  },
  {
    name: "a state.json that is empty",
    spoil: ({ state }) => edit(join(state, "state.json"), () => ""),
    says: ({ state }) => `${state}/state.json:1 is no JSON document`,
  },
  {
    name: "a state.json of a newer format",
    spoil: ({ state }) =>
      edit(join(state, "state.json"), (text) => text.replace("state/1", "state/2")),
    says: ({ state }) => `${state}/state.json:1 has the format "posthorn.state/2"`,
  },
  {
    name: "a state of another workspace",
    spoil: ({ cwd }) => edit(join(cwd, "posthorn.yaml"), (text) => text.replace("small", "other")),
    says: ({ state }) => `${state}/state.json:1 belongs to the workspace "small", not "other"`,
  },
  {
    name: "a ledger without its state.json",
    spoil: ({ state }) => rmSync(join(state, "state.json")),
    says: ({ state }) => `${state} has a ledger and no state.json`,
  },
  {
    name: "a lease of a newer format",
    spoil: ({ state }) =>
      writeFileSync(join(state, "lease-7.json"), `{"format":"posthorn.lease/2"}\n`),
    says: ({ state }) => `${state}/lease-7.json:1 has the format "posthorn.lease/2"`,
  },
  {
    name: "a ledger that is a file",
    spoil: ({ state }) => {
      rmSync(join(state, "ledger"), { recursive: true });
      writeFileSync(join(state, "ledger"), "in the way");
    },
    says: ({ state }) => `The ledger in ${state} cannot be listed: a part of its path is a file`,
  },
  {
    name: "a state that is a file",
    spoil: ({ state }) => {
      rmSync(state, { recursive: true });
      writeFileSync(state, "in the way");
    },
    says: ({ state }) => `${state}/state.json cannot be read: a part of its path is a file`,
  },
];

describe("a state that does not fit is told by its place, and left byte for byte as it is", () => {
  for (const { name, spoil, says } of BAD) {
    test(name, async () => {
      const used = await usedWorkspace();
      spoil(used);
      const before = contentOf(used.cwd);
      for (const verb of [
        ["apply", ...NOW],
        ["plan", ...NOW],
        ["ledger", "show"],
      ]) {
        const ran = await posthorn(verb, used);
        expect(ran).toMatchObject({ exit: 9, out: "" });
        expect(ran.err).toContain(says(used));
        expect(ran.err).toMatch(/Nothing was (changed|sent)/);
      }
      expect(contentOf(used.cwd)).toEqual(before);
      expect(used.sandbox.deliveredCount).toBe(3);
    });
  }

  test("a state of another page, for plan and apply", async () => {
    const used = await usedWorkspace();
    edit(join(used.cwd, "posthorn.yaml"), (text) => text.replace("000001", "000002"));
    const before = contentOf(used.cwd);
    for (const verb of ["apply", "plan"]) {
      const ran = await posthorn([verb, ...NOW], used);
      expect(ran).toMatchObject({ exit: 9, out: "" });
      expect(ran.err).toContain("belongs to the page 422500000000001, not 422500000000002");
    }
    expect(contentOf(used.cwd)).toEqual(before);
  });

  test("a state of sends to a sandbox, for sends to Meta", async () => {
    const used = await usedWorkspace();
    const before = contentOf(used.cwd);
    const ran = await posthorn(["apply"], { cwd: used.cwd, env: { MESSENGER_PAGE_TOKEN: "any" } });
    expect(ran).toMatchObject({ exit: 9, out: "" });
    expect(ran.err).toContain("belongs to sends to a sandbox");
    expect(contentOf(used.cwd)).toEqual(before);
  });
});

test("a torn last line is passed over by every command, and the rest goes on", async () => {
  const used = await usedWorkspace();
  for (const torn of ['{"kind":"settle","deliv', "\0\0\0\0\0\0\0\0", '{"kind":"claim"}']) {
    appendFileSync(used.segment, torn);
    const ran = await posthorn(["apply", ...NOW, "--format", "json"], used);
    expect(ran.exit).toBe(0);
    expect(JSON.parse(ran.out).totals).toMatchObject({ sent: 0 });
    expect((await posthorn(["ledger", "export"], used)).out.trim().split("\n")).toHaveLength(3);
    edit(used.segment, (text) => text.slice(0, -torn.length));
  }
  expect(used.sandbox.deliveredCount).toBe(3);
});
