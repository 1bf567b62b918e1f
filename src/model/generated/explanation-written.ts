// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.

/**
 * A value: one, or a list of texts.
 */
export type Looked = string | number | boolean | string[] | null;

/**
 * Why one person gets a campaign's message or does not. It is about a person: keep it among those who may see their data.
 */
export interface WrittenExplanation {
  /**
   * Name and version of this document's form.
   */
  format: "posthorn.explanation/1";
  /**
   * The workspace's name.
   */
  workspace: string;
  /**
   * The instant that everything is judged by.
   */
  now: string;
  /**
   * The user's id, as it was asked for.
   */
  user: string;
  campaign: Campaign;
  /**
   * The occurrence that is judged: for `on:` an event's id; null where there is none.
   */
  occurrence: string | null;
  /**
   * When that is due for the person, by the schedule alone; null where it never is.
   */
  due_at: string | null;
  /**
   * send, or why not: not_in_segment, a reason of the rules, not_active (the campaign's status), no_occurrence (its schedule is over), no_event (`on:`, and the person has none).
   */
  verdict:
    | "send"
    | "not_in_segment"
    | "not_active"
    | "no_occurrence"
    | "no_event"
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
  where: Condition;
  /**
   * For `on:` with a where: what it asks of the event; else null.
   */
  trigger: Condition1 | null;
  /**
   * The rules in the order of judgement, whether or not the person is in the segment.
   */
  rules: Rule[];
  /**
   * The message as the person would get it; null where no event could be judged.
   */
  message: Message | null;
  /**
   * What else stands in the way or is worth knowing, in sentences.
   */
  notes: string[];
}
/**
 * The campaign as its file has it now.
 */
export interface Campaign {
  /**
   * Its id.
   */
  id: string;
  /**
   * Digest of what decides who gets which message.
   */
  revision: string;
  /**
   * As its file says.
   */
  status: "draft" | "active" | "paused" | "ended";
  /**
   * What its schedule has: send (something is due now), upcoming (judged as if the next occurrence were due), none (over, or a rollout is stopped).
   */
  action: "send" | "upcoming" | "none";
  source: Source;
}
/**
 * The campaign's file.
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
 * The campaign's segment, or its own where.
 */
export interface Condition {
  /**
   * The condition on one line; for a group the word all, any or not.
   */
  condition: string;
  /**
   * Whether it holds for the person; null for what is asked of single events.
   */
  holds: boolean | null;
  /**
   * The person's value: of an attribute, the chance of a sample, a number of events. Null where it is missing and for groups; a PSID is masked.
   */
  value: string | number | boolean | (string | null)[] | null;
  /**
   * The value in words; null where there is nothing to say.
   */
  words: string | null;
  source: Source1;
  /**
   * The conditions in it: a group's members, what a segment asks, what is asked of an event.
   */
  of: Condition1[];
}
/**
 * The place of the condition.
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
/**
 * A condition with all that is in it.
 */
export interface Condition1 {
  /**
   * The condition on one line; for a group the word all, any or not.
   */
  condition: string;
  /**
   * Whether it holds for the person; null for what is asked of single events.
   */
  holds: boolean | null;
  /**
   * The person's value: of an attribute, the chance of a sample, a number of events. Null where it is missing and for groups; a PSID is masked.
   */
  value: string | number | boolean | (string | null)[] | null;
  /**
   * The value in words; null where there is nothing to say.
   */
  words: string | null;
  source: Source1;
  /**
   * The conditions in it: a group's members, what a segment asks, what is asked of an event.
   */
  of: Condition1[];
}
/**
 * A rule of eligibility.
 */
export interface Rule {
  /**
   * The reason that the rule gives when it holds.
   */
  rule:
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
   * Whether it leaves the person out. The first that does is the verdict.
   */
  outcome: "passes" | "leaves_out" | "does_not_apply";
  /**
   * What it looked at, in words.
   */
  words: string;
  /**
   * The values that it looked at.
   */
  looked_at: {
    [k: string]: Looked;
  };
}
/**
 * A rendered message, or why there is none.
 */
export interface Message {
  /**
   * The variant's name; null without variants.
   */
  variant: string | null;
  /**
   * The locale's key; null for the base message.
   */
  locale: string | null;
  /**
   * The Send API's message object, a PSID in it masked; null where there is none.
   */
  message: {
    [k: string]: unknown;
  } | null;
  /**
   * The variables without a value.
   */
  missing: string[];
  /**
   * What Meta would refuse, in sentences.
   */
  faults: string[];
}
