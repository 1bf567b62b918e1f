import type { Diagnostic, Finding } from "../diag/diagnostic.ts";
import { isJsonObject, type JsonObject, type JsonPath } from "../model/json.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import type { ShapeCheck } from "./check-shape.ts";
import { readYaml, toDiagnostics, type YamlFile } from "./read-yaml.ts";
import { soundPart } from "./sound-part.ts";

/** A file of one kind, its shape checked. */
export interface WrittenFile<Written> {
  readonly file: YamlFile;
  /** The whole document as it stands; undefined where it is no map. */
  readonly document: JsonObject | undefined;
  /** What is left without faults of shape: what the rules can rely on. */
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
  // All that is left has been found to have the type that the schema gives it.
  const sound = soundPart(value, shape, check) as Partial<Written>;
  return { file, document: value, sound, shape, diagnostics };
}

/**
 * All that is wrong with a file. At one place only the first cause, rules before the shape; and of
 * a whole nothing is said while a part of it has no shape.
 */
export function faultsOf<Written>(
  { file, shape, diagnostics }: WrittenFile<Written>,
  rules: readonly Finding[],
): readonly Diagnostic[] {
  const told = rules.filter(({ path }) => !shape.some((part) => isPartOf(path, part.path)));
  const taken = new Set(told.map(placeKey));
  const others = shape.filter((finding) => !taken.has(placeKey(finding)));
  const exact = new Set(diagnostics.map(({ at }) => `${at.line}:${at.column}`));
  const found = toDiagnostics(file, [...told, ...others]);
  return [...diagnostics, ...found.filter(({ at }) => !exact.has(`${at.line}:${at.column}`))];
}

/** Whether `inner` leads deeper into what `outer`, which is not the whole document, leads to. */
function isPartOf(outer: JsonPath, inner: JsonPath): boolean {
  if (outer.length === 0 || outer.length >= inner.length) return false;
  return outer.every((step, at) => String(step) === String(inner[at]));
}

function placeKey(finding: Finding): string {
  return JSON.stringify(finding.path.map(String));
}
