import { readFileSync, realpathSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import fastGlob from "fast-glob";
import type { Diagnostic } from "../../diag/diagnostic.ts";
import type { Instant } from "../../model/instant.ts";
import type { SourceFiles } from "../../model/workspace.ts";
import { emptyFile } from "./unreadable.ts";

/** The files of a source, sorted, or what is wrong with them. */
export interface FoundFiles {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly modifiedAt: Instant | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that is called as the pattern is written is that file; else the pattern is a glob. */
export function findFiles(files: SourceFiles, root: string): FoundFiles {
  const { pattern, at } = files;
  const whole = resolve(root, pattern);
  const paths = isFile(whole) ? [whole] : globbed(pattern, root);
  if (paths.length === 0) {
    const detail = `No file fits "${pattern}". Check the path, or write the file first.`;
    const summary = "No such data file";
    return none({ code: "DATA_FILE_MISSING", severity: "error", at, summary, detail });
  }
  const outside = files.fromEnv ? undefined : paths.find((path) => !isInside(path, root));
  if (outside !== undefined) return none(leadsOut(shownPath(outside, root), at));
  const modifiedAt = Math.max(...paths.map((path) => statSync(path).mtimeMs));
  // Without a line NDJSON has no objects; the other formats are never without content.
  const blank = files.format === "ndjson" ? [] : paths.filter(isBlank);
  const diagnostics = blank.map((path) => emptyFile(path, root));
  return { paths, modifiedAt: Math.floor(modifiedAt), diagnostics };
}

/** Links count, but folders behind links are not entered: they could lead in circles. */
function globbed(pattern: string, root: string): string[] {
  const options = { cwd: root, absolute: true, onlyFiles: false, followSymbolicLinks: false };
  return fastGlob
    .sync(pattern, { ...options, suppressErrors: true })
    .filter(isFile)
    .sort();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function none(diagnostic: Diagnostic): FoundFiles {
  return { paths: [], modifiedAt: undefined, diagnostics: [diagnostic] };
}

function isInside(path: string, root: string): boolean {
  return !relative(realpathSync(root), realpathSync(path)).startsWith("..");
}

function leadsOut(file: string, at: Diagnostic["at"]): Diagnostic {
  return {
    code: "PATH_OUTSIDE",
    severity: "error",
    at,
    summary: "Path outside of the workspace",
    detail:
      `${file} is a link that leads out of the workspace. Put the file itself there; only a ` +
      "source written as ${NAME} of an environment variable may lie elsewhere.",
  };
}

function isBlank(path: string): boolean {
  return statSync(path).size < 64 && readFileSync(path, "utf8").trim() === "";
}

/** A path as people know it: from the workspace's folder where it lies inside. */
export function shownPath(path: string, root: string): string {
  const inside = relative(root, path).replaceAll("\\", "/");
  return inside.startsWith("..") ? path : inside;
}
