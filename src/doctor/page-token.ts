import { PortError, Stop } from "../diag/errors.ts";
import { SECOND_MS } from "../model/instant.ts";
import { isJsonObject } from "../model/json.ts";
import type { GraphAnswer, GraphReader } from "../ports/graph-reader.ts";
import { refusalWords, textsIn } from "./answers.ts";
import { findAccount } from "./page-checks.ts";

/** A page's token, and what may be said of it. */
export interface PageToken {
  /** A secret. */
  readonly token: string;
  readonly pageName: string;
  readonly tasks: readonly string[];
  /** Null: it does not expire by itself; undefined: Meta does not tell. */
  readonly expiresAt: number | null | undefined;
}

/** The long-lived user token of an exchange. Throws Stop `denied`, or PortError. */
export function longLivedToken(answer: GraphAnswer): string {
  const { access_token: token } = told(answer, "does not exchange the user token").body;
  if (typeof token === "string" && token !== "") return token;
  throw new PortError("Meta exchanged the user token for nothing.", { retryable: true });
}

/**
 * The page's token as its person's long-lived one gets it, which then lives as long as that person
 * keeps role and password (messenger-platform.md section 1.3). Throws Stop `denied`, or PortError.
 */
export async function pageTokenOf(
  { user, app }: { readonly user: GraphReader; readonly app: GraphReader },
  pageId: string,
): Promise<PageToken> {
  const found = await findAccount(user, pageId);
  if ("answer" in found) {
    told(found.answer, "does not list the person's pages");
    throw new PortError("Meta does not list the person's pages.", { retryable: true });
  }
  const { account } = found;
  const token = account?.["access_token"];
  if (account === undefined || typeof token !== "string") {
    throw new Stop(
      "denied",
      `The person of POSTHORN_USER_TOKEN has no access to the page ${pageId}: no role on ` +
        "it, or they left it out when they logged in to the app. Log in anew and choose the page.",
    );
  }
  return {
    token,
    pageName: String(account["name"]),
    tasks: textsIn(account["tasks"]),
    expiresAt: expiryIn(await app.inspect(token)),
  };
}

function expiryIn(answer: GraphAnswer): number | null | undefined {
  if (answer.kind !== "told") return undefined;
  const { data } = answer.body;
  const seconds = isJsonObject(data) ? Number(data["expires_at"] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(seconds)) return undefined;
  return seconds === 0 ? null : seconds * SECOND_MS;
}

type Told = Extract<GraphAnswer, { kind: "told" }>;

function told(answer: GraphAnswer, not: string): Told {
  if (answer.kind === "told") return answer;
  if (answer.kind === "unreached") {
    throw new PortError(`The Graph API gave no answer: ${answer.reason}.`, { retryable: true });
  }
  throw new Stop("denied", `Meta ${not}: ${refusalWords(answer.refusal)}.`);
}
