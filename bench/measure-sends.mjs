// A server in a process of its own, and what senders to it cost; for apply.mjs and memory.mjs.

import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = new URL("../", import.meta.url).pathname;

/** The server, and the next message of it that tells something. */
export async function startServer(latencyMs) {
  const server = fork(join(ROOT, "bench/graph-server.mjs"), [String(latencyMs)]);
  const told = (name) =>
    new Promise((resolve) => {
      const look = (message) => {
        if (!(name in message)) return;
        server.off("message", look);
        resolve(message);
      };
      server.on("message", look);
    });
  const { port } = await told("port");
  return { server, told, url: `http://127.0.0.1:${port}` };
}

/** Runs one sender and measures it between its first and its last request. */
export async function measureSender({ server, told }, args, people) {
  server.send({ expect: people });
  await told("counting");
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, MESSENGER_PAGE_TOKEN: "any", CI: "" },
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  await told("first");
  const before = { cpuS: cpuOf(child.pid), ms: performance.now() };
  await told("last");
  const after = { cpuS: cpuOf(child.pid), ms: performance.now() };
  const peakMb = peakOf(child.pid);
  const exit = await exited;
  if (exit !== 0) throw new Error(`${args.join(" ")} ended with ${exit}`);
  const cpuUs = ((after.cpuS - before.cpuS) * 1e6) / people;
  return { wallMs: after.ms - before.ms, cpuUs, peakMb };
}

/** Seconds of CPU that a process has used so far, all its threads together. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The most memory that a process ever had. */
function peakOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
