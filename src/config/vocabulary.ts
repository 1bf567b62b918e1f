import type { Attribute, Attributes, AttributeType, Values } from "../model/attribute.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { Variables } from "../model/workspace.ts";

/** What campaigns and segments may name. */
export interface Vocabulary {
  readonly attributes: Attributes;
  /** Undefined where the workspace declares no events. */
  readonly events: Attributes | undefined;
  readonly vars: Values;
  /** Constants whose declaration cannot be read. */
  isUnsureVar(name: string): boolean;
  readonly timezone: string;
}

type WrittenUsers = WrittenWorkspace["users"];
type WrittenEvents = NonNullable<WrittenWorkspace["events"]>;
type WrittenAttributes = NonNullable<WrittenUsers["attributes"]>;

/** The columns of the user data with a meaning of their own, by the key that names them. */
export function userColumns(users: Partial<WrittenUsers>): readonly Column[] {
  const { last_inbound, consent, consent_at, timezone, locale } = users;
  return [
    ...column("id", users.id, "string"),
    ...column("psid", users.psid, "string"),
    ...column("last_inbound", last_inbound, "timestamp"),
    ...column("consent", consent === "assumed" ? undefined : consent, "boolean"),
    ...column("consent_at", consent_at, "timestamp"),
    ...column("timezone", timezone, "string"),
    ...column("locale", locale, "string"),
  ];
}

/** The same of the events. */
export function eventColumns(events: Partial<WrittenEvents>): readonly Column[] {
  return [
    ...column("id", events.id, "string"),
    ...column("user", events.user, "string"),
    ...column("name", events.name, "string"),
    ...column("at", events.at, "timestamp"),
  ];
}

/** A column with a meaning of its own, and the key of posthorn.yaml that says so. */
export interface Column extends Attribute {
  readonly key: string;
}

function column(key: string, name: string | undefined, type: AttributeType): readonly Column[] {
  return name === undefined ? [] : [{ key, name, type, sensitive: isText(type) }];
}

/** All that segments and messages may name of a source: its own columns, then the declared ones. */
export function attributesOf(
  columns: readonly Column[],
  declared: WrittenAttributes | undefined,
): Attributes {
  const special = columns.map(({ name, type, sensitive }) => ({ name, type, sensitive }));
  const others = Object.entries(declared ?? {}).map(([name, written]) => {
    const type = typeof written === "string" ? written : written.type;
    const sensitive = typeof written === "string" ? undefined : written.sensitive;
    return { name, type, sensitive: sensitive ?? isText(type) };
  });
  return new Map([...others, ...special].map((attribute) => [attribute.name, attribute]));
}

function isText(type: AttributeType): boolean {
  return type === "string" || type === "string[]";
}

/** What a message may print: attributes and constants by name, event properties as `event.x`. */
export function variablesOf(vocabulary: Vocabulary): Variables {
  const variables = new Map<string, Attribute>(vocabulary.attributes);
  for (const [name, value] of Object.entries(vocabulary.vars)) {
    variables.set(name, { name, type: typeOfConstant(value), sensitive: false });
  }
  for (const [name, property] of vocabulary.events ?? []) {
    variables.set(`event.${name}`, { ...property, name: `event.${name}` });
  }
  return Object.assign(variables, { isUnsure: (name: string) => isUnsure(name, vocabulary) });
}

function isUnsure(name: string, { attributes, events, isUnsureVar }: Vocabulary): boolean {
  if (name.startsWith("event.")) {
    // That there are no events is told where the campaign says what sets it off.
    return events === undefined || (events.isUnsure?.(name.slice("event.".length)) ?? false);
  }
  return isUnsureVar(name) || (attributes.isUnsure?.(name) ?? false);
}

function typeOfConstant(value: unknown): AttributeType {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "string";
}
