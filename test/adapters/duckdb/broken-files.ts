import type { Format } from "./source-files.ts";

/** Stands in every broken row, and must stand in no diagnostic. */
export const SECRET = "Ana Secret";
export const PERSON = `{"user_id":"u1","ps_id":"7100000000000001","name":"${SECRET}"}`;
export const HEADER = "user_id,ps_id,name";
export const ROW = `u1,7100000000000001,${SECRET}`;

export interface Broken {
  readonly name: string;
  readonly format: Format;
  readonly text: string | Uint8Array;
  /** What the one diagnostic says; `line` 1 where it is not asked for. */
  readonly says: RegExp;
  readonly line?: number;
}

export const BROKEN: readonly Broken[] = [
  { name: "an empty file", format: "json", text: "", says: /is empty/ },
  { name: "white space alone", format: "json", text: " \n\n", says: /is empty/ },
  {
    name: "a cut off array",
    format: "json",
    text: `[${PERSON},{"user_id":"${SECRET}"`,
    says: /at entry 2\. It ends in the middle of an object/,
  },
  {
    name: "an array that is not closed",
    format: "json",
    text: `[${PERSON}`,
    says: /no valid JSON/,
  },
  { name: "a comma too many", format: "json", text: `[${PERSON},]`, says: /no valid JSON/ },
  {
    name: "text after the array",
    format: "json",
    text: `[${PERSON}] ${SECRET}`,
    says: /no valid JSON/,
  },
  {
    name: "one object",
    format: "json",
    text: PERSON,
    says: /holds one array of objects.*name it \.ndjson/,
  },
  {
    name: "an object a line",
    format: "json",
    text: `${PERSON}\n${PERSON}\n`,
    says: /holds one array of objects/,
  },
  {
    name: "texts in the array",
    format: "json",
    text: `["${SECRET}"]`,
    says: /at entry 1\. One of its entries is no object/,
  },
  {
    name: "null in the array",
    format: "json",
    text: `[${PERSON},null]`,
    says: /no object|no "user_id"/,
  },
  {
    name: "a key twice",
    format: "json",
    text: `[{"user_id":"u1","name":"${SECRET}","name":"b"}]`,
    says: /same key twice/,
  },
  {
    name: "Latin-1",
    format: "json",
    text: Buffer.from(`[{"user_id":"M\xfcller"}]`, "latin1"),
    says: /not UTF-8/,
  },
  {
    name: "half an emoji",
    format: "json",
    text: `[{"user_id":"\\ud83d","name":"${SECRET}"}]`,
    says: /no valid JSON/,
  },
  {
    name: "a comment",
    format: "json",
    text: `[${PERSON}, // ${SECRET}\n${PERSON}]`,
    says: /no valid JSON/,
  },
  {
    name: "CSV under another name",
    format: "json",
    text: `${HEADER}\n${ROW}\n`,
    says: /holds one array|no valid JSON/,
  },
  {
    name: "a cut off line",
    format: "ndjson",
    text: `${PERSON}\n{"user_id":"${SECRET}`,
    says: /at line 2\. It ends in the middle/,
    line: 2,
  },
  {
    name: "a broken line among good ones",
    format: "ndjson",
    text: `${PERSON}\n{"name":${SECRET}}\n{}\n`,
    says: /at line 2\. It is no valid JSON/,
    line: 2,
  },
  {
    name: "an array a line",
    format: "ndjson",
    text: `["${SECRET}"]\n`,
    says: /at line 1\. One of its entries is no object/,
  },
  {
    name: "a text a line",
    format: "ndjson",
    text: `${PERSON}\n"${SECRET}"\n`,
    says: /at line 2\. One of its entries is no object/,
    line: 2,
  },
  {
    name: "an object over two lines",
    format: "ndjson",
    text: `{"user_id":\n"${SECRET}"}\n`,
    says: /no valid JSON|in the middle/,
  },
  {
    name: "two objects in a line",
    format: "ndjson",
    text: `${PERSON}${PERSON}\n`,
    says: /no valid JSON/,
  },
  {
    name: "a byte order mark",
    format: "ndjson",
    text: `\ufeff${PERSON}\n`,
    says: /byte order mark/,
  },
  {
    name: "UTF-16",
    format: "ndjson",
    text: Buffer.from(`${PERSON}\n`, "utf16le"),
    says: /no valid JSON/,
  },
  {
    name: "an object above 16 MB",
    format: "ndjson",
    text: `{"user_id":"${SECRET.repeat(4_000_000)}"}\n`,
    says: /larger than 16 MB/,
  },
  { name: "no byte at all", format: "csv", text: "", says: /is empty/ },
  {
    name: "a quote that is not closed",
    format: "csv",
    text: `${HEADER}\nu1,7100000000000001,"${SECRET}\n`,
    says: /quote is not closed/,
  },
  {
    name: "text after a quote",
    format: "csv",
    text: `${HEADER}\nu1,7100000000000001,"${SECRET}"x\n`,
    says: /quote is not closed/,
  },
  {
    name: "a field too many",
    format: "csv",
    text: `${HEADER}\n${ROW},x\n`,
    says: /more or fewer fields/,
  },
  {
    name: "a field too few",
    format: "csv",
    text: `${HEADER}\n${SECRET},x\n`,
    says: /more or fewer fields/,
  },
  {
    name: "a title above the header",
    format: "csv",
    text: `Export for ${SECRET}\n${HEADER}\n${ROW}\n`,
    says: /more or fewer fields/,
  },
  {
    name: "line ends of two kinds",
    format: "csv",
    text: `${HEADER}\r\n${ROW}\n${ROW}\r\n`,
    says: /different ways/,
  },
  {
    name: "Latin-1",
    format: "csv",
    text: Buffer.from(`${HEADER}\nu1,7100000000000001,M\xfcller ${SECRET}\n`, "latin1"),
    says: /not UTF-8/,
    line: 2,
  },
  {
    name: "a broken row far down",
    format: "csv",
    text: `${HEADER}\n${`u,,${SECRET}\n`.repeat(60_000)}u,x\n`,
    says: /at line 60002\. A row has more or fewer/,
    line: 60_002,
  },
  { name: "no byte at all", format: "parquet", text: "", says: /is empty/ },
  {
    name: "another format",
    format: "parquet",
    text: `${HEADER}\n${ROW}\n`.repeat(9),
    says: /no whole Parquet file/,
  },
  {
    name: "a wrong footer",
    format: "parquet",
    text: `PAR1${SECRET.repeat(9)}PAR1`,
    says: /no whole Parquet file/,
  },
];
