import { onTestFinished } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";

export const PAGE = "422500000000001";
export const ANA = "7100000000000001";
export const BEN = "7100000000000002";

/** 1 December 2026, 09:30 UTC. */
export const NOW = Date.UTC(2026, 11, 1, 9, 30);

/** A clock that stands still until it is moved. */
export class HandClock {
  at = NOW;
  readonly now = (): number => this.at;

  advance(ms: number): void {
    this.at += ms;
  }
}

/** A sandbox that ends with the test. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ pageId: PAGE, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: GraphBody;
}

/** What answers are read for. */
export interface GraphBody extends Readonly<Record<string, unknown>> {
  readonly recipient_id?: string;
  readonly message_id?: string;
  readonly data?: readonly Readonly<Record<string, unknown>>[];
  readonly paging?: { readonly next: string };
  readonly error?: {
    readonly code: number;
    readonly error_subcode?: number;
    readonly message: string;
    readonly fbtrace_id: string;
  };
}

/** One HTTP call. Without a token of its own it carries one in the header. */
export async function call(
  sandbox: Sandbox,
  path: string,
  init: RequestInit & { readonly token?: string | null } = {},
): Promise<Answered> {
  const { token = "any", ...rest } = init;
  const headers = new Headers(rest.headers);
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const answer = await fetch(`${sandbox.url}${path}`, { ...rest, headers });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") && text !== "";
  const json: GraphBody = isJson ? JSON.parse(text) : {};
  return { status: answer.status, headers: answer.headers, text, json };
}

/** A message to Ana unless `over` says otherwise. */
export function sendBody(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    recipient: { id: ANA },
    messaging_type: "UPDATE",
    message: { text: "Hello", metadata: "d1" },
    ...over,
  };
}

export function send(
  sandbox: Sandbox,
  over: Record<string, unknown> = {},
  init: RequestInit & { readonly token?: string | null } = {},
): Promise<Answered> {
  return call(sandbox, `/v25.0/${PAGE}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sendBody(over)),
    ...init,
  });
}

/** Code and subcode of a refusal, `10/2018278`; with its status where that is not 400. */
export function codeOf({ status, json }: Answered): string {
  if (json.error === undefined) return "taken";
  const { code, error_subcode: subcode } = json.error;
  const codes = subcode === undefined ? `${code}` : `${code}/${subcode}`;
  return status === 400 ? codes : `${status}: ${codes}`;
}
