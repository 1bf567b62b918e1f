// How long `validate` takes with workspaces of several sizes, each with as many segments as
// campaigns and a test in every file, and `--version` beside a bare node:
//
//   npm run build && node bench/validate.mjs [--sizes 250,500,1000,2000] [--runs 5]
//
// Sizes are run in turn, so that a busy moment falls on all of them; what is told is the median.

import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const MAKE = fileURLToPath(new URL("make-workspace.mjs", import.meta.url));
/** The sizes of a pull request: 1,000 files of which three were changed. */
const PULL_REQUEST = 500;
const CHANGED = [
  "campaigns/part-1/thanks-1.yaml",
  "campaigns/part-2/thanks-2.yaml",
  "segments/group-3.yaml",
];

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "250,500,1000,2000" },
    runs: { type: "string", default: "5" },
  },
});
const sizes = flags.sizes.split(",").map(Number);
const runs = Number(flags.runs);

function secondsOf(args) {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median time of each job, the jobs run in turn. */
function inTurn(jobs, times) {
  const seconds = new Map([...jobs.keys()].map((name) => [name, []]));
  for (let run = 0; run < times; run++) {
    for (const [name, job] of jobs) seconds.get(name).push(job());
  }
  return new Map([...seconds].map(([name, all]) => [name, median(all)]));
}

const folder = mkdtempSync(join(tmpdir(), "posthorn-validate-"));
try {
  console.log(`load before: ${loadavg()[0].toFixed(1)}`);
  const jobs = new Map();
  for (const size of sizes) {
    const out = join(folder, String(size));
    const counts = ["--campaigns", String(size), "--segments", String(size)];
    execFileSync(process.execPath, [MAKE, "validate", "--out", out, ...counts]);
    jobs.set(size, () => secondsOf([MAIN, "validate", "-C", out]));
  }
  if (sizes.includes(PULL_REQUEST)) {
    const out = join(folder, String(PULL_REQUEST));
    const names = CHANGED.map((name) => join(out, name));
    for (const name of names) appendFileSync(name, "# changed\n");
    jobs.set("named", () => secondsOf([MAIN, "validate", "-C", out, ...names]));
  }
  const medians = inTurn(jobs, runs);
  const first = medians.get(sizes[0]) / sizes[0];
  const named = medians.get("named");
  medians.delete("named");
  if (named !== undefined)
    console.log(`3 named of ${2 * PULL_REQUEST} files: ${named.toFixed(2)} s`);
  for (const [size, seconds] of medians) {
    const ratio = seconds / size / first;
    console.log(
      `${size} campaigns + ${size} segments, ${2 * size} tests: ${seconds.toFixed(2)} s, ` +
        `${((seconds / size) * 500).toFixed(2)} ms a file, ${ratio.toFixed(2)} of the first's`,
    );
  }
  const starts = inTurn(
    new Map([
      ["node -e 0", () => secondsOf(["-e", "0"])],
      ["posthorn --version", () => secondsOf([MAIN, "--version"])],
    ]),
    Math.max(runs, 15),
  );
  const [bare, version] = starts.values();
  const ratio = (version / bare).toFixed(2);
  console.log(`--version: ${(version * 1000).toFixed(0)} ms, ${ratio} of node -e 0`);
} finally {
  rmSync(folder, { recursive: true });
}
