import type { Recipient } from "../audience/recipients.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import type { Campaign } from "../model/campaign.ts";
import { type Delivery, deliveryId, REASONS, type Reason } from "../model/delivery.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { PlannedCampaign } from "../model/plan.ts";
import type { CampaignReport } from "../model/report.ts";
import type { Decision } from "../plan/build-plan.ts";
import type { ApplyInput, ApplyRun } from "./apply-plan.ts";
import { JudgeAgain } from "./judge-again.ts";
import { sendBody } from "./send-body.ts";
import { CampaignSender } from "./send-campaign.ts";
import type { Tally } from "./tally.ts";

type Sending = Decision["sending"][number];

/** A delivery together with whom it is for, which is judged again before the claim. */
interface Addressed extends Delivery {
  readonly recipient: Recipient;
}

/** Resolves a campaign's people once more, with the ledger as it is now, and sends to them. */
export async function sendPlanned(
  { judged, planned }: Sending,
  run: ApplyRun,
): Promise<CampaignReport> {
  const { campaign } = judged;
  const startMs = run.clock.monotonicMs();
  const selection = await run.audience.select(judged);
  const again = new JudgeAgain(campaign, run.workspace);
  const { eligible } = selection.funnel;
  const sender = new CampaignSender({
    ...run,
    progress: (tally) => run.progress(progressOf(campaign, eligible, tally)),
  });
  await sender.send({
    deliveries: deliveriesOf(campaign, selection.recipients(), run.workspace.id),
    stillAllowed: (delivery, now) => again.judge((delivery as Addressed).recipient, now),
  });
  await run.writer.flush();
  await readLedgerAgain(run);
  const seconds = (run.clock.monotonicMs() - startMs) / SECOND_MS;
  return reportOf(planned, { sender, funnel: selection.funnel, seconds: Math.round(seconds) });
}

/** A campaign that the run did not come to. */
export function untriedReport(planned: PlannedCampaign): CampaignReport {
  return {
    id: planned.id,
    matched: planned.matched,
    leftOut: planned.left_out,
    sent: 0,
    failed: 0,
    unknown: 0,
    released: 0,
    untried: planned.eligible,
    errors: [],
    stopped: null,
    seconds: 0,
  };
}

/** So that what was sent counts for the caps of the campaigns that follow. */
async function readLedgerAgain({ audience, state }: ApplyInput): Promise<void> {
  const { ledger, liveRun } = await state.read();
  await audience.readLedger(ledgerRelationSql(ledger, liveRun));
}

async function* deliveriesOf(
  campaign: Campaign,
  recipients: AsyncIterable<readonly Recipient[]>,
  workspace: string,
): AsyncGenerator<readonly Addressed[]> {
  for await (const batch of recipients) {
    yield batch.map((recipient) => deliveryTo(recipient, campaign, workspace));
  }
}

function deliveryTo(recipient: Recipient, campaign: Campaign, workspace: string): Addressed {
  const { userId, psid, occurrence, variant, message } = recipient;
  const { rootId, revision, frequencyCap } = campaign;
  const id = deliveryId({ workspace, rootId, occurrence, userId });
  const body = sendBody(campaign, { psid, message, metadata: id });
  const { counts } = frequencyCap;
  return { id, rootId, occurrence, userId, psid, variant, revision, counts, body, recipient };
}

function progressOf(campaign: Campaign, eligible: number, { sent, failed, unknown }: Tally) {
  return { campaign: campaign.id, eligible, sent, failed, unknown };
}

function reportOf(
  planned: PlannedCampaign,
  ran: {
    readonly sender: CampaignSender;
    readonly funnel: {
      readonly matched: number;
      readonly eligible: number;
      readonly leftOut: object;
    };
    readonly seconds: number;
  },
): CampaignReport {
  const { tally, rules } = ran.sender;
  const { sent, failed, unknown, released } = tally;
  const leftLater = [...tally.leftOut.values()].reduce((sum, people) => sum + people, 0);
  const tried = sent + failed + unknown + released + leftLater;
  return {
    id: planned.id,
    matched: ran.funnel.matched,
    leftOut: sumOf(ran.funnel.leftOut, tally.leftOut),
    sent,
    failed,
    unknown,
    released,
    untried: ran.funnel.eligible - tried,
    errors: tally.errors,
    stopped: rules.stopped,
    seconds: ran.seconds,
  };
}

/** In the order of judgement. */
function sumOf(
  before: Readonly<Partial<Record<Reason, number>>>,
  later: ReadonlyMap<Reason, number>,
): Partial<Record<Reason, number>> {
  const sums = REASONS.map((reason) => [reason, (before[reason] ?? 0) + (later.get(reason) ?? 0)]);
  return Object.fromEntries(sums.filter(([, people]) => people !== 0));
}
