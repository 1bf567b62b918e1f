import { EXIT } from "../diag/errors.ts";
import { readStats } from "../ledger/read-stats.ts";
import { dayAfter } from "../model/calendar-days.ts";
import { isCalendarDate } from "../model/instant.ts";
import { instantToDate } from "../model/zone-time.ts";
import { showJson } from "../view/escape.ts";
import { showStatsHtml } from "../view/html/stats-html.ts";
import { showStatsText } from "../view/stats-text.ts";
import { chosenRoots, namesOf } from "./chosen-roots.ts";
import { type Call, usage } from "./options.ts";
import { withLedger } from "./with-ledger.ts";

interface LedgerStatsFlags {
  readonly campaign?: readonly string[];
  readonly days?: string;
  readonly since?: string;
}

const USUAL_DAYS = 14;
/** Ten years: more days are no chart. */
const MOST_DAYS = 3660;

/** What was sent, failed and is unknown, day by day in the workspace's zone. */
export async function ledgerStats(call: Call<LedgerStatsFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  if (flags.days !== undefined && flags.since !== undefined) {
    throw usage("--days and --since both say where to begin; leave one out.");
  }
  await withLedger(call, async (opened) => {
    const { workspace, engine, ledger, now } = opened;
    const { timezone } = workspace;
    const today = instantToDate(now, timezone);
    const stats = await readStats(engine, ledger, {
      workspace: workspace.id,
      timezone,
      from: firstDay(flags, today),
      until: dayAfter(today),
      campaigns: await chosenRoots(flags.campaign, opened),
      names: namesOf(opened),
    });
    const { out, width } = surroundings.terminal;
    if (options.format === "json") out(showJson(stats));
    else if (options.format === "html") out(showStatsHtml(stats));
    else out(showStatsText(stats, width));
  });
  return EXIT.ok;
}

/** Throws Stop `usage`. */
function firstDay({ days, since }: LedgerStatsFlags, today: string): string {
  if (since === undefined) return dayAfter(today, 1 - daysOf(days));
  const earliest = dayAfter(today, 1 - MOST_DAYS);
  if (isCalendarDate(since) && since >= earliest && since <= today) return since;
  throw usage(`--since takes a date from ${earliest} to ${today}, not "${since}".`);
}

function daysOf(written: string | undefined): number {
  if (written === undefined) return USUAL_DAYS;
  const days = /^\d{1,4}$/.test(written) ? Number(written) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw usage(`--days takes a number from 1 to ${MOST_DAYS}, not "${written}".`);
}
