import { describe, expect, test } from "vitest";
import { checkContent } from "../../src/message/check-content.ts";
import { codesOf, compiled, contentOf, faultsOf, image, VARIABLES } from "./content.ts";

const FINE = { text: "Hi" };

describe("a fault is reported once, where it was brought in", () => {
  const LONG = { text: "x".repeat(2001) };

  test("the message's own, not again for each locale and variant", () => {
    const content = {
      message: { ...FINE, quick_replies: [] },
      locales: { de: { text: "Hallo" }, fr: { text: "Salut" } },
      variants: { a: {}, b: {} },
    };
    expect(codesOf(content)).toEqual(["message.quick_replies MESSAGE_LIMIT"]);
  });

  test("a locale's", () => {
    expect(codesOf({ message: FINE, locales: { de: LONG, fr: FINE } })).toEqual([
      "locales.de.text MESSAGE_LIMIT",
    ]);
  });

  test("a variant's, and its locale's", () => {
    const variants = { a: {}, b: { message: LONG, locales: { de: LONG } } };
    expect(codesOf({ message: FINE, variants, locales: { de: FINE } })).toEqual([
      "variants.b.message.text MESSAGE_LIMIT",
      "variants.b.locales.de.text MESSAGE_LIMIT",
    ]);
  });

  test("a patch that removes what is needed", () => {
    const locales = { de: { attachment: { type: null } } };
    expect(codesOf({ message: image("https://a.example"), locales })).toEqual([
      "locales.de.attachment.type MESSAGE_KEY_MISSING",
    ]);
  });

  test("a patch that adds what does not go together", () => {
    expect(codesOf({ message: FINE, locales: { de: image("https://a.example") } })).toEqual([
      "locales.de.attachment MESSAGE_CLASH",
    ]);
  });

  test("a message that only its variants complete is fine", () => {
    const quick_replies = [{ content_type: "user_email" }];
    const variants = { a: { message: { text: "a" } }, b: { message: { text: "b" } } };
    expect(codesOf({ message: { quick_replies }, variants })).toEqual([]);
  });

  test("a variant that does not complete it is not", () => {
    const quick_replies = [{ content_type: "user_email" }];
    const variants = { a: { message: { text: "a" } }, b: {} };
    expect(codesOf({ message: { quick_replies }, variants })).toEqual(["message MESSAGE_EMPTY"]);
  });
});

describe("locales", () => {
  test("written twice are refused", () => {
    expect(codesOf({ message: FINE, locales: { de_DE: FINE, "de-de": FINE } })).toEqual([
      "locales.de-de LOCALE_TWICE",
    ]);
  });

  test("are needed by a variant with a message of its own", () => {
    const content = { message: FINE, locales: { de: FINE }, variants: { b: { message: FINE } } };
    expect(codesOf(content)).toEqual(["variants.b VARIANT_LOCALES"]);
    expect(() => compiled(content)).toThrow("none for de");
  });

  test("of which a variant has only some are a warning", () => {
    const content = contentOf({
      message: FINE,
      locales: { de: FINE, fr: FINE },
      variants: { b: { message: FINE, locales: { DE: FINE } } },
    });
    const findings = checkContent(content, {
      messaging: "UPDATE",
      purpose: "support",
      variables: VARIABLES,
      isEventCampaign: false,
    });
    expect(findings).toMatchObject([{ code: "VARIANT_LOCALES", severity: "warning" }]);
    expect(findings[0]?.detail).toContain("none for fr");
  });

  test("are not needed by a variant without a message", () => {
    expect(codesOf({ message: FINE, locales: { de: FINE }, variants: { a: {} } })).toEqual([]);
  });
});

describe("a fallback", () => {
  for (const value of ["there", 0, false]) {
    test(`may be ${JSON.stringify(value)}`, () => {
      expect(codesOf({ message: FINE, fallbacks: { first_name: value } })).toEqual([]);
    });
  }
  for (const value of ["", " ", null, ["a"], { a: "b" }]) {
    test(`may not be ${JSON.stringify(value)}`, () => {
      const want = ["fallbacks.first_name FALLBACK_VALUE"];
      expect(codesOf({ message: FINE, fallbacks: { first_name: value } })).toEqual(want);
    });
  }
  test("must name something declared", () => {
    expect(faultsOf({ message: FINE, fallbacks: { frist_name: "x" } }).join()).toMatch(
      /^fallbacks.frist_name MESSAGE_VARIABLE .*Did you mean "first_name"\?$/,
    );
  });
  test("of an event's property needs an event", () => {
    const content = { message: FINE, fallbacks: { "event.order_id": "x" } };
    expect(codesOf(content, { isEventCampaign: false })).toEqual([
      "fallbacks.event.order_id MESSAGE_EVENT",
    ]);
  });
});
