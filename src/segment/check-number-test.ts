import type { NumberTest } from "../model/condition.ts";
import { isList, listOperand, numberOperand, wrongType } from "./operand.ts";
import type { Spot } from "./spot.ts";

/** One operator over numbers; `operator` is known to be one of theirs. */
export function checkNumberTest(operator: string, operand: Spot): NumberTest | undefined {
  switch (operator) {
    case "in":
    case "not_in": {
      const values = listOperand(operand, numberOperand);
      return values && { op: operator, values };
    }
    case "between":
      return checkBetween(operand);
    default: {
      const value = numberOperand(operand);
      return value === undefined ? undefined : { op: operator as "eq", value };
    }
  }
}

function checkBetween(operand: Spot): NumberTest | undefined {
  const ends = pairOperand(operand, numberOperand);
  if (ends === undefined) return undefined;
  const [from, to] = ends;
  return from > to ? reversed(operand) : { op: "between", from, to };
}

/** The two ends of `between: [from, to]`. */
export function pairOperand<T>(
  spot: Spot,
  member: (spot: Spot) => T | undefined,
): readonly [T, T] | undefined {
  const { written } = spot;
  if (!isList(written) || written.length !== 2) {
    return wrongType(spot, "a list of two, [from, to]");
  }
  const [from, to] = written.map((value, index) => member(spot.child(index, value)));
  return from === undefined || to === undefined ? undefined : [from, to];
}

/** Reports a `between` that starts after its end. */
export function reversed(spot: Spot): undefined {
  return spot.refuse({
    code: "BETWEEN_REVERSED",
    summary: "between runs backwards",
    detail: "Its first value lies after its second, so nobody fits. Swap the two.",
  });
}
