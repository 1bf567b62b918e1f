// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.

/**
 * ISO 8601 in UTC.
 */
export type Instant = string;

/**
 * What an apply would do, to how many and why. It holds counts, never people.
 */
export interface WrittenPlan {
  /**
   * Name and version of this document's form.
   */
  format: "posthorn.plan/1";
  intent: Intent;
  snapshot: Snapshot;
  /**
   * SHA-256 over the canonical JSON of the two parts.
   */
  digests: {
    /**
     * What `apply --expect` takes.
     */
    intent: string;
    /**
     * Of counts, clock and data.
     */
    snapshot: string;
  };
  /**
   * The plan in four numbers.
   */
  summary: {
    /**
     * Campaigns that would send now.
     */
    campaigns: number;
    /**
     * Messages they would send.
     */
    recipients: number;
    /**
     * Guards that hold; with a base those that the base does not trip too.
     */
    blocked: number;
    /**
     * Warnings.
     */
    warnings: number;
  };
}
/**
 * What was written and approved.
 */
export interface Intent {
  /**
   * The workspace's name.
   */
  workspace: string;
  /**
   * By what a person counts as having agreed to messages.
   */
  consent: {
    /**
     * Column of the user data that has to be true; null: `consent: assumed`, everyone counts as having agreed.
     */
    column: string | null;
    /**
     * Whether what people told the page since then counts too.
     */
    inbound: boolean;
  };
  /**
   * The active campaigns by id.
   */
  campaigns: {
    /**
     * The campaign's id.
     */
    id: string;
    /**
     * Of all that decides who gets which message.
     */
    revision: string;
    /**
     * The `send:` as written.
     */
    send: {
      [k: string]: unknown;
    };
    /**
     * Its written ceiling, else the guard's; null without either.
     */
    max_recipients: number | null;
  }[];
  /**
   * The limits of the workspace as written.
   */
  guards: {
    [k: string]: unknown;
  };
}
/**
 * What data, ledger and clock make of it now.
 */
export interface Snapshot {
  now: Instant;
  /**
   * The commit that was planned.
   */
  git: {
    /**
     * Full commit id; null outside a git checkout.
     */
    head: string | null;
    /**
     * The commit that was compared with.
     */
    base: string | null;
    /**
     * Whether files differ from the commit.
     */
    dirty: boolean;
  };
  /**
   * Every active campaign, in the order it is judged and sent.
   */
  campaigns: Campaign[];
  /**
   * Every guard that was put to this plan.
   */
  guards: Guard[];
  /**
   * What is worth knowing and stops nothing.
   */
  warnings: Warning[];
  /**
   * What lies ahead by today's data; only with `--horizon`.
   */
  horizon?: {
    /**
     * The workspace's, by which days are told.
     */
    timezone: string;
    /**
     * ISO 8601 in UTC.
     */
    until: string;
    /**
     * Every send in order of time.
     */
    sends: {
      /**
       * The campaign's id.
       */
      id: string;
      /**
       * ISO 8601 in UTC.
       */
      at: string;
      /**
       * Whom it would reach.
       */
      people: number;
      /**
       * Whom the frequency cap would keep from it.
       */
      capped: number;
    }[];
    /**
     * Two campaigns that reach the same people on one day, at most 100.
     */
    collisions: {
      /**
       * The day in the workspace's zone.
       */
      date: string;
      /**
       * Their ids.
       */
      campaigns: string[];
      /**
       * Who would get both.
       */
      people: number;
    }[];
    /**
     * Campaigns that events set off, which nobody can foresee.
     */
    by_event: string[];
  };
  /**
   * What the change of files does beside its campaigns; only with a base.
   */
  compared?: {
    /**
     * Campaigns that are active in the base and not any more.
     */
    removed: {
      /**
       * The campaign's id in the base.
       */
      id: string;
      /**
       * deleted: its file is gone. Else its status now.
       */
      because: "deleted" | "draft" | "paused" | "ended";
      /**
       * People in its audience by the base.
       */
      leaving: number;
    }[];
    /**
     * Limits that the change moves; they hold once it is merged.
     */
    guards: Change[];
  };
}
export interface Campaign {
  /**
   * The campaign's id.
   */
  id: string;
  /**
   * send: due now. upcoming: judged as if it were due now; a forecast. none: nothing left to send.
   */
  action: "send" | "upcoming" | "none";
  /**
   * Why the page writes.
   */
  purpose: "transaction" | "support" | "requested_content" | "promotion";
  /**
   * The earliest instant of the judged occurrence; null where there is none.
   */
  due_at: Instant | null;
  /**
   * Occurrences that would be sent: events for `on`, else one.
   */
  occurrences: number;
  /**
   * Earlier cron occurrences that are still due but give way to the latest.
   */
  superseded: number;
  source: Source;
  /**
   * People in the segment; (event, user) pairs for `on`.
   */
  matched: number;
  /**
   * Those left out by no rule: matched less all of left_out.
   */
  eligible: number;
  /**
   * The most that an apply of this plan may send to.
   */
  ceiling: number;
  /**
   * How many the last completed occurrence was sent to; absent before the first one.
   */
  last_eligible?: number;
  /**
   * People by the one reason each is left out for; reasons that hit nobody are absent.
   */
  left_out: {
    [k: string]: number;
  };
  /**
   * What a change of files did to this campaign; only with a base.
   */
  changes?: Change[];
  /**
   * What the change of files is to this campaign; only with a base.
   */
  change?: "added" | "changed" | "renamed" | "none";
  /**
   * Its id in the base; only where the change renames it.
   */
  renamed_from?: string;
  /**
   * People whom the change brings into the audience, on the same data; only with a base.
   */
  entering?: number;
  /**
   * People whom the change takes out of the audience; only with a base.
   */
  leaving?: number;
  /**
   * One message for each variant and locale that somebody would get, sensitive values as •••.
   */
  samples: {
    /**
     * The variant's name; null without variants.
     */
    variant: string | null;
    /**
     * The locale's key; null for the base message.
     */
    locale: string | null;
    /**
     * How many would get this variant in this locale.
     */
    people: number;
    /**
     * The Send API's message object.
     */
    message: {
      [k: string]: unknown;
    };
    /**
     * The same sample by the base; only where the change makes it another one.
     */
    before?: {
      [k: string]: unknown;
    };
  }[];
  /**
   * How long the sends take at the page's rate.
   */
  seconds: number;
  /**
   * Its waves and where they stand; null without a rollout.
   */
  rollout: Rollout | null;
}
/**
 * Where its file begins.
 */
