import type { Finding } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";

/** Message tags that Meta removed on 27 April 2026 (messenger-platform.md section 2.2). */
const DEAD_TAGS: readonly JsonValue[] = [
  "CONFIRMED_EVENT_UPDATE",
  "ACCOUNT_UPDATE",
  "POST_PURCHASE_UPDATE",
];

/** Why a campaign may not carry a message tag, and what to use; `path` leads to the tag. */
export function checkTag(tag: JsonValue, path: JsonPath): Finding {
  const detail =
    `${reason(tag)} Use messaging: UPDATE for people whose window is open, ` +
    "or messaging: UTILITY with an approved message.template.";
  return { code: "MESSAGE_TAG", path, summary: "Message tags cannot be used", detail };
}

function reason(tag: JsonValue): string {
  if (DEAD_TAGS.includes(tag)) {
    return `Meta removed the tag ${String(tag)} on 27 April 2026; every call with it fails.`;
  }
  if (tag === "HUMAN_AGENT") return "HUMAN_AGENT is for messages that a person writes by hand.";
  return "A campaign's message carries no tag.";
}
