/** Words and phrases by language (`en`, `de`, `pt_br`), in lower or upper case alike. */
export type WordLists = ReadonlyMap<string, readonly string[]>;

/**
 * What a promotion says in English. Meta names deals, coupons, discounts, cross-selling and
 * launches (messenger-platform.md sections 2.5 and 9); words that are as often harmless, such as
 * "offer" and "free", stand in phrases.
 */
export const ENGLISH_WORDS: readonly string[] = [
  "% off",
  "best price",
  "black friday",
  "bogo",
  "buy now",
  "buy one get one",
  "clearance",
  "coupon",
  "coupons",
  "cyber monday",
  "deals",
  "discount",
  "discounted",
  "discounts",
  "exclusive offer",
  "flash sale",
  "free gift",
  "free shipping on",
  "giveaway",
  "great deal",
  "half price",
  "introducing our",
  "just launched",
  "last chance",
  "limited offer",
  "limited time",
  "lowest price",
  "new arrivals",
  "new collection",
  "on sale",
  "order now",
  "percent off",
  "price drop",
  "promo",
  "promo code",
  "promotion",
  "sale ends",
  "save up to",
  "shop now",
  "special offer",
  "special offers",
  "summer sale",
  "upgrade now",
  "voucher",
  "vouchers",
  "while stocks last",
  "winter sale",
  "you may also like",
];

/** Meta's page that keeps promotion out of what is sent for another purpose. */
export const POLICY_PAGE =
  "https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy";
export const UTILITY_PAGE =
  "https://developers.facebook.com/documentation/business-messaging/messenger-platform/" +
  "send-messages/utility-messages";

/** Finds words of a list in texts, as whole words and in any case. */
export class PromotionalWords {
  readonly #byLanguage: ReadonlyMap<string, RegExp | undefined>;
  readonly #all: RegExp | undefined;

  /** An empty list switches its language off. */
  constructor(lists: WordLists) {
    this.#byLanguage = new Map([...lists].map(([name, words]) => [name, patternOf(words)]));
    this.#all = patternOf([...lists.values()].flat());
  }

  /** Those in a text of a language that nobody names. */
  inAny(text: string): readonly string[] {
    return found(this.#all, text);
  }

  /** Those of the language, or of what is before its last `_`; none where there is no list. */
  inLanguage(text: string, language: string): readonly string[] {
    let key = language.toLowerCase().replaceAll("-", "_");
    while (!this.#byLanguage.has(key) && key.includes("_")) {
      key = key.slice(0, key.lastIndexOf("_"));
    }
    return found(this.#byLanguage.get(key), text);
  }
}

function found(pattern: RegExp | undefined, text: string): readonly string[] {
  if (pattern === undefined) return [];
  const words = text.match(pattern) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase().replace(/\s+/g, " ")))];
}

/**
 * The longest come first: "promo code" is told rather than "promo". A boundary is wanted only where
 * the word itself begins or ends in a letter or digit: "20% off". Both stand once around all words:
 * such classes take long to compile.
 */
function patternOf(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) return undefined;
  const longest = [...words].sort((a, b) => b.length - a.length);
  const letter = "[\\p{L}\\p{N}]";
  const begins = `(?:(?<!${letter})|(?!${letter}))`;
  const ends = `(?:(?!${letter})|(?<!${letter}))`;
  return new RegExp(`${begins}(?:${longest.map(wordPattern).join("|")})${ends}`, "giu");
}

function wordPattern(word: string): string {
  return word
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replace(/\s+/g, "\\s+");
}
