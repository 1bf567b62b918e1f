import type { Place } from "../diag/diagnostic.ts";
import { nearestName } from "../diag/nearest.ts";
import type { Attribute } from "../model/attribute.ts";
import type { AttributeTest, Condition } from "../model/condition.ts";
import { isJsonObject, type JsonValue } from "../model/json.ts";
import { checkMomentTest } from "./check-moment-test.ts";
import { checkNumberTest } from "./check-number-test.ts";
import { checkListTest, checkStringTest } from "./check-text-test.ts";
import { booleanOperand, wrongType } from "./operand.ts";
import { OPERATORS, operatorsOf } from "./operators.ts";
import { allOf, quote, type Spot } from "./spot.ts";

interface AttributeScope {
  readonly timezone: string;
  place(path: readonly (string | number)[], atKey?: boolean): Place;
}

/** `country: DE` or `ltv: { gte: 1, lt: 5 }`; several operators mean all of them. */
export function checkAttribute(
  attribute: Attribute,
  spot: Spot,
  scope: AttributeScope,
): Condition | undefined {
  const at = scope.place(spot.path, true);
  const written = isJsonObject(spot.written) ? spot.written : { eq: spot.written };
  const shorthand = written !== spot.written;
  if (shorthand && !fitsShorthand(attribute, spot)) return undefined;
  const ignoreCase = checkIgnoreCase(attribute, spot, written["ignore_case"]);
  const operators = Object.entries(written).filter(([operator]) => operator !== "ignore_case");
  if (operators.length === 0) {
    return wrongType(spot, `a value or one of the operators ${list(operatorsOf(attribute.type))}`);
  }
  const tests = allOf(
    operators.map(([operator, operand]) => {
      const place = shorthand ? spot : spot.child(operator, operand);
      return checkOperator(attribute, place, { operator, ignoreCase, ...scope });
    }),
  );
  if (tests === undefined || ignoreCase === undefined) return undefined;
  const { name, type } = attribute;
  const of = tests.map((test) => ({ kind: "attribute" as const, name, type, test, at }));
  return of.length === 1 ? of[0] : { kind: "all", of, at };
}

function fitsShorthand(attribute: Attribute, spot: Spot): boolean {
  const { name, type } = attribute;
  const { written } = spot;
  if (written === null) {
    wrongType(spot, "a value", ` For people without one write ${name}: { exists: false }.`);
    return false;
  }
  if (Array.isArray(written)) {
    const operator = type === "string[]" ? "contains_any" : "in";
    wrongType(spot, "one value or an operator", ` Did you mean { ${operator}: [...] }?`);
    return false;
  }
  if (operatorsOf(type).includes("eq")) return true;
  const instead = type === "string[]" ? "contains" : "on";
  spot.refuse({
    code: "OPERATOR_MISFIT",
    summary: "Operator does not fit the type",
    detail:
      `A bare value means eq, which does not fit ${name}, a ${type}. ` +
      `Write ${name}: { ${instead}: ${written} }.`,
  });
  return false;
}

/** False where it is absent; undefined where it is wrong. */
function checkIgnoreCase(
  attribute: Attribute,
  spot: Spot,
  written: JsonValue | undefined,
): boolean | undefined {
  if (written === undefined) return false;
  const child = spot.child("ignore_case", written);
  if (attribute.type === "string") return booleanOperand(child);
  return misfit(attribute, child, "ignore_case");
}

interface OperatorScope {
  readonly operator: string;
  readonly ignoreCase: boolean | undefined;
  readonly timezone: string;
}

function checkOperator(
  attribute: Attribute,
  operand: Spot,
  scope: OperatorScope,
): AttributeTest | undefined {
  const { operator, timezone, ignoreCase = false } = scope;
  if (!OPERATORS.has(operator)) return unknownOperator(attribute, operand, operator);
  if (!operatorsOf(attribute.type).includes(operator)) return misfit(attribute, operand, operator);
  if (operator === "exists" || operator === "has_value") {
    const value = booleanOperand(operand);
    return value === undefined ? undefined : { on: "presence", test: { op: operator, value } };
  }
  switch (attribute.type) {
    case "string":
      return on("string", checkStringTest(operator, operand, ignoreCase));
    case "number":
    case "integer":
      return on("number", checkNumberTest(operator, operand));
    case "boolean": {
      const value = booleanOperand(operand);
      return value === undefined ? undefined : { on: "boolean", test: { op: "eq", value } };
    }
    case "timestamp":
    case "date":
      return on("moment", checkMomentTest(operator, operand, timezone));
    case "string[]":
      return on("list", checkListTest(operator, operand));
  }
}

function on<Kind extends string, Test>(kind: Kind, test: Test | undefined) {
  return test && { on: kind, test };
}

function unknownOperator(attribute: Attribute, spot: Spot, operator: string): undefined {
  const fitting = operatorsOf(attribute.type);
  const beside = attribute.type === "string" ? ["ignore_case"] : [];
  const near = nearestName(operator, [...fitting, ...beside]);
  const remedy = near === undefined ? "" : ` Did you mean "${near}"?`;
  return spot.refuse({
    code: "OPERATOR_UNKNOWN",
    atKey: true,
    summary: "Unknown operator",
    detail:
      `There is no operator ${quote(operator)}.${remedy} ` +
      `A ${attribute.type} can have ${list(fitting)}.`,
  });
}

function misfit(attribute: Attribute, spot: Spot, operator: string): undefined {
  return spot.refuse({
    code: "OPERATOR_MISFIT",
    atKey: true,
    summary: "Operator does not fit the type",
    detail:
      `${operator} does not fit ${attribute.name}, a ${attribute.type}, ` +
      `which can have ${list(operatorsOf(attribute.type))}.`,
  });
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
