import { statSync } from "node:fs";
import { resolve } from "node:path";
import { SECOND_MS } from "../../model/instant.ts";
import type { SourceFiles, UserSource } from "../../model/workspace.ts";
import { inboundStamp } from "../inbound-log/segment-files.ts";
import { findFiles } from "./find-files.ts";

/** A file that changed less than this ago may still be written. */
const SETTLED_AFTER_MS = 10 * SECOND_MS;

/**
 * Tells what user data and log hold now from what they held before; undefined while the data may
 * still be written. The log is whole at every moment.
 */
export function userStamp({ files, inbound }: UserSource, root: string): string | undefined {
  const stamp = fileStamp(files, root);
  if (stamp === undefined || inbound === undefined) return stamp;
  return `${stamp}\n${inboundStamp(resolve(root, inbound))}`;
}

/**
 * Names, sizes and times of change of a source's files; undefined while one may still be written,
 * which would look as if people had gone. Half a JSON array cannot be read at all, so that one
 * which people's facts are written into every second is looked at nevertheless.
 */
function fileStamp(source: SourceFiles, root: string): string | undefined {
  try {
    const found = findFiles(source, root).paths.map((path) => ({ path, ...statSync(path) }));
    const newestMs = Math.max(...found.map(({ mtimeMs }) => mtimeMs));
    const isWhole = source.format === "json" || Date.now() - newestMs >= SETTLED_AFTER_MS;
    if (!isWhole) return undefined;
    return found.map(({ path, mtimeMs, size }) => `${path}:${mtimeMs}:${size}`).join("\n");
  } catch {
    return undefined; // a file went between being listed and being looked at
  }
}
