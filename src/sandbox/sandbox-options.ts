import type { Instant } from "../model/instant.ts";
import type { Account } from "./account.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { Person } from "./people.ts";
import type { Quota } from "./quota.ts";
import type { Template } from "./templates.ts";
import type { WebhookOptions } from "./webhooks/open-events.ts";

export interface SandboxOptions {
  readonly pageId: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** The only accepted token; absent: any that is not empty. */
  readonly token?: string;
  /** Every call must then carry the right `appsecret_proof`. */
  readonly appSecret?: string;
  /** `development`: only testers can be reached. Absent: live. */
  readonly mode?: "live" | "development";
  /** PSIDs of people with a role on the app. */
  readonly testers?: readonly string[];
  readonly people?: Readonly<Record<string, Person>>;
  readonly templates?: readonly Template[];
  /** What differs from an account with nothing wrong. */
  readonly account?: Partial<Account>;
  /** Only people and templates that were named exist; absent: all do. */
  readonly strict?: boolean;
  readonly faults?: FaultPlan;
  /** How `faults` were written, for the inbox page. */
  readonly faultText?: string;
  /** Above it sends are refused with 613; absent: no limit (Meta's is 300). */
  readonly sendsPerSecond?: number;
  /** Shown in usage headers; above it sends are refused with 80006. */
  readonly quota?: Quota;
  /** Absent: the clock of this machine. */
  readonly now?: () => Instant;
  /** How many of the newest sends and answers can be looked at; absent: 50,000. */
  readonly keep?: number;
  /** Every delivered message is appended here as a line of JSON before its call is answered. */
  readonly logFile?: string;
  /** Where events of the Page go; absent: nowhere. */
  readonly webhook?: WebhookOptions;
}
