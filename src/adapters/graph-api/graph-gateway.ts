import { createHmac } from "node:crypto";
import type { Dispatcher } from "undici";
import type { Outcome } from "../../model/delivery.ts";
import { SECOND_MS } from "../../model/instant.ts";
import type { JsonObject } from "../../model/json.ts";
import type { MessageGateway, SendReason, Usage } from "../../ports/message-gateway.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { outcomeOf } from "./outcome.ts";
import { onlyHere, REASON_HEADER, type TellReason } from "./reason-header.ts";
import { type Headers, parseUsage } from "./usage.ts";

export interface GraphGatewayOptions {
  /** `https://graph.facebook.com`, or another address; a path in it is kept. */
  readonly url: string;
  /** `v25.0`. */
  readonly version: string;
  readonly pageId: string;
  readonly token: string;
  /** With it every call carries `appsecret_proof`. */
  readonly appSecret: string | undefined;
  /** From the call of `send` to the last byte of the answer. */
  readonly timeoutMs: number;
  /** How many requests can be under way at once; more wait for a free connection. */
  readonly connections: number;
  /** What a sandbox on this machine is told of each send; nobody else ever is. */
  readonly tellReason?: TellReason | undefined;
}

/**
 * Meta's Send API over keep-alive connections, one request at a time on each: no pipelining, no
 * redirects, no retries. The token travels in the Authorization header alone
 * (messenger-platform.md sections 1.2 and 1.5).
 */
export function openGraphGateway(options: GraphGatewayOptions): MessageGateway {
  const { origin, pathname } = new URL(options.url);
  const pool = openPool(origin, options);
  const tellReason = onlyHere(origin, options.tellReason);
  const base = pathname.replace(/\/+$/, "");
  const path = `${base}/${options.version}/${options.pageId}/messages${proofQuery(options)}`;
  const authorization = `Bearer ${options.token}`;
  const headers = ["content-type", "application/json", "authorization", authorization];
  const secrets = [options.token, options.appSecret ?? ""].filter((secret) => secret !== "");
  let otherVersion: string | null = null;
  return {
    async send(body: JsonObject, reason?: SendReason) {
      const told = reason && tellReason?.(reason);
      const sent = told === undefined ? headers : [...headers, REASON_HEADER, told];
      const request = { origin, path, method: "POST" as const, headers: sent, body: bytesOf(body) };
      const result = await exchange(await pool, request, options);
      if (result.kind === "answered") {
        otherVersion ??= versionOtherThan(options.version, result.response.headers);
      }
      return read(result, secrets);
    },
    get otherVersion() {
      return otherVersion;
    },
    async close() {
      await (await pool).destroy();
    },
  };
}

/** A version that has died is served by an older one without a word (section 1.1). */
function versionOtherThan(version: string, headers: Headers): string | null {
  const served = headers["facebook-api-version"];
  return typeof served === "string" && /^v\d+\.\d+$/.test(served) && served !== version
    ? served
    : null;
}

function bytesOf(body: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(body));
}

/** undici takes 90 ms to load, so it is loaded when a gateway is opened and no sooner. */
export async function openPool(origin: string, options: GraphGatewayOptions): Promise<Dispatcher> {
  const { Pool } = await import("undici");
  return new Pool(origin, {
    connections: options.connections,
    pipelining: 1,
    connect: { timeout: options.timeoutMs },
    // A server that closes an idle connection just as a request is written leaves its fate unknown.
    // So an idle one is closed here sooner than servers do, two seconds before they say they do.
    keepAliveTimeout: 3 * SECOND_MS,
    keepAliveMaxTimeout: 20 * SECOND_MS,
    keepAliveTimeoutThreshold: 2 * SECOND_MS,
    // One timer of ours spans the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** HMAC-SHA256 of the token under the app's secret, in hex (messenger-platform.md section 1.3). */
export function proofQuery({ appSecret, token }: GraphGatewayOptions): string {
  if (appSecret === undefined) return "";
  const proof = createHmac("sha256", appSecret).update(token).digest("hex");
  return `?appsecret_proof=${proof}`;
}

function read(
  result: Exchange,
  secrets: readonly string[],
): { readonly outcome: Outcome; readonly usage: Usage | null } {
  if (result.kind === "answered") {
    const { response } = result;
    return { outcome: outcomeOf(response, secrets), usage: parseUsage(response.headers) };
  }
  const error = { code: null, subcode: null, message: result.reason };
  const outcome: Outcome =
    result.kind === "lost"
      ? { status: "unknown", error }
      : { status: "not_sent", error, retryAfterMs: null, limited: null };
  return { outcome, usage: null };
}
