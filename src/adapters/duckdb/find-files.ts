import { statSync } from "node:fs";
import { relative, resolve } from "node:path";
import fastGlob from "fast-glob";
import type { Diagnostic } from "../../diag/diagnostic.ts";
import type { Instant } from "../../model/instant.ts";
import type { SourceFiles } from "../../model/workspace.ts";

/** The files of a source, sorted, or the diagnostic that says there are none. */
export interface FoundFiles {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly modifiedAt: Instant | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function findFiles({ pattern, at }: SourceFiles, root: string): FoundFiles {
  const whole = resolve(root, pattern).replaceAll("\\", "/");
  const isGlob = fastGlob.isDynamicPattern(whole);
  const paths = fastGlob.sync(isGlob ? whole : fastGlob.escapePath(whole), { absolute: true });
  if (paths.length > 0) {
    const modifiedAt = Math.max(...paths.map((path) => statSync(path).mtimeMs));
    return { paths: paths.sort(), modifiedAt: Math.floor(modifiedAt), diagnostics: [] };
  }
  const missing: Diagnostic = {
    code: "DATA_FILE_MISSING",
    severity: "error",
    at,
    summary: "No such data file",
    detail: `No file fits "${pattern}". Check the path, or write the file first.`,
  };
  return { paths: [], modifiedAt: undefined, diagnostics: [missing] };
}

/** A path as people know it: from the workspace's folder where it lies inside. */
export function shownPath(path: string, root: string): string {
  const inside = relative(root, path).replaceAll("\\", "/");
  return inside.startsWith("..") ? path : inside;
}
