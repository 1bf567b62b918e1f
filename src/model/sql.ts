/** A value that travels beside the SQL text, never inside it. */
export type SqlValue = string | number | bigint | boolean | null | readonly string[];

/** A piece of SQL with its values in the order of its `?` marks. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/**
 * SQL from a template: a nested `Sql` is spliced with its values, every other value is bound.
 * `sql\`${identifier("ltv")} > ${100}\`` gives `"ltv" > ?` and [100].
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  let text = strings[0] ?? "";
  const values: SqlValue[] = [];
  for (const [index, part] of parts.entries()) {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += "?";
      values.push(part);
    }
    text += strings[index + 1] ?? "";
  }
  return { text, values };
}

/** A quoted name of a table or column. */
export function identifier(name: string): Sql {
  return { text: `"${name.replaceAll('"', '""')}"`, values: [] };
}

/** A quoted text, for the places that take no bound value: file names and views. */
export function literal(text: string): Sql {
  return { text: `'${text.replaceAll("'", "''")}'`, values: [] };
}

/** Fixed SQL text of our own; never for anything a user wrote. */
export function raw(text: string): Sql {
  return { text, values: [] };
}

export function join(parts: readonly Sql[], separator: string): Sql {
  return {
    text: parts.map((part) => part.text).join(separator),
    values: parts.flatMap((part) => part.values),
  };
}

function isSql(part: Sql | SqlValue): part is Sql {
  return typeof part === "object" && part !== null && "text" in part;
}
