import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FaultPlan } from "../../src/sandbox/fault-plan.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_WORKSPACE, smallWorkspace, startPosthorn } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];
const PEOPLE = 400;

function planOf(text: string): FaultPlan {
  const { plan, problems } = parseFaults(text);
  if (plan === undefined) throw new Error(problems.join());
  return plan;
}

const NO_FAULTS = planOf("seed=0");

/** A workspace of 400 people, a sandbox to send to, and an apply that has begun to. */
async function setUp(of: { readonly rate: number; readonly faults?: string }) {
  const faults = of.faults === undefined ? NO_FAULTS : planOf(of.faults);
  const sandbox = await startSandbox({ pageId: "422500000000001", faults });
  onTestFinished(() => sandbox.close());
  const rows = Array.from({ length: PEOPLE }, (_, n) => JSON.stringify(person(n))).join("\n");
  const cwd = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("users:", `  rate: ${of.rate}/s\nusers:`),
    "data/users.ndjson": rows,
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const apply = (...args: string[]) =>
    startPosthorn(["apply", ...NOW, "--format", "json", ...args], { cwd, env });
  const statuses = async () => {
    const { out } = await posthorn(["ledger", "export"], { cwd });
    return out
      .trim()
      .split("\n")
      .map((line): string => JSON.parse(line).status);
  };
  return { sandbox, cwd, env, apply, statuses };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function nobodyTwice(sandbox: Sandbox): void {
  const ids = sandbox.delivered.map(({ deliveryId }) => deliveryId);
  expect(new Set(ids).size).toBe(ids.length);
}

const count = (all: readonly string[], status: string) =>
  all.filter((one) => one === status).length;

describe("a signal", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends an apply with %s, and the next one goes on there", async (signal, exit) => {
    const { sandbox, apply, statuses } = await setUp({ rate: 100 });
    const running = apply();
    await until(() => sandbox.deliveredCount > 60);
    const signalledAt = Date.now();
    running.child.kill(signal);
    const ran = await running.ended;
    expect(Date.now() - signalledAt).toBeLessThan(7_000);
    expect(ran.exit).toBe(exit);
    const { totals, outcome, cut_off: cutOff } = JSON.parse(ran.out);
    expect(outcome).toBe("interrupted");
    expect(cutOff).toEqual({ by: "signal", because: `${signal} came.` });
    expect(totals).toMatchObject({ sent: sandbox.deliveredCount, unknown: 0, failed: 0 });
    expect(totals.sent + totals.released + totals.untried).toBe(PEOPLE);
    expect(sandbox.deliveredCount).toBeLessThan(PEOPLE);
    expect(count(await statuses(), "sent")).toBe(sandbox.deliveredCount);

    expect((await apply().ended).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(PEOPLE);
    nobodyTwice(sandbox);
  });

  test("ends it within seven seconds although the platform hangs", async () => {
    const { sandbox, apply, statuses } = await setUp({ rate: 100, faults: "hang_after@31+" });
    const running = apply();
    await until(() => sandbox.deliveredCount > 60);
    const signalledAt = Date.now();
    running.child.kill("SIGTERM");
    const ran = await running.ended;
    expect(Date.now() - signalledAt).toBeLessThan(7_000);
    expect(ran.exit).toBe(143);
    const { totals } = JSON.parse(ran.out);
    expect(totals.sent).toBe(30);
    expect(totals.unknown).toBe(sandbox.deliveredCount - 30);

    sandbox.setFaults(NO_FAULTS);
    const next = await apply().ended;
    expect(JSON.parse(next.out).unresolved_before).toBe(totals.unknown);
    expect(sandbox.deliveredCount).toBe(PEOPLE);
    nobodyTwice(sandbox);
    expect(count(await statuses(), "unknown")).toBe(totals.unknown);
  });

  test("a second one ends it at once, and nobody gets it twice", async () => {
    const { sandbox, apply } = await setUp({ rate: 100, faults: "hang_after@31+" });
    const running = apply();
    await until(() => sandbox.deliveredCount > 60);
    running.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const signalledAt = Date.now();
    running.child.kill("SIGTERM");
    await running.ended;
    expect(Date.now() - signalledAt).toBeLessThan(1_000);
    sandbox.setFaults(NO_FAULTS);
    // What was claimed and not sent cannot be told from what was: it is left alone.
    expect((await apply().ended).exit).toBe(0);
    expect(sandbox.deliveredCount).toBeGreaterThan(PEOPLE / 2);
    nobodyTwice(sandbox);
  });
});