export interface Source {
  /**
   * Path from the workspace's folder.
   */
  file: string;
  /**
   * Counted from 1.
   */
  line: number;
}
/**
 * One value that differs from the base; null where one of the two lacks it.
 */
export interface Change {
  /**
   * Keys with dots.
   */
  path: string;
  /**
   * The value in the base; an empty list or map as `[]` or `{}`.
   */
  before: string | number | boolean | null;
  /**
   * The value now.
   */
  after: string | number | boolean | null;
}
/**
 * A campaign's waves: how many they hold, and where they stand.
 */
export interface Rollout {
  /**
   * Sizes of the waves; null for the last, which takes the rest.
   */
  waves: (number | null)[];
  /**
   * A wave with a greater share stops the rollout; null for no limit.
   */
  stop_if: {
    /**
     * Share of failed and unknown outcomes, from 0 to 1.
     */
    failed: number | null;
    /**
     * Share of people who cannot be reached, from 0 to 1; with it they do not count as failed.
     */
    unavailable: number | null;
  };
  /**
   * Eligible people whom a stop keeps from being sent to.
   */
  held: number;
  /**
   * The occurrences that are judged; empty where they are still to come.
   */
  occurrences: RolloutOccurrence[];
}
/**
 * How the rollout of one occurrence stands.
 */
export interface RolloutOccurrence {
  /**
   * Its id; for `on`, the campaign's revision, over all events.
   */
  occurrence: string;
  /**
   * One entry a wave.
   */
  waves: Wave[];
  /**
   * Why nobody else is sent to; null where it goes on.
   */
  stopped: RolloutStop | null;
}
/**
 * One wave: what was tried in any run, and who is to come.
 */
export interface Wave {
  /**
   * Deliveries with an outcome, an unknown one included.
   */
  tried: number;
  /**
   * The failed among them.
   */
  failed: number;
  /**
   * Those whose outcome nobody knows.
   */
  unknown: number;
  /**
   * The failed whom Meta says cannot be reached.
   */
  unavailable: number;
  /**
   * Eligible people who come in this wave.
   */
  people: number;
}
/**
 * A wave in which too much went wrong.
 */
export interface RolloutStop {
  /**
   * Counted from 1.
   */
  wave: number;
  /**
   * The limit of stop_if that was passed.
   */
  rule: "failed" | "unavailable";
  /**
   * That limit, from 0 to 1.
   */
  limit: number;
  /**
   * The deliveries that the rule counts.
   */
  bad: number;
  /**
   * The deliveries of the wave.
   */
  tried: number;
  /**
   * The lines to paste into the campaign's file to go on.
   */
  accept: string;
}
export interface Guard {
  /**
   * The guard's key in posthorn.yaml.
   */
  rule: "max_recipients" | "max_growth" | "empty_audience";
  /**
   * The campaign it was put to; null for the whole apply.
   */
  campaign: string | null;
  /**
   * The most that passes; the least for empty_audience.
   */
  limit: number;
  /**
   * What the plan comes to.
   */
  actual: number;
  /**
   * accepted: over the limit, but acknowledged in the campaign's file.
   */
  outcome: "pass" | "accepted" | "warn" | "block";
  /**
   * Where the limit is written; null for a default.
   */
  source: Source1 | null;
  /**
   * Whether the base trips it too; only with a base.
   */
  in_base?: boolean;
  /**
   * The lines to paste into the campaign's file to accept it once; null where it passes.
   */
  accept: string | null;
}
/**
 * Where in the workspace it is written.
 */
export interface Source1 {
  /**
   * Path from the workspace's folder.
   */
  file: string;
  /**
   * Counted from 1.
   */
  line: number;
}
export interface Warning {
  /**
   * A code of docs/errors.md.
   */
  code: string;
  /**
   * Fixed words.
   */
  summary: string;
  /**
   * What, why, and what to do.
   */
  detail: string;
  /**
   * Where it stands; null where it has no place.
   */
  source: Source1 | null;
}
