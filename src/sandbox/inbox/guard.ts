import { type Answer, reply } from "../answer.ts";
import type { RawRequest } from "../call.ts";

/**
 * Turns away what a page of another origin makes a browser ask here: by its own name for this
 * machine (DNS rebinding), or across origins. Undefined for everything else.
 */
export function turnAway({ host, origin }: RawRequest): Answer | undefined {
  const isHere = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host);
  const isOwn = origin === undefined || origin === `http://${host}`;
  return isHere && isOwn ? undefined : reply(403, "text/plain", "Only from this machine");
}
