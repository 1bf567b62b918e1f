import type { InboundFact } from "../model/inbound-fact.ts";
import { formatInstant, type Instant, parseInstant } from "../model/instant.ts";
import type { JsonValue } from "../model/json.ts";
import type { PeopleCounts } from "../model/people-counts.ts";
import type { UserSource } from "../model/workspace.ts";
import { ANONYMOUS } from "./inbound-sql.ts";
import { type TableRules, UserKeys } from "./user-keys.ts";
import {
  addRow,
  exactText,
  newRow,
  removeRow,
  type UserRow,
  type UsersText,
  usersText,
  withValues,
} from "./users-text.ts";

/** Where it is kept since when consent is as it is, if posthorn.yaml names no column for it. */
export const CONSENT_AT = "posthorn_consent_at";

/** A user: the row as it was read, and what has to be written into it. */
export interface TableUser {
  row: UserRow;
  changes: Record<string, JsonValue>;
}

/**
 * Users in one JSON document, changed by what people tell the page: the columns for PSID, last
 * message and consent. All others stay as they are. Facts may come in any order and again; of two
 * people who say to be the same user the first one taken in stays.
 */
export class UsersTable {
  readonly #text: UsersText;
  readonly #users: UserSource;
  readonly #keys: UserKeys;
  readonly #list: TableUser[];
  readonly #byPsid = new Map<string, TableUser>();
  readonly #severalUsers = new Set<string>();
  readonly #secondPsid = new Set<string>();
  #joined = 0;

  constructor(text: UsersText, rules: TableRules) {
    this.#text = text;
    this.#users = rules.users;
    this.#keys = new UserKeys(rules);
    this.#list = text.rows.map((row) => ({ row, changes: {} }));
    for (const user of this.#list) {
      const psid = exactText(user.row, rules.users.psid);
      if (psid !== undefined) this.#byPsid.set(psid, user);
      this.#keys.add(user);
    }
  }

  /** Gives whether the person is new. */
  take(fact: InboundFact): boolean {
    const known = this.#byPsid.get(fact.psid);
    const user = this.#userOf(fact, known);
    if (fact.opens) this.#setLast(user, fact.at);
    if (fact.consent !== null) this.#setConsent(user, { is: fact.consent, at: fact.at });
    return known === undefined;
  }

  counts(): PeopleCounts {
    const anonymous = [...this.#byPsid].filter(([psid, user]) => this.#isAnonymous(user, psid));
    return {
      people: this.#byPsid.size,
      anonymous: anonymous.length,
      joined: this.#joined,
      severalUsers: this.#severalUsers.size,
      secondPsid: this.#secondPsid.size,
    };
  }

  /** The document with all changes. */
  toText(): string {
    for (const user of this.#list) {
      if (Object.keys(user.changes).length === 0) continue;
      user.row = withValues(user.row, user.changes);
      user.changes = {};
    }
    return usersText({ rows: this.#list.map(({ row }) => row), gaps: this.#text.gaps });
  }

  #userOf(fact: InboundFact, known: TableUser | undefined): TableUser {
    const { psid } = fact;
    const meant = this.#keys.meantBy(fact);
    meant.delete(known as TableUser);
    const [other] = meant;
    if (other === undefined) return known ?? this.#addAnonymous(psid);
    const isFree = known === undefined || this.#isBare(known, psid);
    if (meant.size > 1 || !isFree) this.#severalUsers.add(psid);
    else if (this.#value(other, this.#users.psid) != null) this.#secondPsid.add(psid);
    else return this.#join(other, known, psid);
    return known ?? this.#addAnonymous(psid);
  }

  /** Gives a PSID to a known user, with what the anonymous one told so far. */
  #join(user: TableUser, anonymous: TableUser | undefined, psid: string): TableUser {
    user.changes[this.#users.psid] = psid;
    this.#byPsid.set(psid, user);
    this.#joined++;
    if (anonymous === undefined) return user;
    const lastAt = this.#instant(anonymous, this.#users.lastInbound);
    if (lastAt !== undefined) this.#setLast(user, lastAt);
    const is = this.#value(anonymous, this.#consentColumn);
    const at = this.#instant(anonymous, this.#consentAtColumn);
    if (typeof is === "boolean" && at !== undefined) this.#setConsent(user, { is, at });
    const place = this.#list.indexOf(anonymous);
    this.#list.splice(place, 1);
    removeRow(this.#text, place);
    return user;
  }

  #addAnonymous(psid: string): TableUser {
    const { id, psid: column } = this.#users;
    const row = newRow({ [id]: `${ANONYMOUS}${psid}`, [column]: psid });
    const user: TableUser = { row, changes: {} };
    addRow(this.#text, row);
    this.#list.push(user);
    this.#byPsid.set(psid, user);
    return user;
  }

  #setLast(user: TableUser, at: Instant): void {
    const { lastInbound } = this.#users;
    if (lastInbound === undefined) return;
    const before = this.#instant(user, lastInbound);
    if (before === undefined || at > before) user.changes[lastInbound] = formatInstant(at);
  }

  /** Of two answers of one instant the no counts; a no without a date stays. */
  #setConsent(user: TableUser, { is, at }: { readonly is: boolean; readonly at: Instant }): void {
    const before = this.#instant(user, this.#consentAtColumn);
    const own = this.#value(user, this.#consentColumn) ?? true;
    if (before === undefined && (own === false || (is && own !== true))) return;
    if (before !== undefined && (at < before || (at === before && is))) return;
    user.changes[this.#consentColumn] = is;
    user.changes[this.#consentAtColumn] = formatInstant(at);
  }

  get #consentColumn(): string {
    const { consent } = this.#users;
    return consent === "assumed" ? "" : consent.column;
  }

  get #consentAtColumn(): string {
    return this.#users.consentAt ?? CONSENT_AT;
  }

  #value({ row, changes }: TableUser, name: string): JsonValue | undefined {
    return changes[name] ?? row.values[name];
  }

  #instant(user: TableUser, name: string | undefined): Instant | undefined {
    const value = name === undefined ? undefined : this.#value(user, name);
    return typeof value === "string" ? parseInstant(inIsoForm(value)) : undefined;
  }

  #isAnonymous(user: TableUser, psid: string): boolean {
    return this.#value(user, this.#users.id) === `${ANONYMOUS}${psid}`;
  }

  /** Whether nobody wrote anything of their own into an anonymous user. */
  #isBare(user: TableUser, psid: string): boolean {
    const { id, psid: column, lastInbound } = this.#users;
    const own = [id, column, lastInbound, this.#consentColumn, this.#consentAtColumn];
    return this.#isAnonymous(user, psid) && Object.keys(user.row.values).every(isIn(own));
  }
}

/** What plans read as a time too: a blank before the hours, `+0000` and `+00` as the offset. */
function inIsoForm(time: string): string {
  const text = time.replace(" ", "T");
  return text.replace(
    /(T.*[+-]\d{2})(\d{2})?$/,
    (_, hours, minutes = "00") => `${hours}:${minutes}`,
  );
}

function isIn(names: readonly (string | undefined)[]): (name: string) => boolean {
  return (name) => names.includes(name);
}
