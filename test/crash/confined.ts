import { spawn } from "node:child_process";
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { plainEnv, type Ran } from "../cli/posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
/** Root may write anywhere, so it runs commands as nobody. */
const NOBODY = 65_534;

interface Confines {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Files may not grow beyond it: a disk that is full. */
  readonly maxFileKb?: number;
  /** As somebody who may write only what everybody may. */
  readonly asNobody?: boolean;
}

/** Runs the command line where the system does not let it do everything. */
export function confined(args: readonly string[], to: Confines): Promise<Ran> {
  // `ulimit -f` counts in halves of a kilobyte (POSIX).
  const limit = to.maxFileKb === undefined ? "" : `ulimit -f ${2 * to.maxFileKb}; `;
  const isRoot = process.getuid?.() === 0;
  const child = spawn("sh", ["-c", `${limit}exec "$0" "$@"`, process.execPath, MAIN, ...args], {
    cwd: to.cwd,
    env: { ...plainEnv(), ...to.env },
    ...(to.asNobody && isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on("close", (exit) => resolve({ exit, out, err })));
}

/** Takes away every right to write below a folder, until the test is over. */
export function makeReadOnly(folder: string): void {
  const below = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const paths = ["", ...below].map((name) => join(folder, name));
  const folders = new Set(paths.filter((path) => statSync(path).isDirectory()));
  for (const path of paths) chmodSync(path, folders.has(path) ? 0o555 : 0o444);
  onTestFinished(() => {
    for (const path of folders) chmodSync(path, 0o755);
  });
}
