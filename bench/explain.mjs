// How long `posthorn explain` takes for one person of many:
//
//   npm run build && node bench/explain.mjs --cache FOLDER [--users 1000000] [--sends 1000000]
//                                           [--formats parquet,ndjson] [--runs 7]
//
// Data is that of bench/plan.mjs, kept in FOLDER. Runs with and without a ledger take turns; each
// asks for another person. What is told is the median and the range.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { planWorkspaces } from "./plan-workspaces.mjs";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const REPORT = fileURLToPath(new URL("report-usage.cjs", import.meta.url));
const USAGE_FILE = join(tmpdir(), `posthorn-bench-${process.pid}.txt`);
const NOW = "2026-12-01T09:30:00Z";

const { values: flags } = parseArgs({
  options: {
    cache: { type: "string" },
    users: { type: "string", default: "1000000" },
    sends: { type: "string", default: "1000000" },
    formats: { type: "string", default: "parquet,ndjson" },
    runs: { type: "string", default: "7" },
  },
});
if (flags.cache === undefined) {
  console.error("Usage: explain --cache FOLDER [--users N] [--sends N] [--formats F] [--runs N]");
  process.exit(64);
}

function explain(folder, user) {
  const began = process.hrtime.bigint();
  const args = ["explain", "thanks", "-C", folder, "--user", user, "--now", NOW];
  const ran = spawnSync(
    process.execPath,
    ["--require", REPORT, MAIN, ...args, "--format", "json"],
    {
      env: { ...process.env, USAGE_FILE },
    },
  );
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (ran.status !== 0) throw new Error(`explain ended with ${ran.status}: ${ran.stderr}`);
  if (JSON.parse(ran.stdout).user !== user) throw new Error("Somebody else was explained");
  return { seconds, ...JSON.parse(readFileSync(USAGE_FILE, "utf8")) };
}

const { workspace } = planWorkspaces({ ...flags, share: "0.01", unique: false });
const jobs = flags.formats.split(",").flatMap((format) =>
  [false, true].map((withLedger) => ({
    name: `${format}, ${withLedger ? `${flags.sends} sends` : "no ledger"}`,
    folder: workspace(format, { withLedger }),
    runs: [],
  })),
);
console.log(`load before: ${loadavg()[0].toFixed(1)}`);
const [count, runs] = [Number(flags.users), Number(flags.runs)];
for (let run = 0; run < runs; run++) {
  const user = `u${String(Math.floor(((run + 0.5) * count) / runs)).padStart(8, "0")}`;
  for (const { folder, runs: made } of jobs) made.push(explain(folder, user));
}
for (const { name, runs: made } of jobs) {
  const sorted = made.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const [least, middle, most] = [0, Math.floor(runs / 2), runs - 1].map((at) => sorted[at]);
  const cpu = made.map(({ cpuSeconds }) => cpuSeconds).sort((a, b) => a - b)[Math.floor(runs / 2)];
  const peakMb = Math.round(Math.max(...made.map((one) => one.peakMb)));
  console.log(
    `${name}: ${middle.toFixed(2)} s [${least.toFixed(2)}-${most.toFixed(2)}], ` +
      `${cpu.toFixed(2)} s of processor, ${peakMb} MB`,
  );
}
console.log(`load after: ${loadavg()[0].toFixed(1)}`);
rmSync(USAGE_FILE, { force: true });
