import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/diag/diagnostic.ts";
import type { AttributeType } from "../../../src/model/attribute.ts";
import { sql } from "../../../src/model/sql.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { CONTRADICTIONS } from "./contradictions.ts";
import { dataWorkspace, openWhole, userSource } from "./data-workspace.ts";
import { FORMATS, type Format, writeRows } from "./source-files.ts";

/** What the second row of three holds under one column; the others hold nothing there. */
interface Odd {
  readonly column: string;
  readonly type: AttributeType;
  /** The text of the value in that format. */
  readonly text: string;
  readonly parquetType?: string;
}

const PSIDS = ["7100000000000001", "7100000000000002", "7100000000000003"];

async function writeOdd(folder: string, format: Format, odd: Odd): Promise<string> {
  const path = join(folder, `users.${format}`);
  const isUserId = odd.column === "user_id";
  const isPsid = odd.column === "ps_id";
  if (format === "parquet") {
    const own = (row: number) => (row === 1 ? odd.text : undefined);
    const rows = PSIDS.map((psid, row) => ({
      // A column of Parquet has one type, so that the other ids are missing here.
      user_id: isUserId ? own(row) : `u${row}`,
      ps_id: isPsid ? own(row) : psid,
      ...(!isUserId && !isPsid && { [odd.column]: own(row) }),
    }));
    const columns = { user_id: "string", ps_id: "string", [odd.column]: odd.type } as const;
    const parquetTypes = odd.parquetType === undefined ? {} : { [odd.column]: odd.parquetType };
    await writeRows(path, format, { columns, rows, parquetTypes });
    return path;
  }
  const quote = (text: string) => (format === "csv" ? text : JSON.stringify(text));
  const cells = PSIDS.map((psid, row) => [
    isUserId && row === 1 ? odd.text : quote(`u${row}`),
    isPsid && row === 1 ? odd.text : quote(psid),
    row === 1 ? odd.text : format === "csv" ? "" : "null",
  ]);
  const names = ["user_id", "ps_id", odd.column];
  const width = isUserId || isPsid ? 2 : 3;
  const objects = cells.map(
    (row) =>
      `{${row
        .slice(0, width)
        .map((cell, at) => `"${names[at]}":${cell}`)
        .join(",")}}`,
  );
  const lines = [names, ...cells].map((row) => row.slice(0, width).join(","));
  const text = {
    json: `[${objects.join(",")}]`,
    ndjson: objects.join("\n"),
    csv: lines.join("\n"),
  };
  writeFileSync(path, `${text[format]}\n`);
  return path;
}

async function openOdd(format: Format, odd: Odd) {
  const folder = temporaryFolder();
  await writeOdd(folder, format, odd);
  const isId = odd.column === "user_id" || odd.column === "ps_id";
  const attributes = isId ? {} : { [odd.column]: odd.type };
  const users = userSource({ pattern: `users.${format}`, format, attributes });
  return openWhole(dataWorkspace(folder, users));
}

async function faultsOf(format: Format, odd: Odd): Promise<readonly Diagnostic[]> {
  const { engine, diagnostics } = await openOdd(format, odd);
  engine.close();
  return diagnostics;
}

/** Lines are those of the file; JSON arrays and Parquet have none. */
const LINES: Readonly<Record<Format, number>> = { json: 1, ndjson: 2, csv: 3, parquet: 1 };

function typeFault(format: Format, column: string): object {
  return {
    code: "DATA_TYPE",
    severity: "error",
    at: { file: `users.${format}`, line: LINES[format], column: 1 },
    detail: expect.stringContaining(`Row 2 of users.${format}: the value of "${column}" does not`),
  };
}

describe("a value that contradicts its type is an error with file, row and column:", () => {
  for (const { type, json, csv, parquet } of CONTRADICTIONS) {
    const texts = { json, ndjson: json, csv };
    for (const format of ["json", "ndjson", "csv"] as const) {
      test.for(texts[format])(`${type} in .${format}: %s`, async (text) => {
        if (type !== "id") {
          const faults = await faultsOf(format, { column: "value", type, text });
          expect(faults).toEqual([expect.objectContaining(typeFault(format, "value"))]);
          return;
        }
        for (const column of ["user_id", "ps_id"]) {
          const faults = await faultsOf(format, { column, type: "string", text });
          expect(faults).toEqual([expect.objectContaining(typeFault(format, column))]);
        }
      });
    }
    test.for(parquet)(`${type} in .parquet: %s %s`, async ([parquetType, text]) => {
      const column = type === "id" ? "ps_id" : "value";
      const odd = { column, type: type === "id" ? "string" : type, text, parquetType } as const;
      const faults = await faultsOf("parquet", odd);
      expect(faults).toEqual([expect.objectContaining(typeFault("parquet", column))]);
      expect(faults[0]?.detail).toContain(`The column is ${parquetType} there.`);
    });
  }
});

