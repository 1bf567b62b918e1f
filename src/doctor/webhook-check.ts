import type { Check } from "../model/checkup.ts";
import type { Page } from "../model/workspace.ts";
import type { GraphAnswer } from "../ports/graph-reader.ts";
import { listed, objectsIn, textsIn, unanswered } from "./answers.ts";
import { META_PAGES } from "./meta-pages.ts";
import { ok, warning } from "./verdicts.ts";

/** What each group of events is for (messenger-platform.md section 7). */
const USES: Readonly<Record<string, readonly string[]>> = {
  "who writes, and when the window opens": [
    "messages",
    "messaging_postbacks",
    "messaging_optins",
    "messaging_referrals",
    "message_reactions",
  ],
  "what became of sends without an answer": [
    "message_echoes",
    "message_deliveries",
    "message_reads",
  ],
  "penalties, which halt the page": ["messaging_policy_enforcement"],
};

/** Whether the page's events reach the app; `appId` undefined: any app's subscription counts. */
export function webhookCheck(answer: GraphAnswer, page: Page, appId: string | undefined): Check {
  if (answer.kind !== "told") {
    return unanswered("webhook", answer, "pages_manage_metadata and the task MODERATE");
  }
  const own = objectsIn(answer.body["data"]).find(
    ({ id }) => appId === undefined || String(id) === appId,
  );
  const fields = textsIn(own?.["subscribed_fields"]);
  const lacking = Object.entries(USES)
    .map(([use, all]) => ({ use, missing: all.filter((field) => !fields.includes(field)) }))
    .filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return ok("webhook", "The app is subscribed to all that is used.");
  const losses = lacking.map(({ use, missing }) => `${listed(missing)} (${use})`);
  const found =
    own === undefined
      ? "The app is not subscribed to the page: no event of it arrives anywhere."
      : `The app is not subscribed to ${losses.join("; ")}.`;
  return warning("webhook", {
    code: own === undefined ? "WEBHOOK_UNSUBSCRIBED" : "WEBHOOK_FIELDS",
    found,
    next: `${subscribeWords(page)} \`posthorn webhook\` takes it; without one none is needed.`,
    source: META_PAGES.webhooks,
  });
}

function subscribeWords({ id }: Page): string {
  const all = Object.values(USES).flat().join(",");
  return (
    "Subscribe it in the app's dashboard (Messenger, Webhooks, Add subscriptions), or by " +
    `POST /${id}/subscribed_apps with subscribed_fields=${all} .`
  );
}
