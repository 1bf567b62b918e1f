import type * as Re2 from "re2js";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import { quote, type Spot } from "./spot.ts";

/*
 * Patterns are run by the SQL engine's RE2, and checked here by its port to JavaScript. Where the
 * two differ, the check is the stricter one, so that no pattern fails in a query.
 */

/** General categories, and the scripts that people write today; the port knows newer ones. */
const PROPERTIES = new RegExp(
  "^(Any|C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Arabic|Armenian|" +
    "Bengali|Bopomofo|Braille|Canadian_Aboriginal|Cherokee|Common|Coptic|Cyrillic|Devanagari|" +
    "Ethiopic|Georgian|Greek|Gujarati|Gurmukhi|Han|Hangul|Hebrew|Hiragana|Inherited|Kannada|" +
    "Katakana|Khmer|Lao|Latin|Malayalam|Mongolian|Myanmar|Oriya|Sinhala|Syriac|Tamil|Telugu|" +
    "Thaana|Thai|Tibetan|Yi)$",
);

/** The engine's RE2 compiles to about 58,000 instructions before it gives up. */
const MAX_SIZE = 50_000;
/** What a property such as \pL takes of them, which is a thousand ranges of bytes. */
const PROPERTY_SIZE = 150;
/** Ranges of bytes for one letter or range of a class in brackets. */
const LETTER_SIZE = 4;
/** Any letter, by a dot or a class that is turned. */
const ANY_SIZE = 16;

/** The pattern of `matches`, if it is one of RE2 that the engine takes. */
export function checkPattern(pattern: string, spot: Spot): string | undefined {
  const fault = faultOf(pattern);
  if (fault === undefined) return pattern;
  return spot.refuse({
    code: "PATTERN_INVALID",
    summary: "Not an RE2 pattern",
    detail: `${quote(pattern)} ${fault}`,
  });
}

function faultOf(pattern: string): string | undefined {
  if (/(?<!\\)(\\\\)*\(\?</.test(pattern)) {
    return "has a group of a kind that RE2 lacks. Name groups by (?P<name>...), or not at all.";
  }
  let size: number;
  try {
    size = loadWhenNeeded<typeof Re2>("re2js").RE2JS.compile(pattern).programSize();
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return (
      `does not compile: ${reason}. RE2 has no look-around and no back-references; see ` +
      "github.com/google/re2/wiki/Syntax."
    );
  }
  const unknown = propertiesIn(pattern).find((name) => !PROPERTIES.test(name));
  if (unknown !== undefined) {
    return `names a property of letters that RE2 lacks, ${unknown}. It has categories and scripts.`;
  }
  if (size * heaviest(pattern) <= MAX_SIZE) return undefined;
  return "is too large once its repetitions are written out. Let parts repeat less often.";
}

/** The names in \p{Greek}, \P{^Lu} and \pL. */
function propertiesIn(pattern: string): string[] {
  const found = pattern.matchAll(/\\[pP](?:\{\^?([^}]*)\}|(.))/g);
  return [...found].map(([, braced, single]) => braced ?? single ?? "");
}

/** The instructions that the heaviest part of a pattern can come to. */
function heaviest(pattern: string): number {
  const classes = pattern.match(/\[(?:\\.|[^\]\\])*\]/g) ?? [];
  const longest = Math.max(0, ...classes.map((one) => one.length * LETTER_SIZE));
  const property = propertiesIn(pattern).length > 0 ? PROPERTY_SIZE : 0;
  const any = /\.|\[\^|\\[DSWB]/.test(pattern) ? ANY_SIZE : 1;
  return Math.max(longest, property, any);
}
