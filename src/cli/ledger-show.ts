import { EXIT } from "../diag/errors.ts";
import { readListed, readPerson } from "../ledger/read-deliveries.ts";
import { readSummary } from "../ledger/read-summary.ts";
import type { DeliveryStatus } from "../model/delivery.ts";
import { hashedIdSql } from "../model/hashed-id.ts";
import { type Sql, sql } from "../model/sql.ts";
import { showJson } from "../view/escape.ts";
import { STATUS_WORDS, STATUSES, showLedgerText, showPersonText } from "../view/ledger-text.ts";
import { showListedText } from "../view/listed-text.ts";
import { chosenRoots, namesOf } from "./chosen-roots.ts";
import { type Call, usage } from "./options.ts";
import { type OpenedLedger, withLedger } from "./with-ledger.ts";

interface LedgerShowFlags {
  readonly campaign?: readonly string[];
  readonly occurrence?: string;
  readonly status?: readonly string[];
  readonly user?: string;
}

/** More deliveries than these are no list that a person reads. */
const MOST_LISTED = 50;

/** What was sent: by campaign and occurrence, one by one, or everything to one person. */
export async function ledgerShow(call: Call<LedgerShowFlags>): Promise<number> {
  const { user, campaign, occurrence, status } = call.flags;
  if (user !== undefined && (campaign ?? occurrence ?? status) !== undefined) {
    throw usage("--user shows everything to one person; leave out the other flags.");
  }
  const statuses = status?.map(statusOf);
  await withLedger(call, (opened) => {
    if (user !== undefined) return showPerson(call, opened, user);
    return statuses === undefined ? showSummary(call, opened) : showListed(call, opened, statuses);
  });
  return EXIT.ok;
}

async function showSummary(call: Call<LedgerShowFlags>, opened: OpenedLedger): Promise<void> {
  const { workspace, engine, ledger } = opened;
  const { occurrence } = call.flags;
  const campaigns = await chosenRoots(call.flags.campaign, opened);
  const scope = { workspace: workspace.id, campaigns, occurrence, names: namesOf(opened) };
  const summary = await readSummary(engine, ledger, scope);
  const { out, width } = call.surroundings.terminal;
  const isJson = call.options.format === "json";
  out(isJson ? showJson(summary) : showLedgerText(summary, width, askedFor(call.flags) || "yet"));
}

/** Who failed, and why: what a count cannot tell. */
async function showListed(
  call: Call<LedgerShowFlags>,
  opened: OpenedLedger,
  statuses: readonly DeliveryStatus[],
): Promise<void> {
  const { workspace, engine, ledger } = opened;
  const { occurrence } = call.flags;
  const campaigns = await chosenRoots(call.flags.campaign, opened);
  const scope = { statuses, campaigns, occurrence, most: MOST_LISTED };
  const listed = await readListed(engine, ledger, scope);
  const { out, width } = call.surroundings.terminal;
  const format = "posthorn.ledger-deliveries/1";
  const words = statuses.map((status) => STATUS_WORDS[status]).join(" or ");
  const asked = [askedFor(call.flags), words].filter(Boolean).join(": ");
  const isJson = call.options.format === "json";
  const document = { format, workspace: workspace.id, ...listed };
  out(isJson ? showJson(document) : showListedText(listed, { asked, width }));
}

/** `of order/shipped in occurrence e-17`. */
function askedFor({ campaign, occurrence }: LedgerShowFlags): string {
  const parts = [
    ...(campaign === undefined ? [] : [`of ${campaign.join(" or ")}`]),
    ...(occurrence === undefined ? [] : [`in occurrence ${occurrence}`]),
  ];
  return parts.join(" ");
}

function statusOf(written: string): DeliveryStatus {
  const status = STATUSES.find((one) => one === written);
  if (status !== undefined) return status;
  throw usage(`--status takes ${STATUSES.join(", ")}, not "${written}".`);
}

async function showPerson(
  call: Call<LedgerShowFlags>,
  { workspace, engine, ledger, peopleKey }: OpenedLedger,
  user: string,
): Promise<void> {
  const deliveries = await readPerson(engine, ledger, standsAs(user, peopleKey));
  const { out, width } = call.surroundings.terminal;
  const format = "posthorn.ledger-person/1";
  const document = { format, workspace: workspace.id, user, deliveries };
  const isJson = call.options.format === "json";
  out(isJson ? showJson(document) : showPersonText(deliveries, { user, width }));
}

/** On a branch, and once they are forgotten, people stand as keyed hashes (SPEC section 9). */
function standsAs(user: string, key: string | null): Sql {
  return key === null ? sql`${user}` : sql`${user}, ${hashedIdSql(key, sql`${user}`)}`;
}
