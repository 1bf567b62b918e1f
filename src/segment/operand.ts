import { yesNoFault } from "../diag/yes-no.ts";
import type { JsonValue } from "../model/json.ts";
import { allOf, type Fault, quote, type Spot } from "./spot.ts";

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
  if (typeof written === "string") return written;
  const toQuote = typeof written === "number" || typeof written === "boolean";
  return spot.refuse({ ...typeFault(spot, "text"), toQuote });
}

/** true or false. */
export function booleanOperand(spot: Spot): boolean | undefined {
  const { written } = spot;
  if (typeof written === "boolean") return written;
  const fault = yesNoFault(written);
  return fault === undefined ? wrongType(spot, "true or false") : spot.refuse(fault);
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
  const fault = typeFault(spot, wanted);
  return spot.refuse({ ...fault, detail: fault.detail + remedy });
}

function typeFault({ written }: Spot, wanted: string): Fault {
  const detail = `Expected ${wanted}, got ${quote(written)}.`;
  return { code: "OPERAND_TYPE", summary: "Operand of the wrong type", detail };
}

export function isList(written: JsonValue): written is readonly JsonValue[] {
  return Array.isArray(written);
}

function bare(written: JsonValue): string {
  return typeof written === "string" ? written : quote(written);
}
