import type { Finding } from "../diag/diagnostic.ts";
import type { SegmentId } from "../model/campaign.ts";
import type { WrittenSegment } from "../model/generated/segment-written.ts";
import { idFindings } from "./file-id.ts";
import { type JudgedCondition, judgeWhere, NOT_JUDGED } from "./judge-conditions.ts";
import { EVERYONE } from "./segment-names.ts";
import { checkTests } from "./test-rules.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { WrittenFile } from "./written-file.ts";

/** A segment's file with all that its own rules found. */
export interface JudgedSegment extends JudgedCondition {
  readonly id: SegmentId;
  readonly read: WrittenFile<WrittenSegment>;
}

/** Judges a segment by itself; cycles are found later. */
export function judgeSegment(
  { id, read }: { readonly id: SegmentId; readonly read: WrittenFile<WrittenSegment> },
  vocabulary: Vocabulary,
  segments: ReadonlySet<SegmentId>,
): JudgedSegment {
  const { where, tests } = read.sound;
  const own = [...idFindings(id), ...builtIn(id)];
  const source = { written: where ?? null, path: ["where"], file: read.file, seed: id };
  const judged = where === undefined ? NOT_JUDGED : judgeWhere(source, vocabulary, segments);
  const findings = [...own, ...judged.findings, ...checkTests(tests ?? [], vocabulary)];
  return { id, read, condition: judged.condition, findings };
}

function builtIn(id: SegmentId): readonly Finding[] {
  if (id !== EVERYONE) return [];
  const detail = "The segment everyone is built in. Give this file another name.";
  return [{ code: "SEGMENT_BUILT_IN", path: [], summary: "Segment is built in", detail }];
}
