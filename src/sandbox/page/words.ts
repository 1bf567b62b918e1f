/** What came of a send, in the page's words. */
export const OUTCOME_WORDS = {
  delivered: "delivered",
  unconfirmed: "delivered, sender unsure",
  refused: "refused",
  lost: "lost, sender unsure",
  answer: "answer",
} as const;

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** The time of today, else the day. */
export function timeText(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? TIME.format(at) : `${DAY.format(at)}, ${TIME.format(at)}`;
}

const COUNT = new Intl.NumberFormat("en");

/** `1 message`, `2,000 messages`. */
export function countText(count: number, word: string): string {
  return `${COUNT.format(count)} ${word}${count === 1 ? "" : "s"}`;
}
