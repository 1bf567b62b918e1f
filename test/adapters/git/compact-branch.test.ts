import { expect, test } from "vitest";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { openGitState } from "../../../src/adapters/git/open-git-state.ts";
import { compactFiles } from "../../../src/ledger/compact-files.ts";
import { ledgerRelationSql } from "../../../src/ledger/fold-sql.ts";
import type { Delivery } from "../../../src/model/delivery.ts";
import { sql } from "../../../src/model/sql.ts";
import type { Compaction } from "../../../src/ports/compactor.ts";
import type { StateStore } from "../../../src/ports/state-store.ts";
import { SkippingClock } from "../../apply/fakes.ts";
import { smallWorkspace } from "../../cli/posthorn.ts";
import { delivery } from "./deliveries.ts";
import { git, remoteWith } from "./repositories.ts";

const BRANCH = "posthorn-state";
const KEY = "0123456789abcdef0123456789abcdef";
const PUSHES = 70;

async function compactor(compaction: Compaction): Promise<number> {
  const engine = await openDuckdb();
  try {
    return await compactFiles(engine, compaction);
  } finally {
    engine.close();
  }
}

function stateIn(folder: string, over: { compactor?: typeof compactor } = {}) {
  const env = { POSTHORN_STATE_KEY: KEY };
  const clock = new SkippingClock();
  return openGitState({ folder, branch: BRANCH, workspace: "small", env, clock, ...over });
}

async function rowsOf(store: StateStore) {
  const { ledger, liveRun } = await store.read();
  const engine = await openDuckdb();
  try {
    const relation = ledgerRelationSql(ledger, liveRun);
    return await engine.rows(sql`SELECT * FROM (${relation}) ORDER BY delivery_id`);
  } finally {
    engine.close();
  }
}

async function runOf(store: StateStore, id: string, deliveries: readonly Delivery[]) {
  const run = { id, startedAt: 0, commit: null, url: null };
  const { signal } = new AbortController();
  const target = "sandbox" as const;
  const writer = await store.open({ run, pageId: "422500000000001", target, signal });
  for (const one of deliveries) {
    await writer.claim([one], 1000);
    writer.settle(one, { status: "sent", messageId: `m_${one.userId}` }, 2000);
  }
  await writer.remember({ hello: { triedAt: 5, lastEligible: 1, firstSeenAt: 5 } });
  await writer.close();
}

test("many ledger files become one in a commit of its own, and read the same", async () => {
  const { clone, remote } = remoteWith(smallWorkspace());
  const people = Array.from({ length: PUSHES }, (_, n) => delivery(n));
  await runOf(await stateIn(clone()), "run-1", people);
  const before = await rowsOf(await stateIn(clone()));
  expect(before).toHaveLength(PUSHES);

  const compacting = await stateIn(clone(), { compactor });
  await runOf(compacting, "run-2", [delivery(PUSHES)]);
  const paths = git(remote, "ls-tree", "-r", "--name-only", BRANCH).trim().split("\n");
  expect(paths.filter((path) => path.startsWith("ledger/"))).toEqual([
    expect.stringMatching(/^ledger\/\d{10}\.0\.parquet$/),
  ]);
  expect(paths.filter((path) => path.startsWith("documents/"))).toHaveLength(1);
  const after = await rowsOf(await stateIn(clone()));
  expect(after.slice(0, PUSHES)).toEqual(before);
  expect(after).toHaveLength(PUSHES + 1);
  expect((await compacting.read()).document?.campaigns["hello"]?.triedAt).toBe(5);

  // Only that one commit takes files away, and the history before it is still there.
  const changes = git(remote, "log", "--format=%s", "--diff-filter=D", BRANCH).trim().split("\n");
  expect(changes).toEqual([expect.stringMatching(/^Compact \d+ files$/)]);
  expect(git(remote, "rev-list", "--count", BRANCH).trim()).not.toBe("1");

  // And it goes on from there.
  await runOf(await stateIn(clone()), "run-3", [delivery(PUSHES + 1)]);
  expect(await rowsOf(await stateIn(clone()))).toHaveLength(PUSHES + 2);
}, 180_000);
