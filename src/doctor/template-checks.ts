import { combinations, mergeLayers } from "../message/layers.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Check } from "../model/checkup.ts";
import { isJsonObject } from "../model/json.ts";
import type { Page } from "../model/workspace.ts";
import type { GraphAnswer, GraphReader } from "../ports/graph-reader.ts";
import { listed, objectsIn, unanswered } from "./answers.ts";
import { META_PAGES } from "./meta-pages.ts";
import { error, ok, skipped, warning } from "./verdicts.ts";

/** A utility template as a campaign names it. */
interface Use {
  readonly name: string;
  readonly language: string;
  readonly campaigns: readonly string[];
}

export function usesUtility(campaigns: readonly Campaign[]): boolean {
  return campaigns.some(isUtility);
}

/** The templates of campaigns that are not ended, as Meta has them (section 2.5). */
export async function templateChecks(
  reader: GraphReader,
  campaigns: readonly Campaign[],
  page: Page,
): Promise<readonly Check[]> {
  const uses = usesOf(campaigns.filter(isUtility));
  if (uses.length === 0) return [ok("templates", "No campaign uses a utility template.")];
  const [fixed, open] = [uses.filter(isFixed), uses.filter((use) => !isFixed(use))];
  const asked = await Promise.all(
    [...new Set(fixed.map(({ name }) => name))].map(async (name) => {
      const answer = await reader.read(`${page.id}/message_templates`, { name, limit: "100" });
      return { answer, uses: fixed.filter((use) => use.name === name) };
    }),
  );
  const checks = [
    ...asked.flatMap(({ answer, uses: own }) => verdictsOf(answer, own)),
    ...open.map(perPerson),
  ];
  const faults = checks.filter(({ status }) => status !== "ok");
  if (faults.length > 0 || checks.length < 4) return checks;
  return [ok("templates", `All ${checks.length} utility templates are approved.`)];
}

function isUtility({ messaging, status }: Campaign): boolean {
  return messaging === "UTILITY" && status !== "ended";
}

function usesOf(campaigns: readonly Campaign[]): readonly Use[] {
  const found = new Map<string, Use>();
  for (const { id, content } of campaigns) {
    for (const { layers } of combinations(content)) {
      const { template } = mergeLayers(layers);
      if (!isJsonObject(template)) continue;
      const { name, language } = template;
      const code = isJsonObject(language) ? String(language["code"]) : "";
      const key = `${String(name)} ${code}`;
      const before = found.get(key)?.campaigns ?? [];
      const users = before.includes(id) ? before : [...before, id];
      found.set(key, { name: String(name), language: code, campaigns: users });
    }
  }
  return [...found.values()];
}

function isFixed({ name, language }: Use): boolean {
  return !`${name}${language}`.includes("{{");
}

function perPerson({ name, language }: Use): Check {
  return skipped("templates", `which template "${name}" (${language}) is depends on the person`);
}

function verdictsOf(answer: GraphAnswer, uses: readonly Use[]): readonly Check[] {
  if (answer.kind !== "told") return [unanswered("templates", answer, "pages_utility_messaging")];
  const own = objectsIn(answer.body["data"]);
  return uses.map((use) => {
    const found = own.find(({ name, language }) => name === use.name && language === use.language);
    const languages = own.filter(({ name }) => name === use.name).map((one) => one["language"]);
    const reason = found?.["rejected_reason"] ?? found?.["reason"];
    return verdictOf(use, {
      status: found === undefined ? undefined : String(found["status"]),
      reason: typeof reason === "string" ? ` (${reason})` : "",
      others: languages.map(String),
    });
  });
}

interface Standing {
  /** Undefined: Meta has no such template. */
  readonly status: string | undefined;
  readonly reason: string;
  /** Languages that there are of it. */
  readonly others: readonly string[];
}

function verdictOf(use: Use, { status, reason, others }: Standing): Check {
  const title = `${use.name} (${use.language}), which ${listed(use.campaigns)} sends,`;
  const source = META_PAGES.utility;
  if (status === "APPROVED") return ok("templates", `${use.name} (${use.language}) is approved.`);
  if (status === undefined) {
    const known = others.length > 0 ? ` There is it in ${listed(others)}.` : "";
    return error("templates", "invalid", {
      code: "TEMPLATE_MISSING",
      found: `The utility template ${title} does not exist.${known}`,
      next: "Create it in Meta's dashboard or by POST /<page>/message_templates, or name another.",
      source,
    });
  }
  const found = `The utility template ${title} is ${status}${reason}.`;
  if (status === "PENDING") {
    const next = "Meta's review mostly takes seconds. Run this again before the first send.";
    return warning("templates", { code: "TEMPLATE_PENDING", found, next, source });
  }
  const next =
    "Correct its text as Meta's reasons say, create it under a new name, and name that in the " +
    "campaign; an approved text cannot be edited.";
  return error("templates", "invalid", { code: "TEMPLATE_NOT_APPROVED", found, next, source });
}
