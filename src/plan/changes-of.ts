import type { Campaign, Segment, SegmentId } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/** An empty list or map stands as `[]` or `{}`. */
type Leaf = string | number | boolean | null;

/** One value that differs between two commits; null where one of them lacks it. */
export interface Change {
  /** Keys and places in lists, with dots: `message.quick_replies.0.title`. */
  readonly path: string;
  readonly before: Leaf;
  readonly after: Leaf;
}

/** What may change without anybody noticing. */
const UNSEEN: ReadonlySet<string> = new Set(["description", "tests", "was"]);

type Segments = ReadonlyMap<SegmentId, Segment>;

/** What differs between a campaign and its base, the segments that it reaches included. */
export function campaignChanges(
  before: { readonly campaign: Campaign; readonly segments: Segments },
  after: { readonly campaign: Campaign; readonly segments: Segments },
): Change[] {
  return changesOf(
    { ...seen(before.campaign), segments: reached(before.campaign.where, before.segments) },
    { ...seen(after.campaign), segments: reached(after.campaign.where, after.segments) },
  );
}

/** The leaves that differ, in the order of the second value, then those that only the first has. */
export function changesOf(before: object, after: object): Change[] {
  const [old, now] = [leaves(before as JsonObject), leaves(after as JsonObject)];
  const paths = [...now.keys(), ...[...old.keys()].filter((path) => !now.has(path))];
  return paths.flatMap((path) => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

function seen({ written }: Campaign): JsonObject {
  return Object.fromEntries(Object.entries(written).filter(([key]) => !UNSEEN.has(key)));
}

/** The conditions of the segments that one names, and of those that they name. */
function reached(where: Condition, segments: Segments): JsonObject {
  const found = new Map<SegmentId, JsonValue>();
  const visit = (condition: Condition): void => {
    for (const id of namesIn(condition)) {
      const segment = segments.get(id);
      if (segment === undefined || found.has(id)) continue;
      found.set(id, segment.written);
      visit(segment.where);
    }
  };
  visit(where);
  return Object.fromEntries(found);
}

function namesIn(condition: Condition): SegmentId[] {
  if (condition.kind === "segment") return [condition.segment];
  if (condition.kind === "not") return namesIn(condition.of);
  return condition.kind === "all" || condition.kind === "any" ? condition.of.flatMap(namesIn) : [];
}

function leaves(value: JsonValue, path = ""): Map<string, Leaf> {
  const entries = entriesOf(value);
  if (entries.length === 0) return new Map(path === "" ? [] : [[path, leafOf(value)]]);
  const found = new Map<string, Leaf>();
  for (const [key, part] of entries) {
    const below = leaves(part, path === "" ? key : `${path}.${key}`);
    for (const [leaf, one] of below) found.set(leaf, one);
  }
  return found;
}

function leafOf(value: JsonValue): Leaf {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function entriesOf(value: JsonValue): [string, JsonValue][] {
  if (Array.isArray(value)) return value.map((one, index) => [String(index), one]);
  return isJsonObject(value) ? Object.entries(value) : [];
}
