import type { Finding } from "../diag/diagnostic.ts";
import type { SegmentId } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import { checkCondition } from "../segment/check-condition.ts";
import type { YamlFile } from "./read-yaml.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A condition judged: typed where it is sound, and its findings as paths of the document. */
export interface JudgedCondition {
  readonly condition: Condition | undefined;
  readonly findings: readonly Finding[];
}

export const NOT_JUDGED: JudgedCondition = { condition: undefined, findings: [] };

/** Where a condition stands and what it may name. */
export interface ConditionSource {
  readonly written: JsonValue;
  readonly path: JsonPath;
  readonly file: YamlFile;
  readonly seed: string;
}

/** Judges a condition over users. */
export function judgeWhere(
  source: ConditionSource,
  vocabulary: Vocabulary,
  segments: ReadonlySet<SegmentId>,
): JudgedCondition {
  const { attributes, events, timezone } = vocabulary;
  return judge(source, { attributes, events, segments, timezone });
}

/** Judges the condition of `send.where`, which is over the properties of an event. */
export function judgeEventWhere(source: ConditionSource, vocabulary: Vocabulary): JudgedCondition {
  const { events, timezone } = vocabulary;
  if (events === undefined) return NOT_JUDGED;
  return judge(source, { attributes: events, events: undefined, segments: undefined, timezone });
}

type Names = Pick<
  Parameters<typeof checkCondition>[1],
  "attributes" | "events" | "segments" | "timezone"
>;

function judge({ written, path, file, seed }: ConditionSource, names: Names): JudgedCondition {
  const { condition, findings } = checkCondition(written, {
    ...names,
    seed,
    place: (inner, atKey) => file.place([...path, ...inner], atKey),
  });
  const placed = findings.map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
  return { condition, findings: placed };
}
