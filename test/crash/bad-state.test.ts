import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openFileState } from "../../src/adapters/file-state/open-file-state.ts";
import { opening } from "../adapters/file-state/fixture.ts";
import { SkippingClock } from "../apply/fakes.ts";
import { posthorn } from "../cli/posthorn.ts";
import { contentOf, copyOf, NOW, smallState, type Used, usedWorkspace } from "./used-workspace.ts";

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

type Places = Pick<Used, "cwd" | "state" | "segment">;

interface BadState {
  readonly name: string;
  /** Whether the commands are tried too. */
  readonly commands?: true;
  spoil(of: Places): void;
  /** A part of what is said, with the place. */
  readonly says: (of: Places) => string;
}

const BAD: readonly BadState[] = [
  {
    name: "a segment with a torn line in its middle",
    commands: true,
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
    commands: true,
    spoil: ({ state }) =>
      edit(join(state, "state.json"), (text) => text.replace("state/1", "state/2")),
    says: ({ state }) => `${state}/state.json:1 has the format "posthorn.state/2"`,
  },
  {
    name: "a state of another workspace",
    spoil: ({ state }) =>
      edit(join(state, "state.json"), (text) => text.replace('"small"', '"large"')),
    says: ({ state }) => `${state}/state.json:1 belongs to the workspace "large", not "small"`,
  },
  {
    name: "a ledger without its state.json",
    commands: true,
    spoil: ({ state }) => rmSync(join(state, "state.json")),
    says: ({ state }) => `${state} has a ledger and no state.json`,
  },
  {
    name: "a lease of a newer format",
    commands: true,
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
    commands: true,
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
      const used = await smallState();
      spoil(used);
      const before = contentOf(used.cwd);
      const store = openFileState({
        folder: used.state,
        workspace: "small",
        clock: new SkippingClock(),
      });
      const refusal = { exit: "state", message: expect.stringContaining(says(used)) };
      await expect(store.read()).rejects.toMatchObject(refusal);
      const writer = await store.open(opening("run-2")).catch((fault) => fault);
      // What only reading the ledger shows is seen before anything is claimed.
      if (writer instanceof Error) expect(writer).toMatchObject(refusal);
      else await writer.close();
      expect(contentOf(used.cwd)).toEqual(before);
    });
  }

  test("by every command, with exit 9", async () => {
    const used = await usedWorkspace();
    const kinds = BAD.filter(({ commands }) => commands);
    expect(kinds.length).toBeGreaterThan(3);
    for (const { spoil, says } of kinds) {
      const cwd = copyOf(used.cwd);
      const state = join(cwd, "data/state");
      const spoilt = { ...used, cwd, state, segment: used.segment.replace(used.cwd, cwd) };
      spoil(spoilt);
      const before = contentOf(cwd);
      for (const verb of [
        ["apply", ...NOW],
        ["plan", ...NOW],
        ["ledger", "show"],
      ]) {
        const ran = await posthorn(verb, spoilt);
        expect(ran).toMatchObject({ exit: 9, out: "" });
        expect(ran.err).toContain(says(spoilt));
        expect(ran.err).toMatch(/Nothing was (changed|sent)/);
      }
      expect(contentOf(cwd)).toEqual(before);
    }
    expect(used.sandbox.deliveredCount).toBe(3);
  }, 180_000);

  test("of another page, by plan and apply; of a sandbox, by sends to Meta", async () => {
    const used = await usedWorkspace();
    const before = contentOf(used.state);
    const { MESSENGER_PAGE_TOKEN } = used.env;
    const toMeta = await posthorn(["apply"], { cwd: used.cwd, env: { MESSENGER_PAGE_TOKEN } });
    expect(toMeta).toMatchObject({ exit: 9, out: "" });
    expect(toMeta.err).toContain("belongs to sends to a sandbox");
    edit(join(used.cwd, "posthorn.yaml"), (text) => text.replace("000001", "000002"));
    for (const verb of ["apply", "plan"]) {
      const ran = await posthorn([verb, ...NOW], used);
      expect(ran).toMatchObject({ exit: 9, out: "" });
      expect(ran.err).toContain("belongs to the page 422500000000001, not 422500000000002");
    }
    expect(contentOf(used.state)).toEqual(before);
  });
});

test("a torn last line is passed over by every command, and the rest goes on", async () => {
  const used = await usedWorkspace();
  for (const torn of ['{"kind":"settle","deliv', "\0\0\0\0\0\0\0\0"]) {
    appendFileSync(used.segment, torn);
    const ran = await posthorn(["apply", ...NOW, "--format", "json"], used);
    expect(ran.exit).toBe(0);
    expect(JSON.parse(ran.out).totals).toMatchObject({ sent: 0 });
    expect((await posthorn(["ledger", "export"], used)).out.trim().split("\n")).toHaveLength(3);
    edit(used.segment, (text) => text.slice(0, -torn.length));
  }
  expect(used.sandbox.deliveredCount).toBe(3);
});
