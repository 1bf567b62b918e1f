import { describe, expect, test } from "vitest";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { unreadable } from "../../../src/adapters/duckdb/unreadable.ts";
import { DefectError, PortError } from "../../../src/diag/errors.ts";
import { raw } from "../../../src/model/sql.ts";

const PATH = "/workspace/data/users.json";
const source = { paths: [PATH], root: "/workspace" };

async function faultOf(query: string): Promise<unknown> {
  const engine = await openDuckdb();
  try {
    return await engine.rows(raw(query));
  } catch (fault) {
    return fault;
  } finally {
    engine.close();
  }
}

describe("what the engine says while data is read", () => {
  test.for([
    ["a syntax that is none", `SELEC 1 FROM read_json('${PATH}')`],
    ["a column that is not there", "SELECT nothing FROM (SELECT 1 AS one)"],
    ["a table that is not there", "SELECT * FROM nowhere"],
    ["a function that is not there", "SELECT nothing(1)"],
    ["a cast that cannot be", "SELECT 'secret'::INTEGER"],
  ] as const)("of a query of ours is a defect: %s", async ([, query]) => {
    const fault = await faultOf(query);
    expect(fault).toBeInstanceOf(PortError);
    expect(() => unreadable(fault, source)).toThrow(DefectError);
    try {
      unreadable(fault, source);
    } catch (defect) {
      expect(String(defect)).not.toContain("secret");
    }
  });

  test("of a file is a diagnostic", async () => {
    const fault = await faultOf(`SELECT * FROM read_json('${PATH}', columns = {a: 'JSON'})`);
    expect(unreadable(fault, source)).toMatchObject({
      code: "DATA_UNREADABLE",
      at: { file: "data/users.json", line: 1 },
      detail: "data/users.json cannot be read. It is gone.",
    });
  });

  test("of neither stays what it is: memory, disk", () => {
    for (const message of [
      "Out of Memory Error: could not allocate block of size 256.0 KiB",
      'IO Error: Could not write file "/tmp/posthorn-x/duckdb_temp": No space left on device',
    ]) {
      const fault = new PortError(message, { retryable: false });
      expect(() => unreadable(fault, source)).toThrow(fault);
    }
  });

  test("words of ours that are no engine's pass through", () => {
    const fault = new TypeError("x is undefined");
    expect(() => unreadable(fault, source)).toThrow(fault);
  });
});
