import type * as Yaml from "yaml";
import { canonicalJson } from "../model/canonical-json.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import { parseYamlText } from "./whole-yaml.ts";
import { applyEdits, editsFor, type Site } from "./yaml-edits.ts";

/**
 * A campaign's file with other messages in `expect` of its tests (by position, from 0): only what
 * differs is written anew, in the style that stood there; every other byte stays. Undefined where
 * the file would not say that afterwards, as with an anchor that is used outside of the tests.
 */
export function rewriteMessages(
  text: string,
  messages: ReadonlyMap<number, JsonObject>,
): string | undefined {
  const before = readValue(text);
  const wanted = before && withMessages(before, messages);
  if (wanted === undefined) return undefined;
  const after = rewritten(text, wanted);
  return canonicalJson(readValue(after)) === canonicalJson(wanted) ? after : undefined;
}

/** One test after the other: what stands behind an alias may have changed with another test. */
function rewritten(text: string, wanted: JsonObject): string {
  return testsOf(wanted).reduce<string>((now, test, at) => {
    const message = messageOf(test);
    const document = parse(now);
    const path = ["tests", at, "expect", "message"];
    const node = document?.getIn(path, true) as Yaml.Node | undefined;
    if (message === undefined || document === undefined || node === undefined) return now;
    if (canonicalJson(node.toJS(document)) === canonicalJson(message)) return now;
    return applyEdits(now, editsFor(node, message, siteOf(now, document, path)));
  }, text);
}

function siteOf(text: string, document: Yaml.Document.Parsed, path: readonly unknown[]): Site {
  const yaml = loadWhenNeeded<typeof Yaml>("yaml");
  const inFlow = path.some((_, depth) => {
    const outer = document.getIn(path.slice(0, depth), true);
    return yaml.isCollection(outer) && outer.flow === true;
  });
  return { text, document, yaml, inFlow, eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

function parse(text: string): Yaml.Document.Parsed | undefined {
  return parseYamlText(text, { keepSourceTokens: true });
}

function readValue(text: string): JsonObject | undefined {
  const document = parse(text);
  if (document === undefined || document.errors.length > 0) return undefined;
  const value: unknown = document.toJS();
  return isJsonObject(value) ? value : undefined;
}

function testsOf({ tests }: JsonObject): readonly JsonValue[] {
  return Array.isArray(tests) ? tests : [];
}

function messageOf(test: JsonValue): JsonValue | undefined {
  const expected = isJsonObject(test) ? test["expect"] : undefined;
  return isJsonObject(expected) ? expected["message"] : undefined;
}

function withMessages(value: JsonObject, messages: ReadonlyMap<number, JsonObject>): JsonObject {
  const tests = testsOf(value).map((test, at) => {
    const message = messages.get(at);
    if (message === undefined || !isJsonObject(test) || !isJsonObject(test["expect"])) return test;
    return { ...test, expect: { ...test["expect"], message } };
  });
  return { ...value, tests };
}
