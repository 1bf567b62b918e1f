import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { SegmentId } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";

/** A segment named in a condition, and where. */
export interface SegmentName {
  readonly segment: SegmentId;
  readonly at: Place;
}

/** The segment that exists without a file. */
export const EVERYONE = "everyone";

/** The segments with a file that a condition names. */
export function segmentNames(condition: Condition | undefined): readonly SegmentName[] {
  switch (condition?.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(segmentNames);
    case "not":
      return segmentNames(condition.of);
    case "segment":
      return condition.segment === EVERYONE ? [] : [condition];
    default:
      return [];
  }
}

/** A way from a segment through others back to itself, the first one again at the end. */
export interface Cycle {
  readonly way: readonly SegmentId[];
  /** Where the last step is written. */
  readonly at: Place;
}

/** Every cycle once. Each segment is entered once, so the time grows with their number. */
function segmentCycles(segments: ReadonlyMap<SegmentId, readonly SegmentName[]>): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const left = new Set<SegmentId>();
  const way: SegmentId[] = [];
  const enter = (id: SegmentId): void => {
    way.push(id);
    for (const { segment, at } of segments.get(id) ?? []) {
      const start = way.indexOf(segment);
      if (start !== -1) cycles.push({ way: [...way.slice(start), segment], at });
      else if (!left.has(segment)) enter(segment);
    }
    way.pop();
    left.add(id);
  };
  for (const id of segments.keys()) if (!left.has(id)) enter(id);
  return cycles;
}

/** Cycles among the conditions of segments, told where their last step is written. */
export function cycleDiagnostics(
  conditions: ReadonlyMap<SegmentId, Condition | undefined>,
): readonly Diagnostic[] {
  const names = [...conditions].map(([id, where]) => [id, segmentNames(where)] as const);
  return segmentCycles(new Map(names)).map(({ way, at }) => ({
    code: "SEGMENT_CYCLE",
    severity: "error",
    at,
    summary: "Cycle of segments",
    detail:
      `These segments stand for each other: ${way.join(" → ")}. ` +
      "Take one of the steps out, so that each can be judged by itself.",
  }));
}
