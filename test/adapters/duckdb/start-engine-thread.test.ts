import { expect, onTestFinished, test } from "vitest";
import { PortError } from "../../../src/diag/errors.ts";
import { raw, sql } from "../../../src/model/sql.ts";
import type { TestEngine } from "../../../src/ports/sql-engine.ts";

/** A thread runs what is built: node reads no TypeScript. */
const BUILT = new URL("../../../dist/adapters/duckdb/start-engine-thread.js", import.meta.url).href;

async function started(): Promise<TestEngine> {
  const { startEngineThread } = (await import(BUILT)) as { startEngineThread(): TestEngine };
  const engine = startEngineThread();
  onTestFinished(() => engine.close());
  return engine;
}

test("an engine in a thread of its own answers in the order it is asked", async () => {
  const engine = await started();
  const made = engine.run(raw("CREATE TEMP TABLE people (name VARCHAR, tags VARCHAR[])"));
  const filled = engine.run(sql`INSERT INTO people VALUES (${"Ana"}, ${["a", "b"]}::VARCHAR[])`);
  const rows = engine.rows(sql`SELECT name, tags, ${2n}::BIGINT AS two, ${null} AS none,
    ${true} AS yes, ${1.5} AS more FROM people`);
  expect(await rows).toEqual([
    { name: "Ana", tags: ["a", "b"], two: 2, none: null, yes: true, more: 1.5 },
  ]);
  await Promise.all([made, filled]);
});

test("a statement that fails leaves it usable, and its fault is told", async () => {
  const engine = await started();
  const failed = engine.rows(raw("SELECT * FROM nowhere"));
  const next = engine.rows(raw("SELECT 1 AS one"));
  const fault: unknown = await failed.catch((caught) => caught);
  expect((fault as Error).message).toContain("nowhere");
  expect((fault as Error).constructor.name).toBe(PortError.name);
  expect(await next).toEqual([{ one: 1 }]);
});
