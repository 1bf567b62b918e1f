import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { delivery, opening, SETTLEMENTS, stateIn, statuses } from "./fixture.ts";

describe("a state in a folder", () => {
  test("reading it writes nothing, not even the folder", async () => {
    const folder = join(temporaryFolder(), "state");
    expect(await stateIn(folder).read()).toEqual({
      document: undefined,
      ledger: [],
      halted: null,
      liveRun: null,
      peopleKey: null,
      forgotten: null,
    });
    expect(existsSync(folder)).toBe(false);
  });

  test("a claim is on disk when it resolves, and is unknown once its run is gone", async () => {
    const folder = temporaryFolder();
    const store = stateIn(folder);
    const writer = await store.open(opening("run-1"));
    await writer.claim([delivery(1)], 5_000);
    expect(await statuses(store)).toEqual(new Map([[delivery(1).id, "claimed"]]));
    await writer.close();
    expect(await statuses(store)).toEqual(new Map([[delivery(1).id, "unknown"]]));
  });

  test("a run that does nothing leaves nothing behind", async () => {
    const folder = temporaryFolder();
    await (await stateIn(folder).open(opening("run-1"))).close();
    expect(readdirSync(folder, { recursive: true })).toEqual(["ledger"]);
  });

  test("a run id that was used before is refused, and its segment left as it is", async () => {
    const folder = temporaryFolder();
    const first = await stateIn(folder).open(opening("run-1"));
    await first.claim([delivery(1)], 5_000);
    await first.close();
    const before = readFileSync(join(folder, "ledger/run-1.ndjson"), "utf8");
    const second = await stateIn(folder).open(opening("run-1"));
    await expect(second.claim([delivery(2)], 6_000)).rejects.toMatchObject({ exit: "state" });
    await second.close();
    expect(readFileSync(join(folder, "ledger/run-1.ndjson"), "utf8")).toBe(before);
  });

  const others = [
    { name: "of another workspace", workspace: "other", over: {} },
    { name: "of another page", workspace: "acme", over: { pageId: "422500000000002" } },
    { name: "of Meta, for a sandbox", workspace: "acme", over: { target: "meta" as const } },
  ];
  for (const { name, workspace, over } of others) {
    test(`a state ${name} is refused and left as it is`, async () => {
      const folder = temporaryFolder();
      const writer = await stateIn(folder).open(opening("run-1"));
      await writer.claim([delivery(1)], 5_000);
      await writer.close();
      const before = readFileSync(join(folder, "state.json"), "utf8");
      await expect(
        stateIn(folder, { workspace }).open(opening("run-2", over)),
      ).rejects.toMatchObject({
        exit: "state",
      });
      expect(readFileSync(join(folder, "state.json"), "utf8")).toBe(before);
      expect(readdirSync(join(folder, "ledger"))).toEqual(["run-1.ndjson"]);
    });
  }

  test("a ledger without its state.json is refused: it has lost its fencing number", async () => {
    const folder = temporaryFolder();
    const writer = await stateIn(folder).open(opening("run-1"));
    await writer.claim([delivery(1)], 5_000);
    await writer.close();
    rmSync(join(folder, "state.json"));
    await expect(stateIn(folder).read()).rejects.toMatchObject({ exit: "state" });
    await expect(stateIn(folder).open(opening("run-2"))).rejects.toMatchObject({ exit: "state" });
    expect(existsSync(join(folder, "state.json"))).toBe(false);
  });

  test("a ledger that cannot be listed is refused, not taken for an empty one", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "ledger"), "in the way");
    await expect(stateIn(folder).read()).rejects.toMatchObject({ exit: "state" });
  });

  test("a newer state is refused by its format", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "state.json"), `{"format":"posthorn.state/2"}`);
    await expect(stateIn(folder).read()).rejects.toMatchObject({
      exit: "state",
      message: expect.stringContaining("posthorn.state/2"),
    });
  });

  test("a torn last line is passed over, a torn middle is refused with file and line", async () => {
    const folder = temporaryFolder();
    const store = stateIn(folder);
    const writer = await store.open(opening("run-1"));
    await writer.claim([delivery(1)], 5_000);
    await writer.close();
    const path = join(folder, "ledger/run-1.ndjson");
    appendFileSync(path, `{"kind":"claim","deliv`);
    expect((await statuses(store)).size).toBe(1);
    appendFileSync(path, `\n{"kind":"claim"}\n`);
    await expect(store.read()).rejects.toMatchObject({
      exit: "state",
      message: expect.stringContaining(`${path}:3`),
    });
  });

  for (const [name, jumpMs] of [
    ["back", -86_400_000],
    ["ahead", 86_400_000],
  ] as const) {
    test(`the later run has the last word, though its clock is a day ${name}`, async () => {
      const store = stateIn(temporaryFolder());
      const [sent, failed, , released] = SETTLEMENTS;
      if (!sent || !failed || !released) throw new Error("no settlements");
      const first = await store.open(opening("run-1"));
      await first.claim([delivery(1), delivery(2)], 90_000_000);
      first.settle(delivery(1), released, 90_000_001);
      first.settle(delivery(2), failed, 90_000_001);
      await first.close();
      const second = await store.open(opening("run-2"));
      await second.claim([delivery(1), delivery(2)], 90_000_000 + jumpMs);
      second.settle(delivery(1), sent, 90_000_001 + jumpMs);
      await second.close();
      expect(await statuses(store)).toEqual(
        new Map([
          [delivery(1).id, "sent"],
          [delivery(2).id, "unknown"],
        ]),
      );
    });
  }

  test("any order of claims and settlements folds to the last word on each delivery", async () => {
    const step = fc.record({ n: fc.nat(5), how: fc.nat(3), jump: fc.nat(5) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const store = stateIn(temporaryFolder());
        const writer = await store.open(opening("run-1"));
        const expected = new Map<string, string>();
        for (const [index, { n, how, jump }] of steps.entries()) {
          const settlement = SETTLEMENTS[how] ?? SETTLEMENTS[0];
          // The clock stands still, runs on or jumps back: it has no say in the order.
          await writer.claim([delivery(n)], 10_000 * jump);
          if (settlement && index % 4 !== 3) {
            writer.settle(delivery(n), settlement, 10_000 * (jump - (index % 3)));
            expected.set(delivery(n).id, settlement.status);
          } else expected.set(delivery(n).id, "unknown");
        }
        await writer.close();
        expect(await statuses(store)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
