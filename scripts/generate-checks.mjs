// Turns schemas into checks that are compiled here and not at every start: ajv takes longer to load
// and to compile them than `validate` takes to check a thousand files.
import { createRequire } from "node:module";
import { Ajv } from "ajv";

const require = createRequire(import.meta.url);
const { _, strConcat } = require("ajv/dist/compile/codegen");
const { default: NAMES } = require("ajv/dist/compile/names");
const { default: standaloneCode } = require("ajv/dist/standalone");

const HTTP_URL = /^https?:\/\/[^\s/?#\\]+(?:[/?#]\S*)?$/i;
const UNCHECKED = "// @ts-nocheck: written by ajv.\n";
/** What the schema asks of texts and lists, by the type that it asks it of. */
const LEAF_KEYWORDS = {
  minLength: "string",
  maxLength: "string",
  pattern: "string",
  format: "string",
  maxItems: "array",
};

/** What conditions and messages are judged by is no part of the shape of a file. */
const JUDGED_ELSEWHERE = {
  condition: {},
  message: { type: "object" },
  patch: { type: "object" },
};

/** A module with one function that says whether a value fits the schema. */
export function checkModule(kind, schema) {
  const isMessage = kind === "send-api-message";
  const ajv = new Ajv({
    ...OPTIONS,
    ...(isMessage ? MESSAGE_OPTIONS : FILE_OPTIONS),
    allErrors: false,
  });
  const { code, main } = codeOf(ajv, withoutWords(isMessage ? schema : withoutForeign(schema)));
  const name = `isSound${pascal(kind)}`;
  const doc = `/** Whether a value fits schemas/${kind}.schema.json. */`;
  return `${code}\n${doc}\nexport const ${name}: (value: unknown) => boolean = ${main};\n`;
}

/** A module that walks through a message as the schema does and notes what it asks of its parts. */
export function leavesModule(schema) {
  const notes = [];
  // The keywords below are not those that the schema of schemas means by these names.
  const own = { meta: false, validateSchema: false, allErrors: true, passContext: true };
  const ajv = new Ajv({ ...OPTIONS, ...MESSAGE_OPTIONS, ...own });
  for (const [keyword, type] of Object.entries(LEAF_KEYWORDS)) {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({ keyword, type, code: (context) => note(keyword, context, notes) });
  }
  const { code, main } = codeOf(ajv, schema);
  return `${code}
/** A keyword that the schema puts to a text or a list, with its words for that. */
export interface LeafNote {
  readonly keyword: string;
  readonly value: string | number;
  readonly description: string | null;
}

export const LEAF_NOTES: readonly LeafNote[] = ${JSON.stringify(notes, null, 2)};

/** Calls \`note\` with the JSON Pointer of each text or list and the index of each of its notes. */
export const walkLeaves: (
  this: { note(pointer: string, index: number): void },
  message: unknown,
) => boolean = ${main};
`;
}

/** Lengths in UTF-16 units, as Meta counts, are never less than those that JSON Schema counts. */
const OPTIONS = {
  code: { source: true, esm: true },
  messages: false,
  logger: false,
  unicode: false,
};
const FILE_OPTIONS = { allowUnionTypes: true, strictTypes: false, strictRequired: false };
const MESSAGE_OPTIONS = { strict: false, formats: { uri: HTTP_URL } };

function note(keyword, { gen, it, schema, parentSchema }, notes) {
  const description = parentSchema.description ?? null;
  const index = notes.push({ keyword, value: schema, description }) - 1;
  gen.code(_`this.note(${strConcat(NAMES.instancePath, it.errorPath)}, ${index})`);
}

const EXPORTS = /"use strict";export const validate = (\w+);export default \1;/;

function codeOf(ajv, schema) {
  const text = standaloneCode(ajv, ajv.compile(schema));
  const main = EXPORTS.exec(text)?.[1];
  return { code: `${UNCHECKED}${text.replace(EXPORTS, "")}\n`, main };
}

function withoutForeign(schema) {
  const definitions = { ...schema.definitions };
  for (const [name, own] of Object.entries(JUDGED_ELSEWHERE)) {
    if (name in definitions) definitions[name] = own;
  }
  return { ...schema, definitions };
}

/** Words are for people; left in, they would be two fifths of the code. */
function withoutWords(schema) {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !WORDS.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      if (VALUES.has(keyword)) return [keyword, value];
      if (!MAPS.has(keyword)) return [keyword, withoutWords(value)];
      const schemas = Object.entries(value).map(([name, one]) => [name, withoutWords(one)]);
      return [keyword, Object.fromEntries(schemas)];
    }),
  );
}

const WORDS = new Set(["title", "description", "examples", "default"]);
const VALUES = new Set(["const", "enum", "required"]);
/** Keywords whose keys are names that people choose and not keywords. */
const MAPS = new Set(["properties", "definitions", "dependencies", "patternProperties"]);

function pascal(kind) {
  const words = kind.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words.join("");
}
