import type { Audience } from "../audience/audience.ts";
import { dueNow } from "../audience/due-now.ts";
import type { UnknownDeliveries, UnknownDelivery } from "../audience/unknown-deliveries.ts";
import type { Campaign } from "../model/campaign.ts";
import { HOUR_MS, MINUTE_MS } from "../model/instant.ts";
import type { Resolution } from "../model/resolution.ts";
import type { Workspace } from "../model/workspace.ts";
import type { ConversationLog, PageMessage } from "../ports/conversation-log.ts";

/** Meta's clock and ours may differ by so much. */
const CLOCK_SKEW_MS = MINUTE_MS;
/** A request follows its claim within seconds, or after a pause that Meta asked for. */
const SENT_WITHIN_MS = 2 * HOUR_MS;

/** Why a delivery stays unknown. */
export type Unsettled =
  /** Its campaign is gone or says something else by now. */
  | "changed"
  /** The user data has no such person any more. */
  | "nobody"
  /** A template has no text that could be compared. */
  | "no_text"
  /** No such message among the newest; that proves nothing. */
  | "not_found"
  /** Several messages could be it. */
  | "ambiguous";

export interface ConversationResolutions {
  readonly resolutions: readonly Resolution[];
  readonly unsettled: Readonly<Partial<Record<Unsettled, number>>>;
}

/**
 * Looks unknown deliveries up in the page's conversations, by text and time. The text is rendered
 * again, which is possible as long as the campaign still has the revision it was claimed with.
 */
export async function resolveByConversations(
  unknown: UnknownDeliveries,
  of: Rendering & { readonly log: ConversationLog },
): Promise<ConversationResolutions> {
  const found = new Map<string, Resolution>();
  const unsettled: Partial<Record<Unsettled, number>> = {};
  const known = new Set(unknown.messageIds);
  for (const delivery of unknown.deliveries) {
    const text = await textOf(delivery, of);
    const verdict = text.ok
      ? search(await of.log.messagesTo(delivery.psid), { ...delivery, text: text.text, known })
      : text.why;
    if (typeof verdict === "string") unsettled[verdict] = (unsettled[verdict] ?? 0) + 1;
    else {
      known.add(verdict.id);
      found.set(delivery.deliveryId, resolution(delivery, verdict));
    }
  }
  return { resolutions: [...found.values()], unsettled };
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; why: Unsettled };

/** What a message is rendered again with. */
interface Rendering {
  readonly audience: Audience;
  readonly workspace: Workspace;
  readonly zones: readonly string[];
}

async function textOf(delivery: UnknownDelivery, of: Rendering): Promise<Text> {
  const campaign = of.workspace.campaigns.find(({ rootId }) => rootId === delivery.rootId);
  if (campaign === undefined || campaign.revision !== delivery.revision) {
    return { ok: false, why: "changed" };
  }
  const now = delivery.claimedAt;
  const occasion = dueNow(campaign, of.workspace, { now, zones: of.zones });
  const inspection = await of.audience.inspect(
    { campaign, occasion },
    subjectOf(delivery, campaign),
  );
  if (inspection === undefined) return { ok: false, why: "nobody" };
  const { rendered } = inspection;
  if (rendered.kind !== "message") return { ok: false, why: "changed" };
  const { text } = rendered.message;
  return typeof text === "string" ? { ok: true, text } : { ok: false, why: "no_text" };
}

function subjectOf({ userId, occurrence, variant }: UnknownDelivery, { send }: Campaign) {
  const eventId = send.kind === "on" ? occurrence : undefined;
  return { userId, eventId, ...(variant !== null && { variant }) };
}

function search(
  messages: readonly PageMessage[],
  of: { readonly claimedAt: number; readonly text: string; readonly known: ReadonlySet<string> },
): PageMessage | Unsettled {
  const { claimedAt, text, known } = of;
  const fits = messages.filter(
    (message) =>
      message.text === text &&
      message.createdAt >= claimedAt - CLOCK_SKEW_MS &&
      message.createdAt <= claimedAt + SENT_WITHIN_MS &&
      !known.has(message.id),
  );
  const [first, second] = fits;
  if (first === undefined) return "not_found";
  return second === undefined ? first : "ambiguous";
}

function resolution({ deliveryId }: UnknownDelivery, { id }: PageMessage): Resolution {
  return { deliveryId, as: "sent", messageId: id, by: "conversations", note: null };
}
