import { PortError, Stop } from "../../diag/errors.ts";
import { BranchTree, type Change, type Tip } from "./branch-tree.ts";
import { type Git, GitFault, gitIn } from "./run-git.ts";

const REMOTE = "origin";

/**
 * One branch of the remote, written by compare-and-swap: a push is taken only on top of the commit
 * it was made from. What the remote had last is remembered under refs/posthorn/, so that a branch
 * that somebody rewrote is noticed. Throws PortError for a remote that is away or refuses.
 */
export class StateBranch {
  readonly tree: BranchTree;
  readonly #git: Git;
  readonly #name: string;
  readonly #known: string;
  readonly #incoming: string;

  private constructor(git: Git, name: string, tree: BranchTree) {
    this.#git = git;
    this.#name = name;
    this.#known = `refs/posthorn/known/${name}`;
    this.#incoming = `refs/posthorn/incoming/${name}`;
    this.tree = tree;
  }

  static async in(folder: string, name: string): Promise<StateBranch> {
    const git = gitIn(folder);
    try {
      await git(["remote", "get-url", REMOTE]);
      return new StateBranch(git, name, await BranchTree.in(folder));
    } catch (fault) {
      if (!(fault instanceof GitFault)) throw fault;
      const needs = `state: git+branch:${name} needs a git checkout with a remote "origin"`;
      throw new Stop("state", `${needs}. git says: ${fault.message} Nothing was sent.`);
    }
  }

  /** What the remote has now; undefined where it has no such branch. */
  async fetch(): Promise<Tip | undefined> {
    const known = await this.#knownCommit();
    const commit = await this.#remoteCommit();
    if (commit === known) return known === undefined ? undefined : this.tree.tip(known);
    if (commit === undefined) throw this.#rewritten("the branch is gone");
    await this.#take(known);
    const tip = await this.tree.tip(this.#incoming);
    if (known !== undefined && !(await this.#isAncestor(known, tip.commit))) {
      throw this.#rewritten(`${known.slice(0, 12)} is not part of it any more`);
    }
    await this.#git(["update-ref", this.#known, tip.commit]);
    return tip;
  }

  /** Puts a change on top of `tip`; undefined where somebody else was quicker. */
  async push(tip: Tip | undefined, change: Change): Promise<Tip | undefined> {
    const next = await this.tree.commit(tip, change);
    try {
      await this.#git(["push", "--quiet", REMOTE, `${next.commit}:refs/heads/${this.#name}`]);
    } catch (fault) {
      // Whether it was taken is what the remote says, not what the connection came to.
      const commit = await this.#remoteCommit();
      if (commit === tip?.commit) throw refused("The state branch cannot be pushed", fault);
      if (commit !== next.commit) return undefined;
    }
    await this.#git(["update-ref", this.#known, next.commit]);
    return next;
  }

  async #remoteCommit(): Promise<string | undefined> {
    const ref = `refs/heads/${this.#name}`;
    try {
      const listed = await this.#git(["ls-remote", REMOTE, ref]);
      return listed.split("\t")[0] || undefined;
    } catch (fault) {
      throw refused("The state branch cannot be asked for", fault);
    }
  }

  /** The whole history is of no use to a runner; one that knows a part takes what came after. */
  async #take(known: string | undefined): Promise<void> {
    const depth = known === undefined ? ["--depth=1"] : [];
    const refs = `+refs/heads/${this.#name}:${this.#incoming}`;
    try {
      await this.#git(["fetch", "--quiet", "--no-tags", ...depth, REMOTE, refs]);
    } catch (fault) {
      throw refused("The state branch cannot be fetched", fault);
    }
  }

  async #knownCommit(): Promise<string | undefined> {
    const listed = await this.#git(["for-each-ref", "--format=%(objectname)", this.#known]);
    return listed.trim() || undefined;
  }

  async #isAncestor(commit: string, of: string): Promise<boolean> {
    return this.#git(["merge-base", "--is-ancestor", commit, of]).then(
      () => true,
      () => false,
    );
  }

  #rewritten(what: string): Stop {
    return new Stop(
      "state",
      `The state branch ${this.#name} was rewritten: ${what}. Nothing was sent or overwritten. ` +
        "What it held decides who gets nothing twice: restore it from a clone that has it. " +
        `If the new history is the right one, say: git update-ref -d ${this.#known}`,
    );
  }
}

function refused(what: string, fault: unknown): PortError {
  if (!(fault instanceof GitFault)) throw fault;
  const message = `${what}. git says: ${fault.message} Nothing was sent since.`;
  return new PortError(message, { retryable: true, cause: fault });
}
