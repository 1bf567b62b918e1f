// How long the comment and the text of a large plan take, as a process of its own:
//
//   npm run build && node bench/markdown.mjs [--campaigns 5000] [--rounds 5]
//
// The plan compares with a base and every campaign is changed by it, which is the most there is to
// say. `show --comment` writes to a GitHub of this script's own, which looks at the bytes.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { digest } from "../dist/model/canonical-json.js";
import { summaryOf } from "../dist/plan/summary.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MAIN = join(HERE, "../dist/main.js");
const REPORT = join(HERE, "report-usage.cjs");
const COMMENT_BYTES = 60_000;

const { values: flags } = parseArgs({
  options: {
    campaigns: { type: "string", default: "5000" },
    rounds: { type: "string", default: "5" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "posthorn-markdown-"));
const usageFile = join(folder, "usage.json");

const text = (index, word) =>
  `Hi •••, ${word} for riding through ••• with Bench: offer ${index} of the autumn is here.`;

function campaign(index) {
  const [was, is] = [text(index, "thank you"), text(index, "thanks")];
  const sample = (locale) => ({
    ...{ variant: null, locale, people: 400 + index },
    message: { text: is, quick_replies: [{ content_type: "text", title: "More", payload: "M" }] },
    before: { text: was, quick_replies: [{ content_type: "text", title: "More", payload: "M" }] },
  });
  return {
    ...{ id: `part-${index % 20}/thanks-${index}`, action: "send", purpose: "promotion" },
    ...{ due_at: "2026-12-01T09:00:00Z", occurrences: 1, superseded: 0 },
    source: { file: `campaigns/part-${index % 20}/thanks-${index}.yaml`, line: 1 },
    ...{ matched: 1950 + index, eligible: 1204 + index, ceiling: 1806 + index },
    left_out: { no_psid: 24, no_consent: 90, already_sent: 512, outside_window: 120 },
    samples: [sample(null), sample("de")],
    ...{ seconds: 61, rollout: null, change: "changed", entering: 12, leaving: 7 },
    changes: [
      { path: "message.text", before: was, after: is },
      { path: "priority", before: null, after: index % 10 },
    ],
  };
}

function planOf(count) {
  const campaigns = Array.from({ length: count }, (_, index) => campaign(index));
  const revision = digest("bench");
  const intent = {
    workspace: "bench",
    consent: { column: "messenger_opt_in", inbound: false },
    campaigns: campaigns.map(({ id }) => {
      return { id, revision, send: { at: "2026-12-01T09:00" }, max_recipients: null };
    }),
    guards: { empty_audience: "warn" },
  };
  const snapshot = {
    now: "2026-12-01T09:30:00Z",
    git: { head: "a".repeat(40), base: "b".repeat(40), dirty: false },
    ...{ campaigns, guards: [], warnings: [], compared: { removed: [], guards: [] } },
  };
  const digests = { intent: digest(intent), snapshot: digest(snapshot) };
  return { format: "posthorn.plan/1", intent, snapshot, digests, summary: summaryOf(snapshot) };
}

/** A pull request without comments; every one that comes is kept. */
async function openGithub() {
  const bodies = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (request.method === "POST") bodies.push(JSON.parse(body).body);
      response.writeHead(request.method === "POST" ? 201 : 200, {
        "content-type": "application/json",
      });
      response.end(request.method === "POST" ? "{}" : "[]");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { bodies, url: `http://127.0.0.1:${server.address().port}`, server };
}

function run(args, env) {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, ["--require", REPORT, MAIN, "show", ...args], {
    env: { ...process.env, USAGE_FILE: usageFile, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (code !== 0) reject(new Error(`show ended with ${code}: ${said}`));
      else resolve({ seconds, ...JSON.parse(readFileSync(usageFile, "utf8")) });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const told = (values) => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((one) => one.toFixed(2));
  return `${median(values).toFixed(2)} s [${least}-${most}]`;
};

const github = await openGithub();
try {
  const plan = join(folder, "plan.json");
  writeFileSync(plan, JSON.stringify(planOf(Number(flags.campaigns)), null, 2));
  const env = {
    ...{ GITHUB_API_URL: github.url, GITHUB_REPOSITORY: "acme/shop", GITHUB_TOKEN: "any" },
    GITHUB_REF: "refs/pull/7/merge",
  };
  console.log(`load before: ${loadavg()[0].toFixed(1)}`);
  const runs = { comment: [], markdown: [] };
  for (let round = 0; round < Number(flags.rounds); round++) {
    runs.comment.push(await run([plan, "--format", "markdown", "--comment"], env));
    runs.markdown.push(await run([plan, "--format", "markdown"], {}));
  }
  for (const [name, made] of Object.entries(runs)) {
    const [clock, cpu] = ["seconds", "cpuSeconds"].map((key) => told(made.map((one) => one[key])));
    console.log(`  ${flags.campaigns} campaigns, ${name}: ${clock}, processor ${cpu}`);
  }
  const bytes = Math.max(...github.bodies.map((body) => Buffer.byteLength(body)));
  console.log(`  the comment: ${bytes} bytes of ${COMMENT_BYTES}`);
  if (github.bodies.length === 0 || bytes > COMMENT_BYTES) process.exitCode = 1;
} finally {
  github.server.close();
  rmSync(folder, { recursive: true });
}
