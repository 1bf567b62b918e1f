import type { ConsentSigns, PeopleRules } from "../model/workspace.ts";

/**
 * Words that take consent back, where the workspace names none of its own: they work in every
 * workspace, so a person who writes the one of their own language is heard.
 * Source: messenger-platform.md section 9 (stop, unsubscribe and baja must be honoured at once).
 */
const OPT_OUT_WORDS: readonly string[] = [
  ...["stop", "stop all", "stopall", "unsubscribe", "opt out", "optout", "end", "quit"],
  ...["stopp", "abmelden", "abbestellen", "keine nachrichten", "keine werbung"],
  ...["arrêter", "arrêt", "désabonner", "me désabonner", "désinscrire"],
  ...["baja", "alto", "parar", "cancelar suscripción", "darme de baja", "darse de baja"],
  ...["basta", "disiscrivimi", "annulla iscrizione", "cancellami"],
  ...["sair", "descadastrar", "cancelar inscrição", "afmelden", "uitschrijven"],
  ...["wypisz", "rezygnuję", "odhlásit", "abonelikten çık", "iptal", "dur"],
];

/** What of an event can give or take back consent. */
export interface Said {
  /** A whole message. */
  readonly text?: string | undefined;
  /** Of the button that was tapped: it can take consent back, but not give it. */
  readonly title?: string | undefined;
  readonly payload?: string | undefined;
}

/** Whether somebody gave (true) or took back (false) their consent; null: neither. */
export type ConsentJudge = (said: Said) => boolean | null;

/** Makes the judge of a workspace. What says both takes consent back. */
export function consentJudge({ optIn, optOut }: Pick<PeopleRules, "optIn" | "optOut">) {
  const out = signTest({ ...optOut, words: optOut.words ?? OPT_OUT_WORDS });
  const into = signTest(optIn);
  const judge: ConsentJudge = ({ text, title, payload }) => {
    if (out(text, payload) || out(title, undefined)) return false;
    return into(text, payload) ? true : null;
  };
  return judge;
}

function signTest(signs: ConsentSigns) {
  const words = new Set((signs.words ?? []).map(wordKey));
  const payloads = new Set(signs.payloads);
  const longest = Math.max(0, ...[...words].map((word) => word.length));
  const begins = new Set([...words].map((word) => word.slice(0, 2)));
  return (text: string | undefined, payload: string | undefined): boolean => {
    if (payload !== undefined && payloads.has(payload)) return true;
    // What is much longer than the longest word is none of them, whatever stands around it.
    if (text === undefined || text.length > longest + MOST_AROUND) return false;
    if (PLAIN.test(text) && !begins.has(text.slice(0, 2).toLowerCase())) return false;
    return words.has(wordKey(text));
  };
}

/** How many dots, blanks and pictures somebody may put around a word. */
const MOST_AROUND = 40;
/** Begins with letters that are compared as they are: nearly every message does, and is no word. */
const PLAIN = /^[A-Za-z]{2}(?:[ -~]|$)/;
const AROUND = /^[\p{P}\p{S}\p{Z}\p{C}]+|[\p{P}\p{S}\p{Z}\p{C}]+$/gu;

/** A message as it is compared with words: `" STOP!!"` is `stop`. */
export function wordKey(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(AROUND, "").replace(/\s+/g, " ");
}
