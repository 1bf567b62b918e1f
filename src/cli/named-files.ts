import { relative, resolve } from "node:path";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import { usage } from "./options.ts";

/**
 * The paths in the workspace of files as they are typed: from where one stands, or else from the
 * workspace's folder. Throws Stop `usage` for one that is not there.
 */
export function namedFiles(
  typed: readonly string[],
  { root, read }: WorkspaceFiles,
): ReadonlySet<string> {
  const paths = typed.map((name) => {
    const own = relative(root, resolve(name)).replaceAll("\\", "/");
    const isInside = own !== ".." && !own.startsWith("../");
    const path = isInside ? own : name.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
    if (read(path).kind !== "missing") return path;
    throw usage(`There is no file ${name} in the workspace.`);
  });
  return new Set(paths);
}
