import type { Finding } from "../diag/diagnostic.ts";
import { ownValue } from "../model/own-value.ts";
import type { SourceFiles, StateLocation } from "../model/workspace.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import { envFormFinding, REFERENCE } from "./env-reference.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A written path with its `${NAME}` filled in, or what is wrong with it. */
export type Path =
  | { readonly kind: "path"; readonly path: string; readonly fromEnv: boolean }
  | { readonly kind: "fault"; readonly finding: Finding };

/** Where a path may be looked for, and where it stands in posthorn.yaml. */
export interface PathContext {
  readonly env: Environment;
  readonly files: WorkspaceFiles;
  readonly at: readonly string[];
}

export const ENV_MISSING = "ENV_MISSING";
const FORMATS = ["json", "ndjson", "csv", "parquet"] as const;

/** Follows a `${NAME}`; any other path must lie inside the workspace. */
function readPath(written: string, { env, files, at }: PathContext): Path {
  const name = REFERENCE.exec(written)?.[1];
  if (name !== undefined) {
    const path = ownValue(env, name);
    if (path !== undefined && path !== "") return { kind: "path", path, fromEnv: true };
    const remedy = "Set it to a path, or write the path here.";
    const detail = `The environment variable ${name} is not set. ${remedy}`;
    return fault({
      code: ENV_MISSING,
      path: at,
      summary: "Environment variable missing",
      detail,
    });
  }
  const form = envFormFinding(written, at) ?? patternFinding(written, at);
  if (form !== undefined) return fault(form);
  if (files.isInside(written)) return { kind: "path", path: written, fromEnv: false };
  const detail =
    "This path leads out of the workspace, itself or through a link. Files named here lie " +
    "inside; only a value written as ${NAME} of an environment variable may point elsewhere.";
  return fault({
    code: "PATH_OUTSIDE",
    path: at,
    summary: "Path outside of the workspace",
    detail,
  });
}

/** A glob from a pull request must not keep the matcher busy for hours. */
const INVOLVED_PATTERN = /[!*+?@]\(|\{[^}]*\.\.|\{.*\{|(?:\*.*){6}/s;

function patternFinding(written: string, path: readonly string[]): Finding | undefined {
  if (!INVOLVED_PATTERN.test(written)) return undefined;
  const detail =
    "A pattern may hold one {a,b}, no ranges, no groups such as +(a|b), and up to five stars. " +
    "Write it simpler, such as data/users-*.parquet.";
  return { code: "SOURCE_PATTERN", path, summary: "Pattern too involved", detail };
}

/**
 * A path of user data or events; its ending says how to read it. Whoever needs no data, such as the
 * checks of a pull request, can go on while a variable is not set.
 */
export function readSource(
  written: string,
  context: PathContext,
): { readonly finding?: Finding; readonly source?: Omit<SourceFiles, "at"> } {
  const path = readPath(written, context);
  if (path.kind === "fault") return unsetSource(written, path.finding);
  const ending = /\.([a-z]+)$/i.exec(path.path)?.[1]?.toLowerCase();
  const format = FORMATS.find((known) => known === ending);
  const { fromEnv } = path;
  if (format !== undefined) return { source: { pattern: path.path, format, fromEnv } };
  const detail = "User data and events are read from .json, .ndjson, .csv and .parquet files.";
  return {
    finding: { code: "SOURCE_FORMAT", path: context.at, summary: "Unknown format", detail },
  };
}

function unsetSource(written: string, finding: Finding) {
  if (finding.code !== ENV_MISSING) return { finding };
  const source = { pattern: written, format: "ndjson", fromEnv: true } as const;
  return { finding: { ...finding, severity: "warning" as const }, source };
}

/** A folder for what people told the page; undefined where none is written. */
export function readInbound(
  written: string | undefined,
  context: PathContext,
): { readonly finding?: Finding; readonly path?: string } | undefined {
  if (written === undefined) return undefined;
  const path = readPath(written, context);
  if (path.kind === "path") return { path: path.path };
  const unset = unsetSource(written, path.finding);
  return { finding: unset.finding, path: written };
}

/** `git+branch:NAME` or a folder. */
export function readState(
  written: string,
  context: PathContext,
): { readonly finding: Finding } | StateLocation {
  if (written.startsWith("git+")) return readBranch(written, context);
  const path = readPath(written, context);
  return path.kind === "fault" ? path : { kind: "folder", path: path.path };
}

function readBranch(
  written: string,
  { at }: PathContext,
): { readonly finding: Finding } | StateLocation {
  const branch = /^git\+branch:([A-Za-z0-9][A-Za-z0-9._/-]*)$/.exec(written)?.[1];
  const isSound = branch !== undefined && !/\.\.|\/\/|\/\.|\.lock$|[./]$/.test(branch);
  if (isSound) return { kind: "git", branch };
  const detail = "Write git+branch: and the name of a branch, such as git+branch:posthorn-state.";
  return { finding: { code: "STATE_FORM", path: at, summary: "State cannot be read", detail } };
}

function fault(finding: Finding): Path {
  return { kind: "fault", finding };
}
