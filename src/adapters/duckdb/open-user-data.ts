import type { Diagnostic } from "../../diag/diagnostic.ts";
import { raw } from "../../model/sql.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { NeededColumns, UserData } from "../../ports/user-data.ts";
import { openDuckdb } from "./duckdb-engine.ts";
import { type FoundFiles, findFiles } from "./find-files.ts";
import { findInbound, joinEvents, joinUsers } from "./join-inbound.ts";
import { EVERYBODYS_ZONES, loadEvents, loadUsers } from "./load-relations.ts";
import { fileFault, unreadable } from "./unreadable.ts";
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

const NOBODY = { userCount: 0, people: undefined };
const NO_FILES: FoundFiles = { paths: [], modifiedAt: undefined, diagnostics: [] };

async function load(
  engine: SqlEngine,
  workspace: Workspace,
  wanted: NeededColumns,
): Promise<UserData> {
  const { root, users, events } = workspace;
  const { onlyUser } = wanted;
  const needed = users.inbound === undefined ? wanted : withEverybody(wanted);
  const userFiles = findFiles(users.files, root);
  const eventFiles = events === undefined ? NO_FILES : findFiles(events.files, root);
  const { modifiedAt } = userFiles;
  const isWhole = onlyUser === undefined;
  const found = [...userFiles.diagnostics, ...eventFiles.diagnostics];
  const inbound = users.inbound === undefined ? undefined : findInbound(workspace, users.inbound);
  found.push(...(inbound?.diagnostics ?? []));
  const logPaths = inbound?.files.map(({ path }) => path) ?? [];
  const suspects = { paths: [...userFiles.paths, ...eventFiles.paths, ...logPaths], root };
  const faultOf = (fault: unknown) => fileFault(fault, suspects);
  const opened = { engine, modifiedAt, faultOf };
  const faulty = () => ({ ...opened, diagnostics: found, zones: [], ...NOBODY });
  if (!isSound(found)) return faulty();
  try {
    const loadedUsers = await loadUsers(engine, workspace, { needed, ...userFiles });
    found.push(...loadedUsers.diagnostics);
    if (!isSound(found)) return faulty();
    const joined = inbound && (await joinUsers(engine, workspace, inbound.files));
    found.push(...(joined?.diagnostics ?? []));
    const userCount = loadedUsers.rows + (joined?.counts.anonymous ?? 0);
    if (userCount === 0 && isWhole) found.push(nobody(users.files.at));
    const loadedEvents = await loadEvents(engine, workspace, { needed, ...eventFiles });
    found.push(...loadedEvents.diagnostics);
    if (!isSound(found)) return faulty();
    if (inbound !== undefined) await joinEvents(engine, workspace);
    const { zones, warnings } = await addZones(engine, workspace, {
      everybody: needed.onlyUser === undefined ? raw("users_read") : EVERYBODYS_ZONES,
      onlyUser,
    });
    const diagnostics = [...found, ...warnings];
    const counted = isWhole ? userCount : await countUsers(engine);
    return { ...opened, diagnostics, zones, userCount: counted, people: joined?.counts };
  } catch (fault) {
    found.push(unreadable(fault, suspects));
    return faulty();
  }
}

/** Whose a PSID is can only be told beside all other users. */
function withEverybody({ users, events }: NeededColumns): NeededColumns {
  return { users, events };
}

async function countUsers(engine: SqlEngine): Promise<number> {
  const [row] = await engine.rows(raw("SELECT count(*) AS people FROM users"));
  return Number(row?.["people"] ?? 0);
}

function isSound(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every((one) => one.severity !== "error");
}

/** A failed export looks like this. Whether it stops anything, the guard `empty_audience` says. */
function nobody(at: Diagnostic["at"]): Diagnostic {
  return {
    code: "DATA_EMPTY",
    severity: "warning",
    at,
    summary: "No users",
    detail:
      "The user data holds nobody, so nobody gets anything. If the export failed, make it again.",
  };
}
