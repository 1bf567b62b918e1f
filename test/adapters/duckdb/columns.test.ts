import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { raw } from "../../../src/model/sql.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { dataWorkspace, openWhole, userSource } from "./data-workspace.ts";
import { FORMATS, type Format, type Row, writeSource } from "./source-files.ts";

const USERS = { user_id: "string", ps_id: "string", timezone: "string" } as const;
const A: Row = { user_id: "a", ps_id: "7100000000000001" };
const B: Row = { user_id: "b", ps_id: "7100000000000002" };
const C: Row = { user_id: "c", ps_id: "7100000000000003" };

describe("columns", () => {
  const text: Record<"csv", string> = { csv: "user_id,ps_id,first name\nu1,7100000000000001,x\n" };

  test("a missing one names the file and the column that was probably meant", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "users.csv"), text.csv);
    const attributes = { "first nam": "string" } as const;
    const declared = { pattern: "users.csv", format: "csv", attributes } as const;
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, userSource(declared)));
    engine.close();
    expect(diagnostics).toMatchObject([
      { code: "DATA_COLUMN_MISSING", severity: "error", at: { file: "users.csv", line: 1 } },
    ]);
    expect(diagnostics[0]?.detail).toBe(
      'users.csv has no column "first nam". Did you mean "first name"?',
    );
  });

  test.for(["csv", "parquet"] as const)("each file of a glob is looked at: .%s", async (format) => {
    const folder = temporaryFolder();
    const layout = { name: "", format, fileCount: 1 } as const;
    await writeSource(folder, "a", { layout, rows: [A], columns: USERS });
    const { timezone: _, ...fewer } = USERS;
    await writeSource(folder, "b", { layout, rows: [B], columns: fewer });
    const declared = {
      pattern: `*.${format}`,
      format,
      attributes: { timezone: "string" },
    } as const;
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, userSource(declared)));
    engine.close();
    expect(diagnostics).toMatchObject([
      { code: "DATA_COLUMN_MISSING", at: { file: `b-0.${format}` } },
    ]);
  });

  test("their order may differ from file to file", async () => {
    for (const format of ["csv", "parquet"] as const) {
      const folder = temporaryFolder();
      const layout = { name: "", format, fileCount: 1 } as const;
      await writeSource(folder, "a", { layout, rows: [A], columns: USERS });
      const turned = { timezone: "string", ps_id: "string", user_id: "string" } as const;
      await writeSource(folder, "b", { layout, rows: [B], columns: turned });
      const declared = { pattern: `*.${format}`, format, attributes: {} } as const;
      const { engine } = await openWhole(dataWorkspace(folder, userSource(declared)));
      const rows = await engine.rows(raw("SELECT user_id, ps_id FROM users ORDER BY 1"));
      expect(rows).toEqual([A, B].map(({ user_id, ps_id }) => ({ user_id, ps_id })));
      engine.close();
    }
  });

  test("Parquet files of a glob are not cast to the types of the first", async () => {
    const folder = temporaryFolder();
    const layout = { name: "", format: "parquet", fileCount: 1 } as const;
    const columns = { ...USERS, ltv: "number" } as const;
    const write = (stem: string, row: Row, type: string) =>
      writeSource(folder, stem, { layout, rows: [row], columns, parquetTypes: { ltv: type } });
    await write("a", { ...A, ltv: 5 }, "INTEGER");
    await write("b", { ...B, ltv: 19.99 }, "DECIMAL(10,2)");
    const declared = { pattern: "*.parquet", format: "parquet" } as const;
    const source = userSource({ ...declared, attributes: { ltv: "number" } });
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, source));
    expect(diagnostics).toEqual([]);
    const rows = await engine.rows(raw("SELECT ltv FROM users ORDER BY 1"));
    expect(rows).toEqual([{ ltv: 5 }, { ltv: 19.99 }]);
    engine.close();
    await write("c", { ...C, ltv: "7" }, "VARCHAR");
    const again = await openWhole(dataWorkspace(folder, source));
    again.engine.close();
    expect(again.diagnostics).toMatchObject([{ code: "DATA_TYPE", at: { file: "c-0.parquet" } }]);
  });
});

describe("many faults", () => {
  test.for(FORMATS)(
    ".%s: the first ten rows are named, the others counted",
    async (format: Format) => {
      const folder = temporaryFolder();
      const layout = { name: "", format, fileCount: 1 } as const;
      const rows = Array.from({ length: 25 }, (_, n) => ({ user_id: `u${n}`, ltv: "secret" }));
      const columns = { user_id: "string", ps_id: "string", ltv: "string" } as const;
      const pattern = await writeSource(folder, "users", { layout, rows, columns });
      const source = userSource({ pattern, format, attributes: { ltv: "number" } });
      const { engine, diagnostics } = await openWhole(dataWorkspace(folder, source));
      engine.close();
      expect(diagnostics).toHaveLength(11);
      expect(diagnostics[9]?.detail).toMatch(/^Row 10 of/);
      expect(diagnostics[10]?.detail).toMatch(/^25 rows have values/);
      expect(JSON.stringify(diagnostics)).not.toContain("secret");
    },
  );

  test("a row far down in a large file is named by its number", async () => {
    const folder = temporaryFolder();
    const lines = Array.from({ length: 200_000 }, (_, n) =>
      JSON.stringify({ user_id: `u${n}`, ltv: n === 187_654 ? "x" : n }),
    );
    writeFileSync(join(folder, "users.ndjson"), `${lines.join("\n")}\n`);
    const declared = { pattern: "users.ndjson", format: "ndjson" } as const;
    const source = userSource({ ...declared, attributes: { ltv: "number" } });
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, source));
    engine.close();
    expect(diagnostics).toMatchObject([{ code: "DATA_TYPE", at: { line: 187_655 } }]);
  });
});
