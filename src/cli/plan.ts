import { EXIT } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { showPlanJson } from "../view/plan-json.ts";
import { showPlan } from "../view/plan-text.ts";
import { openAudience } from "./open-audience.ts";
import type { Call } from "./options.ts";
import { chosenCampaigns, workspaceOf } from "./workspace-of.ts";

interface PlanFlags {
  readonly out?: string;
  readonly only?: readonly string[];
  readonly detailedExitcode?: boolean;
}

/** Takes no lock, needs no token and writes nothing but `--out`. */
export async function plan(call: Call<PlanFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  const workspace = await workspaceOf(call);
  const only = chosenCampaigns(workspace, flags.only);
  const clock = await surroundings.clock(options.now);
  const state = await surroundings.openState(workspace, workspace.state, clock);
  const opened = await openAudience(workspace, await state.read(), {
    now: options.now ?? clock.now(),
    surroundings,
  });
  try {
    const git = await surroundings.git(workspace.root);
    const { plan } = await buildPlan({ ...opened, workspace, git, only });
    if (flags.out !== undefined) await surroundings.writeText(flags.out, showPlanJson(plan));
    printPlan(plan, call);
    return exitOf(plan, flags);
  } finally {
    opened.users.engine.close();
  }
}

/** Prints a plan in the form that was asked for. */
export function printPlan(plan: Plan, { options, surroundings }: Call): void {
  const { terminal } = surroundings;
  const color = options.color && terminal.outIsTerminal;
  const text =
    options.format === "json"
      ? showPlanJson(plan)
      : showPlan(plan, { color, width: terminal.width });
  terminal.out(text);
}

function exitOf(plan: Plan, flags: PlanFlags): number {
  if (plan.summary.blocked > 0) return EXIT.blocked;
  return flags.detailedExitcode && plan.summary.recipients > 0 ? EXIT.changes : EXIT.ok;
}
