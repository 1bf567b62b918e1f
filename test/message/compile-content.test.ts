import { describe, expect, test } from "vitest";
import type { RenderValues } from "../../src/message/compile-template.ts";
import { compiled, type WrittenContent } from "./content.ts";

const SHIPPED: WrittenContent = {
  message: {
    text: "Hi {{first_name}}, parcel {{event.order_id}} is on its way.",
    quick_replies: [{ content_type: "text", title: "Track it", payload: "TRACK" }],
  },
  locales: { de: { text: "Hallo {{first_name}}, Paket {{event.order_id}} ist unterwegs." } },
};

function textOf(
  written: WrittenContent,
  person: {
    readonly variant?: string;
    readonly locale?: string | null;
    readonly values?: RenderValues;
  },
) {
  const values = person.values ?? { first_name: "Ana", "event.order_id": "A17" };
  const { variant = null, locale = null } = person;
  const rendered = compiled(written).render({ variant, locale, zone: "UTC", values });
  return rendered.kind === "message" ? rendered.message["text"] : rendered;
}

describe("SPEC's own campaign", () => {
  test("in the base text", () => {
    expect(textOf(SHIPPED, {})).toBe("Hi Ana, parcel A17 is on its way.");
  });

  test("in German, with the quick replies of the base", () => {
    const values = { first_name: "Ana", "event.order_id": "A17" };
    const person = { variant: null, locale: "de_AT", zone: "UTC", values };
    expect(compiled(SHIPPED).render(person)).toEqual({
      kind: "message",
      message: {
        text: "Hallo Ana, Paket A17 ist unterwegs.",
        quick_replies: [{ content_type: "text", title: "Track it", payload: "TRACK" }],
      },
    });
  });

  test("names the variables that any of its texts uses", () => {
    expect(compiled(SHIPPED).variables).toEqual(new Set(["first_name", "event.order_id"]));
  });

  test("keeps the order of the message's keys", () => {
    const values = { first_name: "Ana", "event.order_id": "A17" };
    const rendered = compiled(SHIPPED).render({ variant: null, locale: null, zone: "UTC", values });
    expect(rendered.kind === "message" && Object.keys(rendered.message)).toEqual([
      "text",
      "quick_replies",
    ]);
  });
});

describe("the locale of a person", () => {
  const content: WrittenContent = {
    message: { text: "base" },
    locales: {
      de: { text: "de" },
      "de-AT": { text: "at" },
      zh_Hant: { text: "zh" },
      pt_BR: { text: "br" },
    },
  };
  const cases: readonly (readonly [string | null, string | null])[] = [
    [null, null],
    ["", null],
    ["de", "de"],
    ["DE", "de"],
    ["de_DE", "de"],
    ["de-de", "de"],
    ["de_AT", "de-AT"],
    ["DE-at", "de-AT"],
    ["zh_Hant_TW", "zh_Hant"],
    ["zh_TW", null],
    ["pt_BR", "pt_BR"],
    ["pt", null],
    ["pt_PT", null],
    ["den", null],
    ["_", null],
    ["constructor", null],
  ];
  for (const [locale, want] of cases) {
    test(`${JSON.stringify(locale)} gets ${want ?? "the base text"}`, () => {
      expect(compiled(content).localeFor(null, locale)).toBe(want);
      const texts: Record<string, string> = { de: "de", "de-AT": "at", zh_Hant: "zh", pt_BR: "br" };
      expect(textOf(content, { locale })).toBe(want === null ? "base" : texts[want]);
    });
  }

  test("is one of those written, in file order", () => {
    expect(compiled(content).locales(null)).toEqual(["de", "de-AT", "zh_Hant", "pt_BR"]);
  });
});

