/** The names of a document's elements in their order; marks of breaks and changes aside. */
export function tagsOf(html: string): string[] {
  const tags = [...html.matchAll(/<(\/?[a-z][a-z0-9]*)/g)].map((match) => match[1] ?? "");
  return tags.filter((tag) => !/^\/?(?:wbr|ins|del|span)$/.test(tag));
}

/** What is shown: everything but the head, whose styles are looked at in a browser. */
export function bodyOf(html: string): string {
  return html.slice(html.indexOf("<body>"));
}

/** Numbers of each funnel as they stand on the page: who matched, then every step. */
export function funnelsOf(html: string): number[][] {
  const tables = html.split("<table>").filter((table) => /<caption>[\d,]+ matched = /.test(table));
  return tables.map((table) => rowsOf(table.split("</table>")[0] ?? ""));
}

function rowsOf(table: string): number[] {
  const cells = [...table.matchAll(/<\/th><td class="number">([\d,]+)<\/td>/g)];
  return cells.map((match) => Number(match[1]?.replaceAll(",", "")));
}

/** What its captions say in a sum: `84 matched = 56 + 28`. */
export function captionsOf(html: string): number[][] {
  return [...html.matchAll(/<caption>([\d,]+) matched = ([\d,+ ]+)<\/caption>/g)].map((match) =>
    [match[1], ...(match[2] ?? "").split(" + ")].map((one) => Number(one?.replaceAll(",", ""))),
  );
}

/** Keys whose values a schema fixes; everything else is somebody's words. */
const FIXED = new Set(
  (
    "format action purpose change outcome rule due_at at until now timezone from to newest date " +
    "because class kind by scope target started_at finished_at type content_type status"
  ).split(" "),
);

/** The same document with other words in it, wherever words of people or of Meta can stand. */
export function withWords<Document>(document: Document, words: string): Document {
  const changed = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return FIXED.has(key) ? value : words;
    if (Array.isArray(value)) return value.map((one) => changed(one, key));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, one]) => [name, changed(one, name)]);
    return Object.fromEntries(entries);
  };
  return changed(document, "") as Document;
}

export const SCRIPTS = [
  `</style></title><script>window.hacked = 1</script>`,
  `"><img src=x onerror="window.hacked = 1">`,
  `' onfocus='window.hacked = 1' autofocus='`,
  "<!--",
  "]]>",
  "</td></table></details>",
  "javascript:window.hacked=1",
  "&lt;b&gt;",
];
