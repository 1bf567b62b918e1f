// What durable claims cost: `posthorn apply` against a bare dispatch loop.
//
//   npm run build && node bench/apply.mjs [--people 20000] [--rounds 5]
//
// Same server in another process, same bodies, 64 requests at once, no limit of rate. Each round
// runs bare, apply, bare: the two bare runs are the control, and apply is held against their mean.
// Wall time and CPU count from the first request that the server sees to the last one, so starting
// up and planning are left out on both sides; rendering, claims and outcomes are not.

import { fork, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { NOW, writeSendWorkspace } from "./send-workspace.mjs";

const { values: flags } = parseArgs({
  options: {
    people: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    latency: { type: "string", default: "0" },
  },
});
const people = Number(flags.people);
const folder = join(tmpdir(), `posthorn-bench-${process.pid}`);
const root = new URL("../", import.meta.url).pathname;

const server = fork(join(root, "bench/graph-server.mjs"), [flags.latency]);
const told = (name) =>
  new Promise((resolve) => {
    const look = (message) => {
      if (!(name in message)) return;
      server.off("message", look);
      resolve(message[name]);
    };
    server.on("message", look);
  });
const port = await told("port");
const url = `http://127.0.0.1:${port}`;

/** Seconds of CPU that a process has used so far, and the most memory it ever had. */
function usedBy(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpuS: (Number(fields[11]) + Number(fields[12])) / 100, peakMb: Number(peakKb) / 1024 };
}

/** Runs one sender and measures it between its first and its last request. */
async function measure(args) {
  server.send({ expect: people });
  await told("counting");
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, MESSENGER_PAGE_TOKEN: "any", CI: "" },
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  await told("first");
  const before = { ...usedBy(child.pid), ms: performance.now() };
  await told("last");
  const after = { ...usedBy(child.pid), ms: performance.now() };
  const exit = await exited;
  if (exit !== 0) throw new Error(`${args.join(" ")} ended with ${exit}`);
  return {
    wallMs: after.ms - before.ms,
    cpuUs: ((after.cpuS - before.cpuS) * 1e6) / people,
    peakMb: after.peakMb,
  };
}

const bare = () => measure([join(root, "bench/bare-sends.mjs"), url, String(people)]);
function apply() {
  rmSync(join(folder, "data/state"), { recursive: true, force: true });
  return measure([join(root, "dist/main.js"), "apply", "-C", folder, "--now", NOW, "--quiet"]);
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const fixed = (list) => list.map((value) => value.toFixed(2)).join(" ");

await writeSendWorkspace({ folder, people, url, rate: "unlimited" });
const rounds = [];
for (let round = 0; round < Number(flags.rounds); round++) {
  const [a, b, c] = [await bare(), await apply(), await bare()];
  rounds.push({
    control: c.wallMs / a.wallMs,
    speed: (a.wallMs + c.wallMs) / 2 / b.wallMs,
    cpu: b.cpuUs / ((a.cpuUs + c.cpuUs) / 2),
    perSecond: (people / b.wallMs) * 1000,
    bareCpuUs: (a.cpuUs + c.cpuUs) / 2,
    cpuUs: b.cpuUs,
    peakMb: b.peakMb,
  });
}
for (const name of Object.keys(rounds[0])) {
  const values = rounds.map((round) => round[name]);
  console.log(`${name.padEnd(10)} median ${median(values).toFixed(2)}   ${fixed(values)}`);
}
server.disconnect();
rmSync(folder, { recursive: true, force: true });
