import { BUYERS, type Case, WITHOUT_EVENTS } from "./base-files.ts";

const where = (name: string, condition: string, ...found: string[]): Case => ({
  name,
  files: { [BUYERS]: `where: ${condition}\n` },
  found: found.map((one) => `${BUYERS}:${one}`),
});

/** What is wrong with a condition. */
export const SEGMENT_CASES: readonly Case[] = [
  where("an attribute nobody declares", "{ cuntry: DE }", "1:10 ATTRIBUTE_UNKNOWN"),
  where("everyone as a key", "{ everyone: true }", "1:10 ATTRIBUTE_UNKNOWN"),
  where("an operator nobody knows", "{ ltv: { gtt: 5 } }", "1:17 OPERATOR_UNKNOWN"),
  where("an operator of another type", "{ ltv: { contains: a } }", "1:17 OPERATOR_MISFIT"),
  where("a bare value for a list", "{ tags: vip }", "1:16 OPERATOR_MISFIT"),
  where("a number as text", '{ ltv: { gte: "5" } }', "1:22 OPERAND_TYPE"),
  where("text as a number", "{ country: { eq: 0049 } }", "1:25 NUMBER_INEXACT"),
  where("a condition that is none", "5", "1:8 OPERAND_TYPE"),
  where("an empty condition", "{}", "1:8 OPERAND_TYPE"),
  where("an empty list of conditions", "{ any: [] }", "1:15 LIST_EMPTY"),
  where("an empty list of values", "{ country: { in: [] } }", "1:25 LIST_EMPTY"),
  where("a range that runs backwards", "{ ltv: { between: [5, 1] } }", "1:26 BETWEEN_REVERSED"),
  where("a day that is none", "{ birthday: { on: 2026-02-30 } }", "1:26 DATE_INVALID"),
  where("a duration of nothing", "{ last_order_at: { in_last: 0d } }", "1:36 DURATION_INVALID"),
  where("a month as a duration", "{ last_order_at: { in_last: 1mo } }", "1:36 DURATION_INVALID"),
  where("a pattern with a look-ahead", '{ country: { matches: "(?=D)" } }', "1:30 PATTERN_INVALID"),
  where(
    "a pattern as JavaScript has it",
    '{ country: { matches: "(?<a>D)" } }',
    "1:30 PATTERN_INVALID",
  ),
  where("a property RE2 lacks", '{ country: { matches: "\\\\p{Emoji}" } }', "1:30 PATTERN_INVALID"),
  where("a pattern too large", '{ country: { matches: "\\\\pL{900}" } }', "1:30 PATTERN_INVALID"),
  where("a share above all", '{ sample: "101%" }', "1:18 SHARE_INVALID"),
  where("a segment nobody declares", "{ segment: byers }", "1:19 SEGMENT_UNKNOWN"),
  where("a count of less than none", "{ event: a, count: { gte: -1 } }", "1:34 OPERAND_TYPE"),
  where("an operator no count has", "{ event: a, count: { like: 1 } }", "1:29 OPERATOR_UNKNOWN"),
  where("a segment of events", "{ event: a, where: { segment: b } }", "1:29 CONDITION_MISPLACED"),
  where(
    "nesting without end",
    `${"{ not: ".repeat(51)}{ country: DE }${" }".repeat(51)}`,
    "1:365 CONDITION_DEEP",
  ),
  where("a segment that is itself", "{ segment: buyers }", "1:19 SEGMENT_CYCLE"),
  {
    name: "segments that stand for each other",
    files: {
      [BUYERS]: "where: { not: { segment: b } }\n",
      "segments/b.yaml": "where: { any: [{ segment: c }] }\n",
      "segments/c.yaml": "where: { segment: buyers }\n",
    },
    found: [`${BUYERS}:1:26 SEGMENT_CYCLE`],
  },
  {
    name: "segments that double with every step",
    files: Object.fromEntries(
      Array.from({ length: 16 }, (_, n) => [
        n === 0 ? BUYERS : `segments/s${n}.yaml`,
        n === 15
          ? "where: { country: DE }\n"
          : `where: { any: [{ segment: s${n + 1} }, { not: { segment: s${n + 1} } }] }\n`,
      ]),
    ),
    found: ["segments/s3.yaml:1:27 CONDITION_LARGE"],
  },
  {
    name: "events in a workspace without any",
    files: {
      ...WITHOUT_EVENTS,
      [BUYERS]: "where: { event: bought }\n",
      "campaigns/shipped.yaml": null,
    },
    found: [`${BUYERS}:1:10 EVENTS_UNDECLARED`],
  },
];
