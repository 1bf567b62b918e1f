import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { Attributes } from "./attribute.ts";
import type { Campaign, Segment, SegmentId } from "./campaign.ts";

/** A folder with `posthorn.yaml`, read and checked: what the rest of the program works on. */
export interface Workspace {
  readonly id: string;
  /** Absolute path of the folder. */
  readonly root: string;
  /** IANA zone. */
  readonly timezone: string;
  readonly page: Page;
  readonly graph: Graph;
  readonly users: UserSource;
  readonly people: PeopleRules;
  readonly events: EventSource | undefined;
  /** Constants for messages. */
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  readonly state: StateLocation;
  readonly guards: Guards;
  readonly segments: ReadonlyMap<SegmentId, Segment>;
  /** By id. */
  readonly campaigns: readonly Campaign[];
  /** Things worth saying that stop nothing. */
  readonly warnings: readonly Diagnostic[];
}

/** The name of the environment variable that holds a secret; never the secret. */
export interface SecretName {
  readonly env: string;
}

export interface Page {
  readonly id: string;
  readonly accessToken: SecretName;
  readonly appSecret: SecretName | undefined;
  /** By which Meta proves itself when it subscribes to the webhook. */
  readonly verifyToken: SecretName | undefined;
  readonly mode: "live" | "development";
  /** PSIDs by the testers' names. */
  readonly testers: Readonly<Record<string, string>>;
  readonly rate: { readonly perSecond: number } | "unlimited";
  readonly windowMarginMs: number;
}

export interface Graph {
  /** `https://graph.facebook.com` or a loopback address. */
  readonly url: string;
  readonly version: string;
  readonly timeoutMs: number;
}

/** A file or glob to read. `pattern` is absolute, or relative to the workspace's root. */
export interface SourceFiles {
  readonly pattern: string;
  readonly format: "json" | "ndjson" | "csv" | "parquet";
  /** Set where the value came from a `${NAME}`, which alone may point outside the workspace. */
  readonly fromEnv: boolean;
  readonly at: Place;
}

/** The columns with a meaning of their own are attributes too, under their column's name. */
export interface UserSource {
  readonly files: SourceFiles;
  readonly id: string;
  readonly psid: string;
  readonly lastInbound: string | undefined;
  /** `assumed`: everyone counts as having agreed, and every plan says so. */
  readonly consent: { readonly column: string } | "assumed";
  /** The column that says since when consent is as it is. */
  readonly consentAt: string | undefined;
  /** The folder of what people told the page; absolute, or relative to the workspace's root. */
  readonly inbound: string | undefined;
  readonly timezone: string | undefined;
  readonly locale: string | undefined;
  readonly maxAgeMs: number | undefined;
  /** All that a segment or a message may name, special columns included. */
  readonly attributes: Attributes;
}

/** What the page makes of what people write to it. */
export interface PeopleRules {
  readonly optIn: ConsentSigns;
  readonly optOut: ConsentSigns;
  /** Each identifier at most once. */
  readonly join: readonly JoinRule[];
}

/** By what a person gives or takes back their consent. */
export interface ConsentSigns {
  /** Whole messages; undefined: those that Posthorn knows. */
  readonly words: readonly string[] | undefined;
  readonly payloads: readonly string[];
}

/** By what an event tells whose PSID it bears. */
export type Identifier = "ref" | "payload" | "email" | "phone";

/** Whose PSID a new one is: the user's whose attribute is the identifier without the prefix. */
export interface JoinRule {
  readonly identifier: Identifier;
  readonly attribute: string;
  readonly prefix: string;
}

export interface EventSource {
  readonly files: SourceFiles;
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly at: string;
  /** Properties that `where:` and `event.*` may name; special columns included. */
  readonly properties: Attributes;
}

export type StateLocation =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "git"; readonly branch: string };

export interface Guards {
  readonly maxRecipients: { readonly limit: number; readonly at: Place } | undefined;
  readonly maxGrowth:
    | { readonly percent: number; readonly atLeast: number; readonly at: Place }
    | undefined;
  readonly emptyAudience: "block" | "warn" | "ignore";
  readonly frequencyCap: { readonly max: number; readonly periodMs: number } | undefined;
  /** Local times of day in minutes from midnight; `from` included, `to` not. */
  readonly quietHours: { readonly fromMinute: number; readonly toMinute: number } | undefined;
}

/** The name a message uses for an attribute, a constant or an event's property. */
export type Variables = Attributes;
