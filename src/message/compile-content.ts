import type { Finding } from "../diag/diagnostic.ts";
import { DefectError } from "../diag/errors.ts";
import type { Content } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";
import type { Variables } from "../model/workspace.ts";
import { checkParts, wasFoundSound } from "./check-content.ts";
import { checkMessage, texts } from "./check-message.ts";
import { namesIn } from "./check-template.ts";
import { type BuildMessage, compileMessage } from "./compile-message.ts";
import type { RenderValues, Scope } from "./compile-template.ts";
import { allLayers, type Combination, combinations, mergeLayers } from "./layers.ts";
import { localeKey, matchLocale } from "./match-locale.ts";
import { parseTemplate } from "./parse-template.ts";

export type { RenderValues };

/** One person's message, or why there is none. */
export type Rendered =
  | { readonly kind: "message"; readonly message: JsonObject }
  /** Values that would be printed and are missing; only under `on_missing: skip`. */
  | { readonly kind: "missing"; readonly variables: readonly string[] }
  /** Over a limit of Meta's, or no address. Paths lead from the campaign's document. */
  | { readonly kind: "invalid"; readonly findings: readonly Finding[] };

/** A message as it comes out, also where it must not be sent. */
export interface Draft {
  /** With nothing where a value is missing. */
  readonly message: JsonObject;
  /** What would have been printed and is missing, each once. */
  readonly missing: readonly string[];
  /** See `invalid` of `Rendered`. */
  readonly findings: readonly Finding[];
}

/** Whom a message is for. `locale` is the person's own; `zone` an IANA name. */
export interface Addressee {
  readonly variant: string | null;
  readonly locale: string | null;
  readonly zone: string;
  readonly values: RenderValues;
}

export interface CompiledContent {
  /** Every name that any template uses. */
  readonly variables: ReadonlySet<string>;
  /** Shares of [0, 1) in file order; empty without variants. */
  readonly variants: readonly {
    readonly name: string;
    readonly from: number;
    readonly to: number;
  }[];
  /** The written locale that a person of `locale` gets; null: the base text. */
  localeFor(variant: string | null, locale: string | null): string | null;
  /** The written locales of a variant, in file order. */
  locales(variant: string | null): readonly string[];
  /** Throws DefectError for unknown variants. */
  render(person: Addressee): Rendered;
  /** The same for whoever wants to see what must not be sent. Throws DefectError likewise. */
  draft(person: Addressee): Draft;
}

/** Content made ready for many people. Throws DefectError where `checkContent` finds errors. */
export function compileContent(content: Content, variables: Variables): CompiledContent {
  if (!wasFoundSound(content)) refuseFaults(content, variables);
  const versions = compileVersions(content, variables);
  const versionsOf = (variant: string | null): Versions => {
    const found = versions.get(variant);
    if (found === undefined) throw new DefectError(`No variant "${variant}" in this campaign`);
    return found;
  };
  const build = ({ variant, locale }: Addressee, scope: Scope) =>
    pick(versionsOf(variant), locale).build(scope);
  return {
    variables: usedNames(content),
    variants: shares(content),
    localeFor: (variant, locale) => pick(versionsOf(variant), locale).locale,
    locales: (variant) => versionsOf(variant).locales,
    render: (person) => {
      const scope = scopeOf(person);
      const message = build(person, scope);
      if (scope.missing.length > 0 && content.onMissing === "skip") {
        return { kind: "missing", variables: [...new Set(scope.missing)] };
      }
      if (scope.findings.length > 0) return { kind: "invalid", findings: scope.findings };
      return { kind: "message", message };
    },
    draft: (person) => {
      const scope = scopeOf(person);
      const message = build(person, scope);
      return { message, missing: [...new Set(scope.missing)], findings: scope.findings };
    },
  };
}

function scopeOf({ values, zone }: Addressee): Scope {
  return { values, zone, dot: null, missing: [], findings: [] };
}

/** A message in one locale. */
interface Version {
  readonly locale: string | null;
  readonly build: BuildMessage;
}

interface Versions {
  readonly base: Version;
  readonly locales: readonly string[];
  readonly byKey: ReadonlyMap<string, Version>;
}

function pick(versions: Versions, locale: string | null): Version {
  if (locale === null) return versions.base;
  return matchLocale(locale, versions.byKey) ?? versions.base;
}

function compileVersions(
  content: Content,
  variables: Variables,
): ReadonlyMap<string | null, Versions> {
  const settings = { variables, fallbacks: content.fallbacks };
  const compile = ({ locale, layers }: Combination): Version => ({
    locale,
    build: compileMessage(layers, settings),
  });
  const all = combinations(content);
  const names = new Set(all.map((combination) => combination.variant));
  const ofVariant = (name: string | null) => all.filter(({ variant }) => variant === name);
  return new Map([...names].map((name) => [name, versionsFrom(ofVariant(name), compile)]));
}

function versionsFrom(
  [base, ...localized]: readonly Combination[],
  compile: (combination: Combination) => Version,
): Versions {
  if (base === undefined) throw new DefectError("A variant without a base text");
  const named = localized.map((combination) => combination.locale ?? "");
  const byKey = new Map(localized.map((each) => [localeKey(each.locale ?? ""), compile(each)]));
  return { base: compile(base), locales: named, byKey };
}

function shares(content: Content): CompiledContent["variants"] {
  const total = content.variants.reduce((sum, variant) => sum + variant.weight, 0);
  let filled = 0;
  return content.variants.map(({ name, weight }) => {
    const from = filled / total;
    filled += weight;
    return { name, from, to: filled / total };
  });
}

function usedNames(content: Content): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text } of allLayers(content).flatMap((layer) => texts(layer.patch))) {
    const parsed = parseTemplate(text);
    if (parsed.kind === "template") for (const name of namesIn(parsed.tokens)) names.add(name);
  }
  return names;
}

/** Rendering checks only what differs between people, so the rest must be sound beforehand. */
function refuseFaults(content: Content, variables: Variables): void {
  const findings = [
    ...checkParts(content, { variables, isEventCampaign: true }),
    ...combinations(content).flatMap(({ layers }) => checkMessage(mergeLayers(layers))),
  ];
  const fault = findings.find((finding) => finding.severity !== "warning");
  if (fault !== undefined) throw new DefectError(`Content was not checked: ${fault.detail}`);
}
