// Kills applies at random moments, hundreds of times, while the Graph API misbehaves, and counts
// what reached whom: no delivery twice, none lost. Needs `npm run build`.
// Usage: node bench/kill.mjs [--kills 500] [--seed 1] [--people 500] [--rate 100] [--json]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { playRound, sum } from "./kill/round.mjs";

const { values: flags } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    people: { type: "string", default: "500" },
    rate: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});

/** mulberry32: small, seeded, good enough to pick moments. */
function seededChance(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SUMMED = ["duplicates", "lost", "contradictions", "accepted", "unknown"];

function add(total, round) {
  for (const key of [...SUMMED, "unknownThatArrived", "takenOver"]) {
    total[key] = (total[key] ?? 0) + round[key];
  }
  for (const key of ["kills", "exits"]) {
    total[key] ??= {};
    for (const [of, times] of Object.entries(round[key])) {
      total[key][of] = (total[key][of] ?? 0) + times;
    }
  }
}

const chance = seededChance(Number(flags.seed));
const root = mkdtempSync(join(tmpdir(), "posthorn-kill-"));
const total = { seed: Number(flags.seed), rounds: 0 };
const wanted = Number(flags.kills);
let isKept = true;
while (isKept && sum(total.kills ?? {}) < wanted) {
  const id = `round-${total.rounds++}`;
  const kills = wanted - sum(total.kills ?? {});
  const sizes = { people: Number(flags.people), rate: Number(flags.rate) };
  const round = await playRound({ folder: join(root, id), id, kills, chance, ...sizes });
  add(total, round);
  isKept = round.duplicates + round.lost + round.contradictions === 0;
  if (isKept) rmSync(join(root, id), { recursive: true, force: true });
  if (!flags.json) console.error(`${id}: ${sum(total.kills)} kills so far`, JSON.stringify(round));
}
console.log(JSON.stringify(total, null, flags.json ? undefined : 2));
if (isKept) rmSync(root, { recursive: true, force: true });
else console.error(`The promise was broken; everything is kept in ${root}.`);
process.exitCode = isKept ? 0 : 1;
