// The processes of a round: the Graph API and the applies that are killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PAGE_ID } from "./workspace.mjs";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const GRAPH = fileURLToPath(new URL("graph.mjs", import.meta.url));

export async function startGraph(logFile) {
  const child = spawn(process.execPath, [GRAPH, PAGE_ID, logFile], {
    stdio: ["ignore", "pipe", 2],
  });
  const [url] = String(await once(child.stdout, "data")).split("\n");
  return {
    url,
    /** Replaces what goes wrong; a token that was revoked works again. */
    setFaults: async (faults) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ faults });
      const answer = await fetch(`${url}/sandbox/faults`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    close: async () => {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** A command in a process of its own; `ended` resolves once it is gone. */
export function posthorn(args, { folder, url }) {
  const { CI: _ci, GITHUB_ACTIONS: _actions, ...env } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...env, POSTHORN_GRAPH_URL: url, MESSENGER_PAGE_TOKEN: "any" },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(child, "close").then(([exit, signal]) => ({ exit, signal, out, err }));
  return { pid: child.pid, kill: (signal) => child.kill(signal), ended };
}

/** How far a process had come: what of it lies in the state's folder. */
export function phaseOf(folder, pid) {
  const state = join(folder, "data/state");
  const lease = namesIn(state).find((name) => /^lease-\d+\.json$/.test(name));
  const holder = lease === undefined ? undefined : parse(join(state, lease));
  if (holder?.pid !== pid) return "no lease";
  const hasSegment = namesIn(join(state, "ledger")).includes(`${holder.run}.ndjson`);
  return hasSegment ? "sending" : "lease";
}

export function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function parse(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
