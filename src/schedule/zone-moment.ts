import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { isQuiet, type QuietHours, quietUntil } from "./quiet-hours.ts";

/** The occurrence that is judged for the people of one zone, and when it is theirs. */
export interface ZoneMoment {
  readonly zone: string;
  readonly occurrence: OccurrenceId;
  /** By the schedule alone. */
  readonly dueAt: Instant;
  /** `dueAt`, moved to the end of quiet hours where it falls into them. */
  readonly sendAt: Instant;
  /** The last instant at which it is still due: `sendAt` + `late_by`. */
  readonly lateAt: Instant;
  /** Whether an apply has tried everyone of this zone; only what is due again stays open. */
  readonly closed: boolean;
}

/** What every zone's moment is judged by. */
export interface Timing {
  readonly now: Instant;
  /** The zones that occur in the user data, the workspace's among them. */
  readonly zones: readonly string[];
  readonly workspaceZone: string;
  /** Undefined where there are none or the campaign ignores them. */
  readonly quietHours: QuietHours | undefined;
  /** The clock of the last apply that tried everyone due. */
  readonly triedAt: Instant | null;
  /** The clock of the first apply that saw the campaign: when `at: now` is due. */
  readonly firstSeenAt: Instant | null;
}

export function zoneMoment(
  of: {
    readonly zone: string;
    readonly occurrence: OccurrenceId;
    readonly dueAt: Instant;
    readonly lateByMs: number;
  },
  timing: Timing,
): ZoneMoment {
  const { zone, occurrence, dueAt } = of;
  const quiet = timing.quietHours;
  const sendAt = (quiet && quietUntil(dueAt, zone, quiet)) ?? dueAt;
  return {
    zone,
    occurrence,
    dueAt,
    sendAt,
    lateAt: sendAt + of.lateByMs,
    closed: wasTried(zone, sendAt, timing),
  };
}

/** Whether the moment, not looking at single people, is to be sent now. */
export function isOpen(moment: ZoneMoment, now: Instant): boolean {
  return moment.dueAt <= now && now <= moment.lateAt && !moment.closed;
}

/** An apply that came in the zone's quiet hours put its people off, it did not try them. */
function wasTried(zone: string, sendAt: Instant, timing: Timing): boolean {
  const { triedAt, quietHours } = timing;
  if (triedAt === null || sendAt > triedAt) return false;
  return quietHours === undefined || !isQuiet(triedAt, zone, quietHours);
}
