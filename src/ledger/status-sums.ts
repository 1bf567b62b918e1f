import type { StatusCounts } from "../model/ledger-summary.ts";
import { raw, type Sql, sql } from "../model/sql.ts";

/** The columns of `StatusCounts`, from rows with a `status` and a number of `deliveries`. */
export const STATUS_SUMS = ["sent", "failed", "unknown", "claimed", "released"]
  .map(
    (status) => `coalesce(sum(deliveries) FILTER (status = '${status}'), 0)::BIGINT AS ${status}`,
  )
  .join(", ");

/** Whether a delivery is of one of some campaigns, as the ledger calls them; undefined: of any. */
export function ofCampaignsSql(campaigns: readonly string[] | undefined): Sql {
  if (campaigns === undefined) return raw("true");
  return sql`list_contains(${[...campaigns]}::VARCHAR[], campaign)`;
}

export function sumOf(counts: readonly StatusCounts[]): StatusCounts {
  const of = (status: keyof StatusCounts) => counts.reduce((total, one) => total + one[status], 0);
  return {
    sent: of("sent"),
    failed: of("failed"),
    unknown: of("unknown"),
    claimed: of("claimed"),
    released: of("released"),
  };
}
