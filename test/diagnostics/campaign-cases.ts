import { append, type Case, edit, HELLO, SHIPPED, WITHOUT_EVENTS } from "./base-files.ts";

const change = (name: string, [from, to]: readonly [string, string], ...found: string[]): Case => ({
  name,
  files: edit(HELLO, from, to),
  found: found.map((one) => `${HELLO}:${one}`),
});
const add = (name: string, lines: string, ...found: string[]): Case => ({
  name,
  files: append(HELLO, lines),
  found: found.map((one) => `${HELLO}:${one}`),
});
const at = (name: string, time: string, ...found: string[]): Case =>
  change(name, ["2026-12-01T10:00", time], ...found);
const EVERY = "at: 2026-12-01T10:00";

/** When a campaign is sent. */
export const SEND_CASES: readonly Case[] = [
  change("neither a time nor an event", [EVERY, "late_by: 6h"], "3:1 KEY_MISSING"),
  change("a misspelt at", ["{ at:", "{ ta:"], "3:9 KEY_UNKNOWN"),
  change("a time and an event", [EVERY, `${EVERY}, on: x`], "3:7 KEY_CONFLICT"),
  change("six cron fields", [EVERY, 'every: "0 0 10 * * *"'], "3:16 CRON_INVALID"),
  change("an hour of 25", [EVERY, 'every: "0 25 * * *"'], "3:16 CRON_INVALID"),
  change("a day that never comes", [EVERY, 'every: "0 0 31 2 *"'], "3:16 CRON_INVALID"),
  change(
    "an end before the start",
    [EVERY, 'every: "0 9 * * *", from: 2026-12-02, until: 2026-12-01'],
    "3:54 DATES_SWAPPED",
  ),
  change("a start on no day", [EVERY, 'every: "0 9 * * *", from: 2026-02-30'], "3:35 DATE_INVALID"),
  at("a time on no day", "2026-02-30T10:00", "3:13 DATE_INVALID"),
  at("an hour of 24", "2026-12-01T24:00", "3:13 DATE_INVALID"),
  at("a time without an hour", "2026-12-01", "3:13 VALUE_FORM"),
  at("a time with two zones", "2026-12-01T10:00Z, timezone: UTC", "3:42 ZONE_TWICE"),
  at("an hour that clocks skip", "2027-03-28T02:30", "3:13 TIME_SKIPPED"),
  at("the last minute that clocks skip", "2027-03-28T02:59", "3:13 TIME_SKIPPED"),
  at(
    "an hour skipped in a zone of its own",
    "2027-03-14T02:00, timezone: America/New_York",
    "3:13 TIME_SKIPPED",
  ),
  at("an hour skipped for people", "2027-03-28T02:30, timezone: user", "3:13 TIME_SKIPPED"),
  at("the hour after the skipped one", "2027-03-28T03:00"),
  at("the hour before the skipped one", "2027-03-28T01:59"),
  at("an hour that comes twice", "2026-10-25T02:30"),
  change("an event in a workspace with some", [EVERY, "on: bought"]),
  {
    name: "an event in a workspace without any",
    files: WITHOUT_EVENTS,
    found: [`${SHIPPED}:3:13 EVENTS_MISSING`],
  },
];

/** All else that a campaign says, its message aside. */
export const CAMPAIGN_CASES: readonly Case[] = [
  change("no segment", ["segment: buyers\n", ""], "1:1 KEY_MISSING"),
  change("a misspelt segment:", ["segment:", "segmnet:"], "2:1 KEY_UNKNOWN"),
  add("a segment and a condition", "where: { country: DE }", "6:1 KEY_CONFLICT"),
  change("a segment nobody declares", ["buyers", "buyrs"], "2:10 SEGMENT_UNKNOWN"),
  change("a misspelt status", ["active", "actve"], "1:9 VALUE_UNKNOWN"),
  add("a message tag", "messaging: MESSAGE_TAG", "6:12 MESSAGING_DEAD"),
  add("the tag of people", "messaging: HUMAN_AGENT", "6:12 MESSAGING_DEAD"),
  add("an answer to nothing", "messaging: RESPONSE", "6:12 RESPONSE_WITHOUT_EVENT"),
  add("weights that are all zero", "variants: { a: { weight: 0 } }", "6:11 WEIGHTS_ZERO"),
  add("waves without the rest", "rollout: { waves: [25, 50] }", "6:19 WAVES_REST"),
  add("the rest in the middle", "rollout: { waves: [rest, 50] }", "6:20 WAVES_REST"),
  add("an empty list of names", "was: []", "6:6 VALUE_EMPTY"),
  add("its own name", "was: hello", "6:6 WAS_ITSELF"),
  add("the name of another", "was: [older, shipped]", "6:14 WAS_EXISTS"),
  {
    name: "a name that another one has too",
    files: { ...append(HELLO, "was: [older, old]"), ...append(SHIPPED, "was: old") },
    found: [`${SHIPPED}:6:6 WAS_TWICE`],
  },
  add(
    "a limit for an empty audience",
    acknowledged("empty_audience, limit: 5"),
    "6:16 ACKNOWLEDGE_FORM",
  ),
  add("a rollout without an occurrence", acknowledged("rollout"), "6:16 ACKNOWLEDGE_FORM"),
  add("a growth as a count", acknowledged("max_growth, limit: 5"), "6:16 ACKNOWLEDGE_FORM"),
  add("a count as a growth", acknowledged('max_recipients, limit: "5%"'), "6:16 ACKNOWLEDGE_FORM"),
  add("an end on no day", acknowledged("empty_audience, until: 2026-02-30"), "6:47 DATE_INVALID"),
];

function acknowledged(rule: string): string {
  return `acknowledge: [ { rule: ${rule}, because: x } ]`;
}

const test = (name: string, written: string, ...found: string[]): Case =>
  add(name, `tests:\n  - { ${written} }`, ...found);

const SEND = "expect: { outcome: send }";
const OUT = "expect: { outcome: not_in_segment }";

/** Tests that a campaign or segment brings. */
export const TEST_CASES: readonly Case[] = [
  test(
    "an attribute nobody declares",
    `name: a, user: { cuntry: DE }, ${SEND}`,
    "7:24 TEST_NAME_UNKNOWN",
  ),
  test("a value of another type", `name: a, user: { country: 5 }, ${SEND}`, "7:33 TEST_VALUE"),
  test("a day that is none", `name: a, user: { birthday: 2026-02-30 }, ${SEND}`, "7:34 TEST_VALUE"),
  test("a moment that is none", `name: a, at: 2026-02-30T10:00Z, ${SEND}`, "7:20 DATE_INVALID"),
  test(
    "an outcome that it does not have",
    `name: a, user: { ltv: 0 }, ${SEND}`,
    "7:53 TEST_FAILED",
  ),
  test(
    "a message that it does not get",
    `name: a, user: { ltv: 5 }, expect: { outcome: send, message: { text: Helo } }`,
    "7:76 TEST_FAILED",
  ),
  test("two of one name", `name: a, ${OUT} }\n  - { name: a, ${OUT}`, "8:13 TEST_NAME_TWICE"),
];
