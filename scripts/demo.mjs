// The example workspace, planned and sent to a local sandbox. Nothing leaves this machine.
import { spawnSync } from "node:child_process";

const NOW = "2026-12-01T09:30:00Z"; // the moment that the data in data/ was made for

function posthorn(...args) {
  console.log(`\n$ posthorn ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, ["dist/main.js", ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

posthorn("validate");
posthorn("plan", "--now", NOW);
posthorn("apply", "--sandbox", "--fresh", "--now", NOW);

console.log(`
What to look at next:
  node dist/main.js apply --sandbox --now ${NOW}   sends nothing again
  node dist/main.js sandbox   then open its address: an inbox of what everybody gets
  campaigns/order/shipped.yaml   change a text, then plan again
  docs/campaigns.md, docs/segments.md   what can be written
  node dist/main.js plan --now ${NOW} --format json   the plan as a document`);
