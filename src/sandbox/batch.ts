import { type Answer, jsonReply, type Reply, refusalReply } from "./answer.ts";
import { type Call, isRecord, parseCall } from "./call.ts";
import type { World } from "./world.ts";

/** Meta's cap (messenger-platform.md section 6). */
const MAX_CALLS = 50;

/**
 * `POST /` with `batch`: one answer a call, in their order. A call that hangs or is cut off stands
 * as `null`, whether or not it was carried out.
 */
export function answerBatch(
  outer: Call,
  world: World,
  answer: (call: Call, world: World) => Answer,
): Answer {
  const { params } = outer;
  const calls = params["batch"];
  if (!Array.isArray(calls)) return refuse("batch must be an array");
  if (calls.length > MAX_CALLS) {
    return refuse(`Too many requests in batch message. Maximum batch size is ${MAX_CALLS}`);
  }
  const withHeaders = String(params["include_headers"] ?? true) !== "false";
  const answers = calls.map((entry) => {
    const call = partCall(entry, outer);
    return call === undefined ? refuse("Malformed call in batch") : answer(call, world);
  });
  const parts = answers.map((one) => (one.kind === "reply" ? part(one, withHeaders) : null));
  // They run beside each other, so the slowest one decides.
  const delayMs = Math.max(0, ...answers.map((one) => one.delayMs ?? 0));
  return delayMs === 0 ? jsonReply(parts) : { ...jsonReply(parts), delayMs };
}

/** The call that an entry of a batch stands for; it may carry a token of its own. */
function partCall(entry: unknown, outer: Call): Call | undefined {
  if (!isRecord(entry)) return undefined;
  const call = parseCall({
    method: String(entry["method"] ?? "GET"),
    url: `/${String(entry["relative_url"] ?? "").replace(/^\//, "")}`,
    contentType: "application/x-www-form-urlencoded",
    host: outer.host,
    authorization: undefined,
    about: undefined,
    origin: undefined,
    body: String(entry["body"] ?? ""),
  });
  const own = entry["access_token"];
  const token = call.token ?? (typeof own === "string" ? own : outer.token);
  return { ...call, token, params: { ...proofOf(outer), ...call.params } };
}

function part({ status, body, headers, contentType }: Reply, withHeaders: boolean): unknown {
  if (!withHeaders) return { code: status, body };
  const all = { "Content-Type": contentType, ...headers };
  const listed = Object.entries(all).map(([name, value]) => ({ name, value }));
  return { code: status, headers: listed, body };
}

function refuse(message: string): Reply {
  return refusalReply({ code: 100, message });
}

/** An entry without a proof of its own takes the batch's. */
function proofOf({ params }: Call): Readonly<Record<string, unknown>> {
  const proof = params["appsecret_proof"];
  return proof === undefined ? {} : { appsecret_proof: proof };
}
