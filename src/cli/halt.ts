import { EXIT } from "../diag/errors.ts";
import { escapeText } from "../view/escape.ts";
import { type Call, usage } from "./options.ts";
import { settingsOf } from "./workspace-of.ts";

interface HaltFlags {
  readonly because?: string;
  readonly lift?: boolean;
}

const NO_REASON = "no reason was given";
/** A reason stands in reports and on one line. */
const LONGEST_REASON = 300;

/** Stops a running apply within a batch of claims, and keeps others from sending, until lifted. */
export async function halt(call: Call<HaltFlags>): Promise<number> {
  const { flags, surroundings } = call;
  if (flags.lift && flags.because !== undefined) throw usage("--because does not go with --lift.");
  const workspace = await settingsOf(call);
  const clock = await surroundings.clock(undefined);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const { out } = surroundings.terminal;
  if (flags.lift) {
    await store.halt(null);
    out(`Applies of ${escapeText(workspace.id)} may send again.\n`);
    return EXIT.ok;
  }
  const because = oneLine(flags.because ?? "") || NO_REASON;
  await store.halt(because);
  out(
    `Applies of ${escapeText(workspace.id)} are halted: ${escapeText(because)}.\n` +
      "One that runs stops within a batch; others send nothing. `posthorn halt --lift` ends it.\n",
  );
  return EXIT.ok;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON);
}
