import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/model/json.ts";
import { propertiesOf } from "./broken-documents.ts";

const FILES = readdirSync("schemas");
const schemas = new Map<string, JsonObject>(
  FILES.map((file) => [file, JSON.parse(readFileSync(`schemas/${file}`, "utf8"))]),
);
const ajv = new Ajv({ strict: false, logger: false, allErrors: true });
addFormats.default(ajv);
for (const schema of schemas.values()) ajv.addSchema(schema);

/** What a part of `file` says under a key, itself or by the definition that it refers to. */
function saidBy(part: JsonObject, key: string, file: string): JsonValue | undefined {
  const ref = part["$ref"];
  if (part[key] !== undefined || typeof ref !== "string") return part[key];
  const [other, pointer = ""] = ref.split("#");
  const name = other === "" ? file : (other ?? file);
  const steps = pointer.split("/").slice(1);
  const found = steps.reduce<JsonValue>(
    (one, step) => (isJsonObject(one) ? (one[step] ?? null) : null),
    schemas.get(name) ?? null,
  );
  return isJsonObject(found) ? saidBy(found, key, name) : undefined;
}

/** A check by a part of a schema, in which references mean what they mean in their file. */
function checkOf(part: JsonObject, file: string) {
  const id = String(schemas.get(file)?.["$id"]);
  const text = JSON.stringify(part, (key, value) =>
    key === "$ref" ? new URL(value, id).href : value,
  );
  return ajv.compile(JSON.parse(text));
}

describe.each(FILES)("%s", (file) => {
  const all = propertiesOf(schemas.get(file) ?? {}, "");

  test("says of every property what it is, in a sentence", () => {
    expect(all.length).toBeGreaterThan(5);
    const bare = all.filter(
      ([, part]) => !/\S.*[.!?:]$/.test(String(saidBy(part, "description", file))),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test("shows an example of every property, and each is one", () => {
    const wrong = all.flatMap(([path, part]) => {
      const examples = saidBy(part, "examples", file);
      if (!Array.isArray(examples) || examples.length === 0) return [`${path} has none`];
      const check = checkOf(part, file);
      const bad = examples.filter((example) => !check(example));
      return bad.map(
        (example) => `${path}: ${JSON.stringify(example)} ${ajv.errorsText(check.errors)}`,
      );
    });
    expect(wrong).toEqual([]);
  });
});
