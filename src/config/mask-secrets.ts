import type { Diagnostic } from "../diag/diagnostic.ts";
import { REFERENCE } from "./env-reference.ts";

/** The keys of `page:` that name secrets. */
export const SECRET_KEYS = ["access_token", "app_secret", "verify_token"] as const;

const SECRET_KEY = /^(.*?(?:tok|secr|passw|api_?key)[A-Za-z_]{0,40}["']?\s{0,9}:)(.*)$/i;
const SAFE_VALUE = /^\s*(["']?)\$\{[A-Za-z_][A-Za-z0-9_]*\}\1\s*(?:[,}].*)?(?:#.*)?$/;
/** Where letters and digits are mixed, these are tokens and secrets. */
const LONG_RUN = /[A-Za-z0-9_-]{24,}/g;
/** Quickly tells the files, nearly all, in which nothing looks like a secret or its key. */
const COULD_BE_SECRET = /tok|secr|passw|api_?key|[A-Za-z0-9_-]{24}/i;
const META_TOKEN = /EAA[A-Za-z0-9]{8,}/g;
/** What can hardly be anything but one of Meta's access tokens. */
export const SURE_TOKEN = /EAA[A-Za-z0-9]{24,}/;
/** Shorter ones would blot out ordinary words wherever they occur. */
const SHORTEST_SECRET = 6;

/**
 * A text in which what stands where a secret could stand is dots: of the same length, so that
 * lines and columns stay. Goes by the look of the lines, since a broken file has no tree.
 */
export function maskSecretLines(text: string): string {
  if (!COULD_BE_SECRET.test(text)) return text;
  let secretIndent: number | undefined;
  return text
    .split("\n")
    .map((line) => {
      const indent = line.search(/\S/);
      if (secretIndent !== undefined && (indent === -1 || indent > secretIndent)) {
        return dots(line);
      }
      const [, key = "", value = ""] = SECRET_KEY.exec(line) ?? [];
      secretIndent = key !== "" && !SAFE_VALUE.test(value) ? indent : undefined;
      return secretIndent === undefined ? line.replace(LONG_RUN, dotsIfMixed) : key + dots(value);
    })
    .join("\n");
}

/** Diagnostics in which no literal secret and nothing that looks like a token of Meta's stands. */
export function withoutSecrets(
  diagnostics: readonly Diagnostic[],
  literals: readonly string[],
): readonly Diagnostic[] {
  const secrets = literals.flatMap(secretParts);
  const mask = (text: string) =>
    secrets
      .reduce((masked, secret) => masked.replaceAll(secret, dots), text)
      .replace(META_TOKEN, dots);
  return diagnostics.map((diagnostic) => {
    const { at } = diagnostic;
    const shown = at.lineText === undefined ? at : { ...at, lineText: mask(at.lineText) };
    return { ...diagnostic, at: shown, detail: mask(diagnostic.detail) };
  });
}

/** The literals of `page:` that stand where only the name of an environment variable may. */
export function secretLiterals(page: unknown): readonly string[] {
  return SECRET_KEYS.flatMap((key) => secretLiteral(page, key) ?? []);
}

/** What stands under a secret's key and is no `${NAME}`. */
export function secretLiteral(page: unknown, key: string): string | undefined {
  const value: unknown = (page as Record<string, unknown> | null | undefined)?.[key];
  if (value === undefined || value === null || typeof value === "object") return undefined;
  return REFERENCE.test(String(value)) ? undefined : String(value);
}

/** The whole and, for one written over several lines, its words. */
function secretParts(literal: string): readonly string[] {
  const parts = [literal.trim(), ...literal.split(/\s+/)];
  return parts.filter((part) => part.length >= SHORTEST_SECRET);
}

function dotsIfMixed(run: string): string {
  return /\d/.test(run) && /[A-Za-z]/.test(run) ? dots(run) : run;
}

function dots(text: string): string {
  return text.replace(/\S/g, "•");
}
