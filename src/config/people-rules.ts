import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean } from "../diag/nearest.ts";
import type { Attributes } from "../model/attribute.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { JsonPath } from "../model/json.ts";
import { wordKey } from "../people/consent-signs.ts";
import type { Vocabulary } from "./vocabulary.ts";

type Written = Partial<WrittenWorkspace>;

/** What a schema cannot say about `users.inbound` and `people`. */
export function peopleRules(written: Written, { attributes }: Vocabulary): readonly Finding[] {
  return [
    ...inboundRule(written, attributes),
    ...joinRules(written, attributes),
    ...signRules(written),
  ];
}

/** What opens the window has to stand in a column that segments and rules can name. */
function inboundRule({ users }: Written, attributes: Attributes): readonly Finding[] {
  if (users?.inbound === undefined || users.last_inbound !== undefined) return [];
  if (attributes.isUnsure?.("last_inbound")) return [];
  const detail =
    "What people tell the page says when they last wrote. Write last_inbound: and the name of a " +
    "column for it; user data that lacks the column is fine then.";
  return [
    { code: "INBOUND_COLUMN", path: ["users", "inbound"], summary: "Column not named", detail },
  ];
}

function joinRules({ users, people }: Written, attributes: Attributes): readonly Finding[] {
  if (users === undefined) return [];
  return Object.entries(people?.join ?? {}).flatMap(([identifier, by]) => {
    const isText = typeof by === "string";
    const name = isText ? by : (by as { attribute?: string }).attribute;
    if (name === undefined || attributes.isUnsure?.(name)) return [];
    const type = attributes.get(name)?.type;
    if (type === "string" && name !== users.psid) return [];
    const path = ["people", "join", identifier, ...(isText ? [] : ["attribute"])];
    const detail = type === undefined ? unknown(name, attributes) : unfit(name);
    return [{ code: "JOIN_ATTRIBUTE", path, summary: "No attribute to join by", detail }];
  });
}

function unknown(name: string, attributes: Attributes): string {
  const texts = [...attributes.values()].filter((one) => one.type === "string");
  const meant = didYouMean(
    name,
    texts.map((one) => one.name),
  );
  return `users has no attribute "${name}".${meant} Declare it, or name another.`;
}

function unfit(name: string): string {
  return `"${name}" is the PSID itself or no string, so no identifier equals it. Name another.`;
}

/** One message must not say yes and no. */
function signRules({ people }: Written): readonly Finding[] {
  return (["words", "payloads"] as const).flatMap((kind) => {
    const alike = kind === "words" ? wordKey : String;
    const outs = new Set((people?.opt_out?.[kind] ?? []).map(alike));
    return (people?.opt_in?.[kind] ?? []).flatMap((one, at): Finding[] => {
      if (!outs.has(alike(one))) return [];
      const path: JsonPath = ["people", "opt_in", kind, at];
      const detail = `"${one}" stands under opt_out too, and cannot mean both. Keep one of them.`;
      return [{ code: "SIGN_TWICE", path, summary: "Opt-in and opt-out alike", detail }];
    });
  });
}
