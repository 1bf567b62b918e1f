import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { PortError } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { Pulled, PullPlace } from "../../ports/pull-place.ts";
import { replaceFile } from "../file-state/durable-file.ts";

const FORMAT = "posthorn.pull/1";

/** A place in a file; what was read of another page is none. */
export function pullPlaceFile(path: string, pageId: string): PullPlace {
  return {
    read: () => readPlace(path, pageId),
    write: (pulled) => {
      try {
        if (pulled === null) return rmSync(path, { force: true });
        mkdirSync(dirname(path), { recursive: true });
        const text = `${JSON.stringify({ format: FORMAT, page: pageId, ...pulled })}\n`;
        replaceFile(path, `${path}.${process.pid}.tmp`, text);
      } catch (cause) {
        throw failure(path, "written", cause);
      }
    },
  };
}

/** Nothing is lost where it is broken: the pull begins anew, and what it finds again is known. */
function readPlace(path: string, pageId: string): Pulled | undefined {
  try {
    const { format, page, ...pulled } = JSON.parse(readFileSync(path, "utf8"));
    const isOurs = format === FORMAT && page === pageId && typeof pulled.after === "string";
    return isOurs && typeof pulled.counts === "object" ? pulled : undefined;
  } catch (cause) {
    if (faultCode(cause) === "ENOENT" || cause instanceof SyntaxError) return undefined;
    if (cause instanceof TypeError) return undefined;
    throw failure(path, "read", cause);
  }
}

function failure(path: string, what: "read" | "written", cause: unknown): PortError {
  const message = `${path} cannot be ${what}: ${reasonOf(cause)}.`;
  return new PortError(message, { retryable: false, cause });
}
