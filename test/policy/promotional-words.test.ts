import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENGLISH_WORDS, PromotionalWords } from "../../src/policy/promotional-words.ts";

const ENGLISH = new PromotionalWords(new Map([["en", ENGLISH_WORDS]]));
const TWO = new PromotionalWords(
  new Map([
    ["en", ["sale", "promo", "promo code"]],
    ["de", ["Rabatt", "nur heute", "größer"]],
    ["pt_br", ["oferta"]],
    ["fr", []],
  ]),
);

describe("words of promotion", () => {
  test.each<[string, readonly string[]]>([
    ["Save big: 20% off today", ["% off"]],
    ["20 % off", ["% off"]],
    ["COUPON inside", ["coupon"]],
    ["Your couponing class", []],
    ["discounter", []],
    ["Use promo code A17", ["promo code"]],
    ["promo\n  code", ["promo code"]],
    ["promo_code", ["promo"]],
    ["Deals, deals, deals", ["deals"]],
    ["Your parcel is on its way", []],
    ["", []],
  ])("in %j are %j", (text, expected) => {
    expect(ENGLISH.inAny(text)).toEqual(expected);
  });

  test("are looked for by every list where no language is named", () => {
    expect(TWO.inAny("SALE und Rabatt")).toEqual(["sale", "rabatt"]);
  });

  test.each<[string, string, readonly string[]]>([
    ["de", "Rabatt und sale", ["rabatt"]],
    ["de_AT", "Nur  heute", ["nur heute"]],
    ["DE-ch", "GRÖSSER, größer", ["größer"]],
    ["pt_BR", "Oferta", ["oferta"]],
    ["pt", "Oferta", []],
    ["fr", "sale Rabatt", []],
    ["it", "sale Rabatt", []],
  ])("in %s: %s", (language, text, expected) => {
    expect(TWO.inLanguage(text, language)).toEqual(expected);
  });

  test("may hold any character, and are then found as they are", () => {
    const word = fc
      .string({ minLength: 2, maxLength: 20, unit: "grapheme" })
      .filter((text) => /\S\S/.test(text.trim()) && !/\s/.test(text));
    fc.assert(
      fc.property(word, (text) => {
        const words = new PromotionalWords(new Map([["en", [text]]]));
        return words.inAny(`( ${text} )`).length === 1;
      }),
    );
  });

  test("of a list that is empty are none", () => {
    expect(new PromotionalWords(new Map([["en", []]])).inAny("sale")).toEqual([]);
  });
});
