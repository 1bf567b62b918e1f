import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { CAMPAIGN_SCHEMA } from "../../src/model/generated/campaign-schema.ts";
import { SEGMENT_SCHEMA } from "../../src/model/generated/segment-schema.ts";
import { SEND_API_MESSAGE_SCHEMA } from "../../src/model/generated/send-api-message-schema.ts";
import { WORKSPACE_SCHEMA } from "../../src/model/generated/workspace-schema.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
} from "../../src/model/json.ts";

export const SCHEMAS: Readonly<Record<string, JsonObject>> = {
  workspace: WORKSPACE_SCHEMA,
  campaign: CAMPAIGN_SCHEMA,
  segment: SEGMENT_SCHEMA,
  "send-api-message": SEND_API_MESSAGE_SCHEMA,
};

/** A document with one thing wrong with it, and where that is. */
export interface Broken {
  readonly what: string;
  readonly document: JsonObject;
  readonly path: JsonPath;
  /** Whether the key is at fault; where it is missing, the key of the map that lacks it. */
  readonly atKey: boolean;
  /** The key that was meant. */
  readonly meant?: string;
}

/** A place in a document and what its schema asks of it. */
interface Spot {
  readonly schema: JsonObject;
  readonly value: JsonValue;
  readonly path: JsonPath;
}

const ajv = new Ajv({ strict: false, logger: false });
addFormats.default(ajv);
for (const schema of Object.values(SCHEMAS)) ajv.addSchema(schema);

const WRONG: readonly JsonValue[] = [null, true, 12.5, "§", [], {}];

/** Walks through a document beside its schema, and breaks it at every key in every way. */
export class Breaker {
  /** The properties of schemas that were met, as the schemas' own objects. */
  readonly met = new Set<JsonObject>();
  readonly #document: JsonObject;
  readonly #schema: JsonObject;
  readonly #from: JsonPath;

  /** `from` leads to the part of the document that the schema is of. */
  constructor(document: JsonObject, schema: string, from: JsonPath = []) {
    this.#document = document;
    this.#schema = SCHEMAS[schema] ?? {};
    this.#from = from;
  }

  isValid(document: JsonValue): boolean {
    return holds(this.#schema, this.#partOf(document));
  }

  /** Every change that the schema refuses. */
  *broken(): Generator<Broken> {
    const value = this.#partOf(this.#document);
    yield* this.#at({ schema: this.#schema, value, path: this.#from });
  }

  #partOf(document: JsonValue): JsonValue {
    return this.#from.reduce<JsonValue>((one, step) => child(one, step), document);
  }

  *#at(spot: Spot): Generator<Broken> {
    for (const schema of this.#layers(spot)) {
      yield* this.#replaced({ ...spot, schema });
      if (isJsonObject(spot.value)) yield* this.#map({ ...spot, schema }, spot.value);
      const items = schema["items"];
      if (!Array.isArray(spot.value) || !isJsonObject(items)) continue;
      for (const [index, value] of spot.value.entries()) {
        yield* this.#at({ schema: items, value, path: [...spot.path, index] });
      }
    }
  }

  /** The schema without references: with the branch of a union that holds, and what `if` adds. */
  #layers({ schema, value, path }: Spot): readonly JsonObject[] {
    const ref = schema["$ref"];
    if (typeof ref === "string") return this.#layers({ schema: resolved(schema), value, path });
    const union = list(schema["anyOf"]).filter((branch) => holds(branch, value));
    const conditional = list(schema["allOf"]).flatMap((one) =>
      isJsonObject(one["if"]) && holds(one["if"], value) ? [one["then"] as JsonObject] : [],
    );
    const nested = [...union.slice(0, 1), ...conditional].flatMap((one) =>
      this.#layers({ schema: one, value, path }),
    );
    return [schema, ...nested];
  }

  *#replaced({ schema, path }: Spot): Generator<Broken> {
    for (const [what, value] of replacements(schema)) {
      const document = withValue(this.#document, path, value) as JsonObject;
      if (!this.isValid(document)) yield { what, document, path, atKey: false };
    }
  }

  *#map({ schema, path }: Spot, value: JsonObject): Generator<Broken> {
    const properties = (schema["properties"] ?? {}) as JsonObject;
    const others = schema["additionalProperties"];
    yield* this.#keys(schema, path, value);
    for (const [key, inner] of Object.entries(value)) {
      const own = properties[key];
      if (isJsonObject(own)) this.met.add(own);
      const next = own ?? others;
      if (isJsonObject(next)) yield* this.#at({ schema: next, value: inner, path: [...path, key] });
    }
  }

  *#keys(schema: JsonObject, path: JsonPath, value: JsonObject): Generator<Broken> {
    const without = (key: string) => Object.entries(value).filter(([name]) => name !== key);
    const changed = (entries: readonly [string, JsonValue][]) =>
      withValue(this.#document, path, Object.fromEntries(entries)) as JsonObject;
    for (const key of (schema["required"] ?? []) as readonly string[]) {
      const document = changed(without(key));
      const isBroken = Object.hasOwn(value, key) && !this.isValid(document);
      if (isBroken) yield { what: "missing", document, path: [...path, key], atKey: true };
    }
    if (schema["additionalProperties"] !== false) return;
    const unknown = changed([...Object.entries(value), ["zzzz", 1]]);
    yield { what: "unknown", document: unknown, path: [...path, "zzzz"], atKey: true };
    for (const key of Object.keys(value)) {
      const typo = misspelt(key);
      const document = changed(
        Object.entries(value).map(([name, inner]) => [name === key ? typo : name, inner]),
      );
      yield { what: "misspelt", document, path: [...path, typo], atKey: true, meant: key };
    }
  }
}

