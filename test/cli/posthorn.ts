import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The instant that the example data stands still at. */
export const EXAMPLE_NOW = "2026-12-01T09:30:00Z";

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** This process's environment without what a CI job adds to it. */
export function plainEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => name !== "CI" && !/^GITHUB_/.test(name)));
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Runs the built command line in a process of its own, as a user would. */
export function posthorn(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return startPosthorn(args, options).ended;
}

/** The same for whoever wants to do something to it meanwhile. */
export function startPosthorn(args: readonly string[], options: RunOptions = {}) {
  const env = plainEnv();
  const child = spawn(process.execPath, [join(ROOT, "dist/main.js"), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...env, ...options.env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Ran>((resolve) =>
    child.on("close", (exit) => resolve({ exit, out, err })),
  );
  return { child, ended };
}

/** A temporary folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "posthorn-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the example workspace, to be broken or applied. */
export function exampleWorkspace(): string {
  const folder = temporaryFolder();
  for (const part of ["posthorn.yaml", "campaigns", "segments", "schemas"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  for (const file of ["users.json", "events.ndjson"]) {
    cpSync(join(ROOT, "data", file), join(folder, "data", file));
  }
  return folder;
}

/** A workspace from its files' texts, by path. */
export function workspaceFrom(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A small workspace whose one campaign greets everybody once; `over` changes or adds files. */
export function smallWorkspace(over: Readonly<Record<string, string>> = {}): string {
  return workspaceFrom({
    "posthorn.yaml": SMALL_WORKSPACE,
    "campaigns/hello.yaml": SMALL_CAMPAIGN,
    "data/users.ndjson": [1, 2, 3].map((n) => `${JSON.stringify(person(n))}\n`).join(""),
    ...over,
  });
}

export function person(n: number, over: Record<string, unknown> = {}) {
  return {
    user_id: `u${n}`,
    ps_id: String(7_100_000_000_000_000 + n),
    opt_in: true,
    last_inbound_at: "2026-12-01T08:00:00Z",
    first_name: `Name${n}`,
    country: "DE",
    ...over,
  };
}

export const SMALL_WORKSPACE = `workspace: small
timezone: Europe/Berlin
page:
  id: "422500000000001"
  access_token: \${MESSENGER_PAGE_TOKEN}
users:
  source: data/users.ndjson
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  attributes: { first_name: string, country: string }
state: data/state
guards: { empty_audience: warn }
`;

export const SMALL_CAMPAIGN = `description: Greets everybody
status: active
segment: everyone
send: { at: now }
purpose: requested_content
message: { text: "Hello {{first_name}}" }
`;
