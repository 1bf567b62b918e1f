// How well the pace is kept, as the server sees requests arrive:
//
//   npm run build && node bench/pace.mjs [--rate 300] [--seconds 60]
//
// `posthorn apply` sends for so long to a server in another process. Told are the most requests in
// any rolling second, which must not pass the rate, and the share of the rate that was used.

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, startServer } from "./measure-sends.mjs";
import { NOW, writeSendWorkspace } from "./send-workspace.mjs";

const { values: flags } = parseArgs({
  options: {
    rate: { type: "string", default: "300" },
    seconds: { type: "string", default: "60" },
  },
});
const rate = Number(flags.rate);
const people = rate * Number(flags.seconds);
const folder = join(tmpdir(), `posthorn-pace-${process.pid}`);
const { server, told, url } = await startServer(20);
await writeSendWorkspace({ folder, people, url, rate: `${rate}/s` });
server.send({ expect: people, arrivals: true });
await told("counting");
const apply = spawn(
  process.execPath,
  [join(ROOT, "dist/main.js"), "apply", "-C", folder, "--now", NOW, "--quiet"],
  {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, MESSENGER_PAGE_TOKEN: "any", CI: "" },
  },
);
const exited = new Promise((resolve) => apply.on("exit", resolve));
const { arrivals } = await told("last");
server.disconnect();
const exit = await exited;
rmSync(folder, { recursive: true, force: true });

const seconds = (arrivals.at(-1) - arrivals[0]) / 1000;
const used = (arrivals.length - 1) / seconds / rate;
const most = mostInASecond(arrivals);
console.log(`${arrivals.length} requests in ${seconds.toFixed(2)} s, exit ${exit}`);
console.log(`most in a rolling second: ${most} of ${rate}`);
console.log(`used: ${(100 * used).toFixed(2)} %`);
process.exitCode = most <= rate && used >= 0.97 && exit === 0 ? 0 : 1;

function mostInASecond(times) {
  let [most, first] = [0, 0];
  for (const [index, time] of times.entries()) {
    while (time - times[first] >= 1000) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
