import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { openFileState } from "../../../src/adapters/file-state/open-file-state.ts";
import { ledgerRelationSql } from "../../../src/ledger/fold-sql.ts";
import { personFiles } from "../../../src/ledger/person-files.ts";
import { hashedId } from "../../../src/model/hashed-id.ts";
import { sql } from "../../../src/model/sql.ts";
import type { StateStore } from "../../../src/ports/state-store.ts";
import { FakeClock } from "../../apply/fakes.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { age, compactingState, compactor, ledgerOf, run } from "./compactions.ts";
import { delivery, opening, statuses } from "./fixture.ts";
import { FakeMachine, WallClock } from "./machines.ts";

const FIVE = delivery(5);
const PERSON = { userId: FIVE.userId, psids: [FIVE.psid] };

/** Forgets number five; gives how many of their deliveries were found and how many files wait. */
async function forget(store: StateStore, id: string) {
  const engine = await openDuckdb();
  const writer = await store.open(opening(id));
  try {
    await writer.forget(PERSON);
    const { ledger } = await store.read();
    const { files, deliveries } = await personFiles(engine, ledger, PERSON);
    return { deliveries, waiting: await writer.hidePerson(PERSON, files) };
  } finally {
    await writer.close();
    engine.close();
  }
}

/** Every delivery with the person that it names. */
async function peopleIn(store: StateStore): Promise<Map<string, string>> {
  const { ledger, liveRun } = await store.read();
  const engine = await openDuckdb();
  const relation = ledgerRelationSql(ledger, liveRun);
  const rows = await engine.rows(sql`SELECT delivery_id, user_id, psid FROM (${relation})`);
  engine.close();
  return new Map(
    rows.map((row) => [String(row["delivery_id"]), `${row["user_id"]} ${row["psid"]}`]),
  );
}

/** The files below a folder that hold a text as it is. */
function filesWith(folder: string, text: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.filter((name) => readFileSync(join(folder, name), "latin1").includes(text));
}

describe("a person who is forgotten", () => {
  test("stands under a hash in records and compacted files; all else is as it was", async () => {
    const folder = temporaryFolder();
    const { store } = compactingState(folder);
    // The first run is compacted when it ends, the second one stays.
    await run(store, "run-1");
    await run(store, "run-2", { from: 0, to: 20 });
    expect(ledgerOf(folder).filter((name) => !name.endsWith(".json"))).toHaveLength(2 + 1);
    const [said, before] = [await statuses(store), await peopleIn(store)];
    expect(await forget(store, "run-3")).toEqual({ deliveries: 1, waiting: 0 });
    expect(await statuses(store)).toEqual(said);
    const key = readFileSync(join(folder, "forgotten/key"), "utf8").trim();
    const hashed = `${hashedId(key, FIVE.userId)} ${hashedId(key, FIVE.psid)}`;
    const people = await peopleIn(store);
    expect(people.get(FIVE.id)).toBe(hashed);
    expect(new Map([...people, [FIVE.id, before.get(FIVE.id)]])).toEqual(before);
    expect(filesWith(folder, FIVE.psid)).toEqual([]);
    // What the new files were made from is gone at once, and a later compaction finds all in order.
    expect(ledgerOf(folder).filter((name) => name.includes("compacted-1"))).toEqual([]);
    await run(store, "run-4", { from: 20_000, to: 30_000 });
    age(folder);
    await run(store, "run-5", { from: 30_000, to: 30_001 });
    expect((await peopleIn(store)).get(FIVE.id)).toBe(hashed);
  }, 60_000);

  test("is told by the state ever after, with every PSID that was known", async () => {
    const { store } = compactingState(temporaryFolder());
    expect((await store.read()).forgotten).toBe(null);
    await forget(store, "run-1");
    const writer = await store.open(opening("run-2"));
    await writer.forget({ userId: FIVE.userId, psids: ["7100000000009999"] });
    await writer.forget({ userId: "someone", psids: [] });
    await writer.close();
    const { forgotten } = await store.read();
    const hashed = (id: string) => hashedId(forgotten?.key ?? "", id);
    expect(new Set(forgotten?.users)).toEqual(new Set([FIVE.userId, "someone"].map(hashed)));
    expect(new Set(forgotten?.psids)).toEqual(new Set([FIVE.psid, "7100000000009999"].map(hashed)));
  });

  test("waits where a run that lost its lease may still write an outcome", async () => {
    const folder = temporaryFolder();
    const wall = new WallClock();
    wall.ms = Date.now();
    const dead = new Set<number>();
    const stateOf = (pid: number) => {
      const machine = new FakeMachine("here", pid, { wall, dead });
      const clock = new FakeClock();
      return openFileState({ folder, workspace: "acme", clock, machine, compactor });
    };
    const lost = await stateOf(1).open(opening("lost"));
    await lost.claim([FIVE, delivery(6)], 5_000);
    dead.add(1);
    expect(await forget(stateOf(2), "run-2")).toEqual({ deliveries: 1, waiting: 1 });
    // It wakes up and writes what came of the claim; that must not get lost.
    lost.settle(FIVE, { status: "sent", messageId: "m_5" }, 6_000);
    await lost.flush();
    expect((await statuses(stateOf(2))).get(FIVE.id)).toBe("sent");
    expect(await forget(stateOf(2), "run-3")).toEqual({ deliveries: 1, waiting: 1 });
    wall.ms += 11 * 60_000;
    expect(await forget(stateOf(2), "run-4")).toEqual({ deliveries: 1, waiting: 0 });
    expect(await statuses(stateOf(2))).toEqual(
      new Map([
        [FIVE.id, "sent"],
        [delivery(6).id, "unknown"],
      ]),
    );
    expect(filesWith(folder, FIVE.psid)).toEqual([]);
  });
});

describe("a state that cannot know who was forgotten", () => {
  async function forgotten() {
    const folder = temporaryFolder();
    const { store } = compactingState(folder);
    await forget(store, "run-1");
    const [name = ""] = readdirSync(join(folder, "forgotten"));
    return { store, folder, file: join(folder, "forgotten", name) };
  }

  test("is refused without its key, which is not made anew", async () => {
    const { store, folder } = await forgotten();
    rmSync(join(folder, "forgotten/key"));
    const refusal = { exit: "state", message: expect.stringContaining("is missing") };
    await expect(store.read()).rejects.toMatchObject(refusal);
    await expect(forget(store, "run-2")).rejects.toMatchObject(refusal);
  });

  test("is refused with a file that says something else", async () => {
    const { store, file } = await forgotten();
    writeFileSync(file, readFileSync(file, "utf8").replace("acme", "other"));
    await expect(store.read()).rejects.toMatchObject({
      exit: "state",
      message: expect.stringContaining(file),
    });
  });
});
