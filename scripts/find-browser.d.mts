/** `CHROME_PATH`, else the first Chromium or Chrome that is installed; undefined without any. */
export function findBrowser(env?: Readonly<Record<string, string | undefined>>): string | undefined;
