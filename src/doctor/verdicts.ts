import type { Check, CheckName } from "../model/checkup.ts";

/** What is wrong, and how to mend it. */
interface Fault {
  readonly code: string;
  readonly found: string;
  readonly next: string;
  /** The page that says so. */
  readonly source?: string;
}

export function ok(name: CheckName, found: string): Check {
  return { name, status: "ok", code: null, found, ...NOTHING };
}

/** What could not be asked; `because` is a part of a sentence. */
export function skipped(name: CheckName, because: string): Check {
  const found = `Not looked at: ${because}.`;
  return { name, status: "skipped", code: null, found, ...NOTHING };
}

/** Something that stops no send, or not yet. */
export function warning(name: CheckName, fault: Fault): Check {
  return verdict(name, { ...fault, status: "warning", exit: null });
}

/** Something that stops every send, or some; `exit` is how the command ends. */
export function error(name: CheckName, exit: NonNullable<Check["exit"]>, fault: Fault): Check {
  return verdict(name, { ...fault, status: "error", exit });
}

const NOTHING = { next: null, source: null, exit: null } as const;

function verdict(
  name: CheckName,
  { status, code, found, next, source, exit }: Fault & Pick<Check, "status" | "exit">,
): Check {
  return { name, status, code, found, next, source: source ?? null, exit };
}
