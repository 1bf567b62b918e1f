import { timingSafeEqual } from "node:crypto";
import { SECOND_MS } from "../model/instant.ts";
import { APP_ID } from "./account.ts";
import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Refusal } from "./refusal.ts";
import { REVOKED } from "./strike.ts";
import type { World } from "./world.ts";

const ISSUED_AT = 1_760_000_000;
const LONG_LIVED_SECONDS = 5_183_944;
const NOT_PARSED: Refusal = {
  code: 190,
  message: "Invalid OAuth access token - Cannot parse access token",
};
const EXPIRED: Refusal = {
  code: 190,
  subcode: 463,
  message: "Error validating access token: Session has expired",
};

/** Why a call's token is not accepted. An app's own is, for what it may ask. */
export function checkToken(call: Call, world: World): Refusal | undefined {
  const { token, path } = call;
  if (path[0] === "oauth") return undefined;
  if (token !== undefined && isAppToken(token, world)) {
    // A batch has no path; each of its calls comes here by itself.
    const isFor = path.length === 0 || path[0] === "debug_token";
    return isFor ? undefined : { code: 100, message: "Not for app tokens" };
  }
  const asUser = world.account.userToken !== undefined && path[1] === "accounts";
  if (asUser && token !== undefined && isUserToken(token, world)) return undefined;
  if (world.revoked) return REVOKED;
  if (token === undefined) {
    return { code: 2500, message: "An active access token must be used to query information" };
  }
  if (world.token !== undefined && token !== world.token) return NOT_PARSED;
  return isExpired(world) ? EXPIRED : undefined;
}

/** `GET /debug_token?input_token=…` (messenger-platform.md section 1.3). */
export function debugToken({ params }: Call, world: World): Answer {
  const { account, pageId } = world;
  const token = String(params["input_token"] ?? "");
  const isUser = account.userToken !== undefined && isUserToken(token, world);
  const isKnown = world.token === undefined || token === world.token;
  const error = isUser ? undefined : faultOf(isKnown, world);
  return jsonReply({
    data: {
      app_id: APP_ID,
      type: isUser ? "USER" : "PAGE",
      application: "Sandbox",
      is_valid: error === undefined,
      issued_at: ISSUED_AT,
      expires_at: isUser ? LONG_LIVED_SECONDS + nowSeconds(world) : account.tokenExpiresAt,
      data_access_expires_at: account.dataAccessExpiresAt,
      ...(isUser ? {} : { profile_id: pageId }),
      scopes: error === undefined ? account.scopes : [],
      ...(error && { error: { code: 190, message: error.message, subcode: error.subcode } }),
    },
  });
}

/** `GET /me/accounts`, as a user token sees it: pages, and a token of each. */
export function listAccounts({ token, params }: Call, { pageId, token: own, account }: World) {
  const ids = [...account.otherPages, pageId];
  const limit = Number(params["limit"] ?? 25);
  const start = Number(params["after"] ?? 0);
  const shown = ids.slice(start, start + limit).map((id) => ({
    access_token: id === pageId ? (own ?? token) : `page-token-of-${id}`,
    category: "Shopping",
    name: id === pageId ? account.pageName : `Page ${id}`,
    id,
    tasks: account.tasks,
  }));
  const after = String(start + limit);
  const isLast = start + limit >= ids.length;
  const paging = { cursors: { before: String(start), after }, ...(!isLast && { next: after }) };
  return jsonReply({ data: shown, paging });
}

/** `/oauth/access_token` with `fb_exchange_token`: a user token that lives for 60 days. */
export function exchangeToken({ params }: Call, world: World): Answer {
  const { grant_type: grant, client_id: app, client_secret: secret } = params;
  const token = String(params["fb_exchange_token"] ?? "");
  if (grant !== "fb_exchange_token") return refuse("Unsupported grant_type.");
  if (app !== APP_ID) return refuse("Error validating application. Invalid application ID.", 101);
  if (secret !== world.appSecret && world.appSecret !== undefined) {
    return refuse("Error validating client secret.");
  }
  if (token === "" || !isUserToken(token, world)) return refusalReply(NOT_PARSED);
  const access = token.endsWith(LONG) ? token : `${token}${LONG}`;
  return jsonReply({ access_token: access, token_type: "bearer", expires_in: LONG_LIVED_SECONDS });
}

const LONG = "-long";

function isUserToken(token: string, { account }: World): boolean {
  return account.userToken === undefined || token.replace(/-long$/, "") === account.userToken;
}

/** `APP_ID|APP_SECRET`; without a secret of its own the sandbox takes any. */
function isAppToken(token: string, { appSecret }: World): boolean {
  const [, app, secret = ""] = /^(\d+)\|(.+)$/.exec(token) ?? [];
  if (app !== APP_ID) return false;
  if (appSecret === undefined) return true;
  const [given, own] = [Buffer.from(secret), Buffer.from(appSecret)];
  return given.length === own.length && timingSafeEqual(given, own);
}

function faultOf(isKnown: boolean, world: World): Refusal | undefined {
  if (!isKnown) return { code: 190, message: "Invalid OAuth access token." };
  if (world.revoked) return REVOKED;
  return isExpired(world) ? EXPIRED : undefined;
}

function isExpired(world: World): boolean {
  const { tokenExpiresAt } = world.account;
  return tokenExpiresAt !== 0 && tokenExpiresAt <= nowSeconds(world);
}

function nowSeconds({ now }: World): number {
  return Math.floor(now() / SECOND_MS);
}

function refuse(message: string, code = 1): Answer {
  return refusalReply({ code, message });
}
