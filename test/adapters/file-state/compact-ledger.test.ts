import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Compactor } from "../../../src/ports/compactor.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import {
  age,
  compacted,
  compactingState,
  compactor,
  copyOf,
  ledgerOf,
  MANIFEST,
  MANY,
  PARQUET,
  passBy,
  plainState,
  run,
} from "./compactions.ts";
import { opening, statuses } from "./fixture.ts";

describe("a ledger that is compacted", () => {
  test("says what its segments said, in one file", async () => {
    const plain = temporaryFolder();
    await run(plainState(plain), "run-1");
    const { folder, store, said } = await compacted();
    expect(said).toEqual(await statuses(plainState(plain)));
    expect(said.size).toBe(MANY);
    expect((await store.read()).ledger).toEqual([
      { path: join(folder, "ledger", PARQUET), format: "parquet", torn: false },
    ]);
  });

  test("keeps the replaced segments for those who read them, and removes them later", async () => {
    const { folder, said } = await compacted();
    await passBy(folder, "run-2");
    expect(ledgerOf(folder)).toEqual([PARQUET, MANIFEST, "run-1.ndjson"]);
    age(folder);
    await passBy(folder, "run-3");
    expect(ledgerOf(folder)).toEqual([PARQUET, MANIFEST]);
    expect(await statuses(compactingState(folder).store)).toEqual(said);
  });

  test("is compacted again with what came since, and old manifests go", async () => {
    const { folder, store } = await compacted();
    await run(store, "run-2", { from: MANY / 2, to: MANY * 1.5 });
    const said = await statuses(store);
    expect(said.size).toBe(MANY * 1.5);
    expect((await store.read()).ledger.map(({ path }) => path)).toEqual([
      join(folder, "ledger/compacted-2-0.parquet"),
    ]);
    for (const id of ["run-3", "run-4"]) {
      age(folder);
      await passBy(folder, id);
    }
    expect(ledgerOf(folder)).toEqual(["compacted-2-0.parquet", "compacted-2.json"]);
    expect(await statuses(store)).toEqual(said);
  });

  test("stays as it is where little was written", async () => {
    const folder = temporaryFolder();
    await run(compactingState(folder).store, "run-1", { to: 20 });
    expect(ledgerOf(folder)).toEqual(["run-1.ndjson"]);
  });

  test("stays as it is after a signal, which leaves no time", async () => {
    const folder = temporaryFolder();
    const { store } = compactingState(folder, async () => {
      throw new Error("not to be called");
    });
    await run(plainState(folder), "run-1");
    age(folder);
    const stop = new AbortController();
    const writer = await store.open({ ...opening("run-2"), signal: stop.signal });
    await writer.remember({});
    stop.abort("SIGTERM");
    await writer.close();
    expect(ledgerOf(folder)).toEqual(["run-1.ndjson"]);
  });

  test("leaves the segment of another run alone until its writer is surely gone", async () => {
    const folder = temporaryFolder();
    await run(plainState(folder), "run-1");
    await passBy(folder, "run-2");
    expect(ledgerOf(folder)).toEqual(["run-1.ndjson"]);
    age(folder);
    await passBy(folder, "run-3");
    expect(ledgerOf(folder)).toEqual(["compacted-3-0.parquet", "compacted-3.json", "run-1.ndjson"]);
  });

  test("keeps in its manifest which runs took a state over", async () => {
    const { folder } = await compacted();
    const from = { run: "run-0", host: "h", pid: 1, url: null, since: "2026-12-01T00:00:00Z" };
    const path = join(folder, "ledger/run-2.ndjson");
    const header = { kind: "header", format: "posthorn.ledger/1", workspace: "acme", fence: 2 };
    const rest = {
      run: "run-2",
      commit: null,
      taken_over: from,
      seq: 0,
      at: "2026-12-01T00:00:00Z",
    };
    writeFileSync(path, `${JSON.stringify({ ...header, ...rest })}\n`);
    age(folder);
    await run(compactingState(folder).store, "run-3");
    await run(compactingState(folder).store, "run-4", { to: 2 * MANY });
    const manifest = JSON.parse(readFileSync(join(folder, "ledger/compacted-2.json"), "utf8"));
    expect(manifest.takeovers).toEqual([{ run: "run-2", from }]);
    const last = JSON.parse(readFileSync(join(folder, "ledger/compacted-3.json"), "utf8"));
    expect(last.takeovers).toEqual([{ run: "run-2", from }]);
  });
});

describe("a compaction that is broken off", () => {
  const failing: Record<string, Compactor> = {
    "before anything was written": async () => {
      throw new Error("no engine");
    },
    "once its drafts were written": async (compaction) => {
      await compactor(compaction);
      throw new Error("the disk is full");
    },
  };
  for (const [when, broken] of Object.entries(failing)) {
    test(`${when} changes nothing, and the run is a good one`, async () => {
      const folder = temporaryFolder();
      const { store, warnings } = compactingState(folder, broken);
      await run(store, "run-1");
      expect(warnings).toEqual([expect.stringContaining("nothing of it is lost")]);
      expect((await statuses(store)).size).toBe(MANY);
      expect((await store.read()).ledger).toMatchObject([{ format: "ndjson" }]);
      await passBy(folder, "run-2");
      expect(ledgerOf(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    });
  }

  const steps: Record<string, readonly string[]> = {
    "before its manifest": [MANIFEST],
    "after its manifest": [],
    "when its segment was removed": ["run-1.ndjson"],
    "when a clean-up had taken file and manifest of a run without lease": [MANIFEST, PARQUET],
    "when a clean-up had taken the file of a run without lease": [PARQUET],
  };
  for (const [when, gone] of Object.entries(steps)) {
    test(`${when} says every record once`, async () => {
      const { folder, said } = await compacted();
      for (const name of gone) rmSync(join(folder, "ledger", name));
      const { store } = compactingState(folder);
      expect(await statuses(store)).toEqual(said);
      for (const id of ["run-2", "run-3", "run-4"]) {
        age(folder);
        await passBy(folder, id);
        expect(await statuses(store)).toEqual(said);
      }
      expect(ledgerOf(folder)).toHaveLength(2);
    });
  }

  test("of a later holder is left alone by a run that lost its lease unnoticed", async () => {
    const { folder } = await compacted();
    const later = ["compacted-99-0.parquet", "compacted-99-1.parquet.tmp", "compacted-99.json.tmp"];
    for (const name of later) writeFileSync(join(folder, "ledger", name), "being made");
    await passBy(folder, "run-2");
    expect(ledgerOf(folder)).toEqual(expect.arrayContaining(later));
  });

  test("by a run that had lost its lease does not count beside the later one", async () => {
    const { folder, said } = await compacted();
    const other = copyOf(folder, join(temporaryFolder(), "other"));
    for (const name of [MANIFEST, PARQUET]) rmSync(join(other, "ledger", name));
    age(other);
    await run(compactingState(other).store, "run-2", { from: 3 * MANY, to: 3 * MANY + 1 });
    for (const name of ["compacted-2.json", "compacted-2-0.parquet", "run-2.ndjson"]) {
      cpSync(join(other, "ledger", name), join(folder, "ledger", name));
    }
    const { store } = compactingState(folder);
    expect((await statuses(store)).size).toBe(said.size + 1);
    expect((await store.read()).ledger).toHaveLength(1);
    await passBy(folder, "run-3");
    expect((await statuses(store)).size).toBe(said.size + 1);
    expect(ledgerOf(folder)).not.toContain(MANIFEST);
  });
});
