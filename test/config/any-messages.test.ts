import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { rewriteMessages } from "../../src/config/rewrite-messages.ts";
import type { JsonObject } from "../../src/model/json.ts";

const text = fc.oneof(
  fc.string({ maxLength: 30, unit: "grapheme" }),
  fc.lorem({ maxCount: 30 }),
  fc.lorem({ maxCount: 12, mode: "sentences" }).map((words) => words.replaceAll(". ", ".\n")),
  fc.constantFrom("true", "- a", "a: b", "a # b", "1", "", " x ", "a\nb\n", "\n", "it's", "a\tb"),
);
const leaf = fc.oneof(text, fc.integer(), fc.boolean());
const message: fc.Arbitrary<JsonObject> = fc.letrec<{ value: unknown; map: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie("map"), fc.array(tie("value"), { maxLength: 3 })),
  map: fc.dictionary(fc.constantFrom("text", "title", "buttons", "url"), tie("value")) as never,
})).map;

const style = fc.record({
  collectionStyle: fc.constantFrom("any" as const, "flow" as const),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
  lineWidth: fc.constantFrom(0, 40),
  indentSeq: fc.boolean(),
});

test("whatever stood there, the file then says what comes and nothing else moves", () => {
  fc.assert(
    fc.property(message, message, style, (before, after, written) => {
      const file = `tests:\n${testWith(before, written)}${REST}`;
      fc.pre(isSound(file, before));
      const found = rewriteMessages(file, new Map([[0, after]]));
      expect(found?.endsWith(REST)).toBe(true);
      expect(parse(found ?? "").tests[0].expect).toEqual({ outcome: "send", message: after });
    }),
  );
});

const REST = "# rest\n  - { name: b, expect: { outcome: out,  message:   { text: x } } }\n";

function testWith(before: JsonObject, written: Readonly<Record<string, unknown>>): string {
  const text = stringify(before, written as never).trimEnd();
  const set = (depth: number) => text.replaceAll("\n", `\n${" ".repeat(depth)}`);
  return written["collectionStyle"] === "flow"
    ? `  - name: a\n    expect: { outcome: send, message: ${set(6)} }\n`
    : `  - name: a\n    expect:\n      outcome: send\n      message:\n        ${set(8)}\n`;
}

function isSound(file: string, before: JsonObject): boolean {
  try {
    return JSON.stringify(parse(file).tests[0].expect.message) === JSON.stringify(before);
  } catch {
    return false;
  }
}
