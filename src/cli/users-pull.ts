import { EXIT } from "../diag/errors.ts";
import { type PullEnd, type PullNews, pullPeople } from "../intake/pull-people.ts";
import type { Clock } from "../ports/clock.ts";
import { showJson } from "../view/escape.ts";
import { type PulledDocument, showPulled } from "../view/pulled-text.ts";
import type { Call } from "./options.ts";
import { PullDisplay } from "./pull-display.ts";
import { signalExit } from "./signal-exit.ts";
import { targetOf } from "./target.ts";
import { inboundSettingsOf } from "./workspace-of.ts";

/** In the workspace, while a pull is under way. */
const PLACE_FILE = "data/intake/pull.json";

/**
 * Learns from Meta's conversations who wrote to the page, and when last. Goes on where the last one
 * was cut off.
 */
export async function usersPull(call: Call): Promise<number> {
  const { surroundings, options } = call;
  const workspace = await inboundSettingsOf(call);
  const target = targetOf(workspace, surroundings);
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openInbound(workspace);
  const display = await displayFor(call, clock);
  const pages = await surroundings.openConversationPages(workspace, target, clock);
  const place = await surroundings.pullPlace(workspace, PLACE_FILE);
  const signal = surroundings.interruption();
  const tell = (news: PullNews) => display?.show(news);
  const { people: rules } = workspace;
  try {
    const end = await pullPeople({ pages, store, place, rules, clock, signal, tell });
    display?.close();
    print(end, call);
    return end.isWhole ? EXIT.ok : signalExit(signal);
  } catch (fault) {
    display?.cutOff();
    throw fault;
  } finally {
    await pages.close();
    await store.close();
  }
}

async function displayFor({ surroundings, options }: Call, clock: Clock) {
  if (options.quiet) return undefined;
  const { terminal } = surroundings;
  const bar = terminal.errIsTerminal ? await surroundings.progressBar() : undefined;
  return new PullDisplay({ terminal, clock, bar });
}

function print({ counts, isWhole }: PullEnd, { surroundings, options }: Call): void {
  const pulled: PulledDocument = { format: "posthorn.pulled/1", ...counts, complete: isWhole };
  const isJson = options.format === "json";
  surroundings.terminal.out(isJson ? showJson(pulled) : showPulled(pulled));
}
