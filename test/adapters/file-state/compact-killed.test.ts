import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { age, compactingState, copyOf, passBy, plainState, run } from "./compactions.ts";
import { statuses } from "./fixture.ts";

describe("a compaction that is broken off", () => {
  test("by kill -9 at any moment says every record once", { timeout: 120_000 }, async () => {
    const plain = temporaryFolder();
    await run(plainState(plain), "run-1");
    const said = await statuses(plainState(plain));
    age(plain);
    const seen = new Set<string>();
    for (let kill = 0; kill < 12; kill++) {
      const folder = copyOf(plain, join(temporaryFolder(), "state"));
      await killedAfter(folder, kill);
      const { store } = compactingState(folder);
      expect(await statuses(store)).toEqual(said);
      seen.add((await store.read()).ledger.map(({ format }) => format).join());
      age(folder);
      await passBy(folder, "run-3");
      expect(await statuses(store)).toEqual(said);
    }
    expect(seen).toEqual(new Set(["ndjson", "parquet"]));
  });
});

/** Compacts in a process of its own that is killed some time after it began. */
function killedAfter(folder: string, kill: number): Promise<void> {
  const script = `
    const { openFileState } = await import("./dist/adapters/file-state/open-file-state.js");
    const { openDuckdb } = await import("./dist/adapters/duckdb/duckdb-engine.js");
    const { compactFiles } = await import("./dist/ledger/compact-files.js");
    const compactor = async (compaction) => compactFiles(await openDuckdb(), compaction);
    const clock = { now: Date.now, monotonicMs: () => performance.now(), sleep: async () => {} };
    const [folder] = process.argv.slice(1);
    const store = openFileState({ folder, workspace: "acme", clock, compactor });
    const { signal } = new AbortController();
    const run = { id: "run-2", startedAt: 0, commit: null, url: null };
    const opened = { run, pageId: "422500000000001", target: "sandbox", signal };
    const writer = await store.open(opened);
    await writer.remember({});
    console.log("compacting");
    await writer.close();
    process.exit(0);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder]);
  // The last one is left to finish.
  child.stdout.once("data", () => {
    if (kill < 11) setTimeout(() => child.kill("SIGKILL"), kill * 30);
  });
  return new Promise((resolve) => child.on("close", () => resolve()));
}
