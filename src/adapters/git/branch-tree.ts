import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DAY_MS } from "../../model/instant.ts";
import { type Git, gitIn } from "./run-git.ts";

/** A commit of the branch. */
export interface Tip {
  readonly commit: string;
  /** Null for the first commit. */
  readonly parent: string | null;
  /** Paths of its files, sorted. */
  readonly paths: readonly string[];
}

/** What one commit does to the tree before it. */
export interface Change {
  /** New files by path: their text, or a file on this machine to take as it is. */
  readonly add: ReadonlyMap<string, string | { readonly file: string }>;
  readonly remove?: readonly string[];
  /** One line for the commit. */
  readonly message: string;
}

const WHO = { name: "posthorn", email: "posthorn@localhost" };
const AUTHOR = {
  GIT_AUTHOR_NAME: WHO.name,
  GIT_AUTHOR_EMAIL: WHO.email,
  GIT_COMMITTER_NAME: WHO.name,
  GIT_COMMITTER_EMAIL: WHO.email,
};

type Index = Readonly<Record<"GIT_INDEX_FILE", string>>;

/** Commits and files of a branch without a work tree: nothing of the checkout is touched. */
export class BranchTree {
  readonly #git: Git;
  /** Where the files of commits are kept between runs. */
  readonly #cache: string;

  private constructor(git: Git, cache: string) {
    this.#git = git;
    this.#cache = cache;
  }

  static async in(folder: string): Promise<BranchTree> {
    const git = gitIn(folder);
    const gitFolder = resolve(folder, (await git(["rev-parse", "--git-common-dir"])).trim());
    return new BranchTree(git, join(gitFolder, "posthorn"));
  }

  async tip(revision: string): Promise<Tip> {
    const commit = (await this.#git(["rev-parse", "--verify", `${revision}^{commit}`])).trim();
    // A shallow clone lacks the parent, but its commit still names it.
    const text = await this.#git(["cat-file", "commit", commit]);
    const parent = /^parent ([0-9a-f]+)$/m.exec(text.split("\n\n")[0] ?? "")?.[1] ?? null;
    const listed = await this.#git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
    return { commit, parent, paths: listed.split("\0").filter(Boolean).sort() };
  }

  async commit(tip: Tip | undefined, { add, remove = [], message }: Change): Promise<Tip> {
    return this.#withIndex(async (index) => {
      await this.#git(["read-tree", tip?.commit ?? "--empty"], { env: index });
      const lines = remove.map((path) => `0 ${"0".repeat(40)}\t${path}\n`);
      for (const [path, content] of add) {
        lines.push(`100644 ${await this.#writeBlob(content)}\t${path}\n`);
      }
      await this.#git(["update-index", "--index-info"], { env: index, input: lines.join("") });
      const tree = (await this.#git(["write-tree"], { env: index })).trim();
      const parents = tip === undefined ? [] : ["-p", tip.commit];
      const args = ["commit-tree", tree, ...parents, "-m", message];
      const commit = (await this.#git(args, { env: AUTHOR })).trim();
      const kept = (tip?.paths ?? []).filter((path) => !remove.includes(path));
      return { commit, parent: tip?.commit ?? null, paths: [...kept, ...add.keys()].sort() };
    });
  }

  /** The text of one file. Throws GitFault where the commit has no such file. */
  read({ commit }: Tip, path: string): Promise<string> {
    return this.#git(["cat-file", "blob", `${commit}:${path}`]);
  }

  /** The files of a commit in a folder, which is kept for a day. */
  async checkOut({ commit }: Tip): Promise<string> {
    const folder = join(this.#cache, commit);
    if (await isThere(folder)) return folder;
    await mkdir(this.#cache, { recursive: true });
    await this.#forgetOld();
    const draft = await mkdtemp(`${folder}.`);
    await this.#withIndex(async (index) => {
      await this.#git(["read-tree", commit], { env: index });
      const asTheyAre = ["-c", "core.autocrlf=false", "-c", "core.eol=lf"];
      await this.#git([...asTheyAre, "checkout-index", "--all", `--prefix=${draft}/`], {
        env: index,
      });
    });
    // Another process may have been quicker; its copy is the same.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
    return folder;
  }

  /** Not at once: another process may be reading what it checked out a moment ago. */
  async #forgetOld(): Promise<void> {
    for (const name of await readdir(this.#cache)) {
      const path = join(this.#cache, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
    }
  }

  async #writeBlob(content: string | { readonly file: string }): Promise<string> {
    const written =
      typeof content === "string"
        ? await this.#git(["hash-object", "-w", "--stdin"], { input: content })
        : await this.#git(["hash-object", "-w", "--no-filters", content.file]);
    return written.trim();
  }

  async #withIndex<Result>(use: (index: Index) => Promise<Result>): Promise<Result> {
    const path = join(tmpdir(), `posthorn-index-${randomUUID()}`);
    try {
      return await use({ GIT_INDEX_FILE: path });
    } finally {
      await rm(path, { force: true });
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
