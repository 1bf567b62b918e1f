// Sets `posthorn plan` against the plain script and against itself without a ledger:
//
//   node bench/plan.mjs --cache FOLDER [--users 1000000] [--sends 1000000] [--rounds 5]
//                       [--share 0.01|most] [--unique] [--formats ndjson,parquet] [--no-plain]
//
// Data is made once and kept in FOLDER. Each round runs every program once, one after the other, so
// that a ratio compares neighbours; the median of the rounds' ratios counts. Ends with 1 where
// the counts of two programs differ. Needs a built dist/.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { planWorkspaces } from "./plan-workspaces.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MAIN = join(HERE, "../dist/main.js");
const REPORT = join(HERE, "report-usage.cjs");
const USAGE_FILE = join(tmpdir(), `posthorn-bench-${process.pid}.txt`);
const NOW = "2026-12-01T09:30:00Z";

const { values: flags } = parseArgs({
  allowNegative: true,
  options: {
    cache: { type: "string" },
    users: { type: "string", default: "1000000" },
    sends: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    share: { type: "string", default: "0.01" },
    unique: { type: "boolean", default: false },
    formats: { type: "string", default: "ndjson,parquet" },
    plain: { type: "boolean", default: true },
  },
});
if (flags.cache === undefined) {
  console.error("Usage: plan --cache FOLDER [--users N] [--sends N] [--share S] [--unique]");
  process.exit(64);
}

const { workspace } = planWorkspaces({ ...flags });

function run(name, args) {
  const began = process.hrtime.bigint();
  const ran = spawnSync(process.execPath, ["--require", REPORT, ...args], {
    env: { ...process.env, USAGE_FILE },
    maxBuffer: 1e8,
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (ran.status !== 0) throw new Error(`${name} ended with ${ran.status}: ${ran.stderr}`);
  const usage = JSON.parse(readFileSync(USAGE_FILE, "utf8"));
  return { seconds, ...usage, counts: countsOf(JSON.parse(ran.stdout)) };
}

/** Of a plan or of the plain script, in one order. */
function countsOf(printed) {
  const { matched, eligible, left_out } = printed.snapshot?.campaigns[0] ?? printed;
  const reasons = Object.entries(left_out).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ matched, eligible, ...Object.fromEntries(reasons) });
}

function programs() {
  const planned = (folder) => [MAIN, "plan", "-C", folder, "--now", NOW, "--format", "json"];
  const found = [];
  for (const format of flags.formats.split(",")) {
    const sent = workspace(format, { withLedger: true });
    const fresh = workspace(format, { withLedger: false });
    if (flags.plain && format === "ndjson") {
      found.push({ name: "plain", args: [join(HERE, "plain-plan.mjs"), sent] });
    }
    found.push({ name: `posthorn ${format}`, args: planned(sent) });
    found.push({ name: `posthorn ${format}, no ledger`, args: planned(fresh), isFresh: true });
  }
  return found;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ratioOf = (a, b) => {
  const ratios = runs.get(a).map(({ seconds }, round) => seconds / runs.get(b)[round].seconds);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((one) => one.toFixed(2));
  console.log(`  ${a} / ${b}: ${median(ratios).toFixed(2)} [${least}-${most}]`);
};

const all = programs();
const runs = new Map(all.map(({ name }) => [name, []]));
for (let round = 0; round < Number(flags.rounds); round++) {
  for (const { name, args } of all) runs.get(name).push(run(name, args));
}
console.log(JSON.stringify({ ...flags, cache: undefined }));
for (const [name, made] of runs) {
  const seconds = median(made.map((one) => one.seconds)).toFixed(2);
  const cpuSeconds = median(made.map((one) => one.cpuSeconds)).toFixed(2);
  const peakMb = Math.round(Math.max(...made.map((one) => one.peakMb)));
  console.log(`  ${name}: ${seconds} s, ${cpuSeconds} s of processor, ${peakMb} MB`);
}
for (const { name, isFresh } of all) {
  if (isFresh) ratioOf(name.replace(", no ledger", ""), name);
  else if (name !== "plain" && runs.has("plain")) ratioOf("plain", name);
}
const counts = all.filter(({ isFresh }) => !isFresh).map(({ name }) => runs.get(name)[0].counts);
console.log(`  ${counts[0]}`);
if (new Set(counts).size > 1) {
  console.error(`The counts differ: ${[...new Set(counts)].join(" ")}`);
  process.exitCode = 1;
}
rmSync(USAGE_FILE, { force: true });
