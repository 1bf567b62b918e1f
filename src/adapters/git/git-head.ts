import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The commit a folder stands at, and whether files in it differ from that commit. */
export interface GitHead {
  /** Full commit id; null outside of a checkout, or before its first commit. */
  readonly head: string | null;
  readonly dirty: boolean;
}

/** Never throws: a folder that is no checkout, or a machine without git, has no commit. */
export async function readGitHead(folder: string): Promise<GitHead> {
  try {
    const [head, status] = await Promise.all([
      run("git", ["-C", folder, "rev-parse", "HEAD"]),
      run("git", ["-C", folder, "status", "--porcelain", "--untracked-files=normal", "--", "."]),
    ]);
    return { head: head.stdout.trim(), dirty: status.stdout !== "" };
  } catch {
    return { head: null, dirty: false };
  }
}
