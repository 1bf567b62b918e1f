import type { Recipient } from "../audience/recipients.ts";
import type { Campaign } from "../model/campaign.ts";
import { type Delivery, deliveryId } from "../model/delivery.ts";
import type { ApplyRun } from "./apply-plan.ts";
import type { Waiting } from "./judge-again.ts";
import { sendBody } from "./send-body.ts";

/** A delivery together with whom it is for, which is judged again before the claim. */
export interface Addressed extends Delivery {
  readonly waiting: Waiting;
}

/** About as many as are claimed at once. */
const LEAST = 50;
const MOST = 500;

/** The recipients' deliveries, with what the user data says of them by now. */
export async function* deliveriesOf(
  campaign: Campaign,
  recipients: AsyncIterable<readonly Recipient[]>,
  run: ApplyRun,
): AsyncGenerator<readonly Addressed[]> {
  const { changes, workspace } = run;
  for await (const batch of recipients) {
    for (const part of parts(batch, run)) {
      const people = part.map(waitingOf);
      await changes.add(people);
      yield part.map((recipient, index) =>
        deliveryTo(recipient, people[index] as Waiting, { campaign, workspace: workspace.id }),
      );
    }
  }
}

/** A few at a time, so that user files that changed are noticed between them. */
function* parts(batch: readonly Recipient[], { workspace }: ApplyRun) {
  const { rate } = workspace.page;
  const size = rate === "unlimited" ? MOST : Math.min(MOST, Math.max(LEAST, rate.perSecond));
  for (let start = 0; start < batch.length; start += size) yield batch.slice(start, start + size);
}

function waitingOf({ userId, psid, lastInboundAt, lateAt, zone }: Recipient): Waiting {
  return { userId, psid, lastInboundAt, lateAt, zone, userNow: undefined };
}

function deliveryTo(
  { userId, psid, occurrence, variant, message }: Recipient,
  waiting: Waiting,
  { campaign, workspace }: { readonly campaign: Campaign; readonly workspace: string },
): Addressed {
  const { rootId, revision, frequencyCap } = campaign;
  const id = deliveryId({ workspace, rootId, occurrence, userId });
  const body = sendBody(campaign, { psid, message, metadata: id });
  const { counts } = frequencyCap;
  return { id, rootId, occurrence, userId, psid, variant, revision, counts, body, waiting };
}
