import { resolve } from "node:path";
import type { Diagnostic } from "../../diag/diagnostic.ts";
import { reasonOf } from "../../diag/reason-of.ts";
import type { PeopleCounts } from "../../model/people-counts.ts";
import type { Workspace } from "../../model/workspace.ts";
import {
  COUNTS_SQL,
  claimsSql,
  type LogFile,
  logSql,
  othersSql,
  PEOPLE_SQL,
  usersSql,
} from "../../people/inbound-sql.ts";
import { inboundEventsSql, JOINED_EVENTS_SQL, joinedUsersSql } from "../../people/joined-sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { headerFault } from "../inbound-log/check-header.ts";
import { segmentsIn } from "../inbound-log/segment-files.ts";
import { shownPath } from "./find-files.ts";

/** The segments of `users.inbound`, or what is wrong with them. No folder: nobody wrote yet. */
export function findInbound({ id, page, root, users }: Workspace, inbound: string) {
  const folder = resolve(root, inbound);
  try {
    const files: LogFile[] = segmentsIn(folder).filter(({ size }) => size > 0);
    const diagnostics = files.flatMap(({ path }) => {
      const fault = headerFault(path, { workspace: id, pageId: page.id });
      return fault === undefined ? [] : unreadableLog(shownPath(path, root), `It ${fault}.`);
    });
    return { files, diagnostics };
  } catch (fault) {
    const words = `It cannot be listed: ${reasonOf(fault)}.`;
    return { files: [], diagnostics: unreadableLog(users.inbound ?? folder, words) };
  }
}

function unreadableLog(file: string, words: string): Diagnostic[] {
  return [
    {
      code: "DATA_UNREADABLE",
      severity: "error",
      at: { file, line: 1, column: 1 },
      summary: "Data file cannot be read",
      detail: `${words} It should hold what people told this page (users.inbound).`,
    },
  ];
}

/** Makes `users_read` of `users_source` and the log; gives whom the log knows. */
export async function joinUsers(
  engine: SqlEngine,
  workspace: Workspace,
  files: readonly LogFile[],
): Promise<{ readonly counts: PeopleCounts; readonly diagnostics: readonly Diagnostic[] }> {
  await engine.run(logSql(files, workspace));
  await engine.run(PEOPLE_SQL);
  await engine.run(claimsSql(workspace));
  await engine.run(usersSql(workspace));
  await engine.run(othersSql(workspace));
  await engine.run(joinedUsersSql(workspace));
  const counts = await countPeople(engine);
  return { counts, diagnostics: conflicts(counts, workspace) };
}

/** Makes `events` of `events_source` and the log. */
export async function joinEvents(engine: SqlEngine, { events }: Workspace): Promise<void> {
  if (events === undefined) return;
  await engine.run(inboundEventsSql(events));
  await engine.run(JOINED_EVENTS_SQL);
}

async function countPeople(engine: SqlEngine): Promise<PeopleCounts> {
  const [row] = await engine.rows(COUNTS_SQL);
  const count = (name: string) => Number(row?.[name] ?? 0);
  return {
    people: count("people"),
    anonymous: count("anonymous"),
    joined: count("joined"),
    severalUsers: count("several_users"),
    secondPsid: count("second_psid"),
  };
}

/** What was not guessed. */
function conflicts({ severalUsers, secondPsid }: PeopleCounts, { users }: Workspace): Diagnostic[] {
  if (severalUsers + secondPsid === 0) return [];
  const parts = [
    `${severalUsers} ${severalUsers === 1 ? "says" : "say"} to be several users`,
    `${secondPsid} ${secondPsid === 1 ? "says" : "say"} to be a user who has another PSID`,
  ];
  return [
    {
      code: "DATA_PEOPLE_CONFLICT",
      severity: "warning",
      at: users.files.at,
      summary: "People who may be several users",
      detail:
        `Of the people who wrote to the page ${parts.join(", ")}. Nothing is guessed, so their ` +
        "PSIDs were joined to nobody else. Correct the attributes that people.join names, or " +
        "export the right PSID.",
    },
  ];
}
