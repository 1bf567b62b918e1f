import { gitIn } from "./run-git.ts";

/** The commit a folder stands at, and whether files in it differ from that commit. */
export interface GitHead {
  /** Full commit id; null outside of a checkout, or before its first commit. */
  readonly head: string | null;
  readonly dirty: boolean;
}

/** Never throws: a folder that is no checkout, or a machine without git, has no commit. */
export async function readGitHead(folder: string): Promise<GitHead> {
  const git = gitIn(folder);
  try {
    const [head, status] = await Promise.all([
      git(["rev-parse", "HEAD"]),
      git(["status", "--porcelain", "--untracked-files=normal", "--", "."]),
    ]);
    return { head: head.trim(), dirty: status !== "" };
  } catch {
    return { head: null, dirty: false };
  }
}
