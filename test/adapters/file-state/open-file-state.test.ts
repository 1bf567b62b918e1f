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
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { openFileState } from "../../../src/adapters/file-state/open-file-state.ts";
import { ledgerRelationSql } from "../../../src/ledger/fold-sql.ts";
import type { Delivery } from "../../../src/model/delivery.ts";
import { sql } from "../../../src/model/sql.ts";
import type { Settlement, StateStore } from "../../../src/ports/state-store.ts";
import { FakeClock } from "../../apply/fakes.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";

const PAGE = "422500000000001";

function stateIn(folder: string, workspace = "acme"): StateStore {
  return openFileState({ folder, workspace, clock: new FakeClock() });
}

function opening(id: string, over: { pageId?: string; target?: "meta" | "sandbox" } = {}) {
  const run = { id, startedAt: 0, commit: null };
  return { run, pageId: PAGE, target: "sandbox" as const, ...over };
}

function delivery(n: number): Delivery {
  return {
    id: n.toString(16).padStart(64, "0"),
    rootId: "hello",
    occurrence: "once",
    userId: `u${n}`,
    psid: String(7_100_000_000_000_000 + n),
    variant: null,
    revision: "sha256:1",
    counts: true,
    body: {},
  };
}

const SETTLEMENTS: Settlement[] = [
  { status: "sent", messageId: "m_1" },
  {
    status: "failed",
    errorClass: "rejected",
    stops: "person",
    error: { code: 5, subcode: 6, message: "no" },
  },
  { status: "unknown", error: { code: null, subcode: null, message: "timeout" } },
  { status: "released", error: { code: null, message: "refused" } },
];

async function statuses(store: StateStore): Promise<Map<string, string>> {
  const { ledger, liveRun } = await store.read();
  const engine = await openDuckdb();
  try {
    const relation = ledgerRelationSql(ledger, liveRun);
    const rows = await engine.rows(sql`SELECT delivery_id, status FROM (${relation})`);
    return new Map(rows.map((row) => [String(row["delivery_id"]), String(row["status"])]));
  } finally {
    engine.close();
  }
}

describe("a state in a folder", () => {
  test("reading it writes nothing, not even the folder", async () => {
    const folder = join(temporaryFolder(), "state");
    expect(await stateIn(folder).read()).toEqual({
      document: undefined,
      ledger: [],
      liveRun: null,
      peopleKey: null,
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

  test("a second apply is locked out, and named the holder", async () => {
    const folder = temporaryFolder();
    const writer = await stateIn(folder).open(opening("run-1"));
    await expect(stateIn(folder).open(opening("run-2"))).rejects.toMatchObject({
      exit: "locked",
      message: expect.stringMatching(/run run-1 on .+, process \d+, since/),
    });
    await writer.close();
    await (await stateIn(folder).open(opening("run-2"))).close();
  });

  test("the lease of a dead process on this machine is taken over at once", async () => {
    const folder = temporaryFolder();
    const writer = await stateIn(folder).open(opening("run-1"));
    const path = join(folder, "lease.json");
    const lease = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...lease, processStart: "1" }));
    const next = await stateIn(folder).open(opening("run-2"));
    await expect(writer.claim([delivery(1)], 5_000)).rejects.toMatchObject({ exit: "locked" });
    expect(JSON.parse(readFileSync(path, "utf8")).fence).toBe(lease.fence + 1);
    await next.close();
  });

  const others = [
    { name: "of another workspace", workspace: "other", over: {} },
    { name: "of another page", workspace: "acme", over: { pageId: "422500000000002" } },
    { name: "of Meta, for a sandbox", workspace: "acme", over: { target: "meta" as const } },
  ];
  for (const { name, workspace, over } of others) {
    test(`a state ${name} is refused and left as it is`, async () => {
      const folder = temporaryFolder();
      await (await stateIn(folder).open(opening("run-1"))).close();
      const before = readFileSync(join(folder, "state.json"), "utf8");
      await expect(stateIn(folder, workspace).open(opening("run-2", over))).rejects.toMatchObject({
        exit: "state",
      });
      expect(readFileSync(join(folder, "state.json"), "utf8")).toBe(before);
      expect(readdirSync(join(folder, "ledger"))).toEqual(["run-1.ndjson"]);
    });
  }

  test("a ledger without its state.json is refused: it has lost its fencing number", async () => {
    const folder = temporaryFolder();
    await (await stateIn(folder).open(opening("run-1"))).close();
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

  test("any order of claims and settlements folds to the last word on each delivery", async () => {
    const step = fc.record({ n: fc.integer({ min: 0, max: 5 }), how: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const store = stateIn(temporaryFolder());
        const writer = await store.open(opening("run-1"));
        const expected = new Map<string, string>();
        for (const [index, { n, how }] of steps.entries()) {
          const settlement = SETTLEMENTS[how] ?? SETTLEMENTS[0];
          await writer.claim([delivery(n)], 10_000 * index);
          if (settlement && index % 4 !== 3) {
            writer.settle(delivery(n), settlement, 10_000 * index + 1);
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
