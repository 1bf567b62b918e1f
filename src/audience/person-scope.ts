import { ownValue } from "../model/own-value.ts";
import { identifier, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { StateDocument } from "../ports/state-store.ts";
import type { UserData } from "../ports/user-data.ts";
import type { PersonScope } from "./judged-ledger-sql.ts";

/** The part of the ledger that one person is judged by. */
export async function personScope(
  userId: string,
  of: {
    readonly workspace: Workspace;
    readonly users: UserData;
    readonly document: StateDocument | undefined;
  },
): Promise<PersonScope> {
  const { campaigns, users } = of.workspace;
  const [row] = await of.users.engine.rows(sql`SELECT ${identifier(users.psid)} AS psid
    FROM users WHERE ${identifier(users.id)} = ${userId}`);
  const memories = of.document?.campaigns;
  const mayBeStopped = campaigns.filter(
    ({ rollout, rootId }) =>
      rollout !== undefined || (ownValue(memories, rootId)?.stops ?? []).length > 0,
  );
  return {
    userId,
    psid: (row?.["psid"] ?? null) as string | null,
    wholeRootIds: new Set(mayBeStopped.map(({ rootId }) => rootId)),
  };
}
