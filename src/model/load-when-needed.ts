import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * A package that most runs do without, and that takes longer to load than they take. `Module` is
 * the caller's word for what the package exports.
 */
export function loadWhenNeeded<Module>(
  name: "@duckdb/node-api" | "ajv" | "diff" | "re2js" | "yaml",
): Module {
  return require(name) as Module;
}
