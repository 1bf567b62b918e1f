// How many signed webhooks `posthorn webhook` takes, each on disk before it is answered:
//
//   npm run build && node bench/webhook.mjs [--rate 3000] [--seconds 20] [--connections 64]
//
// One event a body, signed beforehand, posted over loopback by a pace that does not wait for
// answers: latency counts from the moment a request was due, and those of the first two seconds,
// in which both programs are compiled, count for nothing. `--rate max` asks again as soon as it is
// answered. In the end every event that was answered with 200 is looked for in what was kept.

import { parseArgs } from "node:util";
import { Pool } from "undici";
import { keptMids, startReceiver } from "./webhook/receiver.mjs";
import { signedBodies } from "./webhook/signed-bodies.mjs";

const WARM_UP_MS = 2_000;
const { values: flags } = parseArgs({
  options: {
    rate: { type: "string", default: "3000" },
    seconds: { type: "string", default: "20" },
    connections: { type: "string", default: "64" },
  },
});
const seconds = Number(flags.seconds);
const isFlatOut = flags.rate === "max";
const rate = isFlatOut ? 12_000 : Number(flags.rate);
const posts = signedBodies(Math.round(rate * seconds));
const receiver = await startReceiver();
const pool = new Pool(receiver.url, { connections: Number(flags.connections), pipelining: 1 });
const latencies = [];
let answers = 0;
const answered = new Set();
const statuses = {};

const startMs = performance.now();
const cpu = process.cpuUsage();
await (isFlatOut ? postFlatOut() : postAtPace());
const tookMs = performance.now() - startMs;
const own = process.cpuUsage(cpu);
await pool.close();
const usage = await receiver.end();
report(keptMids(receiver.folder));
receiver.remove();

function post(index, dueMs) {
  const { mid, body, signature } = posts[index];
  const headers = ["content-type", "application/json", "x-hub-signature-256", signature];
  return new Promise((resolve) => {
    let status = 0;
    const end = () => {
      if (dueMs >= startMs + WARM_UP_MS) latencies.push(performance.now() - dueMs);
      answers++;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 200) answered.add(mid);
      resolve();
    };
    pool.dispatch(
      { path: "/", method: "POST", headers, body },
      {
        onRequestStart() {},
        onResponseStart(_, code) {
          status = code;
        },
        onResponseData() {},
        onResponseEnd: end,
        onResponseError: end,
      },
    );
  });
}

/** Every millisecond what is due by then. */
async function postAtPace() {
  const all = [];
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(posts.length, ((performance.now() - startMs) * rate) / 1000);
      while (all.length < due) all.push(post(all.length, startMs + (all.length * 1000) / rate));
      if (all.length < posts.length) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(all);
}

async function postFlatOut() {
  const endMs = startMs + seconds * 1000;
  let next = 0;
  const keepPosting = async () => {
    while (performance.now() < endMs && next < posts.length) await post(next++, performance.now());
  };
  await Promise.all(Array.from({ length: Number(flags.connections) }, keepPosting));
}

function report(kept) {
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(share * (latencies.length - 1))].toFixed(1);
  const lost = [...answered].filter((mid) => !kept.has(mid)).length;
  const perSecond = (answers * 1000) / tookMs;
  console.log(`answers: ${JSON.stringify(statuses)}, ${perSecond.toFixed(0)} a second`);
  console.log(`latency ms: p50 ${at(0.5)}  p99 ${at(0.99)}  p99.9 ${at(0.999)}  most ${at(1)}`);
  console.log(
    `receiver: ${usage.cpuSeconds.toFixed(1)} s of processor, ${usage.peakMb.toFixed(0)} MB`,
  );
  console.log(`client: ${((own.user + own.system) / 1e6).toFixed(1)} s of processor`);
  console.log(`answered with 200 and not kept: ${lost}`);
  const isMet = lost === 0 && Number(at(0.99)) < 100 && answers === (statuses[200] ?? 0);
  process.exitCode = isMet ? 0 : 1;
}
