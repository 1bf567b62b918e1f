import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../../scripts/generate.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("the generated files are what the schemas give", async () => {
  const files: ReadonlyMap<string, string> = await generate();
  const folder = `${ROOT}/src/model/generated`;
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(readFileSync(`${folder}/${name}`, "utf8")).toBe(text);
});
