// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonValue } from "../json.ts";

export type Patch = Record<string, JsonValue>;
/**
 * A value as the user data has it: timestamps in ISO 8601, missing as null.
 */
export type Value = (string | number | boolean | null) | string[];

/**
 * campaigns/** /*.yaml: one message for one segment, with a rule of when. Its id is the path without campaigns/ and .yaml.
 */
export interface WrittenCampaign {
  /**
   * What it is for, in a sentence: reviewers and plans show it.
   */
  description?: string;
  /**
   * Only active campaigns are sent.
   */
  status: "draft" | "active" | "paused" | "ended";
  /**
   * Former id of a renamed campaign, which so keeps its history; or a list of them, the oldest first.
   */
  was?: string | string[];
  /**
   * Who gets it: the path of a file in segments/ without .yaml, or everyone. Instead of where.
   */
  segment?: string;
  /**
   * Who gets it, as a condition of its own. Instead of segment.
   */
  where?: JsonValue;
  /**
   * When it is sent: at one moment, every so often, or on an event.
   */
  send:
    | {
        /**
         * Local time YYYY-MM-DDTHH:MM in the time zone beside it, an instant with Z or an offset, or now: the first apply that sees it.
         */
        at: string;
        /**
         * IANA time zone of the written time, or user for each person's own. Without it: the workspace's.
         */
        timezone?: string;
        /**
         * How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.
         */
        late_by?: string;
      }
    | {
        /**
         * Five cron fields: minute, hour, day of month, month, day of week.
         */
        every: string;
        /**
         * IANA time zone of the written time, or user for each person's own. Without it: the workspace's.
         */
        timezone?: string;
        /**
         * First local day, included.
         */
        from?: string;
        /**
         * Last local day, included.
         */
        until?: string;
        /**
         * How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.
         */
        late_by?: string;
      }
    | {
        /**
         * Name of the event that sets it off.
         */
        on: string;
        /**
         * Conditions on the properties of that event.
         */
        where?: JsonValue;
        /**
         * How long after the event it is due. Without it: at once.
         */
        delay?: string;
        /**
         * How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.
         */
        late_by?: string;
      };
  /**
   * How often one person gets it: once (default for at), every_occurrence (default for every and on), or again after a while.
   */
  repeat?:
    | ("once" | "every_occurrence")
    | {
        /**
         * At the earliest this long after the last send to that person.
         */
        after: string;
      };
  /**
   * Higher goes first when caps bite.
   */
  priority?: number;
  /**
   * Why it is sent. Meta forbids promotion outside the 24 hour window.
   */
  purpose: "transaction" | "support" | "requested_content" | "promotion";
  /**
   * Messaging type. UPDATE and RESPONSE need an open 24 hour window, RESPONSE only with on; UTILITY needs message.template and ignores the window.
   */
  messaging?: "RESPONSE" | "UPDATE" | "UTILITY";
  /**
   * The Send API's message object, with mustache in its strings. metadata is reserved.
   */
  message: Record<string, JsonValue>;
  locales?: Locales;
  /**
   * Shares of the people who get different messages, by name.
   */
  variants?: {
    [k: string]: Variant;
  };
  /**
   * Push notification: sound and screen, screen only, or none.
   */
  notification?: "REGULAR" | "SILENT_PUSH" | "NO_PUSH";
  /**
   * Id of a persona, in quotes: digits.
   */
  persona?: string;
  /**
   * Share of the people, by chance, who get nothing, for comparison.
   */
  holdout?: string;
  /**
   * Values for missing attributes, by name; event.x for a property of the event.
   */
  fallbacks?: {
    /**
     * The value that stands in.
     */
    [k: string]: string | number | boolean;
  };
  /**
   * What a missing value without fallback does: skip leaves the person out, blank prints nothing.
   */
  on_missing?: "skip" | "blank";
  /**
   * Written ceiling of this campaign. Without it: the guard's.
   */
  max_recipients?: number;
  /**
   * How it stands to the workspace's frequency cap.
   */
  frequency_cap?: {
    /**
     * Whether the cap holds it back.
     */
    obey?: boolean;
    /**
     * Whether its sends count for the cap of other campaigns.
     */
    counts?: boolean;
  };
  /**
   * Whether the workspace's quiet hours hold it back.
   */
  quiet_hours?: "obey" | "ignore";
  /**
   * Sends in waves, and stops when too much goes wrong.
   */
  rollout?: {
    /**
     * Sizes of the waves; the last one is rest.
     *
     * @minItems 1
     *
     * Items: Number of people, or rest.
     */
    waves: (number | "rest")[];
    /**
     * Stops after a wave in which a share is above its limit.
     */
    stop_if?: {
      /**
       * Share of failed sends of a wave, unavailable people not counted.
       */
      failed?: string;
      /**
       * Share of people whom Meta calls unavailable.
       */
      unavailable?: string;
    };
  };
  /**
   * Limits that are knowingly passed, with a reason.
   */
  acknowledge?: Acknowledgement[];
  /**
   * Examples that validate judges: who gets which message, and who none.
   */
  tests?: Test[];
}
/**
 * What is different by locale: merge patches (RFC 7396) over message. de_DE falls back to de, then to message.
 */
