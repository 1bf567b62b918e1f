import type { Diagnostic } from "./diagnostic.ts";

/** The outside failed: disk, network, engine. `retryable` says whether trying again can help. */
export class PortError extends Error {
  override readonly name = "PortError";
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}

/** Our bug: something that the code says cannot happen. */
export class DefectError extends Error {
  override readonly name = "DefectError";
}

/** A run ends early for a reason the user can see; `main.ts` turns it into text and exit code. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly exit: ExitName;
  readonly diagnostics: readonly Diagnostic[];

  constructor(exit: ExitName, message: string, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.exit = exit;
    this.diagnostics = diagnostics;
  }
}

/** The exit codes of SPEC section 6 by name. */
export const EXIT = {
  ok: 0,
  error: 1,
  changes: 2,
  invalid: 3,
  blocked: 4,
  stale: 5,
  locked: 6,
  partial: 7,
  denied: 8,
  state: 9,
  usage: 64,
} as const;

export type ExitName = keyof typeof EXIT;
