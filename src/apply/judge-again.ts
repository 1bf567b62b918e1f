import type { Recipient } from "../audience/recipients.ts";
import type { UserNow } from "../audience/users-now.ts";
import { MESSAGING_WINDOW_MS } from "../audience/verdict-sql.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Outcome, Reason } from "../model/delivery.ts";
import { type Instant, MINUTE_MS } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import { isQuiet } from "../schedule/quiet-hours.ts";

/**
 * Somebody who waits for the message, and what the user data says of them if it was read anew. The
 * message is no part of it: some thousands are remembered, and that would keep all their messages.
 */
export interface Waiting
  extends Pick<Recipient, "userId" | "psid" | "lastInboundAt" | "lateAt" | "zone"> {
  /** Undefined: as at the start; null: the data does not know them any more. May change. */
  userNow: UserNow | null | undefined;
}

/**
 * What time has done to the recipients since the audience was resolved: a run that takes hours must
 * not write to people whose window closed, whose night began, who took their consent back or whom
 * Meta called unreachable meanwhile. Caps need no second look: the ledger is read anew before each
 * campaign, and within one the past can only slide out of a cap.
 */
export class JudgeAgain {
  readonly #campaign: Campaign;
  readonly #workspace: Workspace;
  /** Whether a zone is quiet in the minute that is being judged. */
  readonly #quietZones = new Map<string, boolean>();
  #minute = Number.NaN;
  /** PSIDs that Meta called unreachable in this run. */
  readonly #unreachable = new Set<string>();

  constructor(campaign: Campaign, workspace: Workspace) {
    this.#campaign = campaign;
    this.#workspace = workspace;
  }

  /** Takes note of an answer: only `on:` may have another message for the same person. */
  see(psid: string, outcome: Outcome): void {
    if (this.#campaign.send.kind !== "on" || outcome.status !== "failed") return;
    if (outcome.errorClass === "user_unavailable") this.#unreachable.add(psid);
  }

  /** Why somebody is left out now; null: still to be sent to. In the order of SPEC section 5. */
  judge(waiting: Waiting, now: Instant): Reason | null {
    const { userNow } = waiting;
    if (userNow === null || userNow?.consent === false) return "no_consent";
    if (this.#unreachable.has(waiting.psid)) return "unreachable";
    if (now > waiting.lateAt) return "late";
    if (this.#isQuiet(waiting.zone, now)) return "quiet_hours";
    if (this.#campaign.messaging === "UTILITY") return null;
    const inbound = userNow === undefined ? waiting.lastInboundAt : userNow.lastInboundAt;
    const lastInboundAt = inbound ?? Number.NEGATIVE_INFINITY;
    const closesAt = lastInboundAt + MESSAGING_WINDOW_MS - this.#workspace.page.windowMarginMs;
    return now <= closesAt ? null : "outside_window";
  }

  /** Quiet hours begin and end on full minutes, so one look a minute and zone is enough. */
  #isQuiet(zone: string, now: Instant): boolean {
    const { quietHours } = this.#workspace.guards;
    if (quietHours === undefined || this.#campaign.quietHours === "ignore") return false;
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) this.#quietZones.clear();
    this.#minute = minute;
    const known = this.#quietZones.get(zone);
    if (known !== undefined) return known;
    const quiet = isQuiet(now, zone, quietHours);
    this.#quietZones.set(zone, quiet);
    return quiet;
  }
}
