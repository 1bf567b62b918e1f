import type { JsonObject } from "../../src/model/json.ts";

/*
 * Events in the shape of Meta's samples, all of it invented.
 * Source: messenger-platform.md section 7.
 */

export const PAGE = "422500000000001";
export const ANA = "7100000000000001";
export const BEN = "7100000000000002";
export const AT = 1_764_580_000_000;
export const DELIVERY = "ab".repeat(32);

const parties = (psid: string, timestamp: number) => ({
  sender: { id: psid },
  recipient: { id: PAGE },
  timestamp,
});

export interface Of {
  readonly psid?: string;
  readonly at?: number;
}

/** Something that a person did: `what` is its key with what stands under it. */
export function did(what: JsonObject, { psid = ANA, at = AT }: Of = {}): JsonObject {
  return { ...parties(psid, at), ...what };
}

export function wrote(text: string, of: Of & { readonly mid?: string } = {}): JsonObject {
  const { psid = ANA, at = AT } = of;
  return did({ message: { mid: of.mid ?? `m_${psid}_${at}`, text } }, of);
}

/** A whole webhook body. */
export function bodyOf(...messaging: readonly JsonObject[]): JsonObject {
  return { object: "page", entry: [{ id: PAGE, time: AT + 50, messaging }] };
}

const referral = { ref: "u-ana", source: "SHORTLINK", type: "OPEN_THREAD" };

/** One of every kind that the page is told of a person. */
export const INBOUND = {
  text: wrote("hello"),
  attachment: did({
    message: {
      mid: "m_2",
      attachments: [{ type: "image", payload: { url: "https://x.example" } }],
    },
  }),
  sticker: did({
    message: { mid: "m_3", attachments: [{ type: "sticker", payload: { sticker_id: 1 } }] },
  }),
  quickReply: did({ message: { mid: "m_4", text: "Yes", quick_reply: { payload: "YES" } } }),
  reply: did({ message: { mid: "m_5", text: "this one", reply_to: { mid: "m_1" } } }),
  postback: did({ postback: { mid: "m_6", title: "Start", payload: "GET_STARTED", referral } }),
  referral: did({ referral }),
  optin: did({
    optin: { type: "one_time_notif_req", payload: "OTN_42", one_time_notif_token: "t" },
  }),
  reaction: did({ reaction: { reaction: "love", emoji: "❤", action: "react", mid: "m_1" } }),
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Of a message of the page: sender and recipient are the other way round. */
export function echoed(metadata: string | undefined, mid = "m_echo"): JsonObject {
  const message = { is_echo: true, app_id: 1111, mid, text: "Hi", ...(metadata && { metadata }) };
  return { sender: { id: PAGE }, recipient: { id: ANA }, timestamp: AT, message };
}

export const DELIVERED = did({ delivery: { mids: ["m_1"], watermark: AT, seq: 37 } });
export const READ = did({ read: { watermark: AT } });

export function policy(action: string, at = AT): JsonObject {
  const reason = action === "unblock" ? {} : { reason: "The bot violated our Platform Policies" };
  return { recipient: { id: PAGE }, timestamp: at, policy_enforcement: { action, ...reason } };
}
