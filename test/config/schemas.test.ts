import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generate } from "../../scripts/generate.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("the generated files are what the schemas give", async () => {
  const files: ReadonlyMap<string, string> = await generate();
  const folder = `${ROOT}/src/model/generated`;
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(readFileSync(`${folder}/${name}`, "utf8")).toBe(text);
});

type Found = [string, Record<string, unknown>];

/** Every property of a schema, with its path; a property may itself be called "properties". */
function properties(schema: unknown, path = ""): Found[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]): Found[] => {
    if (["examples", "default", "enum", "const"].includes(key)) return [];
    if (key !== "properties" && key !== "definitions") return properties(value, `${path}/${key}`);
    const inner: Found[] = Object.entries(value);
    const below = inner.flatMap(([name, one]) => properties(one, `${path}/${name}`));
    if (key === "definitions") return below;
    return [...inner.map(([name, one]): Found => [`${path}/${name}`, one]), ...below];
  });
}

describe.each(readdirSync(`${ROOT}/schemas`))("%s", (file) => {
  const schema = JSON.parse(readFileSync(`${ROOT}/schemas/${file}`, "utf8"));

  test("says of every property what it is for, with an example", () => {
    const all = properties(schema);
    expect(all.length).toBeGreaterThan(10);
    const bare = all.filter(([, property]) => !property["description"] || !property["examples"]);
    expect(bare.map(([path]) => path)).toEqual([]);
  });
});
