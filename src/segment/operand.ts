import type { JsonValue } from "../model/json.ts";
import { allOf, quote, type Spot } from "./spot.ts";

const YAML_1_1_BOOLEANS = /^(yes|no|on|off|y|n)$/i;

/** A finite number. */
export function numberOperand(spot: Spot): number | undefined {
  const { written } = spot;
  return typeof written === "number" && Number.isFinite(written)
    ? written
    : wrongType(spot, "a number", typeof written === "string" ? " Write it without quotes." : "");
}

/** Text. A bare number or boolean is refused, since YAML has already changed how it was written. */
export function stringOperand(spot: Spot): string | undefined {
  const { written } = spot;
  const scalar = typeof written === "number" || typeof written === "boolean";
  const remedy = scalar ? ` Put it in quotes: "${written}".` : "";
  return typeof written === "string" ? written : wrongType(spot, "text", remedy);
}

/** true or false; YAML 1.2 reads yes, no, on and off as text. */
export function booleanOperand(spot: Spot): boolean | undefined {
  const { written } = spot;
  if (typeof written === "boolean") return written;
  const wordy = typeof written === "string" && YAML_1_1_BOOLEANS.test(written);
  return wrongType(spot, "true or false", wordy ? ` In YAML 1.2 ${written} is text.` : "");
}

/** A list with at least one member, each read by `member`. */
export function listOperand<T>(
  spot: Spot,
  member: (spot: Spot) => T | undefined,
): readonly T[] | undefined {
  const { written } = spot;
  if (!isList(written)) return wrongType(spot, "a list", ` Write [${bare(written)}].`);
  if (written.length === 0) {
    return spot.refuse({
      code: "LIST_EMPTY",
      summary: "Empty list",
      detail: "An empty list would fit nobody or everybody by accident. Name at least one value.",
    });
  }
  return allOf(written.map((value, index) => member(spot.child(index, value))));
}

/** Reports an operand of the wrong type. */
export function wrongType(spot: Spot, wanted: string, remedy = ""): undefined {
  return spot.refuse({
    code: "OPERAND_TYPE",
    summary: "Operand of the wrong type",
    detail: `Expected ${wanted}, got ${quote(spot.written)}.${remedy}`,
  });
}

export function isList(written: JsonValue): written is readonly JsonValue[] {
  return Array.isArray(written);
}

function bare(written: JsonValue): string {
  return typeof written === "string" ? written : quote(written);
}
