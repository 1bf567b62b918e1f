import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../model/json.ts";
import { endOfValue, type Member, membersOf } from "./json-spans.ts";

/** One object of the array, as it was written and as it reads. */
export interface UserRow {
  readonly text: string;
  readonly values: JsonObject;
}

/**
 * A JSON array of objects that keeps its text: what is not written to stays as it is, byte by byte,
 * numbers with all their digits, keys that nobody knows, blanks and line ends too.
 */
export interface UsersText {
  readonly rows: UserRow[];
  /** What stands before each row, and after the last one. */
  readonly gaps: string[];
}

/** Undefined for what is no array of objects. */
export function parseUsersText(text: string): UsersText | undefined {
  // A mark of the byte order is no JSON, but DuckDB and others read past it.
  const values = parseJson(text.replace(/^\uFEFF/, ""));
  if (!Array.isArray(values) || !values.every(isJsonObject)) return undefined;
  const [rows, gaps]: [UserRow[], string[]] = [[], []];
  let end = 0;
  for (const one of values) {
    const start = text.indexOf("{", end);
    gaps.push(text.slice(end, start));
    end = endOfValue(text, start);
    rows.push({ text: text.slice(start, end), values: one });
  }
  gaps.push(text.slice(end));
  return { rows, gaps };
}

export function usersText({ rows, gaps }: UsersText): string {
  return rows.map(({ text }, at) => `${gaps[at] ?? ""}${text}`).join("") + (gaps.at(-1) ?? "");
}

/** The row with some values in place of those that it had, or added as the others are written. */
export function withValues(row: UserRow, values: JsonObject): UserRow {
  const members = membersOf(row.text);
  const places = Object.entries(values)
    .map(([name, value]) => ({ name, value, member: members.findLast((one) => one.name === name) }))
    .sort((a, b) => (b.member?.from ?? -1) - (a.member?.from ?? -1));
  let text = row.text;
  // From the end, so that the places before stay where they are.
  for (const { value, member } of places) {
    if (member === undefined) continue;
    text = text.slice(0, member.from) + JSON.stringify(value) + text.slice(member.to);
  }
  for (const { name, value, member } of places) {
    if (member === undefined) text = withMember(text, name, value);
  }
  return { text, values: { ...row.values, ...values } };
}

/** A row with these values and none but them. */
export function newRow(values: JsonObject): UserRow {
  return { text: JSON.stringify(values, null, 1).replace(/\n\s*/g, " "), values };
}

/** A number as it is written, with all its digits; another value as it reads. */
export function exactText({ text, values }: UserRow, name: string): string | undefined {
  const value = values[name];
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  const member: Member | undefined = membersOf(text).findLast((one) => one.name === name);
  return member && text.slice(member.from, member.to);
}

/** Adds a row at the end, parted from the one before as those are from each other. */
export function addRow({ rows, gaps }: UsersText, row: UserRow): void {
  const last = gaps.pop() ?? "[]";
  const [first = "", second] = gaps;
  if (rows.length === 0) {
    const open = last.slice(0, last.indexOf("[") + 1);
    gaps.push(`${open}\n  `, `\n${last.slice(last.lastIndexOf("]"))}`);
  } else {
    gaps.push(second ?? `,${first.slice(first.indexOf("[") + 1)}`, last);
  }
  rows.push(row);
}

/** Takes a row away, with what parted it from its neighbour. */
export function removeRow({ rows, gaps }: UsersText, at: number): void {
  rows.splice(at, 1);
  // The first gap opens the array: whoever comes second stands first then.
  gaps.splice(at === 0 && rows.length > 0 ? 1 : at, 1);
  const [only] = gaps;
  if (rows.length === 0 && only !== undefined && !only.includes("[")) gaps[0] = `[${only}`;
}

/** Adds a key after the last one, parted as the keys of the row are. */
function withMember(text: string, name: string, value: JsonValue): string {
  const member = `${JSON.stringify(name)}:${/^\{\s*"[^"]*":\s/.test(text) ? " " : ""}`;
  const end = text.slice(0, -1).trimEnd().length;
  const isEmpty = end === 1;
  const blanks = /^\{(\s*)/.exec(text)?.[1] ?? "";
  const parted = blanks === "" && /,\s*"/.test(text) ? (/,(\s*)"/.exec(text)?.[1] ?? "") : blanks;
  const gap = isEmpty ? "" : `,${parted}`;
  return `${text.slice(0, end)}${gap}${member}${JSON.stringify(value)}${text.slice(end)}`;
}
