import { EXIT } from "../diag/errors.ts";
import { explainCampaign } from "../plan/explain-campaign.ts";
import { showJson } from "../view/escape.ts";
import { showExplanation } from "../view/explanation-text.ts";
import { openAudience } from "./open-audience.ts";
import { type Call, usage } from "./options.ts";
import { campaignOf, workspaceOf } from "./workspace-of.ts";

interface ExplainFlags {
  readonly user: string;
  readonly event?: string;
}

/** Takes no lock, needs no token and writes nothing; reads the one person's rows alone. */
export async function explain(call: Call<ExplainFlags>): Promise<number> {
  const { args, flags, options, surroundings } = call;
  const { user: userId, event: eventId } = flags;
  const workspace = await workspaceOf(call);
  const campaign = campaignOf(workspace, args[0] ?? "");
  if (eventId !== undefined && campaign.send.kind !== "on") {
    throw usage(`--event is for campaigns with send: on; ${campaign.id} is not set off by events.`);
  }
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const now = options.now ?? clock.now();
  const state = await store.read();
  const opened = await openAudience(workspace, state, { now, surroundings, onlyUser: userId });
  try {
    if (opened.users.userCount === 0) throw usage(`The user data has no user "${userId}".`);
    const input = { ...opened, workspace, git: { head: null, dirty: false }, only: undefined };
    const explanation = await explainCampaign(input, campaign, { userId, eventId });
    if (eventId !== undefined && explanation.verdict === "no_event") {
      throw usage(`The user "${userId}" has no event "${eventId}" that could set this off.`);
    }
    const { terminal } = surroundings;
    const color = options.color && terminal.outIsTerminal;
    if (options.format === "json") terminal.out(showJson(explanation));
    else terminal.out(showExplanation(explanation, { color, width: terminal.width }));
    return EXIT.ok;
  } finally {
    opened.users.engine.close();
  }
}
