import type { JsonObject } from "../model/json.ts";
import { identifier, join, raw, type Sql, type SqlValue } from "../model/sql.ts";

/*
 * Statements of one text that differ in their bound values alone can be asked as one: each row
 * brings along the values that it is judged by, and every `?` becomes the row's own value. The
 * engine then plans a text once, which costs more than judging a thousand rows.
 */

/** The columns in which a row brings its values along, one list for each type. */
export const VALUE_COLUMNS = {
  "posthorn:shape": "INTEGER",
  "posthorn:string": "VARCHAR[]",
  "posthorn:double": "DOUBLE[]",
  "posthorn:bigint": "BIGINT[]",
  "posthorn:boolean": "BOOLEAN[]",
  "posthorn:list": "VARCHAR[][]",
} as const;

type ValueColumn = Exclude<keyof typeof VALUE_COLUMNS, "posthorn:shape">;

/** A statement as it is planned: its text, and where each of its values comes from. */
interface Shape {
  readonly number: number;
  readonly text: string;
  readonly columns: readonly ValueColumn[];
}

/** The different texts among many statements. */
export class Shapes {
  readonly #byKey = new Map<string, Shape>();

  /** The row's part of a statement: the number of its shape, and its values. */
  add({ text, values }: Sql): JsonObject {
    const columns = values.map(columnOf);
    const key = `${columns.join()}\n${text}`;
    const shape = this.#byKey.get(key) ?? { number: this.#byKey.size, text, columns };
    this.#byKey.set(key, shape);
    const row: Record<string, SqlValue[]> = {};
    for (const [index, column] of columns.entries()) {
      row[column] ??= [];
      row[column].push(plain(values[index] ?? null));
    }
    return { ...(row as JsonObject), "posthorn:shape": shape.number };
  }

  /** Every different statement, with the row's own values in place of bound ones. */
  statements(): { readonly shape: number; readonly statement: Sql }[] {
    return [...this.#byKey.values()].map((shape) => ({
      shape: shape.number,
      statement: raw(ownValues(shape)),
    }));
  }
}

/** The list of the columns that hold the values, for the SELECT that passes them on. */
export function valueColumns(): Sql {
  return join(Object.keys(VALUE_COLUMNS).map(identifier), ", ");
}

function columnOf(value: SqlValue): ValueColumn {
  if (typeof value === "string" || value === null) return "posthorn:string";
  if (typeof value === "number") return "posthorn:double";
  if (typeof value === "bigint") return "posthorn:bigint";
  return typeof value === "boolean" ? "posthorn:boolean" : "posthorn:list";
}

/** As JSON takes it; the whole numbers that statements bind are safe integers. */
function plain(value: SqlValue): SqlValue {
  return typeof value === "bigint" ? Number(value) : value;
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\b(?:SELECT|HAVING)\b|[()?]/g;

interface Clause {
  /** Whether rows of other shapes are read here too. */
  readonly isSelect: boolean;
  /** Whether only grouped values may stand here. */
  readonly isHaving: boolean;
}

function ownValues({ number, text, columns }: Shape): string {
  const clauses: Clause[] = [{ isSelect: false, isHaving: false }];
  const taken = new Map<ValueColumn, number>();
  let mark = 0;
  return text.replace(TOKEN, (token) => {
    const clause = clauses.at(-1) ?? { isSelect: false, isHaving: false };
    if (token === "(") clauses.push(clause);
    if (token === ")") clauses.pop();
    if (token === "SELECT") clauses.splice(-1, 1, { isSelect: true, isHaving: false });
    if (token === "HAVING") clauses.splice(-1, 1, { ...clause, isHaving: true });
    if (token !== "?") return token;
    const column = columns[mark++] ?? "posthorn:string";
    const at = (taken.get(column) ?? 0) + 1;
    taken.set(column, at);
    return ownValue(`"${column}"[${at}]`, number, clause);
  });
}

/** The values of another shape's row may not even have the form that the text expects. */
function ownValue(value: string, shape: number, { isSelect, isHaving }: Clause): string {
  const guarded = isSelect ? `(CASE WHEN "posthorn:shape" = ${shape} THEN ${value} END)` : value;
  return isHaving ? `any_value(${guarded})` : guarded;
}