describe("variants", () => {
  const content: WrittenContent = {
    message: { text: "base", quick_replies: [{ content_type: "user_email" }] },
    locales: { de: { text: "Basis" } },
    variants: {
      a: { weight: 1 },
      b: { weight: 2, message: { text: "b" }, locales: { de: { text: "B" } } },
      c: { weight: 1, locales: { fr: { text: "c en français" } } },
    },
  };

  test("fill [0, 1) in file order by weight", () => {
    expect(compiled(content).variants).toEqual([
      { name: "a", from: 0, to: 0.25 },
      { name: "b", from: 0.25, to: 0.75 },
      { name: "c", from: 0.75, to: 1 },
    ]);
  });

  test("leave no gap and end at 1, whatever the weights", () => {
    const weights = {
      a: { weight: 0.1 },
      b: { weight: 0.2 },
      c: { weight: 0.3 },
      d: { weight: 7 },
    };
    const shares = compiled({ message: { text: "x" }, variants: weights }).variants;
    expect(shares[0]?.from).toBe(0);
    expect(shares.slice(1).map(({ from }) => from)).toEqual(
      shares.slice(0, -1).map(({ to }) => to),
    );
    expect(shares.at(-1)?.to).toBe(1);
  });

  test("none where the campaign has none", () => {
    expect(compiled({ message: { text: "x" } }).variants).toEqual([]);
  });

  const cases = [
    ["a", null, "base"],
    ["a", "de_DE", "Basis"],
    ["b", null, "b"],
    ["b", "de_DE", "B"],
    ["b", "fr_FR", "b"],
    ["c", null, "base"],
    ["c", "fr_FR", "c en français"],
  ] as const;
  for (const [variant, locale, want] of cases) {
    test(`${variant} in ${locale ?? "no locale"} says "${want}"`, () => {
      expect(textOf(content, { variant, locale })).toBe(want);
    });
  }

  test("patch the message and keep the rest of it", () => {
    const person = { variant: "b", locale: "de", zone: "UTC", values: {} };
    expect(compiled(content).render(person)).toEqual({
      kind: "message",
      message: { text: "B", quick_replies: [{ content_type: "user_email" }] },
    });
  });

  test("that are unknown are a defect", () => {
    const render = (variant: string | null) => () =>
      textOf(content, { ...(variant === null ? {} : { variant }) });
    expect(render("z")).toThrow('No variant "z"');
    expect(render(null)).toThrow('No variant "null"');
  });
});

describe("an invalid message", () => {
  test("names the patch that the text came from", () => {
    const content = compiled({
      message: { text: "x" },
      variants: { b: { message: { text: "{{first_name}}" }, locales: {} } },
    });
    const values = { first_name: "x".repeat(2001) };
    const rendered = content.render({ variant: "b", locale: null, zone: "UTC", values });
    expect(rendered).toMatchObject({
      kind: "invalid",
      findings: [{ code: "MESSAGE_LIMIT", path: ["variants", "b", "message", "text"] }],
    });
  });

  test("for one person does not spoil the next", () => {
    const content = compiled({ message: { text: "{{first_name}}" } });
    const kindFor = (first_name: string) =>
      content.render({ variant: null, locale: null, zone: "UTC", values: { first_name } }).kind;
    expect(["Ana", "x".repeat(2001), "Ana", "", "Ana"].map(kindFor)).toEqual([
      "message",
      "invalid",
      "message",
      "missing",
      "message",
    ]);
  });
});

describe("an address with tags", () => {
  function urlOf(url: string, values: RenderValues) {
    const message = { attachment: { type: "image", payload: { url } } };
    const rendered = compiled({ message }).render({
      variant: null,
      locale: null,
      zone: "UTC",
      values,
    });
    if (rendered.kind !== "message") return rendered.kind;
    const { payload } = rendered.message["attachment"] as { payload: { url: string } };
    return payload.url;
  }
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      "encodes {{x}}",
      "https://a.example/?q={{link}}",
      "a b&c=/ü",
      "https://a.example/?q=a%20b%26c%3D%2F%C3%BC",
    ],
    ["leaves {{{x}}}", "https://a.example/{{{link}}}", "a/b?c=d&e", "https://a.example/a/b?c=d&e"],
    ["leaves {{& x}}", "https://a.example/{{& link}}", "a/b", "https://a.example/a/b"],
    ["takes a whole one", "{{{link}}}", "https://b.example/x", "https://b.example/x"],
    ["refuses another scheme", "{{{link}}}", "javascript:alert(1)", "invalid"],
    ["refuses one without host", "{{{link}}}", "https://", "invalid"],
    ["refuses blanks", "https://a.example/{{{link}}}", "a b", "invalid"],
    [
      "takes half a surrogate pair",
      "https://a.example/{{link}}",
      "a\uD83D",
      "https://a.example/a%EF%BF%BD",
    ],
    [
      "takes the other half",
      "https://a.example/{{link}}",
      "\uDE42a",
      "https://a.example/%EF%BF%BDa",
    ],
    ["keeps whole pairs", "https://a.example/{{link}}", "🙂", "https://a.example/%F0%9F%99%82"],
  ];
  for (const [name, url, link, want] of cases) {
    test(name, () => expect(urlOf(url, { link })).toBe(want));
  }

  test("encodes a section's value too", () => {
    expect(urlOf("https://a.example/{{#tags}}{{.}},{{/tags}}", { tags: ["a b", "c"] })).toBe(
      "https://a.example/a%20b,c,",
    );
  });
});
