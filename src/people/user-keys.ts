import type { InboundFact } from "../model/inbound-fact.ts";
import type { JoinRule, PeopleRules, UserSource } from "../model/workspace.ts";
import { joinKey, joinValue } from "./join-key.ts";
import type { TableUser } from "./users-table.ts";
import { exactText } from "./users-text.ts";

/** How a table of users is read and written. */
export interface TableRules {
  readonly users: UserSource;
  readonly people: Pick<PeopleRules, "join">;
}

/** Finds users by the attributes that the rules of `people.join` name. */
export class UserKeys {
  readonly #rules: readonly { readonly rule: JoinRule; readonly users: Map<string, TableUser[]> }[];

  constructor({ people }: TableRules) {
    this.#rules = people.join.map((rule) => ({ rule, users: new Map() }));
  }

  add(user: TableUser): void {
    for (const { rule, users } of this.#rules) {
      const value = exactText(user.row, rule.attribute);
      const key = value === undefined ? "" : joinKey(rule, value);
      if (key === "") continue;
      const others = users.get(key);
      if (others === undefined) users.set(key, [user]);
      else others.push(user);
    }
  }

  /** Everybody whom a fact may be about, by what identifies them in it. */
  meantBy(fact: InboundFact): Set<TableUser> {
    const meant = new Set<TableUser>();
    for (const { rule, users } of this.#rules) {
      // Payloads of buttons are the page's own and say nothing of who taps them.
      if (rule.identifier === "payload" && fact.kind !== "optin") continue;
      const told = fact[rule.identifier];
      const key = told === undefined ? undefined : joinValue(rule, told);
      for (const user of (key !== undefined && users.get(key)) || []) meant.add(user);
    }
    return meant;
  }
}