test("--max-runtime ends an apply with 7, and the next one goes on there", async () => {
  const { sandbox, apply } = await setUp({ rate: 100 });
  const ran = await apply("--max-runtime", "3s").ended;
  expect(ran.exit).toBe(7);
  const { cut_off: cutOff, totals } = JSON.parse(ran.out);
  expect(cutOff.by).toBe("max_runtime");
  expect(totals.sent).toBe(sandbox.deliveredCount);
  expect(totals.unknown).toBe(0);
  expect(sandbox.deliveredCount).toBeLessThan(PEOPLE);
  expect((await apply().ended).exit).toBe(0);
  expect(sandbox.deliveredCount).toBe(PEOPLE);
  nobodyTwice(sandbox);
});

describe("a halt", () => {
  test("stops an apply within a batch, keeps others from sending, and is lifted", async () => {
    const { sandbox, cwd, apply } = await setUp({ rate: 60 });
    const running = apply();
    await until(() => sandbox.deliveredCount > 20);
    const halted = await posthorn(["halt", "--because", "wrong\nprice"], { cwd });
    expect(halted).toMatchObject({ exit: 0, err: "" });
    expect(halted.out).toContain("Applies of small are halted: wrong price.");
    const atHalt = sandbox.deliveredCount;
    const ran = await running.ended;
    expect(ran.exit).toBe(7);
    expect(JSON.parse(ran.out).cut_off).toEqual({
      by: "halt",
      because: "Applies were halted: wrong price.",
    });
    expect(sandbox.deliveredCount - atHalt).toBeLessThanOrEqual(60 + 64);

    const delivered = sandbox.deliveredCount;
    const other = await apply().ended;
    expect(other).toMatchObject({ exit: 4, out: "" });
    expect(other.err).toContain("Applies are halted: wrong price. Nothing was sent.");
    const planned = await posthorn(["plan", ...NOW], { cwd });
    expect(planned.exit).toBe(0);
    expect(planned.out).toContain("HALTED");
    expect(sandbox.deliveredCount).toBe(delivered);

    expect((await posthorn(["halt", "--lift"], { cwd })).exit).toBe(0);
    expect((await apply().ended).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(PEOPLE);
    nobodyTwice(sandbox);
  });

  test("can be made by hand, and before anything was ever applied", async () => {
    const { sandbox, cwd, apply } = await setUp({ rate: 300 });
    await posthorn(["halt"], { cwd });
    expect((await apply().ended).err).toContain("no reason was given");
    await posthorn(["halt", "--lift"], { cwd });
    writeFileSync(join(cwd, "data/state/halt"), "");
    expect((await apply().ended).exit).toBe(4);
    await posthorn(["halt", "--lift"], { cwd });
    expect(existsSync(join(cwd, "data/state/halt"))).toBe(false);
    expect((await posthorn(["halt", "--lift"], { cwd })).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(0);
    expect((await apply().ended).exit).toBe(0);
  });
});

test("a token that dies in mid-send stops all at once with 8", async () => {
  const { sandbox, apply } = await setUp({ rate: 100, faults: "delay=50ms:100%,revoked@100" });
  const ran = await apply().ended;
  expect(ran.exit).toBe(8);
  const { totals, campaigns } = JSON.parse(ran.out);
  expect(campaigns[0].stopped.scope).toBe("run");
  expect(totals.sent).toBe(99);
  // What was under way: at 100/s and 50 ms about five.
  expect(totals.failed).toBeLessThan(20);
  expect(totals.sent + totals.failed + totals.released + totals.untried).toBe(PEOPLE);
  sandbox.setFaults(NO_FAULTS);
  await apply().ended;
  nobodyTwice(sandbox);
});

test("a platform that is away ends a short run at once, and everybody stays due", async () => {
  const { sandbox, cwd, apply, statuses } = await setUp({ rate: 300 });
  const env = { POSTHORN_GRAPH_URL: "http://127.0.0.1:1", MESSENGER_PAGE_TOKEN: "any" };
  const args = ["apply", ...NOW, "--format", "json", "--max-runtime", "4s"];
  const ran = await posthorn(args, { cwd, env });
  expect(ran.exit).toBe(7);
  const { cut_off: cutOff, totals } = JSON.parse(ran.out);
  expect(cutOff.by).toBe("outage");
  expect(totals).toMatchObject({ sent: 0, failed: 0, unknown: 0 });
  expect(new Set(await statuses())).toEqual(new Set(["released"]));
  expect((await apply().ended).exit).toBe(0);
  expect(sandbox.deliveredCount).toBe(PEOPLE);
});
