import fc from "fast-check";
import Mustache from "mustache";
import { describe, expect, test } from "vitest";
import type { RenderValues } from "../../src/message/compile-template.ts";
import { codesOf, compiled, renderText } from "./content.ts";

const ANA = { first_name: "Ana", vip: true, ltv: 5, tags: ["a", "b"], "event.order_id": "A17" };

/** What the public mustache specification says of the tags that are supported. */
const CASES: readonly (readonly [string, string, RenderValues, string])[] = [
  ["text without tags stays", "Hello, {world} }}", ANA, "Hello, {world} }}"],
  ["a name is interpolated", "Hi {{first_name}}!", ANA, "Hi Ana!"],
  ["blanks inside a tag do not count", "|{{  first_name  }}|", ANA, "|Ana|"],
  ["blanks around a tag stay", "  {{first_name}}\n", ANA, "  Ana\n"],
  ["HTML is not escaped", "{{first_name}}", { first_name: `<&"'/\`=>` }, `<&"'/\`=>`],
  ["three braces print the same", "{{{first_name}}}", ANA, "Ana"],
  ["an ampersand prints the same", "{{& first_name}}", ANA, "Ana"],
  ["a dotted name", "{{event.order_id}}", ANA, "A17"],
  [
    "a value that looks like a tag is not one",
    "{{first_name}}",
    { first_name: "{{ltv}}" },
    "{{ltv}}",
  ],
  ["a section that holds", "[{{#vip}}yes{{/vip}}]", ANA, "[yes]"],
  ["a section that does not", "[{{#vip}}yes{{/vip}}]", { vip: false }, "[]"],
  ["a missing value's section", "[{{#vip}}yes{{/vip}}]", {}, "[]"],
  ["a text's section", "[{{#first_name}}{{.}}{{/first_name}}]", ANA, "[Ana]"],
  ["a number's section", "[{{#ltv}}{{.}}{{/ltv}}]", ANA, "[5]"],
  ["zero is false", "[{{#ltv}}x{{/ltv}}{{^ltv}}y{{/ltv}}]", { ltv: 0 }, "[y]"],
  ["a list repeats its section", "{{#tags}}<{{.}}>{{/tags}}", ANA, "<a><b>"],
  ["an empty list does not", "[{{#tags}}x{{/tags}}]", { tags: [] }, "[]"],
  ["a missing entry prints nothing", "{{#tags}}<{{.}}>{{/tags}}", { tags: ["a", null] }, "<a><>"],
  ["an entry can be tested", "{{#tags}}{{#.}}x{{/.}}{{/tags}}", { tags: ["a", null, ""] }, "x"],
  ["a section in a section", "{{#vip}}a{{#ltv}}b{{/ltv}}c{{/vip}}", ANA, "abc"],
  ["names reach into sections", "{{#tags}}{{first_name}}{{.}} {{/tags}}", ANA, "Anaa Anab "],
  ["the dot survives a true section", "{{#tags}}{{#vip}}{{.}}{{/vip}}{{/tags}}", ANA, "ab"],
  ["the dot comes back after", "{{#tags}}{{#ltv}}{{.}}{{/ltv}}{{.}} {{/tags}}", ANA, "5a 5b "],
  ["the same section twice", "{{#vip}}a{{/vip}}-{{#vip}}b{{/vip}}", ANA, "a-b"],
  ["an inverted section of a true value", "[{{^vip}}no{{/vip}}]", ANA, "[]"],
  ["an inverted section of a false one", "[{{^vip}}no{{/vip}}]", { vip: false }, "[no]"],
  ["an inverted section of a missing one", "[{{^vip}}no{{/vip}}]", {}, "[no]"],
  ["an inverted section of an empty list", "[{{^tags}}no{{/tags}}]", { tags: [] }, "[no]"],
  ["a comment prints nothing", "a{{! b }}c", ANA, "ac"],
  ["a comment of several lines", "a{{!\n b\n}}c", ANA, "ac"],
  ["a line with only a section tag goes", "a\n{{#vip}}\nb\n{{/vip}}\nc", ANA, "a\nb\nc"],
  ["a line with only a comment goes", "a\n  {{! b }}\nc", ANA, "a\nc"],
  [
    "SPEC: a name with its blank",
    "Hi{{#first_name}} {{first_name}}{{/first_name}}!",
    ANA,
    "Hi Ana!",
  ],
  ["SPEC: the same without one", "Hi{{#first_name}} {{first_name}}{{/first_name}}!", {}, "Hi!"],
];

