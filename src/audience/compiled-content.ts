import { type CompiledContent, compileContent } from "../message/compile-content.ts";
import type { Campaign } from "../model/campaign.ts";
import { variablesOf } from "../model/variables.ts";
import type { Workspace } from "../model/workspace.ts";

const compiled = new WeakMap<Campaign, CompiledContent>();

/** A campaign's content made ready for many people, once for each campaign. */
export function compiledContent(campaign: Campaign, workspace: Workspace): CompiledContent {
  const known = compiled.get(campaign);
  if (known !== undefined) return known;
  const variables = variablesOf(workspace, campaign.send.kind === "on");
  const content = compileContent(campaign.content, variables);
  compiled.set(campaign, content);
  return content;
}
