import type { Selection } from "../audience/audience.ts";
import type { Funnel } from "../audience/funnel.ts";
import type { Stretch } from "../audience/recipients.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import { REASONS, type Reason } from "../model/delivery.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { PlannedCampaign, Rollout } from "../model/plan.ts";
import type { CampaignReport } from "../model/report.ts";
import type { DecidedCampaign } from "../plan/build-plan.ts";
import { type Peopled, rolloutDocument } from "../plan/rollout-document.ts";
import { stopWords } from "../policy/rollout-words.ts";
import type { ApplyInput, ApplyRun, Progress } from "./apply-plan.ts";
import { type Addressed, deliveriesOf } from "./deliveries.ts";
import { JudgeAgain } from "./judge-again.ts";
import { CampaignSender } from "./send-campaign.ts";
import { sendInWaves } from "./send-waves.ts";
import type { Tally } from "./tally.ts";

/** What became of a campaign. */
export interface SentCampaign {
  readonly report: CampaignReport;
  /** Whether everyone due was tried, and nobody was put off since. */
  readonly isTried: boolean;
  /** What broke the run; undefined: nothing. */
  readonly fault: unknown;
}

/** What a campaign is sent with. */
interface Sending {
  readonly selection: Selection;
  readonly sender: CampaignSender;
  readonly again: JudgeAgain;
}

/** Resolves a campaign's people once more, with the ledger as it is now, and sends to them. */
export async function sendPlanned(one: DecidedCampaign, run: ApplyRun): Promise<SentCampaign> {
  const { judged } = one;
  const startMs = run.clock.monotonicMs();
  const selection = await run.audience.select(judged);
  const again = new JudgeAgain(judged.campaign, run.workspace);
  const sender = new CampaignSender({
    ...run,
    progress: (tally) => run.progress(progressOf(one, selection.funnel.eligible, tally)),
  });
  const { standings, fault } = await untilFault(one, { selection, sender, again }, run);
  const seconds = Math.round((run.clock.monotonicMs() - startMs) / SECOND_MS);
  const rollout = rolloutDocument(judged.campaign, standings);
  const report = reportOf(one, { sender, funnel: selection.funnel, seconds, rollout });
  const { stopped, untried } = report;
  // Whose night began since will be due in the morning: the occurrence stays open for them.
  const isDeferred = sender.tally.leftOut.has("quiet_hours");
  const isTried = fault === undefined && stopped === null && untried === 0 && !isDeferred;
  return { report, isTried, fault };
}

/** A run that breaks has sent to some, and says so. */
async function untilFault(
  one: DecidedCampaign,
  of: Sending,
  run: ApplyRun,
): Promise<{ readonly standings: readonly Peopled[]; readonly fault: unknown }> {
  try {
    const standings = await sendSelected(one, of, run);
    await run.writer.flush();
    if (!run.end.signal.aborted) await readLedgerAgain(run);
    return { standings, fault: undefined };
  } catch (fault) {
    const because = fault instanceof Error ? fault.message : String(fault);
    run.end.cutOff({ by: "fault", because });
    return { standings: one.standings, fault };
  }
}

/** To all of them, or wave by wave. Gives how the occurrences of a rollout stand then. */
async function sendSelected(
  { judged, standings }: DecidedCampaign,
  of: Sending,
  run: ApplyRun,
): Promise<readonly Peopled[]> {
  const { campaign } = judged;
  const { selection, sender, again } = of;
  const send = (stretch?: Stretch) =>
    sender.send({
      deliveries: deliveriesOf(campaign, selection.recipients(stretch), run),
      stillAllowed: (delivery, now) => {
        run.changes.lookAgain();
        return again.judge((delivery as Addressed).waiting, now);
      },
      see: ({ psid }, outcome) => again.see(psid, outcome),
    });
  const isHeld = standings.some(({ held }) => held !== null);
  if (campaign.rollout !== undefined || isHeld) {
    return sendInWaves({ judged, selection, sender, send }, run);
  }
  await send();
  return [];
}

/** A campaign that the run did not come to. */
export function untriedReport(planned: PlannedCampaign): CampaignReport {
  return {
    id: planned.id,
    source: planned.source,
    matched: planned.matched,
    left_out: planned.left_out,
    sent: 0,
    failed: 0,
    unknown: 0,
    released: 0,
    untried: planned.eligible,
    errors: [],
    stopped: null,
    rollout: planned.rollout,
    seconds: 0,
  };
}

/** So that what was sent counts for the caps of the campaigns that follow, if any do. */
async function readLedgerAgain({ audience, state }: ApplyInput): Promise<void> {
  const { ledger, liveRun } = await state.read();
  await audience.readLedger(ledgerRelationSql(ledger, liveRun));
}

function progressOf({ planned }: DecidedCampaign, eligible: number, tally: Tally): Progress {
  const { sent, failed, unknown } = tally;
  return { campaign: planned.id, eligible, sent, failed, unknown, leftOut: leftOutOf(tally) };
}

function leftOutOf({ leftOut }: Tally): number {
  return [...leftOut.values()].reduce((sum, people) => sum + people, 0);
}

function reportOf(
  { planned }: DecidedCampaign,
  ran: {
    readonly sender: CampaignSender;
    readonly funnel: Funnel;
    readonly seconds: number;
    readonly rollout: Rollout | null;
  },
): CampaignReport {
  const { tally, rules } = ran.sender;
  const { sent, failed, unknown, released } = tally;
  const tried = sent + failed + unknown + released + leftOutOf(tally);
  return {
    id: planned.id,
    source: planned.source,
    matched: ran.funnel.matched,
    left_out: sumOf(ran.funnel.leftOut, tally.leftOut),
    sent,
    failed,
    unknown,
    released,
    untried: ran.funnel.eligible - tried,
    errors: tally.errors.map(({ errorClass, ...error }) => ({ class: errorClass, ...error })),
    stopped: rules.stopped ?? waveStop(ran.rollout),
    rollout: ran.rollout,
    seconds: ran.seconds,
  };
}

/** The stop of a wave as a report names it. */
export function waveStop(rollout: Rollout | null): CampaignReport["stopped"] {
  const words = (rollout?.occurrences ?? []).flatMap(({ stopped }) =>
    stopped === null ? [] : [stopWords({ ...stopped, waves: rollout?.waves.length ?? 1 })],
  );
  return words.length === 0 ? null : { scope: "wave", because: words.join("; ") };
}

/** In the order of judgement. */
function sumOf(
  before: Readonly<Partial<Record<Reason, number>>>,
  later: ReadonlyMap<Reason, number>,
): Record<string, number> {
  const sums = REASONS.map((reason) => [reason, (before[reason] ?? 0) + (later.get(reason) ?? 0)]);
  return Object.fromEntries(sums.filter(([, people]) => people !== 0));
}
