import type { Workspace } from "../model/workspace.ts";

const SANDBOX_STATE = "data/state-sandbox";

/** The state of `--sandbox`, beside the real one: `data/state-sandbox`. */
export function sandboxFolder({ state }: Workspace): string {
  return state.kind === "folder" ? `${state.path.replace(/\/+$/, "")}-sandbox` : SANDBOX_STATE;
}
