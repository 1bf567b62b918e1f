import { isJsonObject, type JsonObject } from "../model/json.ts";
import { isRecord } from "./call.ts";
import type { Refusal } from "./refusal.ts";

/** A Send API call whose top level has the right shape. */
export interface SendCall {
  readonly kind: "message";
  readonly psid: string;
  readonly messagingType: string;
  readonly tag: string | undefined;
  readonly message: JsonObject;
}

export type ParsedSend =
  | SendCall
  /** Typing and the like: it reaches nobody as a message, and is answered without `message_id`. */
  | { readonly kind: "action"; readonly psid: string }
  | { readonly kind: "refusal"; readonly refusal: Refusal };

const MESSAGING_TYPES = ["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];
const NOTIFICATION_TYPES = ["REGULAR", "SILENT_PUSH", "NO_PUSH"];
const ACTIONS = ["typing_on", "typing_off", "mark_seen", "react", "unreact"];

/** Reads the fields of messenger-platform.md section 1.5, or says what is wrong with them. */
export function parseSendCall(params: Readonly<Record<string, unknown>>): ParsedSend {
  const { recipient, message, sender_action: action } = params;
  const psid = isRecord(recipient) ? recipient["id"] : undefined;
  if (typeof psid !== "string" || psid === "") {
    return refusal({ code: 100, message: "The parameter recipient is required" });
  }
  if (action !== undefined && message !== undefined) return refusal(MESSAGE_AND_STATE);
  if (action !== undefined) {
    return ACTIONS.some((known) => known === action)
      ? { kind: "action", psid }
      : notOneOf("sender_action", ACTIONS);
  }
  if (params["template"] !== undefined) {
    return refusal({ code: 100, message: 'Invalid keys "template" were found in param "params".' });
  }
  const type = params["messaging_type"] ?? "RESPONSE";
  if (typeof type !== "string" || !MESSAGING_TYPES.includes(type)) {
    return notOneOf("messaging_type", MESSAGING_TYPES);
  }
  const notification = params["notification_type"] ?? "REGULAR";
  if (!NOTIFICATION_TYPES.some((known) => known === notification)) {
    return notOneOf("notification_type", NOTIFICATION_TYPES);
  }
  if (!isJsonObject(message)) return refusal(EMPTY_MESSAGE);
  const tag = typeof params["tag"] === "string" ? params["tag"] : undefined;
  return { kind: "message", psid, messagingType: type, tag, message };
}

export const EMPTY_MESSAGE: Refusal = {
  code: 100,
  subcode: 2018034,
  message: "Message cannot be empty, must provide valid attachment or text",
};

const MESSAGE_AND_STATE: Refusal = {
  code: 100,
  subcode: 2018014,
  message: "Cannot send message and state together",
};

function notOneOf(name: string, known: readonly string[]): ParsedSend {
  return refusal({ code: 100, message: `Param ${name} must be one of {${known.join(", ")}}` });
}

function refusal(refused: Refusal): ParsedSend {
  return { kind: "refusal", refusal: refused };
}
