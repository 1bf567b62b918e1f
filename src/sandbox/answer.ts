import { type Refusal, refusalBody } from "./refusal.ts";

/** What a call comes to. `delayMs` lets it wait before anything is written. */
export type Answer =
  | Reply
  | { readonly kind: "hang"; readonly delayMs?: number }
  | { readonly kind: "reset"; readonly delayMs?: number };

export interface Reply {
  readonly kind: "reply";
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

const JSON_TYPE = "application/json; charset=UTF-8";

export function reply(status: number, contentType: string, body: string): Reply {
  return { kind: "reply", status, contentType, body };
}

export function jsonReply(value: unknown): Reply {
  return reply(200, JSON_TYPE, JSON.stringify(value));
}

export function refusalReply(refusal: Refusal): Reply {
  return reply(refusal.status ?? 400, JSON_TYPE, refusalBody(refusal));
}
