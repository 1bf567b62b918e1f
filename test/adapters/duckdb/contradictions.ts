import type { AttributeType } from "../../../src/model/attribute.ts";

/** Values that contradict a declared type, as the text of each format. */
export interface Contradictions {
  readonly type: AttributeType | "id";
  readonly json: readonly string[];
  /** Whole fields, quotes included. */
  readonly csv: readonly string[];
  /** A column's type in Parquet, and the text of a value of that. */
  readonly parquet: readonly (readonly [string, string])[];
}

const BAD_INSTANTS = [
  "2026-12-01",
  "2026-02-30T10:00:00Z",
  "2026-13-01T10:00:00Z",
  "2026-12-01T25:00:00Z",
  "2026-12-01T10:60:00Z",
  "2026-12-01T10:00:61Z",
  "2026-12-01T10:00:00+25:00",
  "2026-12-01T10:00:00+01:75",
  "2026-12-01T10:00:00 Europe/Berlin",
  "2026-12-01t10:00:00z",
  "20261201T100000Z",
  "01.12.2026 10:00",
  "1796119200",
  "now",
  "epoch",
  "infinity",
  " 2026-12-01T10:00:00Z",
];
const BAD_DATES = [
  "2026-12-01T00:00:00Z",
  "2026-02-30",
  "2025-02-29",
  "2026-1-1",
  "20261201",
  "01.12.2026",
  "today",
  "infinity",
];
const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text));

export const CONTRADICTIONS: readonly Contradictions[] = [
  {
    type: "string",
    json: ["5", "1.5", "true", "[]", '["a"]', "{}"],
    csv: [],
    parquet: [
      ["INTEGER", "5"],
      ["DOUBLE", "1.5"],
      ["BOOLEAN", "true"],
      ["DATE", "2026-12-01"],
      ["TIMESTAMP", "2026-12-01T10:00:00Z"],
      ["VARCHAR[]", '["a"]'],
      ["BLOB", "a"],
    ],
  },
  {
    type: "number",
    json: ['"5"', '""', "true", "[1]", "{}", "1e999", "-1e999", "NaN", "Infinity"],
    csv: [
      "abc",
      '""',
      " 5",
      "5 ",
      '"1,5"',
      "1 000",
      "1_000",
      "NaN",
      "Infinity",
      "-inf",
      "0x10",
      "1e999",
      "true",
      "--5",
      ".",
      "5€",
    ],
    parquet: [
      ["VARCHAR", "5"],
      ["BOOLEAN", "true"],
      ["DOUBLE", "NaN"],
      ["DOUBLE", "Infinity"],
      ["DOUBLE", "-Infinity"],
      ["FLOAT", "NaN"],
      ["DATE", "2026-12-01"],
      ["DOUBLE[]", "[1.5]"],
    ],
  },
  {
    type: "integer",
    json: [
      '"5"',
      "1.0",
      "1.5",
      "1e3",
      "true",
      "[]",
      "9223372036854775808",
      "-9223372036854775809",
      "99999999999999999999",
    ],
    csv: ["1.0", "1.5", "1e3", "+5", "5 ", "abc", '""', "9223372036854775808", "true"],
    parquet: [
      ["DOUBLE", "5"],
      ["FLOAT", "5"],
      ["DECIMAL(10,2)", "5.00"],
      ["VARCHAR", "5"],
      ["UBIGINT", "9223372036854775808"],
      ["DECIMAL(20,0)", "99999999999999999999"],
      ["BOOLEAN", "true"],
    ],
  },
  {
    type: "boolean",
    json: ['"true"', "1", "0", '"yes"', '""', "[]"],
    csv: ["TRUE", "True", "yes", "on", "1", "0", "t", '""', " true"],
    parquet: [
      ["VARCHAR", "true"],
      ["INTEGER", "1"],
    ],
  },
  {
    type: "timestamp",
    json: [...quoted(BAD_INSTANTS), "1796119200", '""', "true", "[]"],
    csv: [...BAD_INSTANTS, '""'],
    parquet: [
      ...BAD_INSTANTS.map((text) => ["VARCHAR", text] as const),
      ["DATE", "2026-12-01"],
      ["TIME", "10:00:00"],
      ["BIGINT", "1796119200"],
      ["TIMESTAMP", "infinity"],
      ["TIMESTAMP", "-infinity"],
    ],
  },
  {
    type: "date",
    json: [...quoted(BAD_DATES), "20261201", '""', "true"],
    csv: [...BAD_DATES, '""'],
    parquet: [
      ...BAD_DATES.map((text) => ["VARCHAR", text] as const),
      ["TIMESTAMP", "2026-12-01T00:00:00Z"],
      ["INTEGER", "20261201"],
      ["DATE", "infinity"],
    ],
  },
  {
    type: "string[]",
    json: ['"vip"', '["a",1]', '["a",null]', '[["a"]]', "[true]", "{}", "5", '""'],
    csv: ["vip", "a|b", '"[""a"",1]"', '"[""a"",null]"', "[", '""', "{}", "['a']", '"[""a""] x"'],
    parquet: [
      ["VARCHAR", '["a"]'],
      ["INTEGER[]", "[1]"],
      ["VARCHAR[]", '["a",null]'],
      ["VARCHAR[][]", '[["a"]]'],
    ],
  },
  {
    type: "id",
    json: ["1.5", "1.0", "7.1E+15", "1e3", "true", "[]", "{}"],
    csv: ["1.5", "7.1E+15", "7.1e15", "7100000000000001.0", "-1.5", "71E+14", ".5"],
    parquet: [
      ["DOUBLE", "7100000000000001"],
      ["FLOAT", "7100000"],
      ["DECIMAL(18,2)", "71.00"],
      ["BOOLEAN", "true"],
      ["TIMESTAMP", "2026-12-01T00:00:00Z"],
    ],
  },
];
