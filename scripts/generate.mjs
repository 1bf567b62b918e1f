// Makes src/model/generated/ out of schemas/*.json: the types of the written files, every schema as
// a value, so that no JSON file is read at run time, and checks that need not be compiled at every
// start. Run: npm run generate
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { checkModule, leavesModule } from "./generate-checks.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SUFFIX = ".schema.json";
const NOTE =
  "// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.\n";
const JSON_OBJECT = 'import type { JsonObject } from "../json.ts";\n';
const JSON_VALUE = 'import type { JsonValue } from "../json.ts";\n';

const OBJECT = "Record<string, JsonValue>";
/** Definitions that another room, or another schema's generated file, gives their types. */
const FOREIGN = {
  WrittenSegment: { condition: "JsonValue" },
  WrittenCampaign: { condition: "JsonValue", message: OBJECT, patch: OBJECT },
  WrittenReport: {
    planGuard: "Guard",
    planWarning: "Warning",
    planRollout: "Rollout",
    planSource: "Source",
  },
};
const FROM_PLAN = 'import type { Guard, Rollout, Source, Warning } from "./plan-written.ts";\n';

/** The kinds of schemas that `validate` checks files by, and `show` a saved plan. */
const CHECKED = ["workspace", "campaign", "segment", "send-api-message", "plan"];

/** The generated files by name: `<kind>-schema.ts` and `<kind>-written.ts` of every schema. */
export async function generate(root = ROOT) {
  const files = new Map();
  for (const name of readdirSync(`${root}/schemas`).sort()) {
    if (!name.endsWith(SUFFIX)) continue;
    const kind = name.slice(0, -SUFFIX.length);
    const schema = JSON.parse(readFileSync(`${root}/schemas/${name}`, "utf8"));
    files.set(`${kind}-schema.ts`, schemaModule(kind, schema));
    files.set(`${kind}-written.ts`, await writtenTypes(kind, schema));
    if (CHECKED.includes(kind))
      files.set(`${kind}-check.ts`, `${NOTE}${checkModule(kind, schema)}`);
    if (kind === "send-api-message")
      files.set(`${kind}-leaves.ts`, `${NOTE}${leavesModule(schema)}`);
  }
  return files;
}

function schemaModule(kind, schema) {
  const constant = `${kind.replaceAll("-", "_").toUpperCase()}_SCHEMA`;
  const text = JSON.stringify(schema, null, 2);
  const doc = `/** schemas/${kind}${SUFFIX} as a value. */`;
  return `${NOTE}${JSON_OBJECT}\n${doc}\nexport const ${constant}: JsonObject = ${text};\n`;
}

async function writtenTypes(kind, schema) {
  const words = kind.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const name = `Written${words.join("")}`;
  const own = withoutForeign({ ...schema, title: name });
  delete own.$id;
  const text = await compile(own, name, {
    bannerComment: "",
    format: true,
    ignoreMinAndMaxItems: true,
  });
  const usesJson = /\bJsonValue\b/.test(text);
  const fromPlan = name === "WrittenReport" ? FROM_PLAN : "";
  return `${NOTE}${usesJson ? JSON_VALUE : ""}${fromPlan}\n${text}`;
}

function withoutForeign(schema) {
  const definitions = { ...schema.definitions };
  for (const [name, tsType] of Object.entries(FOREIGN[schema.title] ?? {})) {
    definitions[name] = { tsType };
  }
  return { ...schema, definitions };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = `${ROOT}/src/model/generated`;
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of await generate()) writeFileSync(`${folder}/${name}`, text);
}
