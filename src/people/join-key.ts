import type { JoinRule } from "../model/workspace.ts";

/** What an identifier has to equal; undefined where it lacks the rule's prefix, or is empty. */
export function joinValue(rule: JoinRule, told: string): string | undefined {
  if (!told.startsWith(rule.prefix)) return undefined;
  return joinKey(rule, told.slice(rule.prefix.length)) || undefined;
}

/**
 * An attribute or identifier in the form in which the two are compared: addresses in lower case,
 * numbers as digits without the 00 of a country code. SQL does the same (join-sql.ts).
 */
export function joinKey({ identifier }: JoinRule, value: string): string {
  if (identifier === "email") return value.trim().toLowerCase();
  return identifier === "phone" ? value.replace(/[^0-9]/g, "").replace(/^00/, "") : value;
}