/** The last two letters swapped, or the last one doubled where they are the same. */
function misspelt(key: string): string {
  const [a = "", b = ""] = key.slice(-2);
  return a === b ? key + b : key.slice(0, -2) + b + a;
}

function replacements(schema: JsonObject): readonly [string, JsonValue][] {
  const bounds: [string, (limit: number) => JsonValue][] = [
    ["minimum", (limit) => limit - 1],
    ["maximum", (limit) => limit + 1],
    ["maxLength", (limit) => "x".repeat(limit + 1)],
  ];
  const outside = bounds.flatMap(([keyword, beyond]): [string, JsonValue][] => {
    const limit = schema[keyword];
    return typeof limit === "number" ? [[`beyond ${keyword}`, beyond(limit)]] : [];
  });
  const empty: [string, JsonValue][] = schema["minLength"] === 1 ? [["empty", ""]] : [];
  const wrong = WRONG.map((value): [string, JsonValue] => [
    `${JSON.stringify(value)} for it`,
    value,
  ]);
  return [...wrong, ...outside, ...empty];
}

/** Every property that schemas declare, with its path; what `then` adds to them is none. */
export function propertiesOf(schema: JsonValue, path: string): readonly [string, JsonObject][] {
  if (Array.isArray(schema)) {
    return schema.flatMap((one, index) => propertiesOf(one, `${path}/${index}`));
  }
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, inner]): readonly [string, JsonObject][] => {
    if (["examples", "default", "enum", "const", "if", "then", "required"].includes(key)) return [];
    if (key !== "properties" || !isJsonObject(inner)) return propertiesOf(inner, `${path}/${key}`);
    return Object.entries(inner).flatMap(([name, property]) => [
      ...(isJsonObject(property) ? [[`${path}/${name}`, property] as [string, JsonObject]] : []),
      ...propertiesOf(property, `${path}/${name}`),
    ]);
  });
}

function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function child(value: JsonValue, step: string | number): JsonValue {
  return (value as Readonly<Record<string | number, JsonValue>>)[step] ?? null;
}

function withValue(whole: JsonValue, [step, ...rest]: JsonPath, value: JsonValue): JsonValue {
  if (step === undefined) return value;
  const inner = withValue(child(whole, step), rest, value);
  if (Array.isArray(whole)) return whole.with(Number(step), inner);
  return { ...(whole as JsonObject), [step]: inner };
}

const checks = new Map<JsonObject, ValidateFunction>();

/** Whether a part of a schema takes a value; its references are absolute by now. */
function holds(schema: JsonObject, value: JsonValue): boolean {
  const id = schema["$id"];
  const known = typeof id === "string" ? ajv.getSchema(id) : undefined;
  const check = checks.get(schema) ?? known ?? ajv.compile(absolute(schema) as JsonObject);
  checks.set(schema, check);
  return check(value) === true;
}

const owners = new Map<JsonObject, string>();
for (const schema of Object.values(SCHEMAS)) own(schema, String(schema["$id"]));

/** Notes of every part of a schema which document its references are relative to. */
function own(part: JsonValue, id: string): void {
  if (typeof part !== "object" || part === null) return;
  if (isJsonObject(part)) owners.set(part, id);
  for (const inner of Object.values(part)) own(inner, id);
}

function absolute(part: JsonValue): JsonValue {
  if (Array.isArray(part)) return part.map(absolute);
  if (!isJsonObject(part)) return part;
  const id = owners.get(part) ?? "";
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) =>
      key === "$ref" ? [key, new URL(String(inner), id).href] : [key, absolute(inner)],
    ),
  );
}

/** What a part with a reference leads to, as the schema's own object. */
function resolved(part: JsonObject): JsonObject {
  const whole = new URL(String(part["$ref"]), owners.get(part)).href;
  const [file = "", pointer = ""] = whole.split("#");
  const schema = SCHEMAS[file.replace(/^.*\//, "").replace(".schema.json", "")];
  const steps = pointer.split("/").slice(1);
  return steps.reduce<JsonValue>((part, step) => child(part, step), schema ?? {}) as JsonObject;
}
