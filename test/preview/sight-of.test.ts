import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileContent } from "../../src/message/compile-content.ts";
import type { Attribute, AttributeType } from "../../src/model/attribute.ts";
import type { Campaign, Content } from "../../src/model/campaign.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Sight } from "../../src/model/preview.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { buildPreview } from "../../src/preview/build-preview.ts";
import { madeUpValue } from "../../src/preview/made-up-values.ts";
import type { PreviewPerson, PreviewScope } from "../../src/preview/preview-person.ts";
import { worstPeople } from "../../src/preview/worst-people.ts";

const NOW = Date.parse("2026-12-01T09:30:00Z");
const TYPES: Readonly<Record<string, AttributeType>> = {
  first_name: "string",
  site_url: "string",
  ltv: "number",
  joined_at: "timestamp",
  tags: "string[]",
};
const ATTRIBUTES = Object.entries(TYPES).map(
  ([name, type]): Attribute => ({ name, type, sensitive: true }),
);

/** As much of a workspace and a campaign as a preview looks at. */
function scopeOf(message: JsonObject, over: Partial<Content> = {}): PreviewScope {
  const content: Content = {
    message,
    locales: new Map(),
    variants: [],
    fallbacks: {},
    onMissing: "skip",
    ...over,
  };
  const variables = new Map(ATTRIBUTES.map((one) => [one.name, one]));
  const campaign = { id: "hello", description: "", content, tests: [], at: { file: "c", line: 1 } };
  return {
    workspace: {
      id: "acme",
      timezone: "UTC",
      vars: {},
      users: { psid: "ps_id" },
    } as never as Workspace,
    campaign: campaign as never as Campaign,
    content: compileContent(content, variables),
    attributes: ATTRIBUTES,
    now: NOW,
  };
}

function sights(scope: PreviewScope, people = worstPeople(scope, {})): readonly Sight[] {
  return buildPreview(scope, people, {}).versions[0]?.sights ?? [];
}

const nobody: PreviewPerson = {
  name: "somebody",
  zone: "UTC",
  values: {},
  madeUp: new Set(),
  own: null,
};

describe("emoji", () => {
  const reply = (title: string) => ({
    text: "Hi",
    quick_replies: [{ content_type: "text", title, payload: "X" }],
  });

  test("grow until one more would break the tightest limit, whatever stands beside them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18 }), (length) => {
        const scope = scopeOf(reply(`${"x".repeat(length)}{{first_name}}`));
        const [, , , emoji] = sights(scope);
        expect(emoji?.outcome).toBe("message");
        const used = emoji?.meters.find(({ path }) => path.endsWith("title"))?.used ?? 0;
        expect([19, 20]).toContain(used);
      }),
    );
  });

  test("that do not fit at all leave the person out", () => {
    const scope = scopeOf(reply(`${"x".repeat(19)}{{first_name}}`));
    expect(sights(scope)[3]?.outcome).toBe("invalid_message");
  });

  test("stay few where nothing limits them, and never stand in an address", () => {
    const url = "{{{site_url}}}/?n={{first_name}}";
    const scope = scopeOf({ attachment: { type: "image", payload: { url } } });
    const [, , , emoji] = sights(scope);
    expect(emoji?.outcome).toBe("message");
    expect(emoji?.values).toMatchObject([
      { name: "site_url", value: "https://shop.example/a17" },
      { name: "first_name", from: "made_up" },
    ]);
    expect(emoji?.values[1]?.value?.length).toBe(39);
  });
});

describe("a missing value", () => {
  const bare = (over: Partial<Content>, text = "Hi {{first_name}}") =>
    sights(scopeOf({ text }, over), [nobody])[0];

  test("leaves the person out, has a fallback, or is blank, as the campaign says", () => {
    expect(bare({})).toMatchObject({ outcome: "missing_value", values: [{ from: "nothing" }] });
    expect(bare({ fallbacks: { first_name: "you" } })).toMatchObject({
      outcome: "message",
      message: { text: "Hi you" },
      values: [{ value: "you", from: "fallback" }],
    });
    expect(bare({ onMissing: "blank" })).toMatchObject({
      outcome: "message",
      because: [],
      message: { text: "Hi " },
    });
  });

  test("that is only asked for leaves nobody out", () => {
    expect(bare({}, "Hi{{#first_name}} {{first_name}}{{/first_name}}")).toMatchObject({
      outcome: "message",
      values: [{ name: "first_name", value: null, from: "nothing" }],
    });
  });
});

test("a sight's outcome is that of rendering, for whoever it is", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("", " ", "n".repeat(30), "🎉🎉"));
  const template = fc.constantFrom(
    "{{first_name}}",
    "{{ltv}} of {{first_name}}",
    "{{#tags}}{{.}}{{/tags}}!",
  );
  const values = fc.record(
    { first_name: text, ltv: fc.double(), tags: fc.array(text) },
    { requiredKeys: [] },
  );
  const onMissing = fc.constantFrom("skip" as const, "blank" as const);
  fc.assert(
    fc.property(template, values, onMissing, (title, own, on) => {
      const quick_replies = [{ content_type: "text", title, payload: "X" }];
      const scope = scopeOf({ text: "Hi", quick_replies }, { onMissing: on });
      const [sight] = sights(scope, [{ ...nobody, values: own }]);
      const person = { variant: null, locale: null, zone: "UTC", values: own };
      const kinds = { message: "message", missing: "missing_value", invalid: "invalid_message" };
      expect(sight?.outcome).toBe(kinds[scope.content.render(person).kind]);
    }),
  );
});

describe("a made-up value", () => {
  test.each([
    ["first_name", "string", "Ana"],
    ["event.order_id", "string", "A17"],
    ["image_link", "string", "https://shop.example/a17"],
    ["favourite_colour", "string", "favourite colour"],
    ["ltv", "number", 29.95],
    ["born", "date", "2026-12-01"],
    ["seen_at", "timestamp", NOW],
    ["vip", "boolean", true],
  ] as const)("of %s (%s) is %s", (name, type, value) => {
    expect(madeUpValue({ name, type, sensitive: true }, NOW)).toBe(value);
  });
});
