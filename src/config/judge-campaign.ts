import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean } from "../diag/nearest.ts";
import { checkContent } from "../message/check-content.ts";
import type { CampaignId, Content, SegmentId } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import type { Variables } from "../model/workspace.ts";
import type { PromotionalWords } from "../policy/promotional-words.ts";
import { audienceFindings, checkCampaign, deadMessaging } from "./campaign-rules.ts";
import { idFindings } from "./file-id.ts";
import {
  type JudgedCondition,
  judgeEventWhere,
  judgeWhere,
  NOT_JUDGED,
} from "./judge-conditions.ts";
import { promotionFindings } from "./promotion-rules.ts";
import { contentOf, rootId } from "./resolve-campaign.ts";
import { EVERYONE } from "./segment-names.ts";
import { checkSend } from "./send-rules.ts";
import { checkTests } from "./test-rules.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { WrittenFile } from "./written-file.ts";
import type { ZoneFault } from "./zone-names.ts";

/** A campaign's file with all that its own rules found. */
export interface JudgedCampaign {
  readonly id: CampaignId;
  readonly read: WrittenFile<WrittenCampaign>;
  readonly where: Condition | undefined;
  readonly eventWhere: Condition | undefined;
  /** Undefined where the message is at fault. */
  readonly content: Content | undefined;
  readonly findings: readonly Finding[];
}

/** What campaigns are judged against. */
export interface CampaignContext {
  readonly vocabulary: Vocabulary;
  readonly variables: Variables;
  readonly segments: ReadonlySet<SegmentId>;
  readonly zoneFault: ZoneFault;
  readonly promotional: PromotionalWords;
}

type Source = { readonly id: CampaignId; readonly read: WrittenFile<WrittenCampaign> };

export function judgeCampaign({ id, read }: Source, context: CampaignContext): JudgedCampaign {
  const { sound, document } = read;
  const own = [
    ...idFindings(id),
    ...(document === undefined ? [] : audienceFindings(document)),
    ...deadMessaging(document?.["messaging"]),
    ...checkCampaign(sound),
    ...unknownSegment(sound.segment, context.segments),
  ];
  const { vocabulary } = context;
  const where = audience({ id, read }, vocabulary, context.segments);
  const eventWhere = eventCondition({ id, read }, vocabulary);
  const { message } = sound;
  const content = message && contentOf({ ...sound, message });
  const findings = [
    ...own,
    ...where.findings,
    ...eventWhere.findings,
    ...sendFindings(sound, vocabulary, context),
    ...(content === undefined ? [] : contentFindings(content, sound, context)),
    ...checkTests(sound.tests ?? [], vocabulary),
  ];
  const conditions = { where: where.condition, eventWhere: eventWhere.condition };
  return { id, read, ...conditions, content, findings };
}

/** `segment: id` is a condition too. */
function audience(
  { id, read }: Source,
  vocabulary: Vocabulary,
  segments: ReadonlySet<SegmentId>,
): JudgedCondition {
  const { segment, where, was } = read.sound;
  const { file } = read;
  if (where !== undefined) {
    const source = { written: where, path: ["where"], file, seed: rootId(id, was) };
    return judgeWhere(source, vocabulary, segments);
  }
  if (segment === undefined) return NOT_JUDGED;
  return { condition: { kind: "segment", segment, at: file.place(["segment"]) }, findings: [] };
}

function eventCondition({ id, read }: Source, vocabulary: Vocabulary): JudgedCondition {
  const { send, was } = read.sound;
  if (send === undefined || !("on" in send) || send.where === undefined) return NOT_JUDGED;
  const { file } = read;
  const source = { written: send.where, path: ["send", "where"], file, seed: rootId(id, was) };
  return judgeEventWhere(source, vocabulary);
}

function sendFindings(
  { send }: Partial<WrittenCampaign>,
  { events, timezone }: Vocabulary,
  { zoneFault }: CampaignContext,
): readonly Finding[] {
  if (send === undefined) return [];
  return checkSend(send, { zoneFault, hasEvents: events !== undefined, timezone });
}

/** What is missing or at fault itself is replaced by the value that allows the most. */
function contentFindings(
  content: Content,
  written: Partial<WrittenCampaign>,
  { variables, promotional }: CampaignContext,
): readonly Finding[] {
  const { messaging = "UPDATE", purpose = "transaction", send } = written;
  const isEventCampaign = send === undefined || "on" in send;
  return [
    ...checkContent(content, { messaging, purpose, variables, isEventCampaign }),
    ...promotionFindings(content, written, promotional),
  ];
}

function unknownSegment(
  segment: string | undefined,
  known: ReadonlySet<SegmentId>,
): readonly Finding[] {
  if (segment === undefined || segment === EVERYONE || known.has(segment)) return [];
  const near = didYouMean(segment, [...known, EVERYONE]) || " Add that file, or name another.";
  const detail = `No file in segments/ declares "${segment}".${near}`;
  return [{ code: "SEGMENT_UNKNOWN", path: ["segment"], summary: "Unknown segment", detail }];
}
