import type { Condition } from "../model/condition.ts";

/** The columns of users and of events that a condition reads, by their declared names. */
export interface ConditionColumns {
  readonly users: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

/** Follows `segment:` references; columns with a meaning of their own are the caller's to add. */
export function columnsOf(
  condition: Condition,
  segments: ReadonlyMap<string, { readonly where: Condition }>,
): ConditionColumns {
  const found = { users: new Set<string>(), events: new Set<string>() };
  const seen = new Set<string>();
  const visit = (at: Condition, names: Set<string>): void => {
    if (at.kind === "all" || at.kind === "any") for (const member of at.of) visit(member, names);
    if (at.kind === "not") visit(at.of, names);
    if (at.kind === "attribute") names.add(at.name);
    if (at.kind === "event" && at.where !== undefined) visit(at.where, found.events);
    if (at.kind !== "segment" || seen.has(at.segment)) return;
    seen.add(at.segment);
    const segment = segments.get(at.segment);
    if (segment !== undefined) visit(segment.where, names);
  };
  visit(condition, found.users);
  return found;
}
