import type { CompiledContent, RenderValues } from "../message/compile-content.ts";
import type { Attribute } from "../model/attribute.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";

/** Somebody to look at a campaign's message as. */
export interface PreviewPerson {
  /** Who it is, in words. */
  readonly name: string;
  /** IANA. */
  readonly zone: string;
  /** Without the constants of `vars:`. */
  readonly values: RenderValues;
  /** Names of values that nobody has. */
  readonly madeUp: ReadonlySet<string>;
  /** The variant and the locale that this user would get; null for nobody in particular. */
  readonly own: { readonly variant: string | null; readonly locale: string | null } | null;
  /**
   * In place of `values`: texts of so many characters, to be as long as every limit lets them be.
   */
  readonly grown?: (characters: number) => RenderValues;
}

/** What a preview is made of. */
export interface PreviewScope {
  readonly workspace: Workspace;
  readonly campaign: Campaign;
  readonly content: CompiledContent;
  /** What its messages use of people and events. */
  readonly attributes: readonly Attribute[];
  readonly now: Instant;
}

/** A PSID is shown to nobody; one as long stands for it. */
export function withoutPsid(values: RenderValues, { users }: Workspace): RenderValues {
  const psid = Object.hasOwn(values, users.psid) ? values[users.psid] : undefined;
  return typeof psid === "string" ? { ...values, [users.psid]: "•".repeat(psid.length) } : values;
}
