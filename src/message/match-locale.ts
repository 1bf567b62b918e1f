/** The form in which locales are compared: `de_DE` and `de-de` are one. */
export function localeKey(locale: string): string {
  return locale.toLowerCase().replaceAll("-", "_");
}

/**
 * The value for a person's locale among `byKey` (keys as `localeKey` gives them): de_DE, then de;
 * undefined where neither is there.
 */
export function matchLocale<T>(locale: string, byKey: ReadonlyMap<string, T>): T | undefined {
  if (byKey.size === 0) return undefined;
  let key = localeKey(locale);
  for (;;) {
    const found = byKey.get(key);
    const end = key.lastIndexOf("_");
    if (found !== undefined || end < 0) return found;
    key = key.slice(0, end);
  }
}
