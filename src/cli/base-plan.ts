import { audienceMoves, type Moves, type Version } from "../audience/moves.ts";
import { readWorkspace } from "../config/read-workspace.ts";
import { sharesData } from "../config/shares-data.ts";
import type { Plan, Warning } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import { baseNeeds, changesBetween } from "../plan/base-needs.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { comparePlans } from "../plan/compare-plans.ts";
import type { StateSnapshot } from "../ports/state-store.ts";
import { type OpenedAudience, openAudience } from "./open-audience.ts";
import type { Call } from "./options.ts";

/** The workspace as the commit of `--base` has it, over the same data. */
export interface Base {
  readonly commit: string;
  /** Undefined where that commit has no workspace that could be planned. */
  readonly workspace: Workspace | undefined;
}

/** Reads the base's files. Throws Stop `usage` for a revision that cannot be compared with. */
export async function readBase({ options, surroundings }: Call, revision: string): Promise<Base> {
  const now = await surroundings.workspaceFiles(options.folder);
  const { commit, folder, remove } = await surroundings.commitFiles(now.root, revision);
  try {
    const files = await surroundings.workspaceFiles(folder);
    const { workspace } = readWorkspace(files, surroundings.env);
    // Sources are those of today's folder: both commits are planned on the same data.
    return { commit, workspace: workspace && { ...workspace, root: now.root } };
  } finally {
    await remove();
  }
}

/** A pull request is judged by the guards that it was made against. */
export function underGuardsOf(base: Base | undefined, workspace: Workspace): Workspace {
  return base?.workspace === undefined
    ? workspace
    : { ...workspace, guards: base.workspace.guards };
}

interface Head {
  /** With its own guards. */
  readonly workspace: Workspace;
  readonly plan: Plan;
  readonly opened: OpenedAudience;
  readonly state: StateSnapshot;
}

/** The head's plan, set against the base's. */
export async function planAgainst(base: Base, head: Head, call: Call): Promise<Plan> {
  const { workspace } = base;
  if (workspace === undefined) return withWarning(head.plan, baseInvalid(base.commit));
  const isShared = sharesData(workspace, head.workspace);
  const from = { now: head.opened.now, surroundings: call.surroundings };
  const opened = isShared
    ? { ...head.opened, audience: await head.opened.audience.beside(workspace) }
    : await openAudience(workspace, head.state, from);
  try {
    const planned = await planNeeded({ ...base, workspace }, head, opened);
    const moves = await allMoves(workspace, head, opened);
    return comparePlans({ base: { ...base, workspace, planned }, head, moves });
  } finally {
    if (!isShared) opened.users.engine.close();
  }
}

/** The base's plan as far as the comparison asks for it; most of what is due is the head's too. */
async function planNeeded(
  { commit, workspace }: { readonly commit: string; readonly workspace: Workspace },
  head: Head,
  opened: OpenedAudience,
): Promise<Plan | undefined> {
  const needed = baseNeeds(workspace, head);
  if (needed !== "all" && needed.size === 0) return undefined;
  const only = needed === "all" ? undefined : needed;
  const git = { head: commit, dirty: false };
  return (await buildPlan({ ...opened, workspace, git, only })).plan;
}

async function allMoves(
  base: Workspace,
  { workspace, opened }: Head,
  under: OpenedAudience,
): Promise<Map<string, Moves>> {
  const [before, after] = [versionsOf(base), versionsOf(workspace)];
  const moves = new Map<string, Moves>();
  for (const rootId of new Set([...before.keys(), ...after.keys()])) {
    const versions = { before: before.get(rootId), after: after.get(rootId) };
    if (isSame(versions)) continue;
    moves.set(rootId, await movesOf(versions, opened, under));
  }
  return moves;
}

interface Versions {
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** With data of two kinds the two audiences can be counted, but not told apart person by person. */
async function movesOf(
  { before, after }: Versions,
  { users, now }: OpenedAudience,
  under: OpenedAudience,
): Promise<Moves> {
  if (under.users.engine === users.engine) {
    return audienceMoves(users.engine, { before, after }, now);
  }
  const { entering } = await audienceMoves(users.engine, { before: undefined, after }, now);
  const { leaving } = await audienceMoves(under.users.engine, { before, after: undefined }, now);
  return { entering: Math.max(0, entering - leaving), leaving: Math.max(0, leaving - entering) };
}

function versionsOf(workspace: Workspace): Map<string, Version> {
  const active = workspace.campaigns.filter(({ status }) => status === "active");
  return new Map(active.map((campaign) => [campaign.rootId, { campaign, workspace }]));
}

function isSame({ before, after }: Versions): boolean {
  if (before === undefined || after === undefined) return false;
  return changesBetween(before, after).every(
    ({ path }) => !/^(segment|where|send|segments)\b/.test(path),
  );
}

function withWarning(plan: Plan, warning: Warning): Plan {
  const { snapshot, summary } = plan;
  const warnings = [...snapshot.warnings, warning];
  return {
    ...plan,
    snapshot: { ...snapshot, warnings },
    summary: { ...summary, warnings: warnings.length },
  };
}

function baseInvalid(commit: string): Warning {
  return {
    code: "BASE_INVALID",
    summary: "The base cannot be planned",
    detail:
      `The commit ${commit.slice(0, 12)} has no workspace here, or one that is not valid: ` +
      "this plan shows everything and is judged by its own guards.",
    source: null,
  };
}
