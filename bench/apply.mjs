// What durable claims cost: `posthorn apply` against a bare dispatch loop.
//
//   npm run build && node bench/apply.mjs [--people 100000] [--rounds 5]
//
// Same server in another process, same bodies, 64 requests at once, no limit of rate. Each round
// runs bare, apply, bare: the two bare runs are the control, and apply is held against their mean.
// Wall time and CPU count from the first request that the server sees to the last one, so starting
// up and planning are left out on both sides; rendering, claims and outcomes are not.

import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureSender, ROOT, startServer } from "./measure-sends.mjs";
import { NOW, writeSendWorkspace } from "./send-workspace.mjs";

const { values: flags } = parseArgs({
  options: {
    people: { type: "string", default: "100000" },
    rounds: { type: "string", default: "5" },
    latency: { type: "string", default: "0" },
  },
});
const people = Number(flags.people);
const folder = join(tmpdir(), `posthorn-bench-${process.pid}`);
const running = await startServer(flags.latency);
const { server, url } = running;

const bare = () =>
  measureSender(running, [join(ROOT, "bench/bare-sends.mjs"), url, String(people)], people);

function apply() {
  rmSync(join(folder, "data/state"), { recursive: true, force: true });
  const args = [join(ROOT, "dist/main.js"), "apply", "-C", folder, "--now", NOW, "--quiet"];
  return measureSender(running, args, people);
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
