import type { Finding } from "../diag/diagnostic.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { checkLeaf, showPath, tooLong } from "./check-leaf.ts";
import { checkStructure } from "./check-structure.ts";
import { FREE_LEAF, type LeafRule, leafRules, pointerTo } from "./leaf-rules.ts";
import { fixedText, leastLength, parseTemplate, type Token } from "./parse-template.ts";

/**
 * What is wrong with one whole message, as far as it can be known without a person: structure,
 * fixed texts, and what templates print whatever the values are. Paths lead from the message.
 */
export function checkMessage(message: JsonObject): readonly Finding[] {
  const rules = leafRules(message);
  return [
    ...checkStructure(message),
    ...checkHeroes(message),
    ...texts(message).flatMap(({ path, text }) =>
      checkText(path, text, rules.get(pointerTo(path)) ?? FREE_LEAF),
    ),
  ];
}

/** Every text of a JSON value with its place. */
export function texts(
  value: JsonValue,
  path: JsonPath = [],
): readonly { readonly path: JsonPath; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => texts(entry, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => texts(entry, [...path, key]));
}

function checkText(path: JsonPath, text: string, rule: LeafRule): readonly Finding[] {
  const parsed = parseTemplate(text);
  // Said once where the template is written, by check-template.ts.
  if (parsed.kind === "fault") return [];
  const fixed = fixedText(parsed.tokens);
  if (fixed !== undefined) return checkLeaf(path, fixed, rule);
  const least = leastLength(parsed.tokens);
  if (least > rule.maxLength)
    return [tooLong(path, least, `${rule.maxLength}, even with nothing in its tags`)];
  return rule.isUrl ? checkUrlTemplate(path, parsed.tokens) : [];
}

/** What stands at the start decides whether an address can ever come out. */
function checkUrlTemplate(path: JsonPath, tokens: readonly Token[]): readonly Finding[] {
  const [first, second] = tokens;
  const name = showPath(path);
  if (first?.kind === "print" && first.escaped && !startsWithColon(second)) {
    const detail =
      `${name} begins with {{${first.name}}}, which is URL-encoded and so never a whole ` +
      `address. Write {{{${first.name}}}}.`;
    return [{ code: "MESSAGE_URL", path, summary: "Not a web address", detail }];
  }
  if (first?.kind === "text" && !canBeginUrl(first.text)) {
    const detail = `${name} is no http or https address. Begin it with https:// and a host.`;
    return [{ code: "MESSAGE_URL", path, summary: "Not a web address", detail }];
  }
  return [];
}

/** `{{scheme}}://…` is the one address that can begin with an encoded value. */
function startsWithColon(token: Token | undefined): boolean {
  return token?.kind === "text" && token.text.startsWith("://");
}

function canBeginUrl(text: string): boolean {
  const start = text.toLowerCase();
  return ["http://", "https://"].some((scheme) => scheme.startsWith(start.slice(0, scheme.length)));
}

/** At most one hero (messenger-platform.md section 3); JSON Schema cannot count them. */
function checkHeroes(message: JsonObject): readonly Finding[] {
  const images = at(message, ["attachment", "payload", "elements", 0, "images"]);
  if (!Array.isArray(images)) return [];
  const heroes = images.flatMap((image, index) =>
    isJsonObject(image) && image["is_hero_image"] === true ? [index] : [],
  );
  return heroes.slice(1).map((index) => {
    const path = ["attachment", "payload", "elements", 0, "images", index, "is_hero_image"];
    const detail = `${showPath(path)} is true for a second image; Meta takes one hero. Remove it.`;
    return { code: "MESSAGE_CLASH", path, summary: "Keys exclude each other", detail };
  });
}

function at(value: JsonValue, path: JsonPath): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, JsonValue>>)[key];
  }
  return found;
}
