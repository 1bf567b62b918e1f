/** One field that a call asks for: `messages.limit(1){id,from}`. */
export interface Field {
  readonly name: string;
  readonly limit: number | undefined;
  readonly fields: readonly Field[] | undefined;
}

/**
 * Parses Graph's field expansion, `id,participants,messages.limit(1){id,from}`. Undefined when it
 * is none. Source: developers.facebook.com/docs/graph-api/guides/field-expansion.
 */
export function parseFields(text: string): readonly Field[] | undefined {
  const tokens = text.match(/[\w.]+(?:\([^()]*\))?(?:\.\w+\([^()]*\))*|[{},]/g) ?? [];
  if (tokens.join("") !== text.replace(/\s/g, "")) return undefined;
  const reader = { tokens, at: 0 };
  const fields = readList(reader);
  return reader.at === tokens.length ? fields : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readList(reader: Reader): readonly Field[] | undefined {
  const fields: Field[] = [];
  for (;;) {
    const field = readField(reader);
    if (field === undefined) return undefined;
    fields.push(field);
    if (reader.tokens[reader.at] !== ",") return fields;
    reader.at += 1;
  }
}

function readField(reader: Reader): Field | undefined {
  const written = /^(\w+)(.*)$/.exec(reader.tokens[reader.at] ?? "");
  if (written === null) return undefined;
  reader.at += 1;
  const limit = /\.limit\((\d+)\)/.exec(written[2] ?? "")?.[1];
  const field = { name: written[1] ?? "", limit: limit === undefined ? undefined : Number(limit) };
  if (reader.tokens[reader.at] !== "{") return { ...field, fields: undefined };
  reader.at += 1;
  const fields = readList(reader);
  if (fields === undefined || reader.tokens[reader.at] !== "}") return undefined;
  reader.at += 1;
  return { ...field, fields };
}
