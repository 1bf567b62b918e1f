import { didYouMean } from "../diag/nearest.ts";
import type { Condition, NumberTest } from "../model/condition.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { durationOperand } from "./check-moment-test.ts";
import { checkNumberTest } from "./check-number-test.ts";
import { isList, wrongType } from "./operand.ts";
import { operatorsOf } from "./operators.ts";
import { allOf, quote, type Spot } from "./spot.ts";

/** The keys that belong to `event:` where they stand beside it. */
export const EVENT_KEYS: readonly string[] = ["count", "in_last", "where"];

/** At least once, the default. */
const SOME: readonly NumberTest[] = [{ op: "gte", value: 1 }];
const COUNT_OPERATORS = operatorsOf("integer").filter(
  (operator) => !/^(exists|has)/.test(operator),
);

/** The parts of an event condition but its place; `checkWhere` judges its `where:`. */
export function checkEvent(
  block: JsonObject,
  spot: Spot,
  checkWhere: (spot: Spot) => Condition | undefined,
) {
  const event = checkName(spot.child("event", block["event"] ?? null));
  const count = optional(block, spot, { key: "count", absent: SOME, check: checkCount });
  const periodMs = optional(block, spot, {
    key: "in_last",
    absent: "always" as const,
    check: durationOperand,
  });
  const where = optional(block, spot, { key: "where", absent: "any" as const, check: checkWhere });
  if (event === undefined || count === undefined) return undefined;
  if (periodMs === undefined || where === undefined) return undefined;
  return {
    kind: "event" as const,
    event,
    count,
    periodMs: periodMs === "always" ? undefined : periodMs,
    where: where === "any" ? undefined : where,
  };
}

interface Optional<T, Absent> {
  readonly key: string;
  readonly absent: Absent;
  readonly check: (spot: Spot) => T | undefined;
}

function optional<T, Absent>(block: JsonObject, spot: Spot, part: Optional<T, Absent>) {
  const written = block[part.key];
  return written === undefined ? part.absent : part.check(spot.child(part.key, written));
}

function checkName(spot: Spot): string | undefined {
  const { written } = spot;
  return typeof written === "string" && written.trim() !== ""
    ? written
    : wrongType(spot, "the name of an event");
}

function checkCount(spot: Spot): readonly NumberTest[] | undefined {
  const { written } = spot;
  const tests = isJsonObject(written) ? Object.entries(written) : [];
  if (tests.length === 0) {
    return wrongType(spot, "an operator with a number", " For example count: { gte: 2 }.");
  }
  return allOf(tests.map(([operator, operand]) => checkCountTest(spot, operator, operand)));
}

function checkCountTest(spot: Spot, operator: string, written: JsonValue): NumberTest | undefined {
  const operand = spot.child(operator, written);
  if (!COUNT_OPERATORS.includes(operator)) {
    const fitting = COUNT_OPERATORS.join(", ");
    return operand.refuse({
      code: "OPERATOR_UNKNOWN",
      atKey: true,
      summary: "Unknown operator",
      detail:
        `count has no operator ${quote(operator)}.` +
        `${didYouMean(operator, COUNT_OPERATORS)} It can have ${fitting}.`,
    });
  }
  const counts = isList(written)
    ? written.map((count, index) => operand.child(index, count))
    : [operand];
  const bad = counts.find((count) => !isCount(count.written));
  return bad === undefined
    ? checkNumberTest(operator, operand)
    : wrongType(bad, "a whole number of events, 0 or more");
}

function isCount(written: JsonValue): boolean {
  return Number.isSafeInteger(written) && Number(written) >= 0;
}
