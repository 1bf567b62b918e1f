import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import { type Call, isRecord } from "./call.ts";
import type { Fault } from "./fault-plan.ts";
import type { Refusal } from "./refusal.ts";
import { parseSendCall, type SendCall } from "./send-call.ts";
import { checkSend } from "./send-checks.ts";
import { strikeAfter, strikeBefore } from "./strike.ts";
import type { World } from "./world.ts";

const TOO_MANY_CALLS: Refusal = {
  code: 613,
  message: "Calls to this api have exceeded the rate limit.",
};

/** `POST /<page>/messages`: faults, limits, checks, and then the message has reached its person. */
export function send(call: Call, world: World): Answer {
  const { recipient } = call.params;
  const strike = world.faults.next(isRecord(recipient) ? String(recipient["id"]) : "");
  const before = strike.fault && strikeBefore(strike.fault, world);
  const answer = before ?? attempt(call, world, strike.fault);
  return strike.delayMs === 0 ? answer : { ...answer, delayMs: strike.delayMs };
}

function attempt(call: Call, world: World, fault: Fault | undefined): Answer {
  if (world.sendLimit?.admit(world.now()) === false) return refusalReply(TOO_MANY_CALLS);
  const action = call.params["sender_action"];
  if (action !== undefined && call.params["message"] === undefined) return acted(call.params);
  const parsed = parseSendCall(call.params);
  const refusal = "code" in parsed ? parsed : checkSend(parsed, world);
  if (refusal !== undefined) return refusalReply(refusal);
  return accept(parsed as SendCall, world, fault);
}

function accept(send: SendCall, world: World, fault: Fault | undefined): Answer {
  const { psid, message } = send;
  const metadata = message["metadata"];
  const deliveryId = typeof metadata === "string" ? metadata : null;
  const { messageId } = world.outbox.deliver({ psid, deliveryId, message, at: world.now() });
  const success = jsonReply({ recipient_id: psid, message_id: messageId });
  return strikeAfter(fault, success, psid);
}

/** Typing and the like reach nobody as a message, and answer without `message_id`. */
function acted({ recipient }: Call["params"]): Answer {
  return jsonReply({ recipient_id: isRecord(recipient) ? recipient["id"] : undefined });
}
