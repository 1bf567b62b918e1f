// `posthorn webhook` on a workspace of its own, and what it has kept.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { APP_SECRET, PAGE_ID } from "./signed-bodies.mjs";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const USAGE = fileURLToPath(new URL("../report-usage.cjs", import.meta.url));

const WORKSPACE = `workspace: bench
timezone: Europe/Berlin
page:
  id: "${PAGE_ID}"
  access_token: \${MESSENGER_PAGE_TOKEN}
  app_secret: \${MESSENGER_APP_SECRET}
  verify_token: \${MESSENGER_VERIFY_TOKEN}
users:
  source: data/users.json
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  inbound: data/inbound
state: data/state
`;

/** Starts one on a free port. `end` gives what it used. */
export async function startReceiver() {
  const folder = mkdtempSync(join(tmpdir(), "posthorn-bench-"));
  write(folder, "posthorn.yaml", WORKSPACE);
  write(folder, "data/users.json", "[]");
  const usageFile = join(folder, "usage.json");
  const child = spawn(
    process.execPath,
    ["--require", USAGE, MAIN, "webhook", "--port", "0", "-C", folder],
    { env: environment(usageFile), stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = new Promise((resolve) => child.on("exit", resolve));
  const url = await new Promise((resolve) => {
    child.stdout.on("data", (text) => {
      const found = /http:\/\/\S+:\d+/.exec(String(text))?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    folder,
    end: async () => {
      child.kill("SIGTERM");
      await exited;
      return JSON.parse(readFileSync(usageFile, "utf8"));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The mids of all that waits or was taken in. */
export function keptMids(folder) {
  const mids = new Set();
  for (const name of readdirSync(join(folder, "data"), { recursive: true })) {
    if (!name.endsWith(".ndjson")) continue;
    const text = readFileSync(join(folder, "data", name), "latin1");
    for (const [mid] of text.matchAll(/m_\d{90}/g)) mids.add(mid);
  }
  return mids;
}

function environment(usageFile) {
  return {
    ...process.env,
    MESSENGER_PAGE_TOKEN: "any",
    MESSENGER_APP_SECRET: APP_SECRET,
    MESSENGER_VERIFY_TOKEN: "any",
    USAGE_FILE: usageFile,
    CI: "",
  };
}

function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
