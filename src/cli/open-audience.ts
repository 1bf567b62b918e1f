import { Audience } from "../audience/audience.ts";
import { scopeOf } from "../audience/judged-ledger-sql.ts";
import { neededColumns } from "../audience/needed-columns.ts";
import { personScope } from "../audience/person-scope.ts";
import { PortError, Stop } from "../diag/errors.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import { refuseOtherOwner } from "../ledger/refuse-other-owner.ts";
import type { Instant } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import type { StateDocument, StateSnapshot } from "../ports/state-store.ts";
import type { UserData } from "../ports/user-data.ts";
import type { Surroundings } from "./surroundings.ts";

/** Everything that decides who gets what, opened for queries. */
export interface OpenedAudience {
  readonly users: UserData;
  readonly audience: Audience;
  readonly document: StateDocument | undefined;
  /** Why applies are halted; null: they are not. */
  readonly halted: string | null;
  readonly now: Instant;
}

/** Opens user data and ledger. Throws Stop `invalid` with the faults of the data. */
export async function openAudience(
  workspace: Workspace,
  state: StateSnapshot,
  from: {
    readonly now: Instant;
    readonly surroundings: Surroundings;
    /** Judges this person alone, whose rows alone are read; undefined: everybody. */
    readonly onlyUser?: string;
    /** Another workspace whose questions are to be answered from the same data. */
    readonly beside?: Workspace | undefined;
  },
): Promise<OpenedAudience> {
  const { now, surroundings, onlyUser, beside: other } = from;
  refuseOtherOwner(state.document, { pageId: workspace.page.id }, "The state");
  const workspaces = [workspace, other ?? workspace];
  const needed = workspaces.map(neededColumns);
  const users = await surroundings.openUserData(workspace, {
    users: new Set(needed.flatMap((one) => [...one.users])),
    events: new Set(needed.flatMap((one) => [...one.events])),
    ...(onlyUser !== undefined && { onlyUser }),
  });
  try {
    if (users.diagnostics.some((one) => one.severity === "error")) {
      throw new Stop("invalid", "The user data is not valid; nothing was done.", users.diagnostics);
    }
    const ledger = ledgerRelationSql(state.ledger, state.liveRun);
    const { peopleKey, forgotten } = state;
    const scope = {
      ...scopeOf(workspaces),
      ...(onlyUser !== undefined && {
        person: await personScope(onlyUser, { workspace, users, document: state.document }),
      }),
    };
    const audience = await openLedger(() =>
      Audience.open({ workspace, users, ledger, peopleKey, forgotten, scope, now }),
    );
    return { users, audience, document: state.document, halted: state.halted, now };
  } catch (fault) {
    users.engine.close();
    throw fault;
  }
}

/** A ledger that cannot be read is a fault of the state; the engine names file and line. */
export async function openLedger<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (fault) {
    if (!(fault instanceof PortError)) throw fault;
    throw new Stop("state", `The ledger cannot be read; nothing was sent. ${fault.message}`);
  }
}
