import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { countAttempts } from "../../src/audience/attempts.ts";
import type { Campaign, Rollout } from "../../src/model/campaign.ts";
import type { WaveCount } from "../../src/model/rollout.ts";
import { join, literal, raw, sql } from "../../src/model/sql.ts";
import { NOTHING_TRIED, waveEnds } from "../../src/policy/rollout.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import { campaignWith } from "../plan/fixtures.ts";

interface Row {
  readonly campaign: string;
  readonly occurrence: string;
  readonly status: "sent" | "failed" | "unknown" | "claimed" | "released";
  readonly errorClass: string | null;
  readonly revision: string;
  readonly claimedAt: number;
}

const NOW_REVISION = "sha256:now";

const rows = fc.array(
  fc.record<Row>({
    campaign: fc.constantFrom("hello", "other"),
    occurrence: fc.constantFrom("a", "b", "c"),
    status: fc.constantFrom("sent", "failed", "unknown", "claimed", "released"),
    errorClass: fc.constantFrom("user_unavailable", "rejected", "denied", "message_invalid"),
    revision: fc.constantFrom(NOW_REVISION, "sha256:before"),
    claimedAt: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 40 },
);
const rollouts = fc.oneof(
  fc.constant(undefined),
  fc
    .array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 })
    .map((sizes): Rollout => ({ waves: [...sizes, "rest"], stopIf: {} })),
);

/** The same in a few lines of plain code. */
function counted(all: readonly Row[], campaign: Campaign, scope: string): readonly WaveCount[] {
  const isOn = campaign.send.kind === "on";
  const isDueAgain = ({ status, errorClass, revision }: Row) =>
    status === "released" ||
    (status === "failed" &&
      (errorClass === "denied" || (errorClass === "message_invalid" && revision !== NOW_REVISION)));
  const tried = all
    .map((row, index) => ({ ...row, id: `u${String(index).padStart(3, "0")}` }))
    .filter((row) => row.campaign === "hello" && !isDueAgain(row))
    .filter((row) => (isOn ? row.revision : row.occurrence) === scope)
    .sort((a, b) => a.claimedAt - b.claimedAt || (a.id < b.id ? -1 : 1));
  const ends = waveEnds(campaign.rollout);
  return ends.map((end, wave) => {
    const part = tried.slice(ends[wave - 1] ?? 0, end);
    const count = (holds: (row: Row) => boolean) => part.filter(holds).length;
    const isFailed = (row: Row) => row.status === "failed";
    return {
      tried: part.length,
      failed: count(isFailed),
      unknown: count((row) => row.status === "unknown"),
      unavailable: count((row) => isFailed(row) && row.errorClass === "user_unavailable"),
    };
  });
}

async function fill(engine: SqlEngine, all: readonly Row[]): Promise<void> {
  await engine.run(
    raw(`CREATE OR REPLACE TEMP TABLE ledger (user_id VARCHAR, campaign VARCHAR,
      occurrence VARCHAR, status VARCHAR, error_class VARCHAR, revision VARCHAR,
      claimed_at TIMESTAMP)`),
  );
  const values = all.map((row, index) => {
    const text = [
      `u${String(index).padStart(3, "0")}`,
      ...[row.campaign, row.occurrence, row.status, row.errorClass ?? "", row.revision],
    ];
    const at = new Date(row.claimedAt * 1_000).toISOString().replace("Z", "");
    return sql`(${join([...text, at].map(literal), ", ")})`;
  });
  if (values.length > 0) await engine.run(sql`INSERT INTO ledger VALUES ${join(values, ", ")}`);
}

describe("what was tried of a rollout", () => {
  let engine: SqlEngine;
  beforeAll(async () => {
    engine = await openDuckdb();
  });
  afterAll(() => engine.close());

  test("is, wave by wave, what plain code counts in the order of the claims", async () => {
    const on = { kind: "on", event: "x", where: undefined, delayMs: 0, lateByMs: 0 } as const;
    await fc.assert(
      fc.asyncProperty(rows, rollouts, fc.boolean(), async (all, rollout, isOn) => {
        const campaign = campaignWith({
          ...{ rollout, revision: NOW_REVISION },
          ...(isOn && { send: on }),
        });
        await fill(engine, all);
        const scopes = isOn ? [NOW_REVISION] : ["a", "b"];
        const found = await countAttempts(engine, campaign, scopes);
        for (const scope of scopes) {
          const nothing = waveEnds(rollout).map(() => NOTHING_TRIED);
          expect(found.get(scope) ?? nothing).toEqual(counted(all, campaign, scope));
        }
        expect([...found.keys()].every((scope) => scopes.includes(scope))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
