import { createHash } from "node:crypto";
import type { SegmentId } from "../model/campaign.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What may change without changing who gets which message. */
const OUTSIDE_REVISION: ReadonlySet<string> = new Set([
  "description",
  "tests",
  "status",
  "acknowledge",
  "was",
  "max_recipients",
  "priority",
]);

/** A segment as revisions see it. */
export interface SegmentSource {
  readonly where: JsonValue;
  /** The segments it names itself. */
  readonly names: readonly SegmentId[];
}

/**
 * Makes the function that gives a campaign's revision, `sha256:` and 64 hex digits: over the
 * written campaign and the written conditions of every segment it reaches. A segment enters by
 * its digest, which holds the digests of the segments it names: so each is hashed only once.
 * The segments must not form a cycle.
 */
export function revisions(segments: ReadonlyMap<SegmentId, SegmentSource>) {
  const digests = new Map<SegmentId, string>();
  const digestsOf = (names: readonly SegmentId[]): JsonObject =>
    Object.fromEntries(names.map((name) => [name, digestOf(name)]));
  const digestOf = (id: SegmentId): string => {
    const known = digests.get(id);
    if (known !== undefined) return known;
    const source = segments.get(id);
    const { where = null, names = [] } = source ?? {};
    const digest = sha256({ where, segments: digestsOf(names) });
    digests.set(id, digest);
    return digest;
  };
  return (written: JsonObject, names: readonly SegmentId[]): string =>
    `sha256:${sha256({ campaign: judged(written), segments: digestsOf(names) })}`;
}

/** Variants as a list: their order in the file decides who gets which. */
function judged(written: JsonObject): JsonObject {
  const kept = Object.entries(written).filter(([key]) => !OUTSIDE_REVISION.has(key));
  const campaign = Object.fromEntries(kept);
  const variants = campaign["variants"];
  if (!isJsonObject(variants)) return campaign;
  return { ...campaign, variants: Object.entries(variants) };
}

function sha256(value: JsonValue): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
