import type { Diagnostic } from "../../diag/diagnostic.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { NeededColumns, UserData } from "../../ports/user-data.ts";
import { openDuckdb } from "./duckdb-engine.ts";
import { findFiles } from "./find-files.ts";
import { loadEvents, loadUsers } from "./load-relations.ts";
import { addZones } from "./zones.ts";

/** Opens a workspace's data for queries; see ports/user-data.ts for what it then offers. */
export async function openUserData(workspace: Workspace, needed: NeededColumns): Promise<UserData> {
  const engine = await openDuckdb();
  try {
    return await load(engine, workspace, needed);
  } catch (fault) {
    engine.close();
    throw fault;
  }
}

async function load(
  engine: SqlEngine,
  workspace: Workspace,
  needed: NeededColumns,
): Promise<UserData> {
  const { root, users, events } = workspace;
  const userFiles = findFiles(users.files, root);
  const diagnostics: Diagnostic[] = [...userFiles.diagnostics];
  const isSound = () => diagnostics.every((one) => one.severity !== "error");
  let userCount = 0;
  if (isSound()) {
    const loaded = await loadUsers(engine, workspace, { needed, ...userFiles });
    diagnostics.push(...loaded.diagnostics);
    userCount = loaded.rows;
  }
  if (events !== undefined) {
    const eventFiles = findFiles(events.files, root);
    diagnostics.push(...eventFiles.diagnostics);
    if (isSound()) {
      const loaded = await loadEvents(engine, workspace, { needed, ...eventFiles });
      diagnostics.push(...loaded.diagnostics);
    }
  }
  const { modifiedAt } = userFiles;
  if (!isSound()) return { engine, diagnostics, zones: [], userCount: 0, modifiedAt };
  const { zones, warnings } = await addZones(engine, workspace);
  diagnostics.push(...warnings);
  return { engine, diagnostics, zones, userCount, modifiedAt };
}
