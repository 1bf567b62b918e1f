import { EXIT } from "../diag/errors.ts";

/** Exit codes of a clean stop by signal: 128 and the signal's number. */
const SIGNAL_EXITS: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** How a command ends that a signal ended cleanly. */
export function signalExit(interruption: AbortSignal): number {
  return SIGNAL_EXITS[String(interruption.reason)] ?? EXIT.partial;
}
