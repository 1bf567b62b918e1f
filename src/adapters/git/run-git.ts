import { execFile } from "node:child_process";

/** What git said when it failed; `message` is its own last words. */
export class GitFault extends Error {
  override readonly name = "GitFault";
}

export interface GitOptions {
  /** Written to git's standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs git in one folder and gives what it printed. Throws GitFault. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<string>;

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
/** A remote that hangs must not hold a run for ever. */
const TIMEOUT_MS = 120_000;

/** The user's own git, with the user's own credentials; it never asks at a terminal. */
export function gitIn(folder: string): Git {
  return (args, { input, env } = {}) =>
    new Promise((resolve, reject) => {
      const settings = {
        env: { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...env },
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: TIMEOUT_MS,
      };
      const child = execFile("git", ["-C", folder, ...args], settings, (fault, stdout, stderr) => {
        if (fault === null) resolve(stdout);
        else reject(new GitFault(words(stderr) || fault.message));
      });
      // A git that ended early closes its input; its exit code tells why.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(input ?? "");
    });
}

function words(stderr: string): string {
  return stderr.trim().split("\n").slice(-3).join(" ").slice(0, 500);
}
