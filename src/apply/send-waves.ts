import type { Selection } from "../audience/audience.ts";
import type { Judged } from "../audience/prepare-candidates.ts";
import type { Stretch } from "../audience/recipients.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { WaveCount, WaveVerdict } from "../model/rollout.ts";
import type { Peopled } from "../plan/rollout-document.ts";
import { type Standing, standingsOf } from "../plan/standing.ts";
import { holdOf, NOTHING_TRIED, triedOf, waveEnds, waveToFill } from "../policy/rollout.ts";
import type { ApplyRun } from "./apply-plan.ts";
import { rememberStop } from "./memory.ts";
import type { CampaignSender } from "./send-campaign.ts";
import type { Tally } from "./tally.ts";

/** What sending one campaign in waves takes. */
interface WaveSend {
  readonly judged: Judged;
  readonly selection: Selection;
  readonly sender: CampaignSender;
  /** Sends to some of the selected. */
  send(stretch: Stretch): Promise<void>;
}

/**
 * Sends the waves of a campaign one after the other, and stops before the next one begins when too
 * much of the last went wrong. Where a wave stands comes from the ledger, so a run that was cut off
 * is taken up in the middle of its wave. Gives how every occurrence stands then.
 */
export async function sendInWaves(of: WaveSend, run: ApplyRun): Promise<Peopled[]> {
  const standings = await standingsOf(of.judged, { ...run, document: run.memory });
  const people = await peopleOf(of, standings);
  const sent: Peopled[] = [];
  for (const standing of standings) {
    const current = standings.map(({ occurrence }) => occurrence);
    const eligible = people.get(standing.occurrence) ?? 0;
    sent.push(await new Occurrence(of, run, standing).send(eligible, current));
  }
  return sent;
}

async function peopleOf(
  { judged, selection }: WaveSend,
  [first]: readonly Standing[],
): Promise<ReadonlyMap<OccurrenceId, number>> {
  if (judged.occasion !== null) return selection.occurrences();
  return new Map(first === undefined ? [] : [[first.occurrence, selection.funnel.eligible]]);
}

/** One occurrence on its way through the waves. */
class Occurrence {
  readonly #of: WaveSend;
  readonly #run: ApplyRun;
  readonly #standing: Standing;
  readonly #counts: WaveCount[];
  #held: WaveVerdict | null = null;

  constructor(of: WaveSend, run: ApplyRun, standing: Standing) {
    this.#of = of;
    this.#run = run;
    this.#standing = standing;
    this.#counts = [...standing.counts];
  }

  async send(eligible: number, current: readonly OccurrenceId[]): Promise<Peopled> {
    const { campaign } = this.#of.judged;
    const ends = waveEnds(campaign.rollout);
    let taken = 0;
    let tried = 0;
    while (taken < eligible && !this.#isOver) {
      this.#held = holdOf({ ...this.#standing, rollout: campaign.rollout, counts: this.#counts });
      if (this.#held !== null) break;
      const wave = waveToFill(ends, this.#counts);
      const end = ends[wave] ?? Number.POSITIVE_INFINITY;
      const take = Math.min(end - triedOf(this.#counts), eligible - taken);
      const { released, passed } = await this.#sendSome({ wave, skip: taken, take });
      taken += take;
      tried += passed;
      // A wave with people who are due again is not over: they come first in the next apply.
      if (released > 0 && Number.isFinite(end)) break;
    }
    const standing = { ...this.#standing, counts: this.#counts, held: this.#held };
    await rememberStop(standing, { campaign, current }, this.#run);
    return { ...standing, people: eligible - tried };
  }

  get #isOver(): boolean {
    return this.#run.end.signal.aborted || this.#of.sender.rules.isOver;
  }

  async #sendSome(of: { wave: number; skip: number; take: number }) {
    const { judged, sender } = this.#of;
    const before = countsOf(sender.tally);
    const occurrence = judged.occasion === null ? undefined : this.#standing.occurrence;
    await this.#of.send({ occurrence, skip: of.skip, take: of.take });
    const after = countsOf(sender.tally);
    const more = (key: keyof typeof after) => after[key] - before[key];
    const known = this.#counts[of.wave] ?? NOTHING_TRIED;
    this.#counts[of.wave] = {
      tried: known.tried + more("tried"),
      failed: known.failed + more("failed"),
      unknown: known.unknown + more("unknown"),
      unavailable: known.unavailable + more("unavailable"),
    };
    return { released: more("released"), passed: more("tried") + more("leftOut") };
  }
}

function countsOf({ sent, failed, unknown, released, leftOut, errors }: Tally) {
  const unavailable = errors
    .filter(({ errorClass }) => errorClass === "user_unavailable")
    .reduce((sum, { count }) => sum + count, 0);
  const left = [...leftOut.values()].reduce((sum, people) => sum + people, 0);
  const tried = sent + failed + unknown;
  return { tried, failed, unknown, unavailable, released, leftOut: left };
}
