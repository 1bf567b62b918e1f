import type { Check } from "../model/checkup.ts";
import { DAY_MS, type Instant, SECOND_MS } from "../model/instant.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Page } from "../model/workspace.ts";
import type { GraphAnswer, GraphRefusal } from "../ports/graph-reader.ts";
import { refusalWords, textsIn, unreached } from "./answers.ts";
import { META_PAGES } from "./meta-pages.ts";
import { error, ok, warning } from "./verdicts.ts";

/** A token that ends sooner than this is told of. */
const SOON_MS = 14 * DAY_MS;
const GET_ONE = "`posthorn doctor token` gets a new one; docs/doctor.md shows the steps.";

/** What is known of a token once it was looked at. */
export interface KnownToken {
  readonly checks: readonly Check[];
  /** Whether asking Meta with it is any use. */
  readonly isUsable: boolean;
  /** Undefined where Meta does not tell. */
  readonly scopes: readonly string[] | undefined;
  readonly appId: string | undefined;
}

const UNKNOWN = { scopes: undefined, appId: undefined };

export function unsetToken({ accessToken }: Page): Check {
  return error("token", "denied", {
    code: "TOKEN_UNSET",
    found: `The environment variable ${accessToken.env} is not set.`,
    next: `Set it to the page's token. ${GET_ONE}`,
    source: META_PAGES.tokens,
  });
}

export function unsetSecret({ appSecret }: Page): Check {
  return error("token", "denied", {
    code: "APP_SECRET_UNSET",
    found: `posthorn.yaml names ${appSecret?.env} as page.app_secret, and it is not set.`,
    next: "Set it to the app's secret (app dashboard, Settings, Basic), or drop page.app_secret.",
    source: META_PAGES.proof,
  });
}

/** Reads the answer to `debug_token` (messenger-platform.md section 1.3). */
export function tokenChecks(answer: GraphAnswer, page: Page, now: Instant): KnownToken {
  if (answer.kind === "unreached") {
    return { checks: [unreached("token", answer.reason)], isUsable: false, ...UNKNOWN };
  }
  if (answer.kind === "refused") return uninspected(answer.refusal, page);
  const { data } = answer.body;
  const facts = isJsonObject(data) ? data : {};
  const appId = facts["app_id"] === undefined ? undefined : String(facts["app_id"]);
  const fault = faultOf(facts, page);
  if (fault !== undefined) return { checks: [fault], isUsable: false, ...UNKNOWN };
  const checks = [validToken(facts), ...endings(facts, now)];
  const scopes = Array.isArray(facts["scopes"]) ? textsIn(facts["scopes"]) : undefined;
  return { checks, isUsable: true, scopes, appId };
}

/** Meta refused the question: because of the token itself, or because of who asks. */
function uninspected(refusal: GraphRefusal, page: Page): KnownToken {
  if (/appsecret_proof/i.test(refusal.message)) {
    return { checks: [proofFault(refusal, page)], isUsable: false, ...UNKNOWN };
  }
  if (refusal.code === 190 || refusal.code === 102) {
    const found = `Meta refuses the token: ${refusalWords(refusal)}.`;
    return { checks: [refused(found)], isUsable: false, ...UNKNOWN };
  }
  const check = warning("token", {
    code: "TOKEN_NOT_INSPECTED",
    found: `Meta does not tell of this token: ${refusalWords(refusal)}.`,
    next:
      "Only the app itself and its developers may ask. Set POSTHORN_APP_ID to the app's id and " +
      "page.app_secret to its secret, then run this again.",
    source: META_PAGES.debugToken,
  });
  return { checks: [check], isUsable: true, ...UNKNOWN };
}

function refused(found: string): Check {
  return error("token", "denied", {
    code: "TOKEN_REFUSED",
    found,
    next: GET_ONE,
    source: META_PAGES.tokens,
  });
}

function proofFault(refusal: GraphRefusal, { appSecret }: Page): Check {
  const next =
    appSecret === undefined
      ? "The app demands appsecret_proof: set page.app_secret to ${NAME} of its secret."
      : `Correct ${appSecret.env}: it is not the secret of the app that the token belongs to.`;
  const found = `Meta refuses the calls: ${refusalWords(refusal)}.`;
  return error("token", "denied", {
    code: "APP_SECRET_REFUSED",
    found,
    next,
    source: META_PAGES.proof,
  });
}

function faultOf(facts: JsonObject, page: Page): Check | undefined {
  const { is_valid: isValid, type, profile_id: profile, error: told } = facts;
  if (isValid !== true) {
    const words = isJsonObject(told) ? `: ${String(told["message"])}` : "";
    return refused(`The token is not valid any more${words.replace(/\.$/, "")}.`);
  }
  if (type !== undefined && type !== "PAGE") {
    return error("token", "denied", {
      code: "TOKEN_NOT_OF_PAGE",
      found: `The token is one of type ${String(type)}, and sends need that of a page.`,
      next: "Set POSTHORN_USER_TOKEN to it; `posthorn doctor token` then gets the page's.",
      source: META_PAGES.tokens,
    });
  }
  if (profile === undefined || String(profile) === page.id) return undefined;
  return error("token", "denied", {
    code: "TOKEN_OF_OTHER_PAGE",
    found: `The token is that of the page ${String(profile)}, and page.id is ${page.id}.`,
    next: "Correct page.id in posthorn.yaml, or set the token of this page.",
    source: META_PAGES.tokens,
  });
}

function validToken({ application, expires_at: expires }: JsonObject): Check {
  const app = typeof application === "string" ? `, of the app "${application}"` : "";
  const end = Number(expires ?? 0) === 0 ? "does not expire by itself" : "expires";
  return ok("token", `The token is valid${app}, and ${end}${dateWords(expires)}.`);
}

function dateWords(seconds: JsonObject[string] | undefined): string {
  return Number(seconds ?? 0) === 0 ? "" : ` on ${dayOf(Number(seconds) * SECOND_MS)}`;
}

/** Ends that are near, and an access to people's facts that has ended. */
function endings(facts: JsonObject, now: Instant): readonly Check[] {
  const [token, access] = [facts["expires_at"], facts["data_access_expires_at"]].map(
    (seconds) => Number(seconds ?? 0) * SECOND_MS,
  );
  const checks: Check[] = [];
  if (isSoon(token, now)) {
    checks.push(
      warning("token", {
        code: "TOKEN_EXPIRES",
        found: `The token expires on ${dayOf(token)}.`,
        next: `Replace it before that. ${GET_ONE}`,
        source: META_PAGES.tokens,
      }),
    );
  }
  if (isSoon(access, now)) {
    const ends = `${access < now ? "ended" : "ends"} on ${dayOf(access)}`;
    checks.push(
      warning("token", {
        code: "TOKEN_ACCESS_ENDS",
        found: `The app's access to people's facts ${ends}.`,
        next: "Whoever gave the token logs in to the app once more; then get a new token.",
        source: META_PAGES.tokens,
      }),
    );
  }
  return checks;
}

function isSoon(at: Instant | undefined, now: Instant): at is Instant {
  return at !== undefined && at > 0 && at - now < SOON_MS;
}

function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
