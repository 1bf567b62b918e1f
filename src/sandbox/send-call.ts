import { isRecord } from "./call.ts";
import type { Refusal } from "./refusal.ts";

/** A Send API call whose top level has the right shape. */
export interface SendCall {
  readonly psid: string;
  readonly messagingType: string;
  readonly tag: string | undefined;
  readonly message: Readonly<Record<string, unknown>>;
}

const MESSAGING_TYPES = ["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];
const NOTIFICATION_TYPES = ["REGULAR", "SILENT_PUSH", "NO_PUSH"];

/** Reads the fields of messenger-platform.md section 1.5, or says what is wrong with them. */
export function parseSendCall(params: Readonly<Record<string, unknown>>): SendCall | Refusal {
  const { recipient, message } = params;
  const psid = isRecord(recipient) ? recipient["id"] : undefined;
  if (typeof psid !== "string" || psid === "") {
    return { code: 100, message: "The parameter recipient is required" };
  }
  if (params["template"] !== undefined) {
    return { code: 100, message: 'Invalid keys "template" were found in param "params".' };
  }
  const type = params["messaging_type"] ?? "RESPONSE";
  if (typeof type !== "string" || !MESSAGING_TYPES.includes(type)) {
    return notOneOf("messaging_type", MESSAGING_TYPES);
  }
  const notification = params["notification_type"] ?? "REGULAR";
  if (!NOTIFICATION_TYPES.some((known) => known === notification)) {
    return notOneOf("notification_type", NOTIFICATION_TYPES);
  }
  if (!isRecord(message)) return EMPTY_MESSAGE;
  if (params["sender_action"] !== undefined) return MESSAGE_AND_STATE;
  const tag = params["tag"];
  return { psid, messagingType: type, tag: typeof tag === "string" ? tag : undefined, message };
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

function notOneOf(name: string, known: readonly string[]): Refusal {
  return { code: 100, message: `Param ${name} must be one of {${known.join(", ")}}` };
}
