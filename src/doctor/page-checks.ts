import type { Check } from "../model/checkup.ts";
import type { JsonObject } from "../model/json.ts";
import type { Page } from "../model/workspace.ts";
import type { GraphAnswer, GraphReader } from "../ports/graph-reader.ts";
import { listed, objectsIn, refusalWords, textsIn, unanswered, unreached } from "./answers.ts";
import { META_PAGES } from "./meta-pages.ts";
import { error, ok, skipped, warning } from "./verdicts.ts";

/** Whether the token reaches the page of posthorn.yaml. */
export function pageCheck(answer: GraphAnswer, page: Page): Check {
  if (answer.kind === "unreached") return unreached("page", answer.reason);
  if (answer.kind === "told") return ok("page", `Meta shows the page ${pageWords(answer, page)}.`);
  return error("page", "denied", {
    code: "PAGE_REFUSED",
    found: `Meta does not show the page ${page.id}: ${refusalWords(answer.refusal)}.`,
    next: "Correct page.id in posthorn.yaml, or get a token of this page: `posthorn doctor token`.",
    source: META_PAGES.permissions,
  });
}

/** Null where Meta did not tell. */
export function pageName(answer: GraphAnswer): string | null {
  const name = answer.kind === "told" ? answer.body["name"] : undefined;
  return typeof name === "string" ? name : null;
}

function pageWords(answer: GraphAnswer, page: Page): string {
  const name = pageName(answer);
  return name === null ? page.id : `"${name}"`;
}

/**
 * What the person behind the token may do on the page. Only a user token may ask
 * (messenger-platform.md section 1.3).
 */
export async function taskCheck(user: GraphReader | undefined, page: Page): Promise<Check> {
  if (user === undefined) {
    return skipped("tasks", "only a user token may ask; POSTHORN_USER_TOKEN is not set");
  }
  const found = await findAccount(user, page.id);
  if ("answer" in found) return unanswered("tasks", found.answer, "a user token of the app");
  const tasks = textsIn(found.account?.["tasks"]);
  if (found.account === undefined) {
    return warning("tasks", {
      code: "PAGE_NOT_LISTED",
      found: "The person of POSTHORN_USER_TOKEN has no role on this page.",
      next: "Use the token of somebody who has one, or give them a role in the page's settings.",
      source: META_PAGES.permissions,
    });
  }
  return taskVerdict(tasks);
}

function taskVerdict(tasks: readonly string[]): Check {
  const missing = ["MESSAGING", "MODERATE"].filter((task) => !tasks.includes(task));
  if (missing.length === 0) return ok("tasks", "The person's tasks have MESSAGING and MODERATE.");
  const found = `The person's tasks on the page lack ${listed(missing)}.`;
  const next = `Give the person ${listed(missing)} in the page's settings, and get a new token.`;
  const source = META_PAGES.permissions;
  const fault = { code: "TASK_MISSING", found, next, source };
  // MODERATE is for webhooks alone.
  return missing.includes("MESSAGING") ? error("tasks", "denied", fault) : warning("tasks", fault);
}

type Found =
  | { readonly account: JsonObject | undefined }
  | { readonly answer: Exclude<GraphAnswer, { kind: "told" }> };

/** More pages than one person has; an answer that never ends is not followed further. */
const MAX_LISTS = 50;

/** The page among those of a user token, with its tasks, name and token. */
export async function findAccount(user: GraphReader, pageId: string): Promise<Found> {
  let after: string | undefined;
  for (let lists = 0; lists < MAX_LISTS; lists++) {
    const params = { fields: "id,name,tasks,access_token", limit: "100" };
    const answer = await user.read(
      "me/accounts",
      after === undefined ? params : { ...params, after },
    );
    if (answer.kind !== "told") return { answer };
    const account = objectsIn(answer.body["data"]).find(({ id }) => String(id) === pageId);
    if (account !== undefined) return { account };
    after = nextCursor(answer.body);
    if (after === undefined) break;
  }
  return { account: undefined };
}

function nextCursor({ paging }: JsonObject): string | undefined {
  const [page] = objectsIn([paging ?? null]);
  const [cursors] = objectsIn([page?.["cursors"] ?? null]);
  const after = cursors?.["after"];
  return page?.["next"] === undefined || typeof after !== "string" ? undefined : after;
}

/** Penalties that Meta laid on the page (messenger-platform.md section 9). */
export function restrictionCheck(answer: GraphAnswer): Check {
  if (answer.kind !== "told") return unanswered("restrictions", answer, "pages_messaging");
  const { status, violations, restrictions } = answer.body;
  const stopping = objectsIn(restrictions).filter(({ feature }) =>
    String(feature).startsWith("page_messaging"),
  );
  const support =
    "Look at the page's Support Inbox and Page Quality; do not send until it is lifted.";
  const source = META_PAGES.status;
  if (stopping.length > 0 || status === "suspended") {
    return error("restrictions", "denied", {
      code: "PAGE_RESTRICTED",
      found: `Meta keeps the page from sending: ${listed(stopping.map(restrictionWords))}.`,
      next: support,
      source,
    });
  }
  const types = objectsIn(violations).map(({ type }) => String(type));
  if (status === "ok" && types.length === 0) return ok("restrictions", "The page has none.");
  return warning("restrictions", {
    code: "PAGE_WARNED",
    found: `Meta says of the page: ${listed([String(status), ...types])}.`,
    next: "Look at the page's Support Inbox, and mend what it names before the next campaign.",
    source,
  });
}

function restrictionWords({ feature, expiration_time: until }: JsonObject): string {
  const end = until === undefined || until === null ? "" : ` until ${endWords(until)}`;
  return `${String(feature)}${end}`;
}

/** Meta writes seconds or a date here; samples show both elsewhere. */
function endWords(until: JsonObject[string]): string {
  const seconds = Number(until);
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : String(until);
}
