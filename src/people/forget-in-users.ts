import type { JsonValue } from "../model/json.ts";
import type { UserSource } from "../model/workspace.ts";
import { ANONYMOUS } from "./inbound-sql.ts";
import { CONSENT_AT } from "./users-table.ts";
import { exactText, removeRow, type UserRow, type UsersText, withValues } from "./users-text.ts";

/** What came of forgetting somebody in a document of users. */
export interface ForgottenRows {
  /** Rows that lost what Posthorn fills in. */
  readonly emptied: number;
  /** Anonymous rows, which Posthorn made and which are gone. */
  readonly removed: number;
}

/**
 * Takes a person out of users that Posthorn writes into: an anonymous row goes, any other one loses
 * PSID, last message and consent. All else in it is somebody's own and stays, byte by byte.
 */
export function forgetInUsers(
  text: UsersText,
  users: UserSource,
  person: { readonly userId: string; readonly psids: readonly string[] },
): ForgottenRows {
  let [emptied, removed] = [0, 0];
  for (let at = text.rows.length - 1; at >= 0; at--) {
    const row = text.rows[at];
    if (row === undefined || !isOf(row, users, person)) continue;
    const values = filledIn(row, users);
    if (exactText(row, users.id)?.startsWith(ANONYMOUS)) {
      removeRow(text, at);
      removed += 1;
    } else if (Object.keys(values).length > 0) {
      text.rows[at] = withValues(row, values);
      emptied += 1;
    }
  }
  return { emptied, removed };
}

function isOf(
  row: UserRow,
  { id, psid }: UserSource,
  person: { readonly userId: string; readonly psids: readonly string[] },
): boolean {
  const own = exactText(row, psid);
  return exactText(row, id) === person.userId || (own !== undefined && person.psids.includes(own));
}

/** The columns of the row that Posthorn fills and that hold something, to be emptied. */
function filledIn({ values }: UserRow, users: UserSource): Record<string, JsonValue> {
  const { psid, lastInbound, consent, consentAt = CONSENT_AT } = users;
  const columns = [
    psid,
    lastInbound,
    consentAt,
    consent === "assumed" ? undefined : consent.column,
  ];
  const filled = columns.filter((name) => name !== undefined && (values[name] ?? null) !== null);
  return Object.fromEntries(filled.map((name) => [name, null]));
}
