import { EXIT } from "../diag/errors.ts";
import { escapeLine } from "../view/escape.ts";
import type { Call } from "./options.ts";

/** Makes a folder a workspace with an example, workflows and editor settings. */
export async function init({ options, surroundings }: Call): Promise<number> {
  const { written, kept } = await surroundings.writeTemplate(options.folder);
  const { out } = surroundings.terminal;
  for (const path of written) out(escapeLine(`+ ${path}`).concat("\n"));
  if (kept.length > 0) out(`${kept.length} files were there already and are as they were.\n`);
  if (written.includes("posthorn.yaml")) out(NEXT);
  else if (written.length === 0) out("Nothing to do: this is a workspace.\n");
  return EXIT.ok;
}

const NEXT = `
A workspace with an invented shop. Look around:

  posthorn validate
  posthorn plan --now 2026-12-01T09:30:00Z
  posthorn apply --sandbox --now 2026-12-01T09:30:00Z

README.md says what to do before the first real message.
`;
