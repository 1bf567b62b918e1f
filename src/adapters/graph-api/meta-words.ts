const MAX_LENGTH = 300;

/**
 * Meta's words without what may identify a person or open a door: the secrets given, anything that
 * looks like an access token, and runs of five or more digits. At most 300 characters.
 */
export function metaWords(text: string, secrets: readonly string[]): string {
  let words = text;
  for (const secret of secrets) words = words.replaceAll(secret, "[token]");
  return words
    .replace(/\bEAA[\w-]*/g, "[token]")
    .replace(/[\w|-]{40,}/g, "[token]")
    .replace(/\d{5,}/g, "[id]")
    .slice(0, MAX_LENGTH);
}
