import type { Finding, Place } from "../diag/diagnostic.ts";
import { didYouMean } from "../diag/nearest.ts";
import type { Attributes } from "../model/attribute.ts";
import type { Condition } from "../model/condition.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { checkAttribute } from "./check-attribute.ts";
import { checkEvent, EVENT_KEYS } from "./check-event.ts";
import { checkShare } from "./check-share.ts";
import { isList, stringOperand, wrongType } from "./operand.ts";
import { allOf, quote, Spot } from "./spot.ts";

/** What a condition may name, and where it stands. */
export interface ConditionScope {
  readonly attributes: Attributes;
  /** Event properties; undefined where there are no events, or inside an event's `where:`. */
  readonly events: Attributes | undefined;
  /** Ids of segments; undefined where the condition judges events and not people. */
  readonly segments: ReadonlySet<string> | undefined;
  /** Of `sample:` without a `seed:`. */
  readonly seed: string;
  /** The workspace's IANA zone. */
  readonly timezone: string;
  place(path: readonly (string | number)[], atKey?: boolean): Place;
}

/** Deeper nesting is refused before it strains the SQL engine's parser. */
const MAX_DEPTH = 50;

/**
 * A written `where:` as a typed condition (SPEC section 3), or every fault in it; paths of findings
 * start at `written`. The only judge of conditions: no wrong shape gets past it.
 */
export function checkCondition(
  written: JsonValue,
  scope: ConditionScope,
): { readonly condition: Condition | undefined; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const condition = checkSpot(new Spot(written, findings), scope);
  return { condition: findings.length === 0 ? condition : undefined, findings };
}

function checkSpot(spot: Spot, scope: ConditionScope): Condition | undefined {
  const { written, path } = spot;
  if (path.length > MAX_DEPTH) {
    return spot.refuse({
      code: "CONDITION_DEEP",
      summary: "Condition nested too deep",
      detail: `Conditions may nest ${MAX_DEPTH} levels deep. Part it into segments.`,
    });
  }
  if (isList(written)) return checkGroup("all", spot, scope);
  if (!isJsonObject(written)) return wrongType(spot, "a condition", " For example country: DE.");
  const keys = Object.keys(written).filter((key) => !belongsToOther(key, written));
  if (keys.length === 0) return wrongType(spot, "a condition with at least one key");
  const of = allOf(keys.map((key) => checkKey(key, spot, { ...scope, block: written })));
  if (of === undefined || of.length === 1) return of?.[0];
  return { kind: "all", of, at: scope.place(path) };
}

/** `seed` is part of `sample` beside it; `count`, `in_last` and `where` are parts of `event`. */
function belongsToOther(key: string, block: JsonObject): boolean {
  if (EVENT_KEYS.includes(key)) return "event" in block;
  return key === "seed" && "sample" in block;
}

interface BlockScope extends ConditionScope {
  /** The mapping that the key stands in. */
  readonly block: JsonObject;
}

function checkKey(key: string, spot: Spot, scope: BlockScope): Condition | undefined {
  const child = spot.child(key, scope.block[key] ?? null);
  switch (key) {
    case "all":
    case "any":
      return checkGroup(key, child, scope);
    case "not": {
      const of = checkSpot(child, scope);
      return of && { kind: "not", of, at: scope.place(child.path, true) };
    }
    case "segment":
      return checkSegment(child, scope);
    case "sample":
      return checkSample(child, spot, scope);
    case "event":
      return checkEventKey(child, spot, scope);
    default: {
      const attribute = scope.attributes.get(key);
      if (attribute === undefined) return unknownAttribute(key, child, scope);
      return checkAttribute(attribute, child, scope);
    }
  }
}

function checkGroup(kind: "all" | "any", spot: Spot, scope: ConditionScope): Condition | undefined {
  const { written } = spot;
  // `all: { a: 1, b: 2 }` is as clear as a list; under `any` several keys would read as all.
  const single = kind === "all" && isJsonObject(written);
  if (single) return checkSpot(spot, scope);
  if (!isList(written)) return wrongType(spot, "a list of conditions");
  if (written.length === 0) {
    return spot.refuse({
      code: "LIST_EMPTY",
      summary: "Empty list",
      detail: "A list of conditions needs at least one. For everyone write segment: everyone.",
    });
  }
  const of = allOf(written.map((member, index) => checkSpot(spot.child(index, member), scope)));
  return of && { kind, of, at: scope.place(spot.path, true) };
}

function checkSegment(spot: Spot, scope: ConditionScope): Condition | undefined {
  if (scope.segments === undefined) return notOfEvents(spot, "segment");
  const segment = stringOperand(spot);
  if (segment === undefined) return undefined;
  if (segment !== "everyone" && !scope.segments.has(segment)) {
    const known = ["everyone", ...scope.segments];
    return spot.refuse({
      code: "SEGMENT_UNKNOWN",
      summary: "Unknown segment",
      detail: `No file in segments/ declares ${quote(segment)}.${didYouMean(segment, known)}`,
    });
  }
  return { kind: "segment", segment, at: scope.place(spot.path) };
}

function checkSample(spot: Spot, block: Spot, scope: BlockScope): Condition | undefined {
  if (scope.segments === undefined) return notOfEvents(spot, "sample");
  const share = checkShare(spot);
  const { seed: written = scope.seed } = scope.block;
  const seed = stringOperand(block.child("seed", written));
  if (share === undefined || seed === undefined) return undefined;
  return { kind: "sample", share, seed, at: scope.place(spot.path, true) };
}

function checkEventKey(spot: Spot, block: Spot, scope: BlockScope): Condition | undefined {
  const { events: properties, segments } = scope;
  if (segments === undefined) return notOfEvents(spot, "event");
  if (properties === undefined) {
    return spot.refuse({
      code: "EVENTS_UNDECLARED",
      atKey: true,
      summary: "The workspace declares no events",
      detail:
        "A condition on events needs events: in posthorn.yaml, with a source and its columns.",
    });
  }
  const inner = { ...scope, attributes: properties, events: undefined, segments: undefined };
  const event = checkEvent(scope.block, block, (where) => checkSpot(where, inner));
  return event && { ...event, at: scope.place(spot.path) };
}

function notOfEvents(spot: Spot, key: string): undefined {
  return spot.refuse({
    code: "CONDITION_MISPLACED",
    atKey: true,
    summary: "Condition that does not fit here",
    detail:
      `${key} is about people; this where: is about one event, ` +
      "so it can name its properties only.",
  });
}

function unknownAttribute(key: string, spot: Spot, scope: BlockScope): undefined {
  if (scope.attributes.isUnsure?.(key)) return undefined;
  const words = ["all", "any", "not", "segment", "event", "sample"];
  const beside = "event" in scope.block ? EVENT_KEYS : [];
  const remedy =
    key === "everyone"
      ? " Write segment: everyone."
      : didYouMean(key, [...scope.attributes.keys(), ...words, ...beside]);
  const declared = scope.segments === undefined ? "events.properties" : "users.attributes";
  return spot.refuse({
    code: "ATTRIBUTE_UNKNOWN",
    atKey: true,
    summary: "Unknown attribute",
    detail: `${quote(key)} is not declared under ${declared} in posthorn.yaml.${remedy}`,
  });
}
