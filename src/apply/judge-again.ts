import type { Recipient } from "../audience/recipients.ts";
import { MESSAGING_WINDOW_MS } from "../audience/verdict-sql.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Reason } from "../model/delivery.ts";
import { type Instant, MINUTE_MS } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import { isQuiet } from "../schedule/quiet-hours.ts";

/**
 * What time has done to the recipients since the audience was resolved: a run that takes hours must
 * not write to people whose window closed or whose night began meanwhile.
 */
export class JudgeAgain {
  readonly #campaign: Campaign;
  readonly #workspace: Workspace;
  /** Whether a zone is quiet in the minute that is being judged. */
  readonly #quietZones = new Map<string, boolean>();
  #minute = Number.NaN;

  constructor(campaign: Campaign, workspace: Workspace) {
    this.#campaign = campaign;
    this.#workspace = workspace;
  }

  /** Why the recipient is left out now; null: still to be sent to. */
  judge(recipient: Recipient, now: Instant): Reason | null {
    if (this.#isQuiet(recipient.zone, now)) return "quiet_hours";
    if (this.#campaign.messaging === "UTILITY") return null;
    const lastInboundAt = recipient.lastInboundAt ?? Number.NEGATIVE_INFINITY;
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
