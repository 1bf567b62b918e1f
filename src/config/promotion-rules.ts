import type { Finding } from "../diag/diagnostic.ts";
import { texts } from "../message/check-message.ts";
import { allLayers, type Layer } from "../message/layers.ts";
import { parseTemplate, type Token } from "../message/parse-template.ts";
import type { Content } from "../model/campaign.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { JsonPath } from "../model/json.ts";
import {
  ENGLISH_WORDS,
  POLICY_PAGE,
  PromotionalWords,
  UTILITY_PAGE,
  type WordLists,
} from "../policy/promotional-words.ts";

/** The lists of the workspace; English has one unless it is written. */
function wordLists(written: WrittenWorkspace["policy"]): WordLists {
  const own = Object.entries(written?.promotional_words ?? {});
  const lists = own.map(([name, words]) => [keyOf(name), words] as const);
  return new Map([["en", ENGLISH_WORDS], ...lists]);
}

/** The same, ready to be looked for. */
export function promotionalWords(written: WrittenWorkspace["policy"]): PromotionalWords {
  return new PromotionalWords(wordLists(written));
}

function keyOf(language: string): string {
  return language.toLowerCase().replaceAll("-", "_");
}

/** Texts that nobody reads: where taps lead, and what they send. */
const UNREAD = /(?:^|_)(?:url|payload|id)$/;

/** Words of promotion in what is sent for another purpose, at each text that has some. */
export function promotionFindings(
  content: Content,
  { purpose, messaging, status }: Partial<WrittenCampaign>,
  words: PromotionalWords,
): readonly Finding[] {
  const isUtility = messaging === "UTILITY";
  if (status === "ended" || purpose === "promotion") return [];
  if (purpose === undefined && !isUtility) return [];
  const why = isUtility
    ? "Meta keeps promotion out of UTILITY messages, and takes no template that holds some. " +
      `Write it otherwise, or send it as UPDATE with purpose: promotion. (${UTILITY_PAGE})`
    : `The purpose is ${purpose}. If it is promotion, say so: reviewers and Meta go by it; else ` +
      `choose other words, or shorten policy.promotional_words. (${POLICY_PAGE})`;
  return allLayers(content).flatMap((layer) =>
    readTexts(layer).flatMap(({ path, text }) => {
      const found = wordsIn(text, layer.path, words);
      if (found.length === 0) return [];
      const quoted = found.map((word) => `"${word}"`).join(", ");
      const detail = `${quoted} ${found.length === 1 ? "sounds" : "sound"} like promotion. ${why}`;
      return [{ ...PROMOTIONAL, path, detail }];
    }),
  );
}

const PROMOTIONAL = {
  code: "PROMOTIONAL_WORDS",
  severity: "warning",
  summary: "Words of promotion under another purpose",
} as const;

function readTexts(layer: Layer): ReturnType<typeof texts> {
  return texts(layer.patch, layer.path).filter(({ path }) => {
    const key = path.findLast((part) => typeof part === "string");
    return !UNREAD.test(String(key));
  });
}

/** Whole words in the literal parts: what a tag prints is known of a person alone. */
function wordsIn(text: string, layer: JsonPath, words: PromotionalWords): readonly string[] {
  const language = layer.at(-2) === "locales" ? String(layer.at(-1)) : undefined;
  const find = (part: string) =>
    language === undefined ? words.inAny(part) : words.inLanguage(part, language);
  if (find(text).length === 0) return [];
  const parsed = parseTemplate(text);
  if (parsed.kind === "fault") return [];
  return [...new Set(literals(parsed.tokens).flatMap(find))];
}

/** A literal beside a tag is cut there, so that no word is found half in one. */
function literals(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (token.kind === "text") return [token.text];
    return token.kind === "section" ? literals(token.tokens) : [];
  });
}
