import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { type Git, GitFault, gitIn } from "./run-git.ts";

/** What a workspace is written in; data and state are not part of a comparison. */
const WRITTEN = ["posthorn.yaml", "campaigns", "segments"];

/** A workspace's files as another commit has them. */
export interface CommitFiles {
  /** Full id. */
  readonly commit: string;
  /** A folder with the files; to be removed when done. */
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Puts the written files of `root` at a commit into a folder of their own. Throws Stop `usage` for
 * a revision that git does not know or that HEAD does not come from.
 */
export async function readCommitFiles(root: string, revision: string): Promise<CommitFiles> {
  const git = gitIn(root);
  const commit = await commitOf(git, revision);
  await refuseStranger(git, revision, commit);
  const folder = await mkdtemp(join(tmpdir(), "posthorn-base-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await checkOut(git, commit, folder);
    return { commit, folder, remove };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

async function checkOut(git: Git, commit: string, folder: string): Promise<void> {
  const env = { GIT_INDEX_FILE: join(folder, ".index") };
  const prefix = (await git(["rev-parse", "--show-prefix"])).trim();
  // From the top, so that the index's paths are those of the workspace, whatever folder it lies in.
  const top = gitIn((await git(["rev-parse", "--show-toplevel"])).trim());
  await top(["read-tree", `${commit}:${prefix}`], { env });
  const listed = await top(["ls-files", "-z"], { env });
  const paths = listed.split("\0").filter((path) => WRITTEN.includes(path.split("/")[0] ?? ""));
  const input = paths.map((path) => `${path}\0`).join("");
  const asTheyAre = ["-c", "core.autocrlf=false", "-c", "core.eol=lf"];
  await top([...asTheyAre, "checkout-index", "-z", "--stdin", `--prefix=${folder}/`], {
    env,
    input,
  });
  await rm(join(folder, ".index"), { force: true });
}

async function commitOf(git: Git, revision: string): Promise<string> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    return (await git(args)).trim();
  } catch (fault) {
    if (!(fault instanceof GitFault)) throw fault;
    const more = (await isShallow(git))
      ? "This clone is shallow. Fetch more of it first: `git fetch --unshallow`, or in a " +
        "workflow `fetch-depth: 0` for the checkout."
      : "Name a branch, a tag or a commit that this clone has; `git fetch` may bring it.";
    throw new Stop("usage", `--base ${revision}: git knows no such commit here. ${more}`);
  }
}

async function refuseStranger(git: Git, revision: string, commit: string): Promise<void> {
  const related = await git(["merge-base", "--is-ancestor", commit, "HEAD"]).then(
    () => true,
    () => false,
  );
  if (related) return;
  const more = (await isShallow(git))
    ? "This clone is shallow, so its history may only look cut off: `git fetch --unshallow`, or " +
      "in a workflow `fetch-depth: 0` for the checkout."
    : "Rebase on it or merge it first, or compare with where you left it: " +
      `--base "$(git merge-base ${revision} HEAD)".`;
  throw new Stop("usage", `--base ${revision} is not an ancestor of HEAD. ${more}`);
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git(["rev-parse", "--is-shallow-repository"])).trim() === "true";
}
