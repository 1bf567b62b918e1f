import { SECOND_MS } from "../model/instant.ts";
import { type Answer, type Reply, refusalReply, reply } from "./answer.ts";
import type { Fault } from "./fault-plan.ts";
import type { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export const REVOKED: Refusal = {
  code: 190,
  subcode: 460,
  message: "Error validating access token: The session has been invalidated",
};
export const RESTRICTED: Refusal = {
  code: 10,
  subcode: 1893063,
  message: "You are temporarily restricted from sending messages",
};
export const UNAVAILABLE: Refusal = {
  code: 551,
  subcode: 1545041,
  message: "This person isn't available right now.",
};
const CODE_2: Refusal = {
  status: 500,
  code: 2,
  message: "Service temporarily unavailable",
  transient: true,
};
const INVALID_REPLY: Refusal = {
  status: 500,
  code: 1,
  subcode: 1357046,
  message: "Received invalid JSON reply",
};
const HTML = reply(
  500,
  "text/html; charset=utf-8",
  "<html><body>Sorry, something went wrong.</body></html>",
);

/** The answer of a fault that strikes before a message is looked at; else `undefined`. */
export function strikeBefore(fault: Fault, world: World): Answer | undefined {
  switch (fault.kind) {
    case "hang_before":
      return { kind: "hang" };
    case "reset_before":
      return { kind: "reset" };
    case "html_500":
      return HTML;
    case "code_2":
      return refusalReply(CODE_2);
    case "too_many":
      return withRetryAfter(reply(429, "text/plain", "Too Many Requests"), fault.ms);
    case "revoked":
      world.revoked = true;
      return refusalReply(REVOKED);
    case "restricted":
      world.restricted = true;
      world.events?.stream.restricted();
      return refusalReply(RESTRICTED);
    case "blocked":
      return refusalReply(UNAVAILABLE);
    case "code":
      return withRetryAfter(refusalReply(asked(fault)), fault.ms);
    default:
      return undefined;
  }
}

/** What is answered once the message has reached the person. */
export function strikeAfter(fault: Fault | undefined, success: Reply, psid: string): Answer {
  switch (fault?.kind) {
    case "hang_after":
      return { kind: "hang" };
    case "reset_after":
      return { kind: "reset" };
    case "html_500_after":
      return HTML;
    case "code_2_after":
      return refusalReply(CODE_2);
    case "garbage":
      return { ...success, body: success.body.slice(0, -20) };
    case "empty":
      return { ...success, body: "" };
    case "no_id":
      return { ...success, body: JSON.stringify({ recipient_id: psid }) };
    case "invalid_reply":
      return refusalReply(INVALID_REPLY);
    default:
      return success;
  }
}

function asked(fault: Extract<Fault, { kind: "code" }>): Refusal {
  const subcode = fault.subcode === undefined ? {} : { subcode: fault.subcode };
  const status = fault.code === 1 || fault.code === 2 ? 500 : 400;
  return { status, code: fault.code, ...subcode, message: "Asked for by the sandbox's faults" };
}

function withRetryAfter(answer: Reply, ms: number | undefined): Reply {
  if (ms === undefined) return answer;
  return { ...answer, headers: { "retry-after": String(Math.ceil(ms / SECOND_MS)) } };
}
