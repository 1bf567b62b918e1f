import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { remoteWith } from "../adapters/git/repositories.ts";
import { posthornHere } from "./in-process.ts";
import { person, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const DAILY = SMALL_CAMPAIGN.replace("{ at: now }", '{ every: "0 10 * * *" }');
const on = (day: number) => ["--now", `2026-12-0${day}T09:30:00Z`];

/** Three people who are greeted at ten, one of whom has blocked the page. */
async function greeted(files: Readonly<Record<string, string>> = {}) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  sandbox.people({ "7100000000000002": { blocked: true } });
  const people = [1, 2, 3].map((n) => person(n, { last_inbound_at: "2026-12-02T08:00:00Z" }));
  const folder = smallWorkspace({
    "campaigns/hello.yaml": DAILY,
    "data/users.ndjson": people.map((one) => `${JSON.stringify(one)}\n`).join(""),
    ...files,
  });
  const env = {
    POSTHORN_GRAPH_URL: sandbox.url,
    MESSENGER_PAGE_TOKEN: "any",
    POSTHORN_STATE_KEY: "a key of at least thirty-two bytes",
  };
  const runIn =
    (cwd: string) =>
    (...args: string[]) =>
      posthornHere(args, { cwd, env });
  return { folder, runIn };
}

test("ledger stats chart two days of applies, as text, JSON and a page", async () => {
  const { folder, runIn } = await greeted();
  const run = runIn(folder);
  const before = await run("ledger", "stats", ...on(3));
  expect(before).toMatchObject({ exit: 0, err: "" });
  expect(before.out).toContain("from 2026-11-20 to 2026-12-03, days in Europe/Berlin.");
  for (const day of [1, 2]) expect((await run("apply", ...on(day), "--quiet")).exit).toBe(0);

  const stats = (...more: string[]) => run("ledger", "stats", ...on(3), ...more);
  const { out } = await stats("--days", "3");
  expect(out).toMatch(/^Deliveries from 2026-12-01 to 2026-12-03, days in Europe\/Berlin\n/);
  expect(out).toMatch(/\nTue 2026-12-01 +2 +1 +0 {2}█+▒+\nWed 2026-12-02 +2 +1 +0 {2}█+▒+\nThu /);
  expect(out).toContain("2 × user_unavailable 551/1545041: ");
  const json = JSON.parse((await stats("--since", "2026-12-02", "--format", "json")).out);
  expect(json).toMatchObject({
    ...{ format: "posthorn.ledger-stats/1", workspace: "small", from: "2026-12-02" },
    days: [{ date: "2026-12-02", sent: 2, failed: 1 }, { sent: 0 }],
    campaigns: [{ id: "hello", totals: { sent: 2, failed: 1 } }],
  });
  const page = (await stats("--campaign", "hello", "--format", "html")).out;
  expect(page).toMatch(/^<!doctype html>[\s\S]*4 sent · 2 failed[\s\S]*<\/html>\n$/);

  const failed = await run("ledger", "show", "--status", "failed", "unknown");
  expect(failed.out).toMatch(/^2 deliveries failed or unknown, the newest first\n\n.* to u2\n/);
  const listed = await run("ledger", "show", "--status", "sent", "--format", "json");
  expect(JSON.parse(listed.out)).toMatchObject({
    ...{ format: "posthorn.ledger-deliveries/1", total: 4 },
    deliveries: [{ status: "sent", occurrence: "2026-12-02T09:00:00Z" }, {}, {}, {}],
  });
});

test("ledger stats read a state on a branch, and name nobody", async () => {
  const state = SMALL_WORKSPACE.replace("state: data/state", "state: git+branch:ph-state");
  const { folder, runIn } = await greeted({ "posthorn.yaml": state });
  const { clone } = remoteWith(folder);
  expect((await runIn(clone())("apply", ...on(1), "--quiet")).exit).toBe(0);
  const { out, exit } = await runIn(clone())("ledger", "stats", ...on(1), "--days", "1");
  expect(exit).toBe(0);
  expect(out).toMatch(/\nTue 2026-12-01 +2 +1 +0 {2}█+▒+\n/);
  const shown = await runIn(clone())("ledger", "show", "--status", "failed");
  expect(shown.out).toMatch(/ to [0-9a-f]{32}\n/);
});

test("a stretch of days or a status that there is not is usage", async () => {
  const { folder, runIn } = await greeted();
  const run = runIn(folder);
  const wrong: readonly [readonly string[], RegExp][] = [
    [["stats", "--days", "0"], /--days takes a number from 1 to 3660, not "0"/],
    [["stats", "--days", "3661"], /not "3661"/],
    [["stats", "--days", "2.5"], /not "2.5"/],
    [["stats", "--since", "2026-12-04"], /--since takes a date from .* to 2026-12-03, not/],
    [["stats", "--since", "2026-11-31"], /not "2026-11-31"/],
    [["stats", "--since", "2026-12-01", "--days", "3"], /leave one out/],
    [["stats", "--campaign", "helo"], /Did you mean "hello"\?/],
    [["show", "--status", "lost"], /takes sent, failed, unknown, claimed, released, not "lost"/],
    [["show", "--user", "u1", "--status", "sent"], /leave out the other flags/],
  ];
  for (const [args, says] of wrong) {
    const { exit, out, err } = await run("ledger", ...args, ...on(3));
    expect({ args, exit, out }).toEqual({ args, exit: 64, out: "" });
    expect(err).toMatch(says);
  }
  const edges = ["1", "3660"].map((days) => run("ledger", "stats", ...on(3), "--days", days));
  for (const { exit } of await Promise.all(edges)) expect(exit).toBe(0);
});
