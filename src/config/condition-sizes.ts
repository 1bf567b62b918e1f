import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { SegmentId } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import { EVERYONE } from "./segment-names.ts";

/** More conditions than anybody reads; segments that name each other can come to billions. */
const MAX_CONDITIONS = 10_000;
/** Below what the SQL engine's parser takes, at two levels for each of these. */
const MAX_LEVELS = 400;

/** A condition with every segment in it written out. */
interface Size {
  readonly conditions: number;
  readonly levels: number;
  /** The first segment in it that is too large by itself, which is told there. */
  readonly isTold: boolean;
}

const LEAF: Size = { conditions: 1, levels: 1, isTold: false };

/** Conditions that are too large once the segments that they name are written out. */
export function sizeDiagnostics(
  segments: ReadonlyMap<SegmentId, Condition | undefined>,
  campaigns: readonly (Condition | undefined)[],
): readonly Diagnostic[] {
  const known = new Map<SegmentId, Size>();
  const found: Diagnostic[] = [];
  const judge = (condition: Condition | undefined): Size => {
    const size = condition === undefined ? LEAF : sizeOf(condition, sizeOfSegment);
    if (condition === undefined || size.isTold || !isTooLarge(size)) return size;
    found.push(tooLarge(size, placeOf(condition)));
    return { ...size, isTold: true };
  };
  const sizeOfSegment = (id: SegmentId): Size => {
    const size = known.get(id);
    if (size !== undefined) return size;
    known.set(id, LEAF); // a cycle is told elsewhere
    const judged = judge(segments.get(id));
    known.set(id, judged);
    return judged;
  };
  for (const id of segments.keys()) sizeOfSegment(id);
  for (const where of campaigns) judge(where);
  return found;
}

function sizeOf(condition: Condition, sizeOfSegment: (id: SegmentId) => Size): Size {
  switch (condition.kind) {
    case "all":
    case "any":
      return joined(condition.of.map((member) => sizeOf(member, sizeOfSegment)));
    case "not":
      return joined([sizeOf(condition.of, sizeOfSegment)]);
    case "event":
      return condition.where === undefined
        ? LEAF
        : joined([sizeOf(condition.where, sizeOfSegment)]);
    case "segment":
      return condition.segment === EVERYONE ? LEAF : sizeOfSegment(condition.segment);
    default:
      return LEAF;
  }
}

function joined(sizes: readonly Size[]): Size {
  return {
    conditions: sizes.reduce((sum, size) => sum + size.conditions, 1),
    levels: Math.max(0, ...sizes.map((size) => size.levels)) + 1,
    isTold: sizes.some((size) => size.isTold),
  };
}

function isTooLarge({ conditions, levels }: Size): boolean {
  return conditions > MAX_CONDITIONS || levels > MAX_LEVELS;
}

/** The first segment that a condition names, else the condition itself. */
function placeOf(condition: Condition): Place {
  const members = "of" in condition ? [condition.of].flat() : [];
  const named = members.find((member) => member.kind === "segment");
  return named?.at ?? condition.at;
}

function tooLarge({ conditions, levels }: Size, at: Place): Diagnostic {
  const counted =
    conditions > MAX_CONDITIONS
      ? `more than ${MAX_CONDITIONS} conditions`
      : `${levels} levels, more than ${MAX_LEVELS}`;
  return {
    code: "CONDITION_LARGE",
    severity: "error",
    at,
    summary: "Condition too large",
    detail:
      `With the segments that it names written out, this condition has ${counted}. ` +
      "Let the data say what so many conditions find out: export it as an attribute.",
  };
}
