// Measures how fast events are taken in and how soon a plan knows them:
//
//   node bench/ingest.mjs [--events 1000000] [--people 200000] [--rounds 3] [--json]
//
// Writes events as Meta posts them, one webhook body a line, into a folder of its own; each round
// takes them into an empty log, and then a second time, when none is new. Needs a built dist/.

import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MAIN = join(HERE, "../dist/main.js");
const REPORT = join(HERE, "report-usage.cjs");
const PAGE = "422500000000001";
const START = Date.parse("2026-11-30T10:00:00Z");
const BYTES_PER_WRITE = 1 << 20;

const { values: flags } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    people: { type: "string", default: "200000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const [events, people] = [Number(flags.events), Number(flags.people)];

const SETTINGS = `workspace: bench
timezone: UTC
page: { id: "${PAGE}", access_token: "\${MESSENGER_PAGE_TOKEN}" }
people: { opt_in: { words: [start] } }
users:
  source: data/users.ndjson
  inbound: data/inbound
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
`;

/** Nine messages, then a button: some words mean something, as in life. */
function eventOf(n) {
  const psid = String(7100000000000000n + BigInt((n * 7919) % people));
  const timestamp = START + n * 37;
  const common = { sender: { id: psid }, recipient: { id: PAGE }, timestamp };
  if (n % 10 === 9) return { ...common, postback: { title: "Menu", payload: "MENU" } };
  const text = n % 50 === 0 ? "STOP" : n % 20 === 0 ? "start" : `When do you open on day ${n}?`;
  const mid = `m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAj${n.toString(36).padStart(10, "0")}`;
  return { ...common, message: { mid, text } };
}

function writeEvents(path) {
  const file = openSync(path, "w");
  let text = "";
  for (let n = 0; n < events; n++) {
    const event = eventOf(n);
    const entry = [{ id: PAGE, time: event.timestamp + 90, messaging: [event] }];
    text += `${JSON.stringify({ object: "page", entry })}\n`;
    if (text.length < BYTES_PER_WRITE && n + 1 < events) continue;
    writeSync(file, text);
    text = "";
  }
  closeSync(file);
}

/** Runs the command and gives what it printed, with wall and processor seconds and peak memory. */
function run(cwd, args) {
  const usage = join(cwd, "usage.txt");
  const began = performance.now();
  const options = { cwd, encoding: "utf8", env: { ...process.env, USAGE_FILE: usage } };
  const ran = spawnSync(process.execPath, ["--require", REPORT, MAIN, ...args], options);
  const seconds = (performance.now() - began) / 1000;
  if (ran.status !== 0) throw new Error(ran.stderr);
  const used = JSON.parse(readFileSync(usage, "utf8"));
  return { out: ran.stdout, seconds, ...used };
}

const root = mkdtempSync(join(tmpdir(), "posthorn-bench-"));
try {
  mkdirSync(join(root, "data"));
  mkdirSync(join(root, "campaigns"));
  writeFileSync(join(root, "posthorn.yaml"), SETTINGS);
  writeFileSync(join(root, "data/users.ndjson"), "");
  writeEvents(join(root, "events.ndjson"));
  const ingest = ["users", "ingest", "events.ndjson", "--format", "json"];
  for (let round = 1; round <= Number(flags.rounds); round++) {
    rmSync(join(root, "data/inbound"), { recursive: true, force: true });
    const first = run(root, ingest);
    const again = run(root, ingest);
    const plan = run(root, ["plan", "--format", "json", "--now", "2026-12-01T10:00:00Z"]);
    const { counts } = JSON.parse(first.out);
    if (counts.inbound !== events || JSON.parse(again.out).counts.duplicates !== events) {
      throw new Error(`Not every event was counted: ${first.out}`);
    }
    tell(round, { first, again, plan });
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

function tell(round, jobs) {
  for (const [job, { seconds, cpuSeconds, peakMb }] of Object.entries(jobs)) {
    const perSecond = Math.round(events / seconds);
    const figures = { round, job, seconds, cpuSeconds, peakMb, perSecond };
    const words = `${job.padEnd(6)} ${seconds.toFixed(1)} s  processor ${cpuSeconds.toFixed(1)} s`;
    console.log(
      flags.json ? JSON.stringify(figures) : `${words}  ${peakMb} MB  ${perSecond} events/s`,
    );
  }
}
