import type { Finding } from "../diag/diagnostic.ts";
import type { Values } from "../model/attribute.ts";
import type { JsonValue } from "../model/json.ts";
import { checkName, type TemplateScope } from "./check-template.ts";

/** What is wrong with `fallbacks:`; paths lead from the campaign's document. */
export function checkFallbacks(fallbacks: Values, scope: TemplateScope): readonly Finding[] {
  return Object.entries(fallbacks).flatMap(([name, value]) => {
    const path = ["fallbacks", name];
    const unknown = checkName(name, path, scope).map((finding) => ({ ...finding, atKey: true }));
    return [...unknown, ...(canBePrinted(value) ? [] : [useless(name)])];
  });
}

function canBePrinted(value: JsonValue): boolean {
  if (typeof value === "string") return value.trim() !== "";
  return typeof value === "number" || typeof value === "boolean";
}

function useless(name: string): Finding {
  const detail =
    `The fallback of "${name}" must be a text that is not blank, a number, or true or false. ` +
    "To print nothing where it is missing, write on_missing: blank.";
  return {
    code: "FALLBACK_VALUE",
    path: ["fallbacks", name],
    summary: "Fallback is empty",
    detail,
  };
}
