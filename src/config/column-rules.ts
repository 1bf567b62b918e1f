import type { Finding } from "../diag/diagnostic.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import { type Column, eventColumns, userColumns } from "./vocabulary.ts";

/** Names of columns, attributes and constants that meet. */
export function columnRules(written: Partial<WrittenWorkspace>): readonly Finding[] {
  const { users, events } = written;
  return [
    ...(users === undefined ? [] : columnsTwice("users", userColumns(users))),
    ...(users === undefined
      ? []
      : declaredTwice(["users", "attributes"], userColumns(users), users.attributes ?? {})),
    ...(events === undefined ? [] : columnsTwice("events", eventColumns(events))),
    ...(events === undefined
      ? []
      : declaredTwice(["events", "properties"], eventColumns(events), events.properties ?? {})),
    ...(users === undefined
      ? []
      : alikeNames(["users", "attributes"], userColumns(users), users.attributes ?? {})),
    ...(events === undefined
      ? []
      : alikeNames(["events", "properties"], eventColumns(events), events.properties ?? {})),
    ...shadowingVars(written),
  ];
}

function columnsTwice(source: string, columns: readonly Column[]): readonly Finding[] {
  return columns.flatMap((column, at) => {
    const twin = columns
      .slice(0, at)
      .find((other) => other.name.toLowerCase() === column.name.toLowerCase());
    if (twin === undefined) return [];
    const detail = `"${column.name}" is named by ${twin.key} already. Name another column.`;
    return [
      { code: "COLUMN_TWICE", path: [source, column.key], summary: "Column named twice", detail },
    ];
  });
}

function declaredTwice(
  path: readonly string[],
  columns: readonly Column[],
  declared: object,
): readonly Finding[] {
  return columns
    .filter((column) => Object.hasOwn(declared, column.name))
    .map(({ name, key, type }) => ({
      code: "ATTRIBUTE_TWICE",
      path: [...path, name],
      atKey: true,
      summary: "Attribute declared twice",
      detail: `"${name}" is the column of ${key} and so has the type ${type}. Take this line away.`,
    }));
}

/** SQL does not tell names apart that differ in upper and lower case alone. */
function alikeNames(
  path: readonly string[],
  columns: readonly Column[],
  declared: object,
): readonly Finding[] {
  const seen = new Map(columns.map(({ name }) => [name.toLowerCase(), name]));
  return Object.keys(declared).flatMap((name) => {
    const twin = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), twin ?? name);
    if (twin === undefined || twin === name) return [];
    return {
      code: "ATTRIBUTE_TWICE",
      path: [...path, name],
      atKey: true,
      summary: "Attribute declared twice",
      detail:
        `"${name}" and "${twin}" differ in nothing but upper and lower case, which columns ` +
        "must not. Rename one of them in the export, or take it away here.",
    };
  });
}

function shadowingVars({ users, vars }: Partial<WrittenWorkspace>): readonly Finding[] {
  if (users === undefined) return [];
  const taken = new Set(userColumns(users).map((column) => column.name));
  for (const name of Object.keys(users.attributes ?? {})) taken.add(name);
  return Object.keys(vars ?? {})
    .filter((name) => taken.has(name))
    .map((name) => ({
      code: "VAR_SHADOWS",
      path: ["vars", name],
      atKey: true,
      summary: "Constant shadows an attribute",
      detail: `"${name}" is an attribute of users already. Give the constant another name.`,
    }));
}
