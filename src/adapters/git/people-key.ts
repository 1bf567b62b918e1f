import { createHash, timingSafeEqual } from "node:crypto";
import { Stop } from "../../diag/errors.ts";
import type { ClaimRecord } from "../../ledger/record.ts";
import { hashedId } from "../../model/hashed-id.ts";

const KEY_VARIABLE = "POSTHORN_STATE_KEY";
const MIN_KEY_BYTES = 32;

/**
 * The key that people's ids are hashed with where a state leaves this machine: one that others can
 * read must not tell whom the page writes to. Throws Stop `state` without a key of 32 bytes.
 */
export function peopleKey(env: Readonly<Record<string, string | undefined>>): string {
  const key = env[KEY_VARIABLE] ?? "";
  if (Buffer.byteLength(key) >= MIN_KEY_BYTES) return key;
  const what = key === "" ? "is not set" : `is shorter than ${MIN_KEY_BYTES} bytes`;
  throw new Stop(
    "state",
    `A state on a git branch holds people as keyed hashes, and ${KEY_VARIABLE} ${what}. ` +
      "Nothing was sent. Make one with `openssl rand -hex 32`, keep it as a secret, and use the " +
      "same one always: with another key the state knows nobody.",
  );
}

/** A claim with keyed hashes in the place of its person. */
export function withoutPerson(claim: ClaimRecord, key: string): ClaimRecord {
  return { ...claim, user: hashedId(key, claim.user), psid: hashedId(key, claim.psid) };
}

/** What the state keeps so that another key is noticed. */
export function checkValue(key: string): string {
  return sha256(`${sha256(key)}\0posthorn.state-key`);
}

/** Throws Stop `state` when the state was written with another key. */
export function refuseOtherKey(key: string, check: string): void {
  const [own, written] = [checkValue(key), check].map((text) => Buffer.from(text));
  if (own && written && own.length === written.length && timingSafeEqual(own, written)) return;
  throw new Stop(
    "state",
    `${KEY_VARIABLE} is not the key that this state was written with, so it would know nobody ` +
      "and everybody would get everything again. Nothing was sent. Set the key it was made with.",
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
