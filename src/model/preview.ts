import type { CampaignId } from "./campaign.ts";
import type { JsonObject } from "./json.ts";

/** How a campaign's message looks to some people; may hold what is known of a real person. */
export interface Preview {
  readonly format: "posthorn.preview/1";
  readonly workspace: string;
  readonly campaign: CampaignId;
  readonly description: string;
  readonly source: { readonly file: string; readonly line: number };
  /** In file order. */
  readonly versions: readonly PreviewVersion[];
}

/** What a variant says in a locale. */
export interface PreviewVersion {
  /** Null where the campaign has no variants. */
  readonly variant: string | null;
  /** Null: the base text. */
  readonly locale: string | null;
  readonly sights: readonly Sight[];
}

/** One version as one person would see it. */
export interface Sight {
  /** Who it is, in words. */
  readonly person: string;
  /** Whether it is the version that this very user would get. */
  readonly isOwn: boolean;
  readonly outcome: "message" | "missing_value" | "invalid_message";
  /** Why there is none, in sentences; empty for a message. */
  readonly because: readonly string[];
  /** As it comes out, also where it must not be sent. */
  readonly message: JsonObject;
  readonly values: readonly SightValue[];
  readonly meters: readonly Meter[];
}

/** A value that the version uses. */
export interface SightValue {
  readonly name: string;
  /** As it is printed; null where nothing is. */
  readonly value: string | null;
  /** `fallback`: it stands in for a missing one; `made_up`: for none that is known. */
  readonly from: "person" | "made_up" | "fallback" | "nothing";
}

/** How much of one of Meta's limits is used. */
export interface Meter {
  /** `quick_replies[0].title` */
  readonly path: string;
  readonly used: number;
  readonly limit: number;
  /** Characters are UTF-16 units, as Meta counts them. */
  readonly counts: "characters" | "entries";
}
