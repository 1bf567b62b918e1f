import { applyPlan, type Progress } from "../apply/apply-plan.ts";
import { refuseOtherWorkspace } from "../apply/refusals.ts";
import { RunEnd } from "../apply/run-end.ts";
import { UserChanges, type UserFiles } from "../apply/user-changes.ts";
import { specialColumns } from "../audience/needed-columns.ts";
import { EXIT, Stop } from "../diag/errors.ts";
import { isHaltByMeta } from "../model/halt.ts";
import type { Plan } from "../model/plan.ts";
import type { Report } from "../model/report.ts";
import type { StateLocation, Workspace } from "../model/workspace.ts";
import { readPlan } from "../plan/read-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { StateWriter } from "../ports/state-store.ts";
import { showReportMarkdown } from "../view/report-markdown.ts";
import { applyOutputs, refusePullRequest, writeOutputs, writeSummary } from "./actions.ts";
import { newRun } from "./new-run.ts";
import { type OpenedAudience, openAudience } from "./open-audience.ts";
import { openWriter } from "./open-writer.ts";
import { type Call, flagMs, usage } from "./options.ts";
import { printPlan } from "./plan.ts";
import { printReport } from "./print-report.ts";
import { ProgressDisplay } from "./progress.ts";
import { sandboxFolder } from "./sandbox-folder.ts";
import { signalExit } from "./signal-exit.ts";
import type { Surroundings, Target } from "./surroundings.ts";
import { runningSandbox, targetOf } from "./target.ts";
import { chosenCampaigns, workspaceOf } from "./workspace-of.ts";

interface ApplyFlags {
  readonly expect?: string;
  readonly only?: readonly string[];
  readonly sandbox?: boolean;
  readonly fresh?: boolean;
  readonly maxRuntime?: string;
  readonly lockTimeout?: string;
  readonly allowLocalState?: boolean;
}

/** Sends what is due to Meta, or with `--sandbox` to a Graph API of its own. */
export async function apply(call: Call<ApplyFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  if (flags.fresh && !flags.sandbox) throw usage("--fresh goes with --sandbox.");
  const approved = await approvedPlan(call);
  const workspace = await workspaceOf(call);
  if (approved !== undefined) refuseOtherWorkspace(approved, workspace.id);
  const clock = await surroundings.clock(options.now);
  const of = { call, workspace, clock, approved };
  if (!flags.sandbox) {
    refusePullRequest(surroundings);
    const target = targetOf(workspace, surroundings);
    refuseToMeta(target, workspace, call);
    return applyTo(target, workspace.state, of);
  }
  const folder = sandboxFolder(workspace);
  if (flags.fresh) await surroundings.removeFolder(`${workspace.root}/${folder}`);
  const at = { kind: "folder", path: folder } as const;
  const running = runningSandbox(surroundings);
  if (running !== undefined) return applyTo(sandboxTarget(running), at, of);
  const graph = await surroundings.startSandbox({ workspace, port: 0, faults: undefined, clock });
  try {
    return await applyTo(sandboxTarget(graph.url), at, of);
  } finally {
    await graph.close();
  }
}

/** The plan that is to be carried out, where one is named. */
async function approvedPlan({ args, surroundings }: Call): Promise<Plan | undefined> {
  const [path] = args;
  return path === undefined ? undefined : readPlan(await surroundings.readText(path), path);
}

/** Of a saved plan, nothing but what it judged is sent: it may have been made with `--only`. */
function chosenOf(
  workspace: Workspace,
  flags: ApplyFlags,
  approved: Plan | undefined,
): ReadonlySet<string> | undefined {
  const only = chosenCampaigns(workspace, flags.only);
  if (approved === undefined) return only;
  const judged = approved.snapshot.campaigns.map(({ id }) => id);
  return new Set(judged.filter((id) => only?.has(id) ?? true));
}

function sandboxTarget(url: string): Target {
  return { kind: "sandbox", url, token: "sandbox", appSecret: undefined };
}

