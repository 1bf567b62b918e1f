// The yardstick for `posthorn plan`: what a plain Node script does for the workspace of
// `make-workspace.mjs plan`, written by hand for this one campaign.
//
//   node bench/plain-plan.mjs FOLDER        prints the counts by reason as JSON
//
// Reads FOLDER/data/users.ndjson and, if there, FOLDER/data/sends.ndjson line by line.

import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import Mustache from "mustache";

const NOW = Date.parse("2026-12-01T09:30:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CAMPAIGN = "thanks";
const CAP = { max: 2, perMs: 7 * DAY };
const MESSAGE = {
  text: "Hi {{first_name}}, thank you for riding through {{city}} with {{shop}}.",
  quick_replies: [
    { content_type: "text", title: "More", payload: "MORE_{{country}}" },
    { content_type: "text", title: "Stop", payload: "STOP" },
  ],
};
const PRINTED = ["city", "country"];

async function* records(path) {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) if (line !== "") yield JSON.parse(line);
}

/** What became of this campaign, who refused, and how often everybody was written to lately. */
async function readSends(path) {
  const sends = {
    sent: new Set(),
    failed: new Set(),
    unresolved: new Set(),
    refusedAt: new Map(),
    recent: new Map(),
  };
  if (!existsSync(path)) return sends;
  for await (const send of records(path)) {
    const { user_id: user, psid, status } = send;
    const sentAt = Date.parse(send.sent_at);
    if (send.error === "user_unavailable") {
      sends.refusedAt.set(psid, Math.max(sentAt, sends.refusedAt.get(psid) ?? 0));
    }
    if (send.campaign === CAMPAIGN) {
      if (status === "failed") sends.failed.add(user);
      else if (status !== "released") {
        const known = status === "sent" ? sends.sent : sends.unresolved;
        known.add(user).add(psid);
      }
    }
    if ((status === "sent" || status === "unknown") && sentAt > NOW - CAP.perMs) {
      sends.recent.set(user, (sends.recent.get(user) ?? 0) + 1);
    }
  }
  return sends;
}

function isInSegment(user) {
  if (!["DE", "AT", "CH"].includes(user.country) || user.newsletter !== true) return false;
  const orderedAt = user.last_order_at ? Date.parse(user.last_order_at) : Number.NaN;
  if (!(orderedAt >= NOW - 30 * DAY && orderedAt <= NOW)) return false;
  return user.ltv >= 100 || (user.tags ?? []).includes("vip");
}

function reasonAgainst(user, sends) {
  if (!/^\d{5,20}$/.test(user.ps_id ?? "")) return "no_psid";
  if (user.messenger_opt_in !== true) return "no_consent";
  const isAmong = (known) => known.has(user.user_id) || known.has(user.ps_id);
  if (isAmong(sends.sent)) return "already_sent";
  if (sends.failed.has(user.user_id)) return "already_failed";
  if (isAmong(sends.unresolved)) return "unresolved";
  const refusedAt = sends.refusedAt.get(user.ps_id);
  const inboundAt = user.last_inbound_at ? Date.parse(user.last_inbound_at) : Number.NaN;
  if (refusedAt >= (inboundAt || refusedAt)) return "unreachable";
  if (!(NOW <= inboundAt + 23 * HOUR)) return "outside_window";
  if ((sends.recent.get(user.user_id) ?? 0) >= CAP.max) return "frequency_cap";
  if (PRINTED.some((name) => !hasValue(user[name]))) return "missing_value";
  return undefined;
}

const hasValue = (value) => value !== null && value !== undefined && String(value).trim() !== "";

function render(template, view) {
  if (typeof template === "string") return Mustache.render(template, view, {}, { escape: String });
  if (Array.isArray(template)) return template.map((part) => render(part, view));
  if (typeof template !== "object" || template === null) return template;
  const entries = Object.entries(template).map(([key, part]) => [key, render(part, view)]);
  return Object.fromEntries(entries);
}

function messageCheck() {
  const path = new URL("../schemas/send-api-message.schema.json", import.meta.url);
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, "utf8")));
}

const folder = process.argv[2] ?? ".";
const isValid = messageCheck();
const sends = await readSends(join(folder, "data/sends.ndjson"));
const plan = { users: 0, matched: 0, eligible: 0, left_out: {} };
for await (const user of records(join(folder, "data/users.ndjson"))) {
  plan.users++;
  if (!isInSegment(user)) continue;
  plan.matched++;
  let reason = reasonAgainst(user, sends);
  if (reason === undefined) {
    const firstName = hasValue(user.first_name) ? user.first_name : "there";
    const message = render(MESSAGE, { ...user, first_name: firstName, shop: "Bench" });
    if (!isValid(message)) reason = "invalid_message";
  }
  if (reason === undefined) plan.eligible++;
  else plan.left_out[reason] = (plan.left_out[reason] ?? 0) + 1;
}
console.log(JSON.stringify(plan, null, 2));
