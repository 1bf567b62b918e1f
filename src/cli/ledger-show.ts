import { EXIT } from "../diag/errors.ts";
import { didYouMean } from "../diag/nearest.ts";
import { readPerson, readSummary } from "../ledger/read-summary.ts";
import type { CampaignId } from "../model/campaign.ts";
import { hashedIdSql } from "../model/hashed-id.ts";
import { type Sql, sql } from "../model/sql.ts";
import { showJson } from "../view/escape.ts";
import { showLedgerText, showPersonText } from "../view/ledger-text.ts";
import { type Call, usage } from "./options.ts";
import { type OpenedLedger, withLedger } from "./with-ledger.ts";

interface LedgerShowFlags {
  readonly campaign?: readonly string[];
  readonly occurrence?: string;
  readonly user?: string;
}

/** What was sent: by campaign and occurrence, or everything to one person. */
export async function ledgerShow(call: Call<LedgerShowFlags>): Promise<number> {
  const { user, campaign, occurrence } = call.flags;
  if (user !== undefined && (campaign ?? occurrence) !== undefined) {
    throw usage("--user shows everything to one person; leave out --campaign and --occurrence.");
  }
  await withLedger(call, (opened) =>
    user === undefined ? showSummary(call, opened) : showPerson(call, opened, user),
  );
  return EXIT.ok;
}

async function showSummary(call: Call<LedgerShowFlags>, opened: OpenedLedger): Promise<void> {
  const { workspace, engine, ledger } = opened;
  const { occurrence } = call.flags;
  const campaigns = await chosenRoots(call.flags.campaign, opened);
  const names = new Map(workspace.campaigns.map(({ rootId, id }) => [rootId, id]));
  const scope = { workspace: workspace.id, campaigns, occurrence, names };
  const summary = await readSummary(engine, ledger, scope);
  const { out, width } = call.surroundings.terminal;
  out(call.options.format === "json" ? showJson(summary) : showLedgerText(summary, width));
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

/** What the ledger calls the campaigns of `--campaign`: today's ids, earlier ones, gone ones. */
async function chosenRoots(
  ids: readonly string[] | undefined,
  { workspace, engine, ledger }: OpenedLedger,
): Promise<readonly CampaignId[] | undefined> {
  if (ids === undefined) return undefined;
  const rows = await engine.rows(sql`SELECT DISTINCT campaign FROM (${ledger})`);
  const known = new Map(rows.map(({ campaign }) => [String(campaign), String(campaign)]));
  for (const { id, rootId } of workspace.campaigns) known.set(id, rootId);
  return ids.map((id) => {
    const rootId = known.get(id);
    if (rootId !== undefined) return rootId;
    const near = didYouMean(id, known.keys());
    throw usage(`Neither campaigns/ nor the ledger has "${id}".${near}`);
  });
}
