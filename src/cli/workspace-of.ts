import { REFERENCE } from "../config/env-reference.ts";
import { readWorkspace } from "../config/read-workspace.ts";
import { ENV_MISSING } from "../config/source-path.ts";
import { Stop } from "../diag/errors.ts";
import { didYouMean } from "../diag/nearest.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Workspace } from "../model/workspace.ts";
import { type Call, usage } from "./options.ts";

/**
 * The workspace of a call; `files alone`: its user data may be unknown. Throws Stop `invalid` with
 * every fault of its files.
 */
export async function workspaceOf(
  { options, surroundings }: Call,
  needs: "with users" | "files alone" = "with users",
): Promise<Workspace> {
  const files = await surroundings.workspaceFiles(options.folder);
  const { workspace, diagnostics } = readWorkspace(files, surroundings.env);
  if (workspace === undefined) {
    throw new Stop("invalid", "The workspace is not valid; nothing was done.", diagnostics);
  }
  const unset = diagnostics.filter(({ code }) => code === ENV_MISSING);
  if (unset.length > 0 && needs === "with users") {
    const faults = unset.map((one) => ({ ...one, severity: "error" as const }));
    throw new Stop("invalid", "The user data is not known; nothing was done.", faults);
  }
  return workspace;
}

/**
 * The workspace by `posthorn.yaml` alone: who must stop an apply must not first mend a campaign. It
 * has no campaigns and no segments. Throws Stop `invalid` with the faults of that file.
 */
export async function settingsOf({ options, surroundings }: Call): Promise<Workspace> {
  const files = await surroundings.workspaceFiles(options.folder);
  const alone = { ...files, list: () => [] };
  const { workspace, diagnostics } = readWorkspace(alone, surroundings.env);
  if (workspace !== undefined) return workspace;
  const faults = diagnostics.filter(({ severity }) => severity === "error");
  throw new Stop("invalid", "posthorn.yaml is not valid; nothing was done.", faults);
}

/**
 * The same for who keeps what people tell the page. Throws Stop `invalid` too where `users.inbound`
 * names a variable that is not set: no plan would read the folder.
 */
export async function inboundSettingsOf(call: Call): Promise<Workspace> {
  const workspace = await settingsOf(call);
  const unset = REFERENCE.exec(workspace.users.inbound ?? "")?.[1];
  if (unset === undefined) return workspace;
  throw new Stop(
    "invalid",
    `users.inbound names ${unset}, and that environment variable is not set. Set it to the ` +
      "folder of what people tell the page. Nothing was done.",
  );
}

/** Throws Stop `usage` for an id that no file declares. */
export function campaignOf(workspace: Workspace, id: string): Campaign {
  const campaign = workspace.campaigns.find((one) => one.id === id);
  if (campaign !== undefined) return campaign;
  const known = workspace.campaigns.map((one) => one.id);
  // What completion in a shell makes of it: the path of the file.
  const typed = id.replace(/^(\.\/)?campaigns\//, "").replace(/\.yaml$/, "");
  throw usage(`No file in campaigns/ declares "${id}".${didYouMean(typed, known)}`);
}

/** The ids of `--only`; undefined without it. */
export function chosenCampaigns(
  workspace: Workspace,
  only: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  return only && new Set(only.map((id) => campaignOf(workspace, id).id));
}

/** Throws Stop `usage` for a variant that the campaign does not have. */
export function refuseUnknownVariant({ content, id }: Campaign, name: string | undefined): void {
  const known = content.variants.map((variant) => variant.name);
  if (name === undefined || known.includes(name)) return;
  throw usage(`The campaign ${id} has no variant "${name}".${didYouMean(name, known)}`);
}
