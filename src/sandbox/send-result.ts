import type { Answer } from "./answer.ts";
import { isRecord, parseJson } from "./call.ts";
import type { SendResult } from "./entry.ts";

/** What an answer tells the sender: whether it is a clear yes, a clear no, or neither. */
export function resultOf(answer: Answer, messageId: string | undefined): SendResult {
  const told = wordsOf(answer);
  const isNo = answer.kind === "reply" && answer.status >= 400 && answer.status < 500;
  if (messageId === undefined) return { outcome: isNo ? "refused" : "lost", answer: told };
  if (isYes(answer, messageId)) return { outcome: "delivered", messageId };
  return { outcome: "unconfirmed", messageId, answer: told };
}

function isYes(answer: Answer, messageId: string): boolean {
  return (
    answer.kind === "reply" &&
    answer.status === 200 &&
    answer.body.endsWith(`"message_id":"${messageId}"}`)
  );
}

function wordsOf(answer: Answer): string {
  if (answer.kind === "hang") return "no answer";
  if (answer.kind === "reset") return "connection cut";
  const body = parseJson(answer.body);
  const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : undefined;
  if (error === undefined) return `HTTP ${answer.status} without a clear answer`;
  const subcode = error["error_subcode"] === undefined ? "" : `/${String(error["error_subcode"])}`;
  return `HTTP ${answer.status}, ${String(error["code"])}${subcode}: ${String(error["message"])}`;
}
