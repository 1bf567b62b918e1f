import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { claimRecord, LEDGER_FORMAT, settleRecord, stamper } from "../../src/ledger/record.ts";
import type { Delivery } from "../../src/model/delivery.ts";
import type { LedgerFile, Settlement } from "../../src/ports/state-store.ts";

/** What a run does with one delivery, in this order of steps. */
export interface Step {
  readonly delivery: number;
  readonly kind: "claim" | "settle";
  readonly outcome: number;
  /** Clocks jump: an instant says nothing about the order. */
  readonly at: number;
}

export interface Run {
  readonly steps: readonly Step[];
  /** Whether a crash left half a line. */
  readonly torn: boolean;
}

const OUTCOMES: readonly Settlement[] = [
  { status: "sent", messageId: "m_1" },
  { status: "sent", messageId: "m_2" },
  {
    status: "failed",
    errorClass: "denied",
    stops: "person",
    error: { code: 200, subcode: 7, message: 'No "permission"' },
  },
  { status: "unknown", error: { code: null, subcode: null, message: "No answer" } },
  { status: "released", error: { code: 4, message: "Too many" } },
];

const step: fc.Arbitrary<Step> = fc.record({
  delivery: fc.nat(4),
  kind: fc.constantFrom("claim" as const, "settle" as const),
  outcome: fc.nat(OUTCOMES.length - 1),
  at: fc.integer({ min: 0, max: 9_999_999 }),
});

/** Runs in the order of their leases; a settlement may stand in a later run than its claim. */
export const histories: fc.Arbitrary<readonly Run[]> = fc.array(
  fc.record({ steps: fc.array(step, { maxLength: 8 }), torn: fc.boolean() }),
  { minLength: 1, maxLength: 7 },
);

export function deliveryOf(n: number, run: number): Delivery {
  return {
    id: (n * 0x3fff + 1).toString(16).padStart(4, "0").repeat(16),
    rootId: `campaign-${n % 2}`,
    occurrence: "once",
    userId: `u${n}`,
    psid: String(7_100_000_000_000_000 + n),
    // What a later claim says may be less than what an earlier one said.
    variant: run % 2 === 0 ? "a" : null,
    revision: `sha256:${run}`,
    counts: run % 3 !== 0,
    body: {},
  };
}

/** Writes one segment a run, and gives the files. */
export function writeSegments(folder: string, runs: readonly Run[]): LedgerFile[] {
  return runs.map(({ steps, torn }, index) => {
    const path = join(folder, `run-${index}.ndjson`);
    const stamp = stamper(index + 1);
    const origin = { run: `run-${index}`, commit: index === 0 ? null : `c${index}` };
    const header = { kind: "header", format: LEDGER_FORMAT, workspace: "acme", taken_over: null };
    const records = steps.map(({ delivery, kind, outcome, at }) => {
      const of = deliveryOf(delivery, index);
      return kind === "claim"
        ? claimRecord(of, origin, stamp(at))
        : settleRecord(of, OUTCOMES[outcome] as Settlement, stamp(at));
    });
    const lines = [{ ...header, ...origin, ...stamp(0) }, ...records];
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    if (torn) appendFileSync(path, '{"kind":"claim","delivery":"0011');
    return { path, format: "ndjson" as const, torn };
  });
}

/** What the ledger must say of each delivery that was claimed, worked out step by step. */
export function foldPlainly(runs: readonly Run[], liveRun: string | null) {
  const rows = new Map<string, Record<string, unknown>>();
  for (const [index, { steps }] of runs.entries()) {
    for (const { delivery, kind, outcome, at } of steps) {
      const of = deliveryOf(delivery, index);
      const before = rows.get(of.id) ?? { attempts: 0 };
      if (kind === "settle") rows.set(of.id, { ...before, ...settledAs(outcome, at) });
      else {
        const attempts = Number(before["attempts"]) + 1;
        rows.set(of.id, { ...claimedAs(of, index, at), attempts, ...NOT_SETTLED });
      }
    }
  }
  const claimed = [...rows].filter(([, row]) => Number(row["attempts"]) > 0);
  return new Map(
    claimed.map(([id, row]) => {
      const status = row["status"] ?? (row["run_id"] === liveRun ? "claimed" : "unknown");
      return [id, { ...row, status, delivery_id: id }];
    }),
  );
}

const NOT_SETTLED = {
  status: null,
  message_id: null,
  error_class: null,
  error_code: null,
  error_subcode: null,
  words: null,
  settled_at: null,
};

function claimedAs(of: Delivery, run: number, at: number) {
  const { rootId: campaign, occurrence, userId: user_id, psid, variant, revision, counts } = of;
  const commit = run === 0 ? null : `c${run}`;
  const who = { campaign, occurrence, user_id, psid, variant, revision, counts };
  return { ...who, run_id: `run-${run}`, commit, claimed_at: at };
}

function settledAs(outcome: number, at: number) {
  const { status, ...rest } = OUTCOMES[outcome] as Settlement;
  const error: { code?: unknown; subcode?: unknown; message?: unknown } =
    "error" in rest ? rest.error : {};
  return {
    status,
    message_id: "messageId" in rest ? rest.messageId : null,
    error_class: "errorClass" in rest ? rest.errorClass : null,
    error_code: error.code ?? null,
    error_subcode: error.subcode ?? null,
    words: error.message ?? null,
    settled_at: at,
  };
}
