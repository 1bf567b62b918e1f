import { PortError, Stop } from "../diag/errors.ts";
import { MINUTE_MS, SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EventQueue, QueueBatch } from "../ports/event-queue.ts";

/*
 * Takes queued webhooks in. Its states:
 *   resting → taking     a second has passed and something waits
 *   taking → taking      a batch was taken in and remembered, and more waits
 *   taking → resting     nothing more waits
 *   taking → backing off what takes them in failed, or the disk did: the batch stays in the queue
 *   backing off → taking after 1 s, and twice as long each time, at most a minute
 *   any → ended          the signal has come; what waits then is taken in as long as time is left
 */

/** What comes within a second is taken in together. */
const REST_MS = SECOND_MS;
const LONGEST_BACK_OFF_MS = MINUTE_MS;
/** Whoever ends this waits no longer; what is left comes first the next time. */
const LAST_MS = 2 * SECOND_MS;

export interface Draining {
  readonly queue: EventQueue;
  /**
   * Takes bodies into the user data and the ledger, durably. The same ones may come again, after a
   * crash or twice from Meta, and must then change nothing.
   */
  readonly take: (bodies: readonly string[]) => Promise<void>;
  /** Its real time alone is used. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Is told why a batch was not taken in, and then undefined once one was. */
  readonly tell: (trouble: string | undefined) => void;
}

/** Runs until the signal comes. What is thrown is a defect: PortErrors and Stops are waited out. */
export async function drainQueue(draining: Draining): Promise<void> {
  const { clock, signal } = draining;
  for (let failures = 0; !signal.aborted; ) {
    const took = await takeNext(draining);
    failures = took === "failed" ? failures + 1 : 0;
    if (took === "none") await clock.sleep(REST_MS, signal);
    if (took === "failed") await clock.sleep(backOffMs(failures), signal);
  }
  const endAtMs = clock.monotonicMs() + LAST_MS;
  while (clock.monotonicMs() < endAtMs && (await takeNext(draining)) === "taken");
}

async function takeNext(draining: Draining): Promise<"taken" | "none" | "failed"> {
  try {
    const batch = draining.queue.next();
    if (batch === undefined) return "none";
    await takeBatch(batch, draining);
    draining.tell(undefined);
    return "taken";
  } catch (fault) {
    if (!isWaitedOut(fault)) throw fault;
    draining.tell(fault.message);
    return "failed";
  }
}

async function takeBatch(batch: QueueBatch, { queue, take }: Draining): Promise<void> {
  if (batch.bodies.length > 0) await take(batch.bodies);
  queue.taken(batch);
}

/** What Meta sent is kept until whatever is wrong, disk, state or workspace, is right again. */
function isWaitedOut(fault: unknown): fault is Error {
  return fault instanceof PortError || fault instanceof Stop;
}

function backOffMs(failures: number): number {
  return Math.min(SECOND_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}
