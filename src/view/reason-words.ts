import type { Reason } from "../model/delivery.ts";

/** Reasons as people say them. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  no_psid: "without a PSID",
  no_consent: "without consent",
  not_tester: "not testers (development mode)",
  holdout: "held out for comparison",
  already_sent: "already sent to",
  already_failed: "already failed for good",
  unresolved: "with an unknown outcome",
  unreachable: "unreachable, says Meta",
  late: "too late",
  not_due: "due later",
  quiet_hours: "in quiet hours",
  outside_window: "outside Meta's 24-hour window",
  frequency_cap: "over the frequency cap",
  missing_value: "missing a value",
  invalid_message: "with an invalid message",
};

/** `120 outside Meta's 24-hour window · 24 without a PSID`, in the order of judgement. */
export function reasonsText(leftOut: Readonly<Record<string, number>>): string {
  return reasonParts(leftOut).join(" ");
}

/** The same in parts that belong together: `120 outside Meta's 24-hour window ·`. */
export function reasonParts(leftOut: Readonly<Record<string, number>>): string[] {
  const words = Object.entries(leftOut).map(
    ([reason, people]) => `${count(people)} ${REASON_WORDS[reason as Reason] ?? reason}`,
  );
  return words.map((word, index) => (index === words.length - 1 ? word : `${word} ·`));
}

const THOUSANDS = new Intl.NumberFormat("en-US");

/** A count with thousands set apart: 12,480. */
export function count(value: number): string {
  return THOUSANDS.format(value);
}

/** A count of people: 12,480 people, or 1 person. */
export function countPeople(value: number): string {
  return value === 1 ? "1 person" : `${count(value)} people`;
}

/** Of several due occurrences only the latest is sent: how many are not. */
export function givesWay(occurrences: number): string {
  return occurrences === 1
    ? "1 earlier occurrence gives way"
    : `${count(occurrences)} earlier occurrences give way`;
}

/** `45 s`, `12 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
