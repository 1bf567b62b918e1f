// Sets `posthorn plan --base` against `posthorn plan` where a change touches one of many campaigns:
//
//   node bench/base.mjs --cache FOLDER [--users 1000000] [--campaigns 20] [--rounds 5]
//                       [--no-ledger] [--blocked]
//
// `--blocked`: a guard holds with and without the change, so that the whole base has to be judged.
// Users and ledger are those of bench/plan.mjs, made once and kept in FOLDER. Each round runs both
// once, one after the other, so that the ratio compares neighbours. Needs a built dist/ and git.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { planWorkspaces } from "./plan-workspaces.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MAIN = join(HERE, "../dist/main.js");
const REPORT = join(HERE, "report-usage.cjs");
const NOW = "2026-12-01T09:30:00Z";

const { values: flags } = parseArgs({
  allowNegative: true,
  options: {
    cache: { type: "string" },
    users: { type: "string", default: "1000000" },
    sends: { type: "string", default: "1000000" },
    share: { type: "string", default: "0.01" },
    campaigns: { type: "string", default: "20" },
    rounds: { type: "string", default: "5" },
    ledger: { type: "boolean", default: true },
    blocked: { type: "boolean", default: false },
  },
});
if (flags.cache === undefined) {
  console.error("Usage: base --cache FOLDER [--users N] [--campaigns N] [--rounds N]");
  process.exit(64);
}

const folder = mkdtempSync(join(tmpdir(), "posthorn-base-"));
const usageFile = join(folder, "usage.json");
const workspace = join(folder, "workspace");

/** A repository with the base as its commit, and the change in its folder. */
function makeRepository() {
  const { workspace: planWorkspace } = planWorkspaces({ ...flags, unique: false });
  const made = planWorkspace("parquet", { withLedger: flags.ledger });
  cpSync(made, workspace, { recursive: true, verbatimSymlinks: false });
  const segment = readFileSync(join(workspace, "segments/recent-buyers.yaml"), "utf8");
  const campaign = readFileSync(join(workspace, "campaigns/thanks.yaml"), "utf8");
  for (let index = 1; index < Number(flags.campaigns); index++) {
    const own = segment.replace("gte: 100", `gte: ${100 + index}`);
    writeFileSync(join(workspace, `segments/buyers-${index}.yaml`), own);
    const text = campaign.replace("recent-buyers", `buyers-${index}`);
    writeFileSync(join(workspace, `campaigns/thanks-${index}.yaml`), text);
  }
  const main = join(workspace, "posthorn.yaml");
  const yaml = readFileSync(main, "utf8");
  if (flags.blocked) writeFileSync(main, yaml.replace(/max_recipients: \d+/, "max_recipients: 10"));
  writeFileSync(join(workspace, ".gitignore"), "data/\n");
  const git = (...args) => execFileSync("git", ["-C", workspace, ...args], { stdio: "pipe" });
  git("init", "-q");
  git("add", ".");
  git("-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "Base");
  // Another audience and another text: both sides are judged, rendered and set side by side.
  const touched = [
    ["segments/recent-buyers.yaml", segment.replace("gte: 100", "gte: 90")],
    ["campaigns/thanks.yaml", campaign.replaceAll("thank you for riding", "thanks for riding")],
  ];
  for (const [path, text] of touched) writeFileSync(join(workspace, path), text);
}

function run(args) {
  const began = process.hrtime.bigint();
  const whole = ["--require", REPORT, MAIN, "plan", "-C", workspace, "--now", NOW, ...args];
  const env = { ...process.env, USAGE_FILE: usageFile };
  const ran = spawnSync(process.execPath, [...whole, "--format", "json"], { env, maxBuffer: 1e8 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  // What blocks the base too does not block the change.
  const ended = flags.blocked && args.length === 0 ? 4 : 0;
  if (ran.status !== ended) throw new Error(`plan ended with ${ran.status}: ${ran.stderr}`);
  const changed = JSON.parse(ran.stdout).snapshot.campaigns.filter(
    ({ change }) => change !== "none",
  );
  return { seconds, ...JSON.parse(readFileSync(usageFile, "utf8")), changed: changed.length };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const told = (values) => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((one) => one.toFixed(2));
  return `${median(values).toFixed(2)} [${least}-${most}]`;
};

try {
  makeRepository();
  console.log(`load before: ${loadavg()[0].toFixed(1)}`);
  const [one, both] = [[], []];
  for (let round = 0; round < Number(flags.rounds); round++) {
    one.push(run([]));
    both.push(run(["--base", "HEAD"]));
  }
  if (both.some(({ changed }) => changed !== 1)) throw new Error("not one campaign was changed");
  for (const [name, runs] of [
    ["plan", one],
    ["plan --base", both],
  ]) {
    const seconds = told(runs.map((ran) => ran.seconds));
    const cpu = told(runs.map((ran) => ran.cpuSeconds));
    console.log(`  ${name}: ${seconds} s, ${cpu} s of processor`);
  }
  const ratio = (key) => told(both.map((ran, round) => ran[key] / one[round][key]));
  console.log(`  plan --base / plan: ${ratio("seconds")}, processor ${ratio("cpuSeconds")}`);
} finally {
  rmSync(folder, { recursive: true });
}
