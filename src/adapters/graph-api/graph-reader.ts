import type { Instant } from "../../model/instant.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../model/json.ts";
import type {
  GraphAnswer,
  GraphReader,
  GraphRefusal,
  Heard,
  UserLogin,
} from "../../ports/graph-reader.ts";
import { readError } from "./error-table.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { type GraphGatewayOptions, openPool, proofQuery } from "./graph-gateway.ts";
import { metaWords } from "./meta-words.ts";
import type { GraphResponse } from "./outcome.ts";
import type { Headers } from "./usage.ts";

const FORM = ["content-type", "application/x-www-form-urlencoded"];

/** Asks Meta's Graph API with the token of `options`. */
export function openGraphReader(options: GraphGatewayOptions): GraphReader {
  const { origin } = new URL(options.url);
  const pool = openPool(origin, options);
  const authorization = ["authorization", `Bearer ${options.token}`];
  const proof = new URLSearchParams(proofQuery(options).slice(1));
  const ask = async (request: Question, secrets: readonly string[]) => {
    const headers = [...authorization, ...(request.body === undefined ? [] : FORM)];
    const sent = { origin, ...request, headers };
    return answerOf(await exchange(await pool, sent, options), secrets);
  };
  const own = [options.token, options.appSecret ?? ""];
  return {
    read(edge, params = {}) {
      const query = new URLSearchParams([...Object.entries(params), ...proof]);
      const path = `${pathTo(options, edge)}${query.size > 0 ? `?${query}` : ""}`;
      return ask({ method: "GET", path }, own);
    },
    async inspect(token) {
      // Meta takes the token to inspect in an address alone; in a batch that address is a body.
      const call = `debug_token?${new URLSearchParams({ input_token: token })}`;
      const batch = JSON.stringify([{ method: "GET", relative_url: call }]);
      const body = `${new URLSearchParams([["batch", batch], ...proof])}`;
      const question = { method: "POST", path: pathTo(options, ""), body } as const;
      return onlyPart(await ask(question, [...own, token]), [...own, token]);
    },
    async close() {
      await (await pool).destroy();
    },
  };
}

/**
 * Exchanges a person's token for one that lives about 60 days: `{ access_token, expires_in }`.
 * Source: developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived.
 */
export async function exchangeUserToken(
  options: GraphGatewayOptions,
  { appId, appSecret, userToken }: UserLogin,
): Promise<GraphAnswer> {
  const { origin } = new URL(options.url);
  const pool = await openPool(origin, options);
  const body = new URLSearchParams({
    grant_type: "fb_exchange_token",
    client_id: appId,
    client_secret: appSecret,
    fb_exchange_token: userToken,
  });
  const path = pathTo(options, "oauth/access_token");
  const request = { origin, path, method: "POST" as const, headers: FORM, body: `${body}` };
  try {
    const secrets = [userToken, appSecret];
    return answerOf(await exchange(pool, request, options), secrets);
  } finally {
    await pool.destroy();
  }
}

interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

function pathTo({ url, version }: GraphGatewayOptions, edge: string): string {
  return `${new URL(url).pathname.replace(/\/+$/, "")}/${version}/${edge}`;
}

function answerOf(result: Exchange, secrets: readonly string[]): GraphAnswer {
  if (result.kind !== "answered") return { kind: "unreached", reason: result.reason };
  const { status, headers, body } = result.response;
  const heard = heardIn(headers);
  const value = parseJson(body) ?? null;
  const refusal = refusalIn(value, status, secrets);
  if (refusal !== undefined) return { kind: "refused", refusal, heard };
  if (status === 200 && isJsonObject(value)) return { kind: "told", body: value, heard };
  if (status === 200 && Array.isArray(value))
    return { kind: "told", body: { parts: value }, heard };
  return { kind: "unreached", reason: `HTTP ${status} came without an answer of the Graph API` };
}

/** The answer to the one call of a batch. */
function onlyPart(answer: GraphAnswer, secrets: readonly string[]): GraphAnswer {
  if (answer.kind !== "told") return answer;
  const { parts } = answer.body;
  const part = Array.isArray(parts) ? parts[0] : undefined;
  if (!isJsonObject(part))
    return { kind: "unreached", reason: "the call in a batch got no answer" };
  const response: GraphResponse = {
    status: Number(part["code"]),
    headers: {},
    body: String(part["body"] ?? ""),
  };
  const own = answerOf({ kind: "answered", response }, secrets);
  return own.kind === "unreached" ? own : { ...own, heard: answer.heard };
}

function refusalIn(
  value: JsonValue,
  status: number,
  secrets: readonly string[],
): GraphRefusal | undefined {
  const error = isJsonObject(value) ? value["error"] : undefined;
  if (!isJsonObject(error)) return undefined;
  const raw = String(error["message"] ?? "");
  const [code, subcode] = [numberOf(error, "code"), numberOf(error, "error_subcode")];
  const reading = readError({ code, subcode, message: raw });
  const isDenied = status === 401 || (reading?.as === "failed" && reading.errorClass === "denied");
  const known = secrets.filter((secret) => secret !== "");
  return { code, subcode, message: metaWords(raw, known), isDenied };
}

function heardIn(headers: Headers): Heard {
  const version = headers["facebook-api-version"];
  const at: Instant = Date.parse(String(headers["date"] ?? ""));
  return {
    version: typeof version === "string" && /^v\d+\.\d+$/.test(version) ? version : null,
    at: Number.isNaN(at) ? null : at,
  };
}

function numberOf(error: JsonObject, key: string): number | null {
  const value = Number(error[key] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : null;
}
