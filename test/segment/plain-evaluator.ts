import { createHash } from "node:crypto";
import type { JsonValue } from "../../src/model/json.ts";
import type { CellValue, Row } from "../adapters/duckdb/source-files.ts";
import { durationMs, fitsMoment, instant } from "./plain-moments.ts";

/*
 * Conditions judged person by person, from their written form and straight from SPEC section 3: the
 * measure for what SQL makes of them. It shares no code with src.
 */

type Written = Readonly<Record<string, JsonValue>>;

/** What a condition is judged in. */
export interface Setting {
  readonly now: number;
  readonly zone: string;
  /** The type of each attribute and property. */
  readonly types: Readonly<Record<string, string>>;
  readonly segments: Readonly<Record<string, JsonValue>>;
  readonly seed: string;
  readonly events: readonly Row[];
}

const BESIDE_EVENT = ["count", "in_last", "where"];

/** Whether a person, or an event of theirs, fulfils a written condition. */
export function fits(where: JsonValue, row: Row, setting: Setting): boolean {
  if (Array.isArray(where)) return where.every((part) => fits(part, row, setting));
  const block = where as Written;
  const keys = Object.keys(block).filter(
    (key) =>
      !("event" in block && BESIDE_EVENT.includes(key)) && !("sample" in block && key === "seed"),
  );
  return keys.every((key) => fitsKey(key, block, { row, setting }));
}

function fitsKey(
  key: string,
  block: Written,
  { row, setting }: { readonly row: Row; readonly setting: Setting },
): boolean {
  const written = block[key] as JsonValue;
  switch (key) {
    case "all":
      return fits(written, row, setting);
    case "any":
      return (written as JsonValue[]).some((part) => fits(part, row, setting));
    case "not":
      return !fits(written, row, setting);
    case "segment": {
      const segment = String(written);
      return segment === "everyone" || fits(setting.segments[segment] ?? [], row, setting);
    }
    case "sample":
      return isDrawn(written, String(block["seed"] ?? setting.seed), row);
    case "event":
      return fitsEvents(block, row, setting);
    default:
      return fitsAttribute(written, row[key], { setting, type: setting.types[key] ?? "" });
  }
}

function isDrawn(share: JsonValue, seed: string, row: Row): boolean {
  const digest = createHash("sha256").update(`sample\0${seed}\0${row["user_id"]}`).digest("hex");
  return (
    Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52 < Number.parseFloat(String(share)) / 100
  );
}

function fitsEvents(block: Written, row: Row, setting: Setting): boolean {
  const { now, events } = setting;
  const since = block["in_last"] === undefined ? -Infinity : now - durationMs(block["in_last"]);
  const found = events.filter(
    (event) =>
      event["user_id"] === row["user_id"] &&
      event["event"] === block["event"] &&
      instant(event["at"]) <= now &&
      instant(event["at"]) >= since &&
      (block["where"] === undefined || fits(block["where"], event, setting)),
  );
  const count = (block["count"] ?? { gte: 1 }) as Written;
  return Object.entries(count).every(([operator, operand]) =>
    fitsNumber(operator, operand, found.length),
  );
}

interface AttributeSetting {
  readonly setting: Setting;
  readonly type: string;
}

function fitsAttribute(written: JsonValue, value: CellValue, of: AttributeSetting): boolean {
  const isBlock = typeof written === "object" && written !== null;
  const { ignore_case: fold, ...tests } = (isBlock ? written : { eq: written }) as Written;
  return Object.entries(tests).every(([operator, operand]) => {
    if (operator === "exists") return isThere(value) === operand;
    if (operator === "has_value") return hasValue(value) === operand;
    if (!isThere(value)) return false;
    switch (of.type) {
      case "string":
        return fitsText(operator, operand, { text: String(value), fold: fold === true });
      case "number":
      case "integer":
        return fitsNumber(operator, operand, Number(value));
      case "boolean":
        return value === operand;
      case "string[]":
        return fitsList(operator, operand, value as readonly string[]);
      default:
        return fitsMoment(operator, operand, { ...of.setting, type: of.type, text: String(value) });
    }
  });
}

function isThere(value: CellValue): boolean {
  return value !== null && value !== undefined;
}

function hasValue(value: CellValue): boolean {
  if (!isThere(value)) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "string" || value.trim() !== "";
}

/** Letter by letter: no letter becomes two, and none depends on its neighbours. */
function lower(text: string): string {
  return [...text].map((letter) => (letter === "İ" ? "i" : letter.toLowerCase())).join("");
}

function fitsText(
  operator: string,
  operand: JsonValue,
  { text, fold }: { readonly text: string; readonly fold: boolean },
): boolean {
  if (operator === "matches") return new RegExp(String(operand), fold ? "iu" : "u").test(text);
  const folded = (side: string) => (fold ? lower(side) : side);
  const own = folded(text);
  if (operator === "in") return (operand as string[]).map(folded).includes(own);
  if (operator === "not_in") return !(operand as string[]).map(folded).includes(own);
  const other = folded(String(operand));
  const tests: Record<string, boolean> = {
    eq: own === other,
    ne: own !== other,
    contains: own.includes(other),
    starts_with: own.startsWith(other),
    ends_with: own.endsWith(other),
  };
  return tests[operator] ?? unknown(operator);
}

function fitsNumber(operator: string, operand: JsonValue, value: number): boolean {
  const [from = 0, to = 0] = Array.isArray(operand) ? operand.map(Number) : [Number(operand)];
  const tests: Record<string, () => boolean> = {
    eq: () => value === from,
    ne: () => value !== from,
    lt: () => value < from,
    lte: () => value <= from,
    gt: () => value > from,
    gte: () => value >= from,
    between: () => from <= value && value <= to,
    in: () => (operand as number[]).includes(value),
    not_in: () => !(operand as number[]).includes(value),
  };
  return tests[operator]?.() ?? unknown(operator);
}

function fitsList(operator: string, operand: JsonValue, list: readonly string[]): boolean {
  const wanted = (Array.isArray(operand) ? operand : [operand]) as string[];
  if (operator === "is_empty") return (list.length === 0) === operand;
  if (operator === "contains" || operator === "contains_any") {
    return wanted.some((one) => list.includes(one));
  }
  return operator === "contains_all"
    ? wanted.every((one) => list.includes(one))
    : unknown(operator);
}

function unknown(operator: string): never {
  throw new Error(`no operator ${operator}`);
}
