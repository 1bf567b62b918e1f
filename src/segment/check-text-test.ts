import type { ListTest, StringTest } from "../model/condition.ts";
import { checkPattern } from "./check-pattern.ts";
import { booleanOperand, listOperand, stringOperand } from "./operand.ts";
import type { Spot } from "./spot.ts";

/** One operator over a string. */
export function checkStringTest(
  operator: string,
  operand: Spot,
  ignoreCase: boolean,
): StringTest | undefined {
  switch (operator) {
    case "in":
    case "not_in": {
      const values = listOperand(operand, stringOperand);
      return values && { op: operator, values, ignoreCase };
    }
    case "matches": {
      const pattern = patternOperand(operand);
      return pattern === undefined ? undefined : { op: "matches", pattern, ignoreCase };
    }
    default: {
      const value = stringOperand(operand);
      return value === undefined ? undefined : { op: operator as "eq", value, ignoreCase };
    }
  }
}

/** One operator over a list of strings. */
export function checkListTest(operator: string, operand: Spot): ListTest | undefined {
  switch (operator) {
    case "is_empty": {
      const value = booleanOperand(operand);
      return value === undefined ? undefined : { op: "is_empty", value };
    }
    case "contains": {
      const value = stringOperand(operand);
      return value === undefined ? undefined : { op: "contains", value };
    }
    default: {
      const values = listOperand(operand, stringOperand);
      return values && { op: operator as "contains_any", values };
    }
  }
}

function patternOperand(spot: Spot): string | undefined {
  const pattern = stringOperand(spot);
  return pattern === undefined ? undefined : checkPattern(pattern, spot);
}
