import { sharesData } from "../config/shares-data.ts";
import { EXIT } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { showPlanHtml } from "../view/html/plan-html.ts";
import { showPlanJson } from "../view/plan-json.ts";
import { SUMMARY_BYTES, showPlanMarkdown } from "../view/plan-markdown.ts";
import { showPlan } from "../view/plan-text.ts";
import { planOutputs, writeOutputs, writeSummary } from "./actions.ts";
import { planAgainst, readBase, underGuardsOf } from "./base-plan.ts";
import { openAudience } from "./open-audience.ts";
import { type Call, flagMs } from "./options.ts";
import { chosenCampaigns, workspaceOf } from "./workspace-of.ts";

interface PlanFlags {
  readonly base?: string;
  readonly horizon?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly detailedExitcode?: boolean;
}

/** Takes no lock, needs no token and writes nothing but `--out`. */
export async function plan(call: Call<PlanFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  const workspace = await workspaceOf(call);
  // Git looks at the whole checkout; that takes a while in which the data can be read.
  const atCommit = surroundings.git(workspace.root);
  const only = chosenCampaigns(workspace, flags.only);
  const horizonMs = flagMs("--horizon", flags.horizon);
  const clock = await surroundings.clock(options.now);
  const base = flags.base === undefined ? undefined : await readBase(call, flags.base);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const state = await store.read();
  const judged = underGuardsOf(base, workspace);
  const opened = await openAudience(judged, state, {
    now: options.now ?? clock.now(),
    surroundings,
    beside: base?.workspace && sharesData(base.workspace, judged) ? base.workspace : undefined,
  });
  try {
    const git = await atCommit;
    const own = (await buildPlan({ ...opened, workspace: judged, git, only, horizonMs })).plan;
    const head = { workspace, plan: own, opened, state };
    const plan = base === undefined ? own : await planAgainst(base, head, call);
    if (flags.out !== undefined) await surroundings.writeText(flags.out, showPlanJson(plan));
    printPlan(plan, call);
    await writeOutputs(surroundings, planOutputs(plan));
    await writeSummary(surroundings, showPlanMarkdown(plan, SUMMARY_BYTES).text);
    return exitOf(plan, flags);
  } finally {
    opened.users.engine.close();
  }
}

/** Prints a plan in the form that was asked for. */
export function printPlan(plan: Plan, { options, surroundings }: Call): void {
  const { terminal } = surroundings;
  const color = options.color && terminal.outIsTerminal;
  if (options.format === "json") terminal.out(showPlanJson(plan));
  else if (options.format === "markdown") terminal.out(showPlanMarkdown(plan, SUMMARY_BYTES).text);
  else if (options.format === "html") terminal.out(showPlanHtml(plan));
  else terminal.out(showPlan(plan, { color, width: terminal.width }));
}

function exitOf(plan: Plan, flags: PlanFlags): number {
  if (plan.summary.blocked > 0) return EXIT.blocked;
  return flags.detailedExitcode && plan.summary.recipients > 0 ? EXIT.changes : EXIT.ok;
}
