// What came of a round: the sandbox's log beside the ledger, delivery by delivery.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "./processes.mjs";

const AGAIN = new Set(["denied", "page_restricted"]);

/** Everything that must not be, each as a sentence; empty when the promise was kept. */
export function faultsOf({ folder, logFile, rows, people, campaigns }) {
  const accepted = readFileSync(logFile, "utf8").split("\n").filter(Boolean).map(JSON.parse);
  const byStatus = new Map(rows.map((row) => [row.delivery_id, row.status]));
  const duplicates = [
    ...repeated(accepted.map((one) => one.deliveryId)),
    ...repeated(accepted.map((one) => `${one.psid} ${one.message.text}`)),
  ];
  const ended = rows.filter((row) => ["sent", "failed", "unknown"].includes(row.status)).length;
  const arrived = new Set(accepted.map((one) => one.deliveryId));
  const odd = [
    ...[...arrived].filter((id) => !["sent", "unknown"].includes(byStatus.get(id))),
    ...rows.filter((row) => row.status === "sent" && !arrived.has(row.delivery_id)),
  ];
  return {
    duplicates: duplicates.length,
    lost: people * campaigns - leftOut(rows, campaigns) - ended,
    contradictions: odd.length + claimFaults(recordsOf(folder)).length,
    accepted: accepted.length,
    unknown: rows.filter((row) => row.status === "unknown").length,
    unknownThatArrived: [...arrived].filter((id) => byStatus.get(id) === "unknown").length,
  };
}

/** Whom Meta called unavailable is left out from then on, and that is no loss. */
function leftOut(rows, campaigns) {
  const failed = rows.filter((row) => row.error_class === "user_unavailable");
  const unreachable = new Set(failed.map((row) => row.user_id));
  return [...unreachable].reduce(
    (sum, user) => sum + campaigns - rows.filter((row) => row.user_id === user).length,
    0,
  );
}

/** Claims that stand where none may: after a claim without outcome, or an outcome that stays. */
function claimFaults(records) {
  const last = new Map();
  return records.filter(({ kind, delivery, status, error_class }) => {
    const before = last.get(delivery);
    last.set(delivery, kind === "claim" ? "claim" : AGAIN.has(error_class) ? "released" : status);
    return kind === "claim" ? !["released", undefined].includes(before) : before !== "claim";
  });
}

/** In the ledger's order. A last line without its end was torn and does not count. */
function recordsOf(folder) {
  const ledger = join(folder, "data/state/ledger");
  const segments = namesIn(ledger).filter((name) => name.endsWith(".ndjson"));
  const records = segments.flatMap((name) => {
    const lines = readFileSync(join(ledger, name), "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  });
  return records
    .filter(({ kind }) => kind !== "header")
    .sort((a, b) => a.fence - b.fence || a.seq - b.seq);
}

function repeated(keys) {
  const seen = new Set();
  return keys.filter((key) => seen.size === seen.add(key).size);
}
