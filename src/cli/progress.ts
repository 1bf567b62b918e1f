import type { Progress } from "../apply/apply-plan.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import { escapeText } from "../view/escape.ts";
import type { Terminal } from "./surroundings.ts";

/** How often a log, which cannot be written over, gets a line. */
const LINE_EVERY_MS = 5 * SECOND_MS;

/** Shows how far an apply has come: one line written over on a terminal, plain lines elsewhere. */
export function progressTo(terminal: Terminal, clock: Clock): (progress: Progress) => void {
  let shownAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const { campaign, eligible, sent, failed, unknown } = progress;
    const tried = sent + failed + unknown;
    const isLast = tried >= eligible;
    if (!terminal.errIsTerminal && !isLast && clock.monotonicMs() - shownAt < LINE_EVERY_MS) return;
    shownAt = clock.monotonicMs();
    const line =
      `${escapeText(campaign)}: ${tried} of ${eligible} ` +
      `(${sent} sent, ${failed} failed, ${unknown} unknown)`;
    if (terminal.errIsTerminal) terminal.err(`\r${line}\x1b[K${isLast ? "\n" : ""}`);
    else terminal.err(`${line}\n`);
  };
}
