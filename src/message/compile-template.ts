import type { Finding } from "../diag/diagnostic.ts";
import type { Values } from "../model/attribute.ts";
import type { Variables } from "../model/workspace.ts";
import type { Token } from "./parse-template.ts";
import { type Shown, showInstant, showValue } from "./show-value.ts";

/**
 * A person's values by name, `event.x` for the event's properties. Timestamps are milliseconds,
 * dates `YYYY-MM-DD`, integers beyond 2^53 decimal text; missing is null or absent.
 */
export interface RenderValues {
  readonly [name: string]: string | number | boolean | null | readonly (string | null)[];
}

/** One person's rendering: what templates read, and what they have to report. */
export interface Scope {
  readonly values: RenderValues;
  readonly zone: string;
  /** What `{{.}}` prints. */
  dot: Shown;
  /** Names of the values that were to be printed and are missing. */
  readonly missing: string[];
  readonly findings: Finding[];
}

export type Print = (scope: Scope) => string;

/** What compiling a template depends on beside its tokens. */
export interface TemplateSettings {
  readonly variables: Variables;
  readonly fallbacks: Values;
  /** Applied to `{{x}}`, not to `{{{x}}}`. */
  readonly encode: (text: string) => string;
}

/** A template as a function of a person's values. */
export function compileTemplate(tokens: readonly Token[], settings: TemplateSettings): Print {
  const prints = tokens.map((token) => compileToken(token, settings));
  const [first, second, third] = prints;
  if (first === undefined) return () => "";
  if (second === undefined) return first;
  if (third === undefined) return (scope) => first(scope) + second(scope);
  return (scope) => {
    let text = "";
    for (const print of prints) text += print(scope);
    return text;
  };
}

/** encodeURIComponent for any text: half a surrogate pair, which it refuses, becomes U+FFFD. */
export function encodeForUrl(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

type Read = (scope: Scope) => Shown;

function compileToken(token: Token, settings: TemplateSettings): Print {
  if (token.kind === "text") return () => token.text;
  if (token.kind === "section") return compileSection(token, settings);
  const { name } = token;
  const read = compileRead(name, settings);
  const encode = token.escaped ? settings.encode : undefined;
  return (scope) => {
    const value = read(scope);
    if (value === undefined) {
      scope.missing.push(name);
      return "";
    }
    const text = typeof value === "string" ? value : showValue(value);
    return encode === undefined ? text : encode(text);
  };
}

/** As in mustache.js: false, 0, missing and an empty list are false; a list repeats it. */
function compileSection(
  token: Extract<Token, { kind: "section" }>,
  settings: TemplateSettings,
): Print {
  const read = compileRead(token.name, settings);
  const print = compileTemplate(token.tokens, settings);
  if (token.inverted) return (scope) => (holds(read(scope)) ? "" : print(scope));
  return (scope) => {
    const value = read(scope);
    if (!holds(value)) return "";
    if (value === true) return print(scope);
    const entries = Array.isArray(value) ? value : [value];
    const outer = scope.dot;
    let text = "";
    for (const entry of entries) {
      scope.dot = entry;
      text += print(scope);
    }
    scope.dot = outer;
    return text;
  };
}

function holds(value: Shown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Missing comes out as undefined; null stands only for a missing entry of a list. */
function compileRead(name: string, { variables, fallbacks }: TemplateSettings): Read {
  if (name === ".") return (scope) => scope.dot ?? null;
  const isTimestamp = variables.get(name)?.type === "timestamp";
  const fallback = Object.hasOwn(fallbacks, name) ? (fallbacks[name] as Shown) : undefined;
  return (scope) => {
    const value = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
    if (!hasValue(value)) return fallback;
    return isTimestamp && typeof value === "number" ? showInstant(value, scope.zone) : value;
  };
}

/** Not missing, not empty, not blank: the `has_value` of segments. */
export function hasValue(value: Shown): boolean {
  if (typeof value === "string") return value.trim() !== "";
  if (typeof value === "number") return Number.isFinite(value);
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}