describe("a template", () => {
  for (const [name, text, values, want] of CASES) {
    test(name, () => expect(renderText(text, values)).toBe(want));
  }
});

describe("a tag that is not supported or not closed is refused", () => {
  const broken = [
    "{{> partial}}",
    "a {{#vip}}{{> partial}}{{/vip}}",
    "{{=<% %>=}}",
    "{{=<%=}}",
    "{{first_name",
    "{{first_name}",
    "{{{first_name}}",
    "{{#vip}}a",
    "{{#vip}}{{#ltv}}a{{/vip}}{{/ltv}}",
    "a{{/vip}}",
  ];
  for (const text of broken) {
    test(text, () => {
      expect(codesOf({ message: { text } })).toEqual(["message.text MESSAGE_TEMPLATE"]);
      expect(() => compiled({ message: { text } })).toThrow("Content was not checked");
    });
  }
});

describe("a missing value", () => {
  for (const value of [null, "", "  \n", [], undefined]) {
    const values: RenderValues = value === undefined ? {} : { first_name: value };
    test(`${JSON.stringify(value)} leaves the person out where it is printed`, () => {
      expect(renderText("Hi {{first_name}}", values)).toBe("[first_name]");
    });
    test(`${JSON.stringify(value)} prints nothing under on_missing: blank`, () => {
      expect(renderText("Hi {{first_name}}!", values, { onMissing: "blank" })).toBe("Hi !");
    });
    test(`${JSON.stringify(value)} gives way to the fallback`, () => {
      const fallbacks = { first_name: "there" };
      expect(renderText("Hi {{first_name}}", values, { fallbacks })).toBe("Hi there");
    });
  }

  test("in a section that is not printed does not count", () => {
    const text = "Hi{{#vip}} {{first_name}} {{last_name}}{{/vip}}";
    expect(renderText(text, { vip: false })).toBe("Hi");
    expect(renderText(text, { vip: true })).toBe("[first_name last_name]");
  });

  test("is named once, however often it is printed", () => {
    expect(renderText("{{first_name}}{{ltv}}{{first_name}}", {})).toBe("[first_name ltv]");
  });

  test("with a fallback makes its section hold", () => {
    const fallbacks = { first_name: "there" };
    const text = "Hi{{#first_name}} {{first_name}}{{/first_name}}";
    expect(renderText(text, {}, { fallbacks })).toBe("Hi there");
  });

  test("false and 0 are there and are printed", () => {
    expect(renderText("{{vip}} {{ltv}}", { vip: false, ltv: 0 })).toBe("false 0");
  });

  test("under on_missing: blank a text that comes out blank is invalid", () => {
    expect(renderText("{{first_name}}", {}, { onMissing: "blank" })).toBe("MESSAGE_BLANK");
  });

  test("is not found on the prototype of the values", () => {
    const text = "Hi {{#first_name}}x{{/first_name}}";
    expect(renderText(text, Object.create({ first_name: "Ana" }) as RenderValues)).toBe("Hi ");
  });
});

describe("rendering and mustache.js agree", () => {
  const names = ["first_name", "vip", "ltv", "tags", "event.order_id"];
  const word = fc.constantFrom("a", " ", "\n", "}", "{ ", "<&>", "é", "🙂", "x y");
  const { template } = fc.letrec<{ template: string; part: string; section: string }>((tie) => ({
    template: fc.array(tie("part"), { maxLength: 5 }).map((parts) => parts.join("")),
    part: fc.oneof({ maxDepth: 3 }, word, fc.constantFrom(...names).map(tag), tie("section")),
    section: fc
      .tuple(fc.constantFrom("#", "^"), fc.constantFrom(...names), tie("template"))
      .map(([sign, name, inner]) => `{{${sign}${name}}}${inner}{{/${name}}}`),
  }));
  const values = fc.record({
    first_name: fc.string({ unit: "binary", minLength: 1 }).map((text) => `x${text}`),
    vip: fc.boolean(),
    ltv: fc.integer(),
    tags: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
    "event.order_id": fc.constantFrom("A17", "<b>"),
  });

  test("on random templates and values", () => {
    let compared = 0;
    fc.assert(
      fc.property(template, values, (inner, view) => {
        // A fixed letter in front: a message that comes out blank is invalid by our rules.
        const text = `x${inner}`;
        const nested = { ...view, event: { order_id: view["event.order_id"] } };
        const want = Mustache.render(text, nested, {}, { escape: String });
        if (want.length > 2000) return;
        compared += 1;
        expect(renderText(text, view)).toBe(want);
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  function tag(name: string): string {
    return `{{${name}}}`;
  }
});
