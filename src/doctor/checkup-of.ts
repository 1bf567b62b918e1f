import { EXIT, type ExitName } from "../diag/errors.ts";
import { CHECK_NAMES, type Check, type Checkup } from "../model/checkup.ts";

/** Checks in their order, counted. */
export function checkupOf(
  head: Pick<Checkup, "workspace" | "page" | "target">,
  checks: readonly Check[],
): Checkup {
  const inOrder = CHECK_NAMES.flatMap((name) => checks.filter((check) => check.name === name));
  const counted = (status: Check["status"]) =>
    inOrder.filter((check) => check.status === status).length;
  return {
    format: "posthorn.checkup/1",
    ...head,
    checks: inOrder,
    summary: {
      ok: counted("ok"),
      warning: counted("warning"),
      error: counted("error"),
      skipped: counted("skipped"),
    },
  };
}

/** The first of them that an error asks for: a token that is refused outweighs all. */
const EXITS: readonly ExitName[] = ["denied", "state", "invalid", "error"];

/** The exit code of a checkup; warnings end well. */
export function exitOf({ checks }: Checkup): number {
  const exit = EXITS.find((name) => checks.some((check) => check.exit === name));
  return EXIT[exit ?? "ok"];
}
