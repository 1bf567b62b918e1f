import type { Place } from "../diag/diagnostic.ts";
import type { Values } from "./attribute.ts";
import type { Condition } from "./condition.ts";
import type { Instant } from "./instant.ts";
import type { JsonObject, JsonPath, JsonValue } from "./json.ts";

export type CampaignId = string;
export type SegmentId = string;

export type CampaignStatus = "draft" | "active" | "paused" | "ended";
export type Purpose = "transaction" | "support" | "requested_content" | "promotion";
export type MessagingType = "RESPONSE" | "UPDATE" | "UTILITY";
export type NotificationType = "REGULAR" | "SILENT_PUSH" | "NO_PUSH";

/** A segment as the program sees it. */
export interface Segment {
  readonly id: SegmentId;
  readonly description: string;
  readonly where: Condition;
  /** The condition as it was typed. */
  readonly written: JsonValue;
  readonly tests: readonly SegmentTest[];
  readonly at: Place;
}

/** A campaign as the program sees it: nothing optional that has a default, units fixed. */
export interface Campaign {
  readonly id: CampaignId;
  /** The first id of the `was:` chain, else its own: what history and chance go by. */
  readonly rootId: CampaignId;
  readonly description: string;
  readonly status: CampaignStatus;
  /** The segment it names; undefined where it carries its own `where:`. */
  readonly segmentId: SegmentId | undefined;
  readonly where: Condition;
  readonly send: Send;
  readonly repeat: Repeat;
  /** Higher goes first. */
  readonly priority: number;
  readonly purpose: Purpose;
  readonly messaging: MessagingType;
  readonly notification: NotificationType;
  readonly personaId: string | undefined;
  readonly content: Content;
  /** Share of people, 0 to 1, who get nothing, for comparison. */
  readonly holdout: number;
  /** Undefined: the guard's. */
  readonly maxRecipients: number | undefined;
  readonly frequencyCap: { readonly obey: boolean; readonly counts: boolean };
  readonly quietHours: "obey" | "ignore";
  readonly rollout: Rollout | undefined;
  readonly acknowledge: readonly Acknowledgement[];
  readonly tests: readonly CampaignTest[];
  /** SHA-256 over what decides who gets which message: `sha256:` and 64 hex digits. */
  readonly revision: string;
  /** As it was typed: what plans quote and compare. */
  readonly written: JsonObject;
  readonly at: Place;
}

/** What is said, before variants and locales are applied. */
export interface Content {
  readonly message: JsonObject;
  /** RFC 7396 patches by locale. */
  readonly locales: ReadonlyMap<string, JsonObject>;
  /** In file order; empty where the campaign has none. */
  readonly variants: readonly Variant[];
  /** Values for missing attributes, by name (`event.x` for event properties). */
  readonly fallbacks: Values;
  readonly onMissing: "skip" | "blank";
}

export interface Variant {
  readonly name: string;
  readonly weight: number;
  /** RFC 7396 patch over the campaign's message; undefined: that message as it is. */
  readonly message: JsonObject | undefined;
  readonly locales: ReadonlyMap<string, JsonObject>;
}

/** Local time as written, `2026-12-01T10:00` or with seconds; its zone stands beside it. */
export type WallTime = string;

/** An IANA zone, or each person's own. */
export type SendZone = { readonly kind: "zone"; readonly zone: string } | { readonly kind: "user" };

export type Send =
  /** `at: now`: the first apply that sees it. */
  | { readonly kind: "now"; readonly lateByMs: number }
  | {
      readonly kind: "at";
      readonly at: { readonly instant: Instant } | { readonly wall: WallTime };
      readonly zone: SendZone;
      readonly lateByMs: number;
    }
  | {
      readonly kind: "every";
      /** Five cron fields. */
      readonly cron: string;
      readonly zone: SendZone;
      /** Local dates, both included. */
      readonly from: string | undefined;
      readonly until: string | undefined;
      /** Undefined: the shorter of the period and 24 h. */
      readonly lateByMs: number | undefined;
    }
  | {
      readonly kind: "on";
      readonly event: string;
      readonly where: Condition | undefined;
      readonly delayMs: number;
      readonly lateByMs: number;
    };

export type Repeat =
  | { readonly kind: "once" }
  | { readonly kind: "every_occurrence" }
  | { readonly kind: "after"; readonly periodMs: number };

export interface Rollout {
  /** Sizes of the waves but the last, which takes the rest. */
  readonly waves: readonly (number | "rest")[];
  /** Shares from 0 to 1; strictly above stops. */
  readonly stopIf: { readonly failed?: number; readonly unavailable?: number };
}

export interface Acknowledgement {
  readonly rule: "max_recipients" | "max_growth" | "empty_audience" | "rollout";
  /** As written: a count, or a percentage for `max_growth`. */
  readonly limit: number | { readonly percent: number } | undefined;
  readonly occurrence: string | undefined;
  /** Local date, included. */
  readonly until: string | undefined;
  readonly because: string;
  readonly at: Place;
}

interface TestGiven {
  readonly name: string;
  readonly user: Values;
  readonly events: readonly Values[];
  readonly now: Instant;
  /** The place of a part of `expect`, or of what holds it where it is not there. */
  expectedAt(path: JsonPath): Place;
}

export interface SegmentTest extends TestGiven {
  readonly expect: "in" | "out";
}

export interface CampaignTest extends TestGiven {
  /** The event that sets off an `on:` campaign. */
  readonly event: Values | undefined;
  /** Earlier sends to this person. */
  readonly sent: readonly { readonly campaign: CampaignId; readonly sentAt: Instant }[];
  readonly expect: {
    readonly outcome: string;
    /** The whole rendered message, `metadata` left out; undefined: not looked at. */
    readonly message: JsonObject | undefined;
  };
}
