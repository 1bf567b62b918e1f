import { didYouMean } from "../diag/nearest.ts";
import type { CampaignId } from "../model/campaign.ts";
import { sql } from "../model/sql.ts";
import { usage } from "./options.ts";
import type { OpenedLedger } from "./with-ledger.ts";

/**
 * What the ledger calls the campaigns of `--campaign`: today's ids, earlier ones, gone ones;
 * undefined without the flag. Throws Stop `usage`.
 */
export async function chosenRoots(
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

/** What campaigns are called today, by what the ledger calls them. */
export function namesOf({ workspace }: OpenedLedger): Map<CampaignId, CampaignId> {
  return new Map(workspace.campaigns.map(({ rootId, id }) => [rootId, id]));
}
