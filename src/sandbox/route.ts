import { createHmac, timingSafeEqual } from "node:crypto";
import { type Answer, refusalReply } from "./answer.ts";
import { answerBatch } from "./batch.ts";
import type { Call } from "./call.ts";
import { listConversations, showConversation, showMessage } from "./conversations.ts";
import { showPage, showPageStatus } from "./page-facts.ts";
import type { Refusal } from "./refusal.ts";
import { send } from "./send.ts";
import { listSubscribed, subscribe, unsubscribe } from "./subscription.ts";
import { createTemplate, deleteTemplate, listTemplates } from "./template-calls.ts";
import { checkToken, debugToken, exchangeToken, listAccounts } from "./token-calls.ts";
import type { World } from "./world.ts";

type Endpoint = (call: Call, world: World) => Answer;

/** By method and edge of the Page (messenger-platform.md section 1.2). */
const PAGE_EDGES: Readonly<Record<string, Endpoint>> = {
  "POST messages": send,
  "GET conversations": listConversations,
  "GET message_templates": listTemplates,
  "POST message_templates": createTemplate,
  "DELETE message_templates": deleteTemplate,
  "GET subscribed_apps": listSubscribed,
  "POST subscribed_apps": subscribe,
  "DELETE subscribed_apps": unsubscribe,
  "GET page_status": showPageStatus,
  "GET accounts": listAccounts,
};

/** Newest and oldest version that answers; a call to an older one is served by the oldest. */
const NEWEST_VERSION = 26;
const OLDEST_VERSION = 22;

/** Answers any Graph call: token, proof and version first, then the endpoint. */
export function route(call: Call, world: World): Answer {
  const refusal = checkToken(call, world) ?? checkProof(call, world) ?? checkVersion(call);
  const answer = refusal === undefined ? admitted(call, world) : refusalReply(refusal);
  if (answer.kind !== "reply") return answer;
  return { ...answer, headers: { ...answer.headers, ...versionHeader(call) } };
}

function admitted(call: Call, world: World): Answer {
  const [first, edge] = call.path;
  if (call.path.length === 0 && call.method === "POST") return answerBatch(call, world, route);
  if (first === "oauth" && edge === "access_token") return exchangeToken(call, world);
  if (first === "debug_token") return debugToken(call, world);
  if (first?.startsWith("t_")) return showConversation(call, world);
  if (first?.startsWith("m_")) return showMessage(call, world);
  const isPage = first === world.pageId || first === "me";
  if (isPage && edge === undefined && call.method === "GET") return showPage(call, world);
  const endpoint = isPage && PAGE_EDGES[`${call.method} ${edge}`];
  return endpoint ? endpoint(call, world) : refusalReply(unknownPath(call));
}

function checkProof({ token, params, path }: Call, { appSecret }: World): Refusal | undefined {
  // Whoever shows the secret itself need not prove that it is known.
  if (path[0] === "oauth" || appSecret === undefined || token === undefined) return undefined;
  const given = params["appsecret_proof"];
  if (given === undefined) {
    return { code: 100, message: "API calls from the server require an appsecret_proof argument" };
  }
  const proof = createHmac("sha256", appSecret).update(token).digest();
  const bytes = Buffer.from(String(given), "hex");
  if (bytes.length === proof.length && timingSafeEqual(bytes, proof)) return undefined;
  return { code: 100, message: "Invalid appsecret_proof provided in the API argument" };
}

function checkVersion({ version }: Call): Refusal | undefined {
  if (version === undefined || Number(version.slice(1)) <= NEWEST_VERSION) return undefined;
  return { code: 2500, message: `Unknown path components: /${version}` };
}

function unknownPath({ method, path }: Call): Refusal {
  return {
    code: 100,
    subcode: 33,
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${path[0] ?? ""}' does not ` +
      "exist, cannot be loaded due to missing permissions, or does not support this operation",
  };
}

function versionHeader({ version }: Call): Readonly<Record<string, string>> {
  const asked = version === undefined ? NEWEST_VERSION : Number(version.slice(1));
  const served = Math.min(NEWEST_VERSION, Math.max(OLDEST_VERSION, Math.floor(asked)));
  return { "facebook-api-version": `v${served}.0` };
}
