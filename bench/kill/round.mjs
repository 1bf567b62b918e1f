// One round: a workspace, a Graph API that misbehaves, and applies that are killed until all is
// sent.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { faultsOf } from "./check.mjs";
import { phaseOf, posthorn, startGraph } from "./processes.mjs";
import { CAMPAIGNS, writeWorkspace } from "./workspace.mjs";

const NOW = Date.parse("2026-12-01T09:30:00Z");
const MINUTE_MS = 60_000;
const LOG_LINE_BYTES = 300;
/** What goes wrong at the other end, in one apply or the next. */
const FAULTS = [
  "",
  "delay=30ms:100%",
  "hang_after:1%,hang_before:1%",
  "reset_before:3%,reset_after:3%",
  "code_2_after:2%,html_500:2%,garbage:1%,empty:1%",
  "613=1s:3%,429:2%",
  "blocked:4%,1200:3%",
  "revoked@40",
];

const PHASES = ["no lease", "lease", "sending"];
/**
 * A kill comes at any moment of so many milliseconds after a phase has begun, or after so many more
 * messages have reached somebody.
 */
const MOMENTS = [
  { from: "no lease", arrivals: 0, withinMs: 800 },
  { from: "lease", arrivals: 0, withinMs: 400 },
  { from: "sending", arrivals: 0, withinMs: 2000 },
  { from: "sending", arrivals: 10, withinMs: 30 },
  { from: "sending", arrivals: 60, withinMs: 30 },
  { from: "sending", arrivals: 150, withinMs: 30 },
];

/** Plays a round and says what came of it. `kills` are made at most; `chance` gives 0 to 1. */
export async function playRound({ folder, id, people, rate, kills, chance }) {
  mkdirSync(folder, { recursive: true });
  writeWorkspace(folder, { id, people, rate });
  const logFile = logOf(folder);
  const graph = await startGraph(logFile);
  const told = { kills: {}, exits: {}, takenOver: 0 };
  try {
    const round = { folder, url: graph.url, chance, told, graph };
    while (sum(told.kills) < kills && !(await strike(round, kills - sum(told.kills)))) {
      // Until there is nothing left to kill in mid-send.
    }
    await graph.setFaults("");
    await finish(round);
    const exported = await posthorn(["ledger", "export"], round).ended;
    const rows = exported.out.split("\n").filter(Boolean).map(JSON.parse);
    const campaigns = CAMPAIGNS.length;
    return { ...told, ...faultsOf({ folder, logFile, rows, people, campaigns }) };
  } finally {
    await graph.close();
  }
}

/** Starts one apply or two and kills them; true when one came to its end with nothing left. */
async function strike({ folder, url, chance, told, graph }, most) {
  await graph.setFaults(pick(FAULTS, chance));
  const count = most > 1 && chance() < 0.25 ? 2 : 1;
  const applies = Array.from({ length: count }, () => posthorn(applyArgs(chance), { folder, url }));
  const isDone = await Promise.all(
    applies.map((apply) => killLater(apply, { folder, chance, told })),
  );
  return isDone.includes(true);
}

async function killLater(apply, { folder, chance, told }) {
  const signal = chance() < 0.85 ? "SIGKILL" : "SIGTERM";
  const { from, arrivals, withinMs } = pick(MOMENTS, chance);
  let isOver = false;
  const ended = apply.ended.finally(() => {
    isOver = true;
  });
  while (!isOver && PHASES.indexOf(phaseOf(folder, apply.pid)) < PHASES.indexOf(from))
    await sleep(3);
  const enough = arrived(folder) + chance() * arrivals;
  while (!isOver && arrived(folder) < enough) await sleep(3);
  if (chance() < 0.1) await suspend(apply, chance);
  await Promise.race([ended, sleep(chance() * withinMs)]);
  const phase = phaseOf(folder, apply.pid);
  if (!isOver) apply.kill(signal);
  const { exit, signal: by, out, err } = await ended;
  if (by === "SIGKILL") count(told.kills, phase);
  else count(told.exits, by ?? exit);
  if (err.includes("Took the state over")) told.takenOver++;
  return exit === 0 && JSON.parse(out).totals.sent === 0;
}

/** About how many messages have reached somebody, by the length of the log. */
function arrived(folder) {
  return (statSync(logOf(folder), { throwIfNoEntry: false })?.size ?? 0) / LOG_LINE_BYTES;
}

function logOf(folder) {
  return join(folder, "delivered.ndjson");
}

/** Frozen for a moment, as a laptop or a virtual machine may be. */
async function suspend(apply, chance) {
  apply.kill("SIGSTOP");
  await sleep(chance() * 300);
  apply.kill("SIGCONT");
}

/** Applies, unkilled, until one has nothing left to do. Throws when that does not come. */
async function finish({ folder, url, told }) {
  for (let tries = 0; tries < 5; tries++) {
    const now = new Date(NOW + 200 * MINUTE_MS).toISOString();
    const args = ["apply", "--now", now, "--format", "json"];
    const { exit, out, err } = await posthorn(args, { folder, url }).ended;
    count(told.exits, exit);
    if (err.includes("Took the state over")) told.takenOver++;
    if (exit !== 0) continue;
    const { sent, failed, unknown } = JSON.parse(out).totals;
    if (sent + failed + unknown === 0) return;
  }
  throw new Error("The last applies did not come to an end.");
}

/** The clock jumps between runs, back and forth. */
function applyArgs(chance) {
  const now = NOW + Math.round((chance() * 4 - 1) * 60) * MINUTE_MS;
  return ["apply", "--now", new Date(now).toISOString(), "--format", "json"];
}

function pick(list, chance) {
  return list[Math.floor(chance() * list.length)];
}

function count(into, key) {
  into[key] = (into[key] ?? 0) + 1;
}

export function sum(counts) {
  return Object.values(counts).reduce((total, one) => total + one, 0);
}
