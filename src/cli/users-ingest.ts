import { specialColumns } from "../audience/needed-columns.ts";
import { EXIT } from "../diag/errors.ts";
import type { PeopleCounts } from "../model/people-counts.ts";
import { type Ingested, ingest } from "../people/ingest.ts";
import { showDiagnostics } from "../view/diagnostics-text.ts";
import { showJson } from "../view/escape.ts";
import { type IngestDocument, showIngested } from "../view/ingested-text.ts";
import { haltByPolicy, settleEchoes, type TakingIn } from "./act-on-events.ts";
import { type Call, usage } from "./options.ts";
import { inboundSettingsOf } from "./workspace-of.ts";

/**
 * Takes webhook events in: what they say of people is kept, echoes settle deliveries, and a policy
 * of Meta's against the page halts applies. The same events may come again.
 */
export async function usersIngest(call: Call): Promise<number> {
  const { args, surroundings, options } = call;
  const [name] = args;
  if (name === undefined) throw usage("Say which file to take in, or - for standard input.");
  const workspace = await inboundSettingsOf(call);
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openInbound(workspace);
  try {
    const into = { workspace, store, surroundings, clock, signal: surroundings.interruption() };
    const lines = surroundings.readLines(name);
    const ingested = await ingest(
      { lines, name: name === "-" ? "stdin" : name },
      { pageId: workspace.page.id, rules: workspace.people, store },
    );
    await act(ingested, into, call);
    return ingested.counts.unreadable > 0 ? EXIT.invalid : EXIT.ok;
  } finally {
    await store.close();
  }
}

async function act(ingested: Ingested, into: TakingIn, call: Call): Promise<void> {
  const { counts, diagnostics, policies } = ingested;
  tell(diagnostics, call);
  const halted = await haltByPolicy(policies, into);
  // Events are kept by now: what came of them is told before a fault of the state is.
  const faults: unknown[] = [];
  const settled = await settleEchoes(into, counts.echoes > 0).catch((fault: unknown) => {
    faults.push(fault);
    return { sent: 0, waiting: counts.echoes };
  });
  const people = await peopleOf(into, call);
  const shown: IngestDocument = {
    format: "posthorn.ingested/1",
    counts,
    people: people && {
      people: people.people,
      anonymous: people.anonymous,
      joined: people.joined,
      conflicts: { several_users: people.severalUsers, second_psid: people.secondPsid },
    },
    settled,
    halted,
  };
  const isJson = call.options.format === "json";
  call.surroundings.terminal.out(isJson ? showJson(shown) : showIngested(shown));
  // Without a new echo only what had to wait is not settled: the next ingest tries again.
  if (faults.length > 0 && counts.echoes > 0) throw faults[0];
}

function tell(diagnostics: Ingested["diagnostics"], { surroundings, options }: Call): void {
  if (diagnostics.length === 0) return;
  const { terminal } = surroundings;
  const color = options.color && terminal.errIsTerminal;
  terminal.err(showDiagnostics(diagnostics, { color }));
}

/** Undefined where the user data cannot be read now: the events are kept whatever it holds. */
async function peopleOf(
  { store, workspace, surroundings }: TakingIn,
  call: Call,
): Promise<PeopleCounts | undefined> {
  const counted = await store.people();
  if (counted !== undefined) return counted;
  const needed = { users: new Set(specialColumns(workspace)), events: new Set<string>() };
  const users = await surroundings.openUserData({ ...workspace, events: undefined }, needed);
  users.engine.close();
  tell(
    users.diagnostics.filter(({ severity }) => severity === "error"),
    call,
  );
  return users.people;
}
