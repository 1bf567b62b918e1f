import { Stop } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";

/** The folder of a workspace's state, from the workspace's own. */
export function stateFolder({ state }: Workspace): string {
  if (state.kind === "folder") return state.path;
  throw new Stop(
    "state",
    `state: git+branch:${state.branch} is not supported by this version. Name a folder.`,
  );
}