/** What must not happen with people at the other end. */
function refuseToMeta(target: Target, workspace: Workspace, call: Call<ApplyFlags>): void {
  if (target.kind !== "meta") return;
  const { flags, options, surroundings } = call;
  if (options.now !== undefined) throw usage("--now is not taken for sends to Meta.");
  const { state, page } = workspace;
  if (page.rate === "unlimited") {
    throw usage("page.rate is unlimited, which is not for Meta. Nothing was sent. Write 20/s.");
  }
  if (state.kind !== "folder" || flags.allowLocalState) return;
  if (surroundings.env["CI"] !== "true") return;
  throw new Stop(
    "state",
    `CI=true and state is the folder ${state.path}: it would be lost after this job, ` +
      "and the next one would send everything again. Nothing was sent. Keep the state elsewhere, " +
      "or say --allow-local-state if this folder stays.",
  );
}

async function applyTo(
  target: Target,
  at: StateLocation,
  of: {
    readonly call: Call<ApplyFlags>;
    readonly workspace: Workspace;
    readonly clock: Clock;
    readonly approved: Plan | undefined;
  },
): Promise<number> {
  const { call, workspace, clock, approved } = of;
  const { flags, surroundings } = call;
  const only = chosenOf(workspace, flags, approved);
  const interruption = surroundings.interruption();
  const maxRuntimeMs = flagMs("--max-runtime", flags.maxRuntime);
  const lockTimeoutMs = flagMs("--lock-timeout", flags.lockTimeout) ?? 0;
  const git = await surroundings.git(workspace.root);
  const state = await surroundings.openState(workspace, at, clock);
  const run = newRun(surroundings, git.head, clock);
  const writer = await openWriter(state, {
    run,
    pageId: workspace.page.id,
    target: target.kind,
    signal: interruption,
    lockTimeoutMs,
    clock,
    surroundings,
  });
  if (writer === undefined) return signalExit(interruption);
  await refuseHalted(writer);
  const gateway = await surroundings.openGateway(workspace, target, run);
  const end = new RunEnd({ clock, interruption, maxRuntimeMs });
  const files = userFiles(workspace, surroundings);
  const display = await displayFor(call, clock);
  const changes = await UserChanges.watch({ files, source: workspace.users, clock });
  let opened: OpenedAudience | undefined;
  try {
    const now = call.options.now ?? clock.now();
    opened = await openAudience(workspace, await state.read(), { now, surroundings });
    const progress = (line: Progress) => display?.show(line);
    const notice = (text: string) => display?.notice(text);
    const random = surroundings.random;
    const outside = { state, writer, gateway, clock, random, end, progress, notice };
    const approval = { plan: approved, intent: flags.expect };
    const asked = { only, approval, changes, target: target.kind };
    const input = { ...opened, workspace, git, ...asked, ...outside };
    const { report, fault } = await applyPlan(input, (plan) => {
      if (plan.summary.blocked > 0) printPlan(plan, call);
    });
    display?.close();
    printReport(report, call);
    await writeOutputs(surroundings, applyOutputs(report));
    await writeSummary(surroundings, showReportMarkdown(report));
    if (fault !== undefined) throw fault;
    return exitOf(report, interruption);
  } finally {
    display?.close();
    end.close();
    await changes.close();
    opened?.users.engine.close();
    await gateway.close();
    await writer.close();
  }
}

/** Undefined with `--quiet`. */
async function displayFor(
  { options, surroundings }: Call,
  clock: Clock,
): Promise<ProgressDisplay | undefined> {
  if (options.quiet) return undefined;
  const { terminal } = surroundings;
  const bar = terminal.errIsTerminal ? await surroundings.progressBar() : undefined;
  return new ProgressDisplay({ terminal, clock, bar });
}

async function refuseHalted(writer: StateWriter): Promise<void> {
  const halted = await writer.halted();
  if (halted === null) return;
  await writer.close();
  throw new Stop(
    isHaltByMeta(halted) ? "denied" : "blocked",
    `Applies are halted: ${halted}. Nothing was sent. \`posthorn halt --lift\` ends that.`,
  );
}

/** The user files as they are looked at again: people alone, without events. */
function userFiles(workspace: Workspace, surroundings: Surroundings): UserFiles {
  const needed = { users: new Set(specialColumns(workspace)), events: new Set<string>() };
  return {
    stamp: () => surroundings.userStamp(workspace),
    open: () => surroundings.openUserData({ ...workspace, events: undefined }, needed),
  };
}

function exitOf({ outcome }: Report, interruption: AbortSignal): number {
  return outcome === "interrupted" ? signalExit(interruption) : EXIT[outcome];
}