describe("whole numbers are ids and keep all their digits:", () => {
  const IDS = ["71", "9007199254740993", "9223372036854775807", "12345678901234567890"];
  const LONGER = ["99999999999999999999", "123456789012345678901234567890"];
  for (const format of ["json", "ndjson", "csv"] as const) {
    test.for([...IDS, ...LONGER, "-5"])(`.${format}: %s`, async (text) => {
      const { engine, diagnostics } = await openOdd(format, {
        column: "user_id",
        type: "string",
        text,
      });
      expect(diagnostics).toEqual([]);
      const rows = await engine.rows(sql`SELECT user_id FROM users ORDER BY ps_id`);
      expect(rows.map((row) => row["user_id"])).toEqual(["u0", text, "u2"]);
      engine.close();
    });
  }
  test.for([
    ["TINYINT", "71"],
    ["INTEGER", "71"],
    ["BIGINT", "9223372036854775807"],
    ["UBIGINT", "12345678901234567890"],
    ["DECIMAL(20,0)", "99999999999999999999"],
    ["DECIMAL(38,0)", "123456789012345678901234567890"],
    ["VARCHAR", "12345678901234567890"],
  ] as const)(".parquet: %s %s", async ([parquetType, text]) => {
    const odd = { column: "ps_id", type: "string", text, parquetType } as const;
    const { engine } = await openOdd("parquet", odd);
    const rows = await engine.rows(sql`SELECT ps_id FROM users WHERE user_id = 'u1'`);
    const isPsid = text.length >= 5 && text.length <= 20;
    expect(rows).toEqual([{ ps_id: isPsid ? text : null }]);
    engine.close();
  });

  test("text that only looks a little like a number stays an id", async () => {
    for (const text of ["12e5", "0007", "1e10", "1.2.3", "7.1E+15x", "é👍"]) {
      for (const format of FORMATS) {
        const written = format === "csv" || format === "parquet" ? text : JSON.stringify(text);
        const odd = { column: "user_id", type: "string", text: written } as const;
        const { engine } = await openOdd(format, odd);
        const found = await engine.rows(sql`SELECT count(*) AS n FROM users_read
          WHERE user_id = ${text}`);
        expect(found).toEqual([{ n: 1 }]);
        engine.close();
      }
    }
  });
});

describe("Parquet columns of other types mean the same:", () => {
  test.for([
    ["number", "TINYINT", "7", 7],
    ["number", "INTEGER", "7", 7],
    ["number", "BIGINT", "9007199254740991", 9007199254740991],
    ["number", "UBIGINT", "18446744073709551615", 2 ** 64],
    ["number", "DECIMAL(10,2)", "19.99", 19.99],
    ["number", "DECIMAL(38,10)", "0.1000000000", 0.1],
    ["number", "FLOAT", "0.5", 0.5],
    ["number", "DOUBLE", "5e-324", 5e-324],
    ["integer", "SMALLINT", "-7", -7],
    ["integer", "INTEGER", "7", 7],
    ["integer", "UBIGINT", "7", 7],
    ["integer", "BIGINT", "-9223372036854775808", "-9223372036854775808"],
    ["integer", "DECIMAL(18,0)", "7", 7],
    ["timestamp", "TIMESTAMP", "2026-12-01T10:00:00.123Z", "2026-12-01 10:00:00.123"],
    ["timestamp", "TIMESTAMP_S", "2026-12-01 10:00:00", "2026-12-01 10:00:00"],
    ["timestamp", "TIMESTAMP_MS", "2026-12-01 10:00:00.123", "2026-12-01 10:00:00.123"],
    ["timestamp", "TIMESTAMP_NS", "2026-12-01 10:00:00.123456789", "2026-12-01 10:00:00.123456"],
    ["timestamp", "TIMESTAMPTZ", "2026-12-01 10:00:00+01:00", "2026-12-01 09:00:00"],
    ["timestamp", "VARCHAR", "2026-12-01T10:00:00+01:00", "2026-12-01 09:00:00"],
    ["date", "DATE", "2026-12-01", "2026-12-01"],
    ["date", "VARCHAR", "2026-12-01", "2026-12-01"],
    ["string", "VARCHAR", "", ""],
    ["boolean", "BOOLEAN", "false", false],
  ] as const)("%s as %s %s", async ([type, parquetType, text, want]) => {
    const odd = { column: "value", type, text, parquetType } as const;
    const { engine, diagnostics } = await openOdd("parquet", odd);
    expect(diagnostics).toEqual([]);
    const rows = await engine.rows(sql`SELECT value FROM users ORDER BY user_id`);
    expect(rows.map((row) => row["value"])).toEqual([null, want, null]);
    engine.close();
  });

  test("a column that is missing in every row may be of any type", async () => {
    const folder = temporaryFolder();
    const rows = [{ user_id: "u1", ps_id: undefined, value: null }];
    const columns = { user_id: "string", ps_id: "string", value: "string" } as const;
    const parquetTypes = { value: "INTEGER" };
    await writeRows(join(folder, "users.parquet"), "parquet", { columns, rows, parquetTypes });
    const declared = { pattern: "users.parquet", format: "parquet" } as const;
    const source = userSource({ ...declared, attributes: { value: "string" } });
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, source));
    expect(diagnostics).toEqual([]);
    engine.close();
  });
});
