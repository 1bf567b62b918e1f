import { renameSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../src/adapters/clock/system-clock.ts";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { openGitState } from "../../../src/adapters/git/open-git-state.ts";
import { ledgerRelationSql } from "../../../src/ledger/fold-sql.ts";
import { hashedId } from "../../../src/model/hashed-id.ts";
import { sql } from "../../../src/model/sql.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { StateStore } from "../../../src/ports/state-store.ts";
import { SkippingClock } from "../../apply/fakes.ts";
import { smallWorkspace } from "../../cli/posthorn.ts";
import { delivery } from "./deliveries.ts";
import { git, remoteWith } from "./repositories.ts";

const PAGE = "422500000000001";
const KEY = "0123456789abcdef0123456789abcdef";
const BRANCH = "posthorn-state";

interface Over {
  readonly key?: string;
  readonly workspace?: string;
  readonly clock?: Clock;
}

function stateIn(folder: string, over: Over = {}) {
  const env = { POSTHORN_STATE_KEY: over.key ?? KEY };
  const { workspace = "small", clock = new SkippingClock() } = over;
  return openGitState({ folder, branch: BRANCH, workspace, env, clock });
}

function opening(id: string) {
  const run = { id, startedAt: 0, commit: null, url: null };
  const { signal } = new AbortController();
  return { run, pageId: PAGE, target: "sandbox" as const, signal };
}

async function rowsOf(store: StateStore) {
  const { ledger, liveRun } = await store.read();
  const engine = await openDuckdb();
  try {
    return await engine.rows(sql`SELECT delivery_id, status, user_id, psid
      FROM (${ledgerRelationSql(ledger, liveRun)}) ORDER BY delivery_id`);
  } finally {
    engine.close();
  }
}

async function stopOf(run: () => Promise<unknown>): Promise<string> {
  const fault = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { exit, message } = fault as { exit: string; message: string };
  return `${exit}: ${message}`;
}

/** The paths that each commit of the state branch changes, with git's letter for how. */
function changesOf(remote: string): string[] {
  const listed = git(remote, "log", "--format=", "--name-status", "--root", BRANCH);
  return listed.split("\n").filter(Boolean);
}

describe("a state on a git branch", () => {
  test("a claim is at the remote before it resolves, and another clone sees it", async () => {
    const { clone } = remoteWith(smallWorkspace());
    const writer = await (await stateIn(clone())).open(opening("run-1"));
    await writer.claim([delivery(1), delivery(2)], 1000);
    const elsewhere = await stateIn(clone());
    expect((await elsewhere.read()).liveRun).toBe("run-1");
    expect((await rowsOf(elsewhere)).map((row) => row["status"])).toEqual(["claimed", "claimed"]);
    writer.settle(delivery(1), { status: "sent", messageId: "m_1" }, 2000);
    await writer.close();
    expect((await rowsOf(elsewhere)).map((row) => row["status"])).toEqual(["sent", "unknown"]);
  });

  test("a halt comes between an apply's pushes, is learnt of, and can be lifted", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const elsewhere = await stateIn(clone());
    await elsewhere.halt("wrong price");
    const store = await stateIn(clone());
    expect((await store.read()).halted).toBe("wrong price");
    await elsewhere.halt(null);
    const writer = await store.open(opening("run-1"));
    expect(await writer.halted()).toBeNull();
    await elsewhere.halt("stop");
    await writer.claim([delivery(1)], 1000);
    expect(await writer.halted()).toBe("stop");
    await writer.close();
    expect((await store.read()).halted).toBe("stop");
    expect(changesOf(remote).every((change) => change.startsWith("A"))).toBe(true);
  });

  test("people stand there as keyed hashes, never as ids", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const store = await stateIn(clone());
    const writer = await store.open(opening("run-1"));
    await writer.claim([delivery(1)], 1000);
    await writer.close();
    const [row] = await rowsOf(store);
    expect(row?.["user_id"]).toBe(hashedId(KEY, "user-1"));
    expect(row?.["psid"]).toBe(hashedId(KEY, delivery(1).psid));
    const everything = git(remote, "log", "-p", "--root", BRANCH);
    expect(everything).toContain(hashedId(KEY, "user-1"));
    expect(everything).not.toMatch(/user-1|7100000000000001/);
  });

  test("pushes only add files, and nothing of the checkout changes", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const checkout = clone();
    const before = git(checkout, "rev-parse", "HEAD") + git(checkout, "branch", "--all");
    const writer = await (await stateIn(checkout)).open(opening("run-1"));
    await writer.claim([delivery(1)], 1000);
    writer.settle(delivery(1), { status: "sent", messageId: "m_1" }, 2000);
    await writer.remember({ hello: { triedAt: 5, lastEligible: 1, firstSeenAt: 5 } });
    await writer.close();
    const changes = changesOf(remote);
    expect(changes.length).toBeGreaterThan(6);
    expect(changes.filter((line) => !line.startsWith("A\t"))).toEqual([]);
    expect(git(checkout, "status", "--porcelain")).toBe("");
    expect(git(checkout, "rev-parse", "HEAD") + git(checkout, "branch", "--all")).toBe(before);
    expect((await (await stateIn(clone())).read()).document?.campaigns["hello"]?.triedAt).toBe(5);
  });

  test("of two runners that start at once one gets the lease, the other is told who", async () => {
    const { clone } = remoteWith(smallWorkspace());
    const stores = await Promise.all([1, 2, 3, 4].map(() => stateIn(clone())));
    const tried = await Promise.allSettled(
      stores.map((store, index) => store.open(opening(`run-${index}`))),
    );
    const winners = tried.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(winners).toHaveLength(1);
    for (const one of tried) {
      if (one.status === "rejected")
        expect(String(one.reason)).toContain(`run ${winners[0]?.run.id}`);
    }
    await winners[0]?.close();
    const next = await stores[3]?.open(opening("run-9"));
    await next?.close();
    expect((await stores[0]?.read())?.document?.serial).toBe(2);
  });

  test("a remote that is away for a moment holds a claim up, and ends nothing", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const store = await stateIn(clone(), { clock: systemClock(undefined) });
    const writer = await store.open(opening("run-1"));
    renameSync(remote, `${remote}.away`);
    const claimed = writer.claim([delivery(1)], 1000);
    setTimeout(() => renameSync(`${remote}.away`, remote), 300);
    await claimed;
    writer.settle(delivery(1), { status: "sent", messageId: "m_1" }, 2000);
    await writer.close();
    expect((await rowsOf(store)).map((row) => row["status"])).toEqual(["sent"]);
  });

  test("a run that lost its lease claims nothing more", async () => {
    const { clone } = remoteWith(smallWorkspace());
    const checkout = clone();
    const store = await stateIn(checkout);
    const writer = await store.open(opening("run-1"));
    // Another machine takes over: as if this one had slept beyond its lapse.
    const other = clone();
    const heads = git(other, "ls-remote", "origin", BRANCH).slice(0, 40);
    git(other, "fetch", "--quiet", "origin", BRANCH);
    const head = JSON.parse(git(other, "show", `${heads}:heads/0000000001.json`));
    const holder = { ...head.lease.holder, run: "run-2" };
    const lease = { ...head.lease, holder, fence: 9 };
    const taken = { after: heads, lease, halted: null };
    git(other, "checkout", "--quiet", "-B", "state", heads);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`${other}/heads/0000000002.json`, JSON.stringify(taken));
    git(other, "add", ".");
    git(other, "commit", "--quiet", "-m", "Takes over");
    git(other, "push", "--quiet", "origin", `HEAD:${BRANCH}`);
    expect(await stopOf(() => writer.claim([delivery(1)], 1000))).toMatch(/^partial: .*run-2/);
    expect(await rowsOf(store)).toEqual([]);
  });

  test("without a key, with a short one or with another, nothing is read", async () => {
    const { clone } = remoteWith(smallWorkspace());
    const first = await (await stateIn(clone())).open(opening("run-1"));
    await first.close();
    expect(await stopOf(() => stateIn(clone(), { key: "" }))).toMatch(/^state: .*is not set/);
    const short = "x".repeat(31);
    expect(await stopOf(() => stateIn(clone(), { key: short }))).toMatch(
      /^state: .*shorter than 32/,
    );
    const other = await stateIn(clone(), { key: "another key that is long enough!!" });
    expect(await stopOf(() => other.read())).toMatch(/^state: .*is not the key/);
    expect(await stopOf(() => other.open(opening("run-2")))).toMatch(/^state: .*is not the key/);
  });

  test("a branch of another workspace or somebody's own branch is left alone", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const first = await (await stateIn(clone())).open(opening("run-1"));
    await first.close();
    const foreign = await stateIn(clone(), { workspace: "other" });
    expect(await stopOf(() => foreign.open(opening("run-2")))).toMatch(/^state: .*"small"/);
    git(remote, "branch", "-f", BRANCH, "main");
    const own = await stateIn(clone());
    expect(await stopOf(() => own.open(opening("run-3")))).toMatch(/^state: .*no format.json/);
  });

  test("a branch that somebody rewrote is refused, by a fresh clone too", async () => {
    const { clone, remote } = remoteWith(smallWorkspace());
    const known = clone();
    const store = await stateIn(known);
    const writer = await store.open(opening("run-1"));
    await writer.claim([delivery(1)], 1000);
    await writer.close();
    const editor = clone();
    git(editor, "fetch", "--quiet", "--depth=99", "origin", BRANCH);
    const squashed = git(
      editor,
      "commit-tree",
      "-m",
      "Squashed",
      `${git(editor, "rev-parse", "FETCH_HEAD").trim()}^{tree}`,
    ).trim();
    git(editor, "push", "--quiet", "--force", "origin", `${squashed}:refs/heads/${BRANCH}`);
    expect(await stopOf(() => store.read())).toMatch(/^state: .*was rewritten/);
    const fresh = await stateIn(clone());
    expect(await stopOf(() => fresh.open(opening("run-2")))).toMatch(
      /^state: .*not as Posthorn left/,
    );
    git(remote, "update-ref", "-d", `refs/heads/${BRANCH}`);
    expect(await stopOf(() => store.read())).toMatch(/^state: .*the branch is gone/);
  });

  test("a folder that is no checkout, or has no remote, is told so", async () => {
    expect(await stopOf(() => stateIn(smallWorkspace()))).toMatch(/^state: .*needs a git checkout/);
  });
});
