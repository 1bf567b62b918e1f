import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { SMALL_WORKSPACE, smallWorkspace } from "../cli/posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
export const PAGE = "422500000000001";
export const APP_SECRET = "a-secret-of-the-app";
const VERIFY_TOKEN = "a-word-of-the-page";

export const SECRETS = {
  MESSENGER_PAGE_TOKEN: "EAAB-a-token-of-the-page",
  MESSENGER_APP_SECRET: APP_SECRET,
  MESSENGER_VERIFY_TOKEN: VERIFY_TOKEN,
};

export const WEBHOOK_WORKSPACE = SMALL_WORKSPACE.replace(
  "users:\n",
  "  app_secret: ${MESSENGER_APP_SECRET}\n  verify_token: ${MESSENGER_VERIFY_TOKEN}\n" +
    "users:\n  inbound: data/inbound\n",
);

export function webhookWorkspace(over: Readonly<Record<string, string>> = {}): string {
  return smallWorkspace({ "posthorn.yaml": WEBHOOK_WORKSPACE, ...over });
}

/** `posthorn webhook` in a process of its own. */
export interface Receiver {
  readonly child: ChildProcess;
  readonly url: string;
  /** All that it printed so far, on either stream. */
  printed(): string;
  /** The exit code once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts it on a free port, with files no larger than `maxFileKb`: a disk that is full. */
export async function startReceiver(cwd: string, maxFileKb?: number): Promise<Receiver> {
  // `ulimit -f` counts in halves of a kilobyte (POSIX).
  const limit = maxFileKb === undefined ? "" : `ulimit -f ${2 * maxFileKb}; `;
  const args = [process.execPath, MAIN, "webhook", "--port", "0"];
  const child = spawn("sh", ["-c", `${limit}exec "$0" "$@"`, ...args], {
    cwd,
    env: { ...process.env, ...SECRETS, CI: "" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then((exit) => reject(new Error(`ended with ${exit}: ${printed}`)));
  });
  return { child, url, printed: () => printed, ended };
}

/** The facts that were taken in, each as often as it stands in the log. */
export function factsIn(cwd: string): Readonly<Record<string, unknown>>[] {
  return linesIn(join(cwd, "data/inbound")).filter((fact) => fact["format"] === undefined);
}

/** The bodies that are in the queue, taken in or not. */
export function queuedIn(cwd: string): Readonly<Record<string, unknown>>[] {
  return linesIn(join(cwd, "data/intake/webhook"));
}

function linesIn(folder: string): Readonly<Record<string, unknown>>[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1))
    .map((line) => JSON.parse(line));
}
