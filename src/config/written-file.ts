import type { Diagnostic, Finding } from "../diag/diagnostic.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import type { ShapeCheck } from "./check-shape.ts";
import { readYaml, toDiagnostics, type YamlFile } from "./read-yaml.ts";

/** A file of one kind, its shape checked. */
export interface WrittenFile<Written> {
  readonly file: YamlFile;
  /** The whole document as it stands; undefined where it is no map. */
  readonly document: JsonObject | undefined;
  /** The top keys without faults of shape: what the rules can rely on. */
  readonly sound: Partial<Written>;
  /** Findings of the shape. */
  readonly shape: readonly Finding[];
  /** Faults of the YAML itself. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file and checks its shape; the rules have not been asked yet. */
export function readWritten<Written>(
  path: string,
  files: WorkspaceFiles,
  check: ShapeCheck,
): WrittenFile<Written> {
  const file = readYaml(path, files.read(path));
  const { value, diagnostics } = file;
  if (value === undefined || diagnostics.some((one) => one.code === "YAML_TOO_DEEP")) {
    return { file, document: undefined, sound: {}, shape: [], diagnostics };
  }
  const shape = check(value);
  if (!isJsonObject(value)) {
    return { file, document: undefined, sound: {}, shape, diagnostics };
  }
  const faulty = new Set(shape.map((finding) => finding.path[0]));
  const kept = Object.entries(value).filter(([key]) => !faulty.has(key));
  // Every key that is left has been found to have the type that the schema gives it.
  const sound = Object.fromEntries(kept) as Partial<Written>;
  return { file, document: value, sound, shape, diagnostics };
}

/** All that is wrong with a file: at one place only the first cause, rules before the shape. */
export function faultsOf<Written>(
  { file, shape, diagnostics }: WrittenFile<Written>,
  rules: readonly Finding[],
): readonly Diagnostic[] {
  const taken = new Set(rules.map(placeKey));
  const others = shape.filter((finding) => !taken.has(placeKey(finding)));
  const exact = new Set(diagnostics.map(({ at }) => `${at.line}:${at.column}`));
  const found = toDiagnostics(file, [...rules, ...others]);
  return [...diagnostics, ...found.filter(({ at }) => !exact.has(`${at.line}:${at.column}`))];
}

function placeKey(finding: Finding): string {
  return JSON.stringify(finding.path);
}
