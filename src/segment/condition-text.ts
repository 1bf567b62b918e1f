import type {
  AttributeCondition,
  AttributeTest,
  Condition,
  EventCondition,
  MomentBound,
  MomentTest,
  NumberTest,
} from "../model/condition.ts";
import { formatDuration, formatInstant } from "../model/instant.ts";

/**
 * A condition as one could write it on one line: `country: { in: [DE, AT] }`. Groups are their
 * word alone, `all`, `any` or `not`: what is in them is shown below them.
 */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case "all":
    case "any":
    case "not":
      return condition.kind;
    case "segment":
      return `segment: ${scalar(condition.segment)}`;
    case "sample":
      return `sample: ${percent(condition.share)}, seed: ${scalar(condition.seed)}`;
    case "event":
      return eventText(condition);
    case "attribute":
      return attributeText(condition);
  }
}

function attributeText({ name, test }: AttributeCondition): string {
  const { op, operand } = operatorOf(test);
  const key = scalar(name);
  const ignoresCase = "ignoreCase" in test.test && test.test.ignoreCase;
  if (op === "eq" && !ignoresCase) return `${key}: ${operand}`;
  return `${key}: { ${op}: ${operand}${ignoresCase ? ", ignore_case: true" : ""} }`;
}

/** What its `where:` asks of an event is shown below it. */
function eventText({ event, count, periodMs }: EventCondition): string {
  const tests = count.map((test) => `${test.op}: ${numberOperand(test)}`).join(", ");
  const period = periodMs === undefined ? "" : `, in_last: ${formatDuration(periodMs)}`;
  return `event: ${scalar(event)}, count: { ${tests} }${period}`;
}

function operatorOf(test: AttributeTest): { readonly op: string; readonly operand: string } {
  const { op } = test.test;
  switch (test.on) {
    case "presence":
    case "boolean":
      return { op, operand: String(test.test.value) };
    case "string":
      if (test.test.op === "matches") return { op, operand: scalar(test.test.pattern) };
      return { op, operand: "values" in test.test ? list(test.test.values) : one(test.test) };
    case "number":
      return { op, operand: numberOperand(test.test) };
    case "moment":
      return { op, operand: momentOperand(test.test) };
    case "list":
      return { op, operand: "values" in test.test ? list(test.test.values) : one(test.test) };
  }
}

function numberOperand(test: NumberTest): string {
  if ("values" in test) return `[${test.values.join(", ")}]`;
  return test.op === "between" ? `[${test.from}, ${test.to}]` : String(test.value);
}

function momentOperand(test: MomentTest): string {
  switch (test.op) {
    case "before":
    case "after":
      return boundText(test.bound);
    case "between":
      return `[${boundText(test.from)}, ${boundText(test.to)}]`;
    case "on":
      return test.date;
    case "in_last_days":
      return String(test.days);
    case "anniversary":
      return "today";
    default:
      return formatDuration(test.periodMs);
  }
}

function boundText(bound: MomentBound): string {
  return bound.kind === "day" ? bound.date : formatInstant(bound.at);
}

function one({ value }: { readonly value: string | boolean }): string {
  return typeof value === "boolean" ? String(value) : scalar(value);
}

function list(values: readonly string[]): string {
  return `[${values.map(scalar).join(", ")}]`;
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_./-]*( [\p{L}\p{N}_./-]+)*$/u;
const WORDS_OF_YAML = /^(true|false|null)$/i;

/** As YAML takes it for a text. */
function scalar(text: string): string {
  return PLAIN.test(text) && !WORDS_OF_YAML.test(text) ? text : JSON.stringify(text);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
