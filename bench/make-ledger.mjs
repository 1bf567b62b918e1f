// Writes earlier sends for the workspace of `make-workspace.mjs plan`, twice with the same content:
//
//   node bench/make-ledger.mjs --out FOLDER --users 1000000 --sends 1000000
//
// FOLDER/data/sends.ndjson is what plain-plan.mjs reads; FOLDER/data/state is the state that the
// applies would have left, compacted as they go. Needs a built dist/.

import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDuckdb } from "../dist/adapters/duckdb/duckdb-engine.js";
import { compactLedger, removeLeftovers } from "../dist/adapters/file-state/compact-ledger.js";
import { compactFiles } from "../dist/ledger/compact-files.js";
import { claimRecord, LEDGER_FORMAT, settleRecord, stamper } from "../dist/ledger/record.js";
import { deliveryId } from "../dist/model/delivery.js";
import { NOW, psidOf, seededChance, userId } from "./user-columns.mjs";

const DAY = 86_400_000;
const RUNS = 50;
/** One send in ten; the campaign that the plan is about. */
const THANKS_SHARE = 0.1;
const OTHERS = 8;
/** A person gets one message in 60 days on average, so a frequency cap bites now and then. */
const DAYS_PER_SEND = 60;
const WORKSPACE = "bench";
const PAGE = "422500000000001";
const REVISION = `sha256:${"4f0c8e7a5b1d".repeat(6).slice(0, 64)}`;
const ANSWER_MS = 120;

/** What came of a send, by how often: the words of Posthorn's ledger. */
function drawOutcome(chance) {
  const drawn = chance();
  if (drawn < 0.965) return { status: "sent" };
  if (drawn < 0.985) return failed("user_unavailable", 551);
  if (drawn < 0.995) return failed("rejected", 100);
  const error = { code: null, subcode: null, message: "No answer within 30 s" };
  return drawn < 0.998 ? { status: "unknown", error } : { status: "released", error };
}

function failed(errorClass, code) {
  const error = { code, subcode: null, message: `(#${code}) An error of the benchmark` };
  return { status: "failed", errorClass, error };
}

/** The runs in order of time, each a list of sends; nobody gets one delivery twice. */
function* drawRuns({ users, sends }) {
  const chance = seededChance(77);
  const thanked = new Set();
  const maxThanks = Math.min(users, sends) * THANKS_SHARE;
  const period = (sends / users) * DAYS_PER_SEND * DAY;
  const sendsPerRun = Math.ceil(sends / RUNS);
  for (let run = 0; run < RUNS; run++) {
    const startedAt = Math.floor(NOW - period + (run / RUNS) * period);
    const occurrence = new Date(startedAt).toISOString();
    const taken = new Set();
    const drawn = [];
    const count = Math.min(sendsPerRun, sends - run * sendsPerRun);
    while (drawn.length < count) {
      const person = Math.floor(chance() * users);
      if (taken.has(person)) continue;
      taken.add(person);
      const isThanks = chance() < THANKS_SHARE && thanked.size < maxThanks && !thanked.has(person);
      if (isThanks) thanked.add(person);
      drawn.push({
        person,
        rootId: isThanks ? "thanks" : `earlier-${run % OTHERS}`,
        occurrence: isThanks ? "once" : occurrence,
        at: startedAt + Math.floor((drawn.length / count) * 1_800_000),
        outcome: drawOutcome(chance),
        message: messageId(chance),
      });
    }
    yield { id: `run-${String(run).padStart(6, "0")}`, fence: run + 1, startedAt, sends: drawn };
  }
}

function messageId(chance) {
  const part = () => Math.floor(chance() * 2 ** 52).toString(36);
  return `m_${part()}${part()}`;
}

/** As a team would log its sends that has no Posthorn. */
function plainLine({ person, rootId, outcome, at }) {
  return JSON.stringify({
    user_id: userId(person),
    psid: psidOf(person),
    campaign: rootId,
    status: outcome.status,
    ...(outcome.errorClass && { error: outcome.errorClass }),
    sent_at: new Date(at).toISOString(),
  });
}

/** A run's segment as an apply writes it: each claim before its outcome. */
function segmentOf({ id, fence, startedAt, sends }) {
  const origin = { run: id, commit: "0123456789abcdef0123456789abcdef01234567" };
  const stamp = stamper(fence);
  const header = { kind: "header", format: LEDGER_FORMAT, workspace: WORKSPACE, ...origin };
  const lines = [JSON.stringify({ ...header, taken_over: null, ...stamp(startedAt) })];
  for (const send of sends) {
    const { person, rootId, occurrence, outcome, at, message } = send;
    const who = { rootId, occurrence, userId: userId(person) };
    const delivery = {
      ...who,
      id: deliveryId({ workspace: WORKSPACE, ...who }),
      psid: psidOf(person),
      variant: null,
      revision: REVISION,
      counts: true,
    };
    const settlement = outcome.status === "sent" ? { ...outcome, messageId: message } : outcome;
    lines.push(JSON.stringify(claimRecord(delivery, origin, stamp(at))));
    lines.push(JSON.stringify(settleRecord(delivery, settlement, stamp(at + ANSWER_MS))));
  }
  return `${lines.join("\n")}\n`;
}

function writeDocument(folder, serial) {
  const document = {
    format: "posthorn.state/1",
    workspace: WORKSPACE,
    pageId: PAGE,
    target: "meta",
    campaigns: {},
    serial,
  };
  writeFileSync(join(folder, "state.json"), JSON.stringify(document));
}

/** As an apply does at its end, but that replaced segments go at once. */
async function compact(folder, { id, fence }) {
  const wallMs = () => Date.now() + DAY;
  const state = { folder, workspace: WORKSPACE, fence, wallMs, checkLease: () => {} };
  const compactor = (compaction) => compactFiles(engine, compaction);
  await compactLedger({ ...state, ownSegment: `${id}.ndjson`, compactor });
  removeLeftovers(state);
}

async function writeLedger({ folder, users, sends }) {
  const state = join(folder, "data/state");
  rmSync(state, { recursive: true, force: true });
  mkdirSync(join(state, "ledger"), { recursive: true });
  const plain = createWriteStream(join(folder, "data/sends.ndjson"));
  let serial = 0;
  for (const run of drawRuns({ users, sends })) {
    serial = run.fence;
    writeFileSync(join(state, "ledger", `${run.id}.ndjson`), segmentOf(run));
    await compact(state, run);
    if (!plain.write(`${run.sends.map(plainLine).join("\n")}\n`)) await once(plain, "drain");
  }
  plain.end();
  await once(plain, "finish");
  writeDocument(state, serial);
}

const { values: flags } = parseArgs({
  options: {
    out: { type: "string" },
    users: { type: "string" },
    sends: { type: "string" },
  },
});
const [users, sends] = [Number(flags.users), Number(flags.sends)];
if (flags.out === undefined || !(users > 0) || !(sends > 0)) {
  console.error("Usage: make-ledger --out FOLDER --users N --sends N");
  process.exit(64);
}
const engine = await openDuckdb();
await writeLedger({ folder: flags.out, users, sends });
engine.close();
