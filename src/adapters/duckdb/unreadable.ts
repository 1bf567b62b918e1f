import type { Diagnostic } from "../../diag/diagnostic.ts";
import { DefectError, PortError } from "../../diag/errors.ts";
import { shownPath } from "./find-files.ts";

/** Kinds of the engine's errors that a file can bring about, if they name it. */
const OF_FILES = /^(Invalid Input|IO|Serialization) Error: /;
/** What the engine's reader of Parquet says of bytes that make no sense; it names no file. */
const OF_PARQUET = /^(Invalid Error|TProtocolException): /;
/** Kinds that only a query of ours can bring about. */
const OF_QUERIES = /^(Parser|Binder|Catalog|Syntax|Conversion|Internal|Not implemented) Error: /i;

/**
 * What the engine's errors mean. Its own words are never shown: they quote rows, and so the values
 * of people. Where it counts lines or entries it is one too far, `+1`.
 */
const MEANINGS: readonly { readonly says: RegExp; readonly words: string; readonly over?: 1 }[] = [
  {
    says: /byte order mark/,
    words: "It begins with a byte order mark. Save it as UTF-8 without one.",
  },
  {
    says: /Malformed JSON.*? in (?:line|record\/value) (\d+).*invalid UTF-8/s,
    words: "It is not UTF-8. Save it as UTF-8.",
    over: 1,
  },
  {
    says: /Error on Line: (\d+).*Invalid unicode/s,
    words: "It is not UTF-8. Save it as UTF-8.",
  },
  {
    says: /Malformed JSON.*? in (?:line|record\/value) (\d+).*unexpected end of data/s,
    words: "It ends in the middle of an object: it was probably cut off. Export it again.",
    over: 1,
  },
  {
    says: /Malformed JSON.*? in (?:line|record\/value) (\d+)/s,
    words: "It is no valid JSON. Export it again.",
    over: 1,
  },
  {
    says: /Expected top-level JSON array/,
    words: "A .json file holds one array of objects. With one object a line, name it .ndjson.",
  },
  {
    says: /in (?:line|record\/value) (\d+): Expected OBJECT/,
    words: "One of its entries is no object. Every entry is one, with a key for each column.",
  },
  {
    says: /in (?:line|record\/value) (\d+): Object .* has duplicate key/s,
    words: "An object has the same key twice. Keep one of the two.",
  },
  {
    says: /maximum_object_size/,
    words: "An entry is larger than 16 MB, or a bracket is never closed.",
  },
  {
    says: /Error on Line: (\d+).*Expected Number of Columns/s,
    words: "A row has more or fewer fields than the header. Put values with commas into quotes.",
  },
  {
    says: /Error on Line: (\d+).*(?:unterminated quote|quote should be followed)/is,
    words: 'A quote is not closed, or is followed by more text. Write " inside of quotes as "".',
  },
  { says: /Error on Line: (\d+)/, words: "A row is no valid CSV." },
  {
    says: /Error when sniffing/,
    words:
      "A row has more or fewer fields than the header, a quote is not closed, or lines end in " +
      "different ways. Export it again as CSV with commas.",
  },
  {
    says: /magic bytes|Footer|too small to be a Parquet/i,
    words: "It is no whole Parquet file: it was probably cut off. Export it again.",
  },
  { says: /Permission denied/i, words: "Permission to read it is denied." },
  { says: /No files found|does not exist|No such file/i, words: "It is gone." },
];

/** The files that may be at fault. */
export interface Suspects {
  readonly paths: readonly string[];
  readonly root: string;
}

/**
 * What the engine said of a file that it cannot read, as a diagnostic without its words. Throws
 * DefectError where the query was at fault, and what the engine said where neither was.
 */
export function unreadable(fault: unknown, suspects: Suspects): Diagnostic {
  const found = fileFault(fault, suspects);
  if (found !== undefined) return found;
  const said = saidOf(fault);
  const kind = OF_QUERIES.exec(said)?.[1];
  // What was to be converted is a value of somebody's.
  const words = kind === "Conversion" ? "Conversion Error" : said;
  throw kind === undefined ? fault : new DefectError(`A query of the user data: ${words}`);
}

/** The same where a file is at fault, undefined where none is. */
export function fileFault(fault: unknown, { paths, root }: Suspects): Diagnostic | undefined {
  const said = saidOf(fault);
  const rotten = OF_PARQUET.test(said) ? paths.find((one) => /parquet$/i.test(one)) : undefined;
  const path = paths.find((one) => said.includes(one)) ?? rotten;
  if (path === undefined || !(OF_FILES.test(said) || OF_PARQUET.test(said))) return undefined;
  return { ...DATA_UNREADABLE, ...placeAndWords(said, shownPath(path, root)) };
}

/** After a query with a fault the engine quotes the query, and with it the paths in it. */
function saidOf(fault: unknown): string {
  return fault instanceof PortError ? (fault.message.split("\n\nLINE ")[0] ?? "") : "";
}

const DATA_UNREADABLE = {
  code: "DATA_UNREADABLE",
  severity: "error",
  summary: "Data file cannot be read",
} as const;

function placeAndWords(said: string, file: string): Pick<Diagnostic, "at" | "detail"> {
  const meaning = MEANINGS.find(({ says }) => says.test(said));
  const counted = Number(meaning?.says.exec(said)?.[1] ?? Number.NaN) - (meaning?.over ?? 0);
  const words =
    meaning?.words ?? "Check that the file is whole and of the format that its name says.";
  const isLine = counted >= 1 && /\bline:? \d/i.test(said);
  const at = { file, line: isLine ? counted : 1, column: 1 };
  if (!(counted >= 1)) return { at, detail: `${file} cannot be read. ${words}` };
  const where = isLine ? `line ${counted}` : `entry ${counted}`;
  return { at, detail: `${file} cannot be read at ${where}. ${words}` };
}

/** A file without content of a format that is never without. */
export function emptyFile(path: string, root: string): Diagnostic {
  const file = shownPath(path, root);
  const at = { file, line: 1, column: 1 };
  return { ...DATA_UNREADABLE, at, detail: `${file} is empty. Export it again.` };
}
