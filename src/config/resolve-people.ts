import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { ConsentSigns, Identifier, JoinRule, PeopleRules } from "../model/workspace.ts";

type Written = NonNullable<WrittenWorkspace["people"]>;

/** What stands under `people:`, with what is left out filled in. */
export function resolvePeople(people: Written | undefined): PeopleRules {
  const { opt_in, opt_out, join = {} } = people ?? {};
  const rules = Object.entries(join) as [Identifier, string | Partial<JoinRule>][];
  return {
    optIn: { words: [], ...signsOf(opt_in) },
    optOut: { words: undefined, ...signsOf(opt_out) },
    join: rules.map(([identifier, by]) => ({ identifier, ...joinBy(by) })),
  };
}

function signsOf(signs: Written["opt_in"]): Omit<ConsentSigns, "words"> & Partial<ConsentSigns> {
  const payloads = signs?.payloads ?? [];
  return signs?.words === undefined ? { payloads } : { payloads, words: signs.words };
}

function joinBy(by: string | Partial<JoinRule>): Pick<JoinRule, "attribute" | "prefix"> {
  if (typeof by === "string") return { attribute: by, prefix: "" };
  return { attribute: by.attribute ?? "", prefix: by.prefix ?? "" };
}
