import { createHash, timingSafeEqual } from "node:crypto";

/** Meta's challenges are numbers of some digits. */
const LONGEST_CHALLENGE = 256;

/**
 * The challenge to give back to who subscribes; undefined where the verify token is not ours, or it
 * is no such question. Source: messenger-platform.md section 7.
 */
export function challengeOf(url: string, verifyToken: string): string | undefined {
  const asked = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const challenge = asked.get("hub.challenge") ?? "";
  const isAsked = asked.get("hub.mode") === "subscribe" && challenge !== "";
  if (!isAsked || challenge.length > LONGEST_CHALLENGE) return undefined;
  return isSame(asked.get("hub.verify_token") ?? "", verifyToken) ? challenge : undefined;
}

/** In constant time, whatever their lengths. */
function isSame(given: string, own: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(own));
}
