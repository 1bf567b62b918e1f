import { REASONS, type Reason } from "../model/delivery.ts";
import type { ExplainedRule } from "../model/explanation.ts";
import { type RuleContext, TOLD_BY_RULE } from "./told-by-rule.ts";

/** Every rule in the order of judgement, with what it looked at. */
export function explainedRules(context: RuleContext): ExplainedRule[] {
  return REASONS.map((rule) => {
    const outcome = outcomeOf(rule, context);
    return { rule, outcome, ...TOLD_BY_RULE[rule](context) };
  });
}

function outcomeOf(rule: Reason, context: RuleContext): ExplainedRule["outcome"] {
  const { before, facts, workspace, campaign } = context;
  if (before.reason === rule) return "leaves_out";
  // Its SQL is there for every campaign, though without quiet hours it asks for nothing.
  const { quietHours } = workspace.guards;
  const isQuiet = quietHours !== undefined && campaign.quietHours === "obey";
  if (rule === "quiet_hours" && !isQuiet) return "does_not_apply";
  const holds = facts.holds.get(rule) ?? messageHolds(rule, context);
  return holds === null ? "does_not_apply" : holds ? "leaves_out" : "passes";
}

/** The last two rules, which need the message; null for those that SQL judges. */
function messageHolds(rule: Reason, { before, campaign }: RuleContext): boolean | null {
  const kind = before.inspection?.rendered.kind;
  if (rule === "missing_value") {
    return campaign.content.onMissing === "blank" ? null : kind === "missing";
  }
  // Without all values there is no message yet whose limits could be checked.
  return rule === "invalid_message" && kind !== "missing" ? kind === "invalid" : null;
}