export interface Locales {
  [k: string]: Patch;
}
/**
 * A share of the people, and what is different for them.
 */
export interface Variant {
  /**
   * Its share, in proportion to the weights of all variants.
   */
  weight: number;
  /**
   * What is different: a merge patch (RFC 7396) over the campaign's message. Without it: that message as it is.
   */
  message?: Record<string, JsonValue>;
  locales?: Locales1;
}
/**
 * What is different by locale, over this variant's message.
 */
export interface Locales1 {
  [k: string]: Patch;
}
/**
 * One limit that is knowingly passed.
 */
export interface Acknowledgement {
  /**
   * The guard: max_recipients raises the limit of applies that send this campaign; rollout carries occurrence instead of limit.
   */
  rule: "max_recipients" | "max_growth" | "empty_audience" | "rollout";
  /**
   * The new limit: a count for max_recipients, a percentage for max_growth.
   */
  limit?: number | string;
  /**
   * For rollout: id of the occurrence whose stop is lifted.
   */
  occurrence?: string;
  /**
   * Last local day on which it holds, included.
   */
  until?: string;
  /**
   * The reason, for reviewers and plans.
   */
  because: string;
}
/**
 * A person, and what the campaign does for them.
 */
export interface Test {
  /**
   * What the test shows, as a sentence. Unique in the file.
   */
  name: string;
  /**
   * Attributes of the person, by name. PSID, consent and an open window are given unless named here.
   */
  user?: {
    [k: string]: Value;
  };
  /**
   * Events of that person.
   */
  events?: TestEvent[];
  event?: TestEvent1;
  /**
   * Earlier sends to this person.
   *
   * Items: An earlier send.
   */
  sent?: {
    /**
     * Id of the campaign. Without it: this one.
     */
    campaign?: string;
    /**
     * When it was sent.
     */
    at: string;
  }[];
  /**
   * The moment at which the test looks. Without it: 2026-01-01T12:00:00Z.
   */
  at?: string;
  /**
   * What must come out.
   */
  expect: {
    /**
     * send, not_in_segment, or the reason for which the person is left out.
     */
    outcome:
      | "send"
      | "not_in_segment"
      | "no_psid"
      | "no_consent"
      | "not_tester"
      | "holdout"
      | "already_sent"
      | "already_failed"
      | "unresolved"
      | "unreachable"
      | "late"
      | "not_due"
      | "quiet_hours"
      | "outside_window"
      | "frequency_cap"
      | "missing_value"
      | "invalid_message";
    /**
     * The whole message as rendered, without metadata.
     */
    message?: {
      [k: string]: unknown;
    };
  };
}
/**
 * An event: its name, when it was, and its properties.
 */
export interface TestEvent {
  /**
   * Name of the event.
   */
  event: string;
  /**
   * When it happened. Without it: the test's own at.
   */
  at?: string;
  [k: string]: Value | string | undefined;
}
/**
 * An event: its name, when it was, and its properties.
 */
export interface TestEvent1 {
  /**
   * Name of the event.
   */
  event: string;
  /**
   * When it happened. Without it: the test's own at.
   */
  at?: string;
  [k: string]: Value | string | undefined;
}
