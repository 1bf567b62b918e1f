import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../cli/posthorn.ts";

const WHO = ["-c", "user.name=tester", "-c", "user.email=tester@example.com"];

export function git(folder: string, ...args: string[]): string {
  return execFileSync("git", [...WHO, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

/** A bare repository, and a function that clones it as another runner would. */
export function remoteWith(workspace: string): { remote: string; clone: () => string } {
  const folder = temporaryFolder();
  const remote = join(folder, "remote.git");
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main", remote);
  const first = join(folder, "first");
  git(folder, "clone", "--quiet", remote, first);
  cpSync(workspace, first, { recursive: true });
  git(first, "checkout", "--quiet", "-B", "main");
  git(first, "add", ".");
  git(first, "commit", "--quiet", "-m", "Campaigns");
  git(first, "push", "--quiet", "origin", "main");
  let clones = 0;
  const clone = () => {
    const to = join(folder, `clone-${++clones}`);
    mkdirSync(to);
    git(folder, "clone", "--quiet", "--depth=1", `file://${remote}`, to);
    return to;
  };
  return { remote, clone };
}
