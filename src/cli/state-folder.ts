import { Stop } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";

const SANDBOX_STATE = "data/state-sandbox";

/** The folder of a workspace's state, from the workspace's own. */
export function stateFolder({ state }: Workspace): string {
  if (state.kind === "folder") return state.path;
  throw new Stop(
    "state",
    `state: git+branch:${state.branch} is not supported by this version. Name a folder.`,
  );
}

/** The state of `--sandbox`, beside the real one: `data/state-sandbox`. */
export function sandboxFolder({ state }: Workspace): string {
  return state.kind === "folder" ? `${state.path.replace(/\/+$/, "")}-sandbox` : SANDBOX_STATE;
}
