import { Stop } from "../diag/errors.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { LeaseHolder, PersonWriter, StateStore } from "../ports/state-store.ts";
import { escapeText } from "../view/escape.ts";
import type { Surroundings } from "./surroundings.ts";

const FIRST_BACK_OFF_MS = SECOND_MS / 2;
const LONGEST_BACK_OFF_MS = 10 * SECOND_MS;

type Opening = Parameters<StateStore["open"]>[0] & {
  /** How long to wait for another apply to end. */
  readonly lockTimeoutMs: number;
  /** Its real time alone is used. */
  readonly clock: Clock;
  readonly surroundings: Surroundings;
};

/**
 * Opens a state for writing and says what it took over. Undefined when a signal came while waiting.
 * Throws Stop `locked` when another apply still holds the state at the end of the wait.
 */
export async function openWriter(
  state: StateStore,
  opening: Opening,
): Promise<PersonWriter | undefined> {
  const { clock, lockTimeoutMs, signal, surroundings } = opening;
  const { terminal, random } = surroundings;
  const giveUpAtMs = clock.monotonicMs() + lockTimeoutMs;
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      const writer = await state.open(opening);
      if (writer.takenOver !== null) terminal.err(`${takeoverText(writer.takenOver)}\n`);
      return writer;
    } catch (fault) {
      if (!(fault instanceof Stop) || fault.exit !== "locked") throw fault;
      const leftMs = giveUpAtMs - clock.monotonicMs();
      if (leftMs <= 0 && !signal.aborted) throw fault;
      if (tries === 0) terminal.err(`Waiting for another apply. ${escapeText(fault.message)}\n`);
      const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** tries, LONGEST_BACK_OFF_MS);
      await clock.sleep(Math.min(leftMs, backOffMs * (0.5 + random() / 2)), signal);
    }
  }
  return undefined;
}

function takeoverText({ run, host, pid, since }: LeaseHolder): string {
  return escapeText(
    `Took the state over from run ${run} (${host}, process ${pid}, since ${since}), which gives ` +
      "no sign of life. What it had claimed without an outcome may have arrived and is left alone.",
  );
}
