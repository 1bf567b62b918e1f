import { isJsonObject, type JsonObject } from "../model/json.ts";
import { parseAbout } from "./about.ts";
import { type Answer, jsonReply, type Reply, refusalReply } from "./answer.ts";
import { type Call, isRecord } from "./call.ts";
import type { SentRequest } from "./entry.ts";
import type { Fault } from "./fault-plan.ts";
import type { Refusal } from "./refusal.ts";
import { parseSendCall, type SendCall } from "./send-call.ts";
import { checkSend } from "./send-checks.ts";
import { resultOf } from "./send-result.ts";
import { strikeAfter, strikeBefore } from "./strike.ts";
import { usageHeaders } from "./usage-headers.ts";
import type { World } from "./world.ts";

const TOO_MANY_CALLS: Refusal = {
  code: 613,
  message: "Calls to this api have exceeded the rate limit.",
};
const TOO_MANY_SENDS: Refusal = {
  code: 80006,
  message: "There have been too many messages sent from this page account.",
};
const MALFORMED: Refusal = { code: 100, message: "The body is neither JSON nor form fields" };

/** An answer, and the message's id where it has reached its person. */
interface Attempted {
  readonly answer: Answer;
  readonly messageId?: string;
}

/** `POST /<page>/messages`: faults, limits, checks, and then the message has reached its person. */
export function send(call: Call, world: World): Answer {
  const strike = world.faults.next(recipientOf(call));
  const isWithinQuota = world.quota?.admit(world.now()) !== false;
  const before = strike.fault && strikeBefore(strike.fault, world);
  const over = isWithinQuota ? undefined : refusalReply(TOO_MANY_SENDS);
  const refused = before ?? over;
  const attempted = refused ? { answer: refused } : attempt(call, world, strike.fault);
  record(attempted, call, world);
  const answer = withHeaders(attempted.answer, usageHeaders(strike, world));
  return strike.delayMs === 0 ? answer : { ...answer, delayMs: strike.delayMs };
}

function attempt(call: Call, world: World, fault: Fault | undefined): Attempted {
  const isTooFast = world.sendLimit?.admit(world.now()) === false;
  if (isTooFast) return { answer: refusalReply(TOO_MANY_CALLS) };
  if (call.body === "malformed") return { answer: refusalReply(MALFORMED) };
  const parsed = parseSendCall(call.params);
  if (parsed.kind === "refusal") return { answer: refusalReply(parsed.refusal) };
  if (parsed.kind === "action") return { answer: jsonReply({ recipient_id: parsed.psid }) };
  const refusal = checkSend(parsed, world);
  return refusal === undefined ? accept(parsed, world, fault) : { answer: refusalReply(refusal) };
}

function accept({ psid, message }: SendCall, world: World, fault: Fault | undefined): Attempted {
  const deliveryId = deliveryIdOf(message);
  const messageId = world.outbox.deliver({ psid, deliveryId, message, at: world.now() });
  const success = jsonReply({ recipient_id: psid, message_id: messageId });
  return { answer: strikeAfter(fault, success, psid), messageId };
}

/** Writes it into the person's conversation, where it names a person and a message. */
function record({ answer, messageId }: Attempted, call: Call, world: World): void {
  const { message } = call.params;
  const psid = recipientOf(call);
  if (psid === "" || !isJsonObject(message)) return;
  const entry = world.threads.add({
    kind: "sent",
    psid,
    at: world.now(),
    deliveryId: deliveryIdOf(message),
    message,
    result: resultOf(answer, messageId),
    tries: 1,
    request: requestOf(call),
    about: parseAbout(call.about),
  });
  if (entry.kind === "sent" && messageId !== undefined) world.events?.stream.reached(entry);
}

function requestOf({ method, version, path, body, params }: Call): SentRequest {
  const { access_token: _token, appsecret_proof: _proof, ...kept } = params;
  const parts = version === undefined ? path : [version, ...path];
  return { method, path: `/${parts.join("/")}`, body, params: kept };
}

function recipientOf({ params }: Call): string {
  const { recipient } = params;
  return isRecord(recipient) ? String(recipient["id"] ?? "") : "";
}

function deliveryIdOf(message: JsonObject): string | null {
  const metadata = message["metadata"];
  return typeof metadata === "string" ? metadata : null;
}

function withHeaders(answer: Answer, headers: Reply["headers"]): Answer {
  if (answer.kind !== "reply") return answer;
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
