import type { Finding } from "../diag/diagnostic.ts";
import type { JsonPath } from "../model/json.ts";
import { isHttpUrl, type LeafRule } from "./leaf-rules.ts";

/** Whether a finished text keeps its rule; the quick answer for each person. */
export function fitsLeaf(text: string, rule: LeafRule): boolean {
  if (text.length > rule.maxLength || text.length < rule.minLength) return false;
  for (const pattern of rule.patterns) if (!pattern.test(text)) return false;
  return !rule.isUrl || isHttpUrl(text);
}

/**
 * What is wrong with a finished text at `path` of the message; empty where it keeps its rule.
 * Quotes nothing of the text: it may hold what is known of a person.
 */
export function checkLeaf(path: JsonPath, text: string, rule: LeafRule): readonly Finding[] {
  if (fitsLeaf(text, rule)) return [];
  const name = showPath(path);
  if (text.length > rule.maxLength) return [tooLong(path, text.length, String(rule.maxLength))];
  if (text.trim() === "") {
    const detail = `${name} is blank. Write something, or leave the key out.`;
    return [{ code: "MESSAGE_BLANK", path, summary: "Text is blank", detail }];
  }
  if (rule.isUrl && !isHttpUrl(text)) {
    const detail = `${name} is no http or https address. Begin it with https:// and a host.`;
    return [{ code: "MESSAGE_URL", path, summary: "Not a web address", detail }];
  }
  const detail = `${name} does not have the form that Meta takes. ${rule.description}`.trim();
  return [{ code: "MESSAGE_VALUE", path, summary: "Value not allowed", detail }];
}

/** A text over its limit, which comes in words: they may say what its length does not count. */
export function tooLong(path: JsonPath, length: number, limit: string): Finding {
  return {
    code: "MESSAGE_LIMIT",
    path,
    summary: "Over Meta's limit",
    detail: `${showPath(path)} is ${length} characters, limit is ${limit}.`,
  };
}

/** `message.quick_replies[0].title` */
export function showPath(path: JsonPath): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`));
  return `message${parts.join("")}`;
}
