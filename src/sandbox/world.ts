import type { Instant } from "../model/instant.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { Faults } from "./faults.ts";
import { Outbox } from "./outbox.ts";
import { People } from "./people.ts";
import { CallQuota } from "./quota.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { SecondLimit } from "./second-limit.ts";
import { Templates } from "./templates.ts";

/** Meta's limit on the Conversations API (messenger-platform.md section 5). */
const CONVERSATION_CALLS_PER_SECOND = 2;
const KEPT_MESSAGES = 100_000;

/** All that the sandbox remembers; every endpoint reads and changes this one. */
export interface World {
  readonly pageId: string;
  readonly token: string | undefined;
  readonly appSecret: string | undefined;
  readonly mode: "live" | "development";
  readonly testers: ReadonlySet<string>;
  readonly now: () => Instant;
  readonly people: People;
  readonly outbox: Outbox;
  readonly templates: Templates;
  readonly sendLimit: SecondLimit | undefined;
  readonly conversationLimit: SecondLimit;
  readonly quota: CallQuota | undefined;
  faults: Faults;
  /** The token was revoked: nothing works any more. */
  revoked: boolean;
  /** Meta restricted the Page: nothing can be sent. */
  restricted: boolean;
}

export function openWorld(options: SandboxOptions): World {
  const { sendsPerSecond, quota } = options;
  return {
    pageId: options.pageId,
    token: options.token,
    appSecret: options.appSecret,
    mode: options.mode ?? "live",
    testers: new Set(options.testers),
    now: options.now ?? Date.now,
    people: new People(options.strict ?? false, options.people ?? {}),
    outbox: new Outbox(options.keep ?? KEPT_MESSAGES, options.logFile),
    templates: new Templates(options.strict ?? false, options.templates ?? []),
    sendLimit: sendsPerSecond === undefined ? undefined : new SecondLimit(sendsPerSecond),
    conversationLimit: new SecondLimit(CONVERSATION_CALLS_PER_SECOND),
    quota: quota === undefined ? undefined : new CallQuota(quota),
    faults: new Faults(options.faults ?? { seed: 0, rules: [] }),
    revoked: false,
    restricted: false,
  };
}

/** Replaces the faults and undoes what earlier ones left behind. */
export function setFaults(world: World, plan: FaultPlan): void {
  world.faults = new Faults(plan);
  world.revoked = false;
  world.restricted = false;
}
