import type { Instant } from "../model/instant.ts";
import { type Account, SOUND_ACCOUNT } from "./account.ts";
import { type FaultPlan, NO_FAULTS } from "./fault-plan.ts";
import { Faults } from "./faults.ts";
import { LiveStream } from "./inbox/live-stream.ts";
import { Outbox } from "./outbox.ts";
import { People } from "./people.ts";
import { CallQuota } from "./quota.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { SecondLimit } from "./second-limit.ts";
import { Templates } from "./templates.ts";
import { Threads } from "./threads.ts";
import { type Events, openEvents } from "./webhooks/open-events.ts";

/** Meta's limit on the Conversations API (messenger-platform.md section 5). */
const CONVERSATION_CALLS_PER_SECOND = 2;
const KEPT_ENTRIES = 50_000;

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
  readonly threads: Threads;
  /** The Page's webhook; absent where events go nowhere. */
  readonly events: Events | undefined;
  readonly templates: Templates;
  readonly sendLimit: SecondLimit | undefined;
  readonly conversationLimit: SecondLimit;
  readonly quota: CallQuota | undefined;
  /** Every open inbox page. */
  readonly live: LiveStream;
  account: Account;
  /** As they were written. */
  faultText: string;
  faults: Faults;
  /** The token was revoked: nothing works any more. */
  revoked: boolean;
  /** Meta restricted the Page: nothing can be sent. */
  restricted: boolean;
}

export function openWorld(options: SandboxOptions): World {
  const { sendsPerSecond, quota, pageId, webhook } = options;
  const now = options.now ?? Date.now;
  const faults = options.faults ?? NO_FAULTS;
  const live = new LiveStream();
  return {
    pageId,
    token: options.token,
    appSecret: options.appSecret,
    mode: options.mode ?? "live",
    testers: new Set(options.testers),
    now,
    people: new People(options.strict ?? false, options.people ?? {}),
    outbox: new Outbox(options.logFile),
    threads: new Threads(options.keep ?? KEPT_ENTRIES, (psid) => live.changed(psid)),
    live,
    events: webhook && openEvents(webhook, { pageId, now, faults }),
    templates: new Templates(options.strict ?? false, options.templates ?? []),
    sendLimit: sendsPerSecond === undefined ? undefined : new SecondLimit(sendsPerSecond),
    conversationLimit: new SecondLimit(CONVERSATION_CALLS_PER_SECOND),
    quota: quota === undefined ? undefined : new CallQuota(quota),
    account: { ...SOUND_ACCOUNT, ...options.account },
    faultText: options.faultText ?? "",
    faults: new Faults(faults),
    revoked: false,
    restricted: false,
  };
}

/** Replaces the faults and undoes what earlier ones left behind. */
export function setFaults(world: World, plan: FaultPlan, text: string): void {
  world.faultText = text;
  world.faults = new Faults(plan);
  world.events?.stream.setFaults(plan);
  world.revoked = false;
  world.restricted = false;
}

export function closeWorld({ events, outbox, live }: World): void {
  live.close();
  events?.close();
  outbox.close();
}
