import { type Sql, sql } from "../../model/sql.ts";
import type { SourceFiles } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { ColumnType } from "./typed-column.ts";

/** Files with what their columns are declared as. */
export interface Declared {
  readonly files: SourceFiles;
  readonly paths: readonly string[];
  readonly root: string;
  readonly declared: ReadonlyMap<string, ColumnType>;
  /** Columns that a file with columns may lack: their values are missing then. */
  readonly optional: ReadonlySet<string>;
}

/** Files whose declared columns are of the same types, so that one reader fits them all. */
export interface FileGroup {
  readonly paths: readonly string[];
  /** The engine's types by column; undefined for JSON, whose objects need not be alike. */
  readonly types: ReadonlyMap<string, string> | undefined;
}

/**
 * Looks at each file by itself: a reader of several files takes the types of the first and casts
 * the others to them, without a word.
 */
export async function groupFiles(
  engine: SqlEngine,
  { files, paths, declared }: Declared,
  fromOf: (paths: readonly string[]) => Sql,
): Promise<readonly FileGroup[]> {
  if (files.format === "json" || files.format === "ndjson") return [{ paths, types: undefined }];
  const groups = new Map<string, FileGroup & { readonly paths: string[] }>();
  for (const path of paths) {
    const rows = await engine.rows(sql`DESCRIBE SELECT * FROM ${fromOf([path])}`);
    const types = new Map(
      rows.map((row) => [String(row["column_name"]), String(row["column_type"])]),
    );
    const key = JSON.stringify([...declared.keys()].map((name) => types.get(name) ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { paths: [path], types });
    else group.paths.push(path);
  }
  return [...groups.values()];
}
