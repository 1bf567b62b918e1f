import type { Diagnostic } from "../diag/diagnostic.ts";
import { PortError, Stop } from "../diag/errors.ts";
import { refuseOtherOwner } from "../ledger/refuse-other-owner.ts";
import type { Check } from "../model/checkup.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import type { StateSnapshot } from "../ports/state-store.ts";
import type { UserData } from "../ports/user-data.ts";
import { error, ok, warning } from "./verdicts.ts";

/** `faults`: errors that keep the workspace from being planned. */
export function filesCheck({ campaigns, segments }: Workspace, faults: number): Check {
  if (faults === 0) {
    const counts = `campaigns=${campaigns.length} segments=${segments.size}`;
    return ok("files", `All files are valid: ${counts}.`);
  }
  const errors = faults === 1 ? "1 error" : `${faults} errors`;
  return error("files", "invalid", {
    code: "WORKSPACE_INVALID",
    found: `The files hold ${errors}; posthorn.yaml itself is sound.`,
    next: "`posthorn validate` shows them. Templates are looked at once they are gone.",
  });
}

/** Whether the user data can be read, whom it holds and how old it is. */
export async function userChecks(
  open: () => Promise<UserData>,
  workspace: Workspace,
  now: Instant,
): Promise<readonly Check[]> {
  try {
    const users = await open();
    try {
      return await verdictsOn(users, workspace, now);
    } finally {
      users.engine.close();
    }
  } catch (fault) {
    if (!(fault instanceof PortError)) throw fault;
    const next = "Mend that, or export the data again.";
    const found = `The user data cannot be read. ${fault.message}`;
    return [error("users", "invalid", { code: "DATA_UNREADABLE", found, next })];
  }
}

async function verdictsOn(
  users: UserData,
  { users: { maxAgeMs, psid, consent } }: Workspace,
  now: Instant,
): Promise<readonly Check[]> {
  const found = users.diagnostics.map(fromDiagnostic);
  if (found.some(({ status }) => status === "error")) return found;
  const ageMs = users.modifiedAt === undefined ? null : now - users.modifiedAt;
  if (ageMs !== null && maxAgeMs !== undefined && ageMs > maxAgeMs) {
    found.push(
      warning("users", {
        code: "DATA_OLD",
        found: `The newest user file is ${ageWords(ageMs)} old; max_age is ${ageWords(maxAgeMs)}.`,
        next: "Export it again before sending.",
      }),
    );
  }
  if (users.userCount === 0) return found;
  const people = await peopleWords(users, { psid, consent });
  const age = ageMs === null ? "" : `, written ${ageWords(Math.max(0, ageMs))} ago`;
  return [...found, ok("users", `The user data can be read: ${people}${age}.`)];
}

async function peopleWords(
  { engine, userCount }: UserData,
  { psid, consent }: Pick<Workspace["users"], "psid" | "consent">,
): Promise<string> {
  const named = (column: string) => `"${column.replaceAll('"', '""')}"`;
  const agreed = consent === "assumed" ? "true" : `coalesce(${named(consent.column)}, false)`;
  const [row] = await engine.rows({
    text:
      `SELECT count(${named(psid)}) AS reachable, ` +
      `count(*) FILTER (${named(psid)} IS NOT NULL AND ${agreed}) AS agreed FROM users`,
    values: [],
  });
  const count = (value: unknown) => Number(value ?? 0).toLocaleString("en-US");
  const agreement = consent === "assumed" ? "consent assumed" : `${count(row?.["agreed"])} agreed`;
  return `${count(userCount)} users, ${count(row?.["reachable"])} with a PSID, ${agreement}`;
}

/** A `${NAME}` of the user data that is not set. */
export function unsetSource(diagnostics: readonly Diagnostic[]): readonly Check[] {
  return diagnostics.map((one) => fromDiagnostic({ ...one, severity: "error" }));
}

function fromDiagnostic({ code, severity, at, summary, detail }: Diagnostic): Check {
  const fault = { code, found: `${summary}, ${at.file}:${at.line}.`, next: detail };
  return severity === "error" ? error("users", "invalid", fault) : warning("users", fault);
}

/** Where the ledger stands, and whether an apply may write to it. */
export async function stateChecks(
  read: () => Promise<StateSnapshot>,
  { state: at, page }: Workspace,
  { target, isCi }: { readonly target: "meta" | "sandbox"; readonly isCi: boolean },
): Promise<readonly Check[]> {
  const place = at.kind === "git" ? `the branch ${at.branch}` : `the folder ${at.path}`;
  let snapshot: StateSnapshot;
  try {
    snapshot = await read();
    // `apply --sandbox` has a state of its own.
    const owner = target === "meta" ? { pageId: page.id, target } : { pageId: page.id };
    refuseOtherOwner(snapshot.document, owner, `The state in ${place}`);
  } catch (fault) {
    return [unreadable(fault, place)];
  }
  const { document, halted } = snapshot;
  const since =
    document === undefined ? "nothing was sent yet" : `${document.serial} applies so far`;
  return [
    ok("state", `The state in ${place} can be read; ${since}.`),
    ...(halted === null ? [] : [haltedCheck(halted)]),
    ...(isCi && at.kind === "folder" ? [lostInCi(at.path)] : []),
  ];
}

function unreadable(fault: unknown, place: string): Check {
  if (!(fault instanceof Stop || fault instanceof PortError)) throw fault;
  return error("state", "state", {
    code: "STATE_UNREADABLE",
    found: `The state in ${place} cannot be used. ${fault.message}`,
    next: "Mend that before the first apply; docs/state.md says what each fault means.",
  });
}

function haltedCheck(because: string): Check {
  return warning("state", {
    code: "HALTED",
    found: `Somebody halted applies: ${because}.`,
    next: "`posthorn halt --lift`, once the reason is gone.",
  });
}

function lostInCi(path: string): Check {
  return warning("state", {
    code: "STATE_LOST_IN_CI",
    found: `CI=true, and the state is the folder ${path}, which a CI machine forgets.`,
    next: "Set state: git+branch:posthorn-state, or keep the folder and use --allow-local-state.",
  });
}

function ageWords(ms: number): string {
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms < 3 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / DAY_MS)} days`;
}
