import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { posthornHere } from "./in-process.ts";
import { person, SMALL_CAMPAIGN, smallWorkspace } from "./posthorn.ts";

const DAILY = SMALL_CAMPAIGN.replace("{ at: now }", '{ every: "0 10 * * *" }');
const at = (day: number) => ["--now", `2026-12-0${day}T09:30:00Z`];

/** Somebody greeted every morning at ten, three people on the first day. */
async function greeted() {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const people = [1, 2, 3].map((n) => person(n, { last_inbound_at: "2026-12-02T08:00:00Z" }));
  const cwd = smallWorkspace({
    "campaigns/hello.yaml": DAILY,
    "data/users.ndjson": people.map((one) => `${JSON.stringify(one)}\n`).join(""),
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (...args: string[]) => posthornHere(args, { cwd, env });
  return { cwd, run };
}

test("a plan is a page, made from the plan document alone", async () => {
  const { cwd, run } = await greeted();
  const file = join(cwd, "plan.json");
  const ahead = [...at(1), "--horizon", "2d"];
  const { out, err, exit } = await run("plan", ...ahead, "--out", file, "--format", "html");
  expect({ err, exit }).toEqual({ err: "", exit: 0 });
  expect(out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(out).toContain("3 messages would be sent, from 1 campaign.");
  expect(out).toContain("days and times in <bdi>Europe/<wbr>Berlin</bdi>");
  expect(out).not.toContain("Against the last run");
  expect((await run("show", file, "--format", "html")).out).toBe(out);
});

test("the next plan knows how many the last completed occurrence was sent to", async () => {
  const { run } = await greeted();
  const planned = async (day: number): Promise<Plan> =>
    JSON.parse((await run("plan", ...at(day), "--format", "json")).out);
  expect((await planned(1)).snapshot.campaigns[0]).not.toHaveProperty("last_eligible");
  expect((await run("apply", ...at(1))).exit).toBe(0);
  expect((await planned(2)).snapshot.campaigns[0]).toMatchObject({ last_eligible: 3 });
  const { out } = await run("plan", ...at(2), "--format", "html");
  expect(out).toMatch(/last completed occurrence<\/th><td class="number">3<\/td>/);
  expect(out).toContain("this one (as many)");
});

test("an apply prints its report as a page, and a saved report is one too", async () => {
  const { cwd, run } = await greeted();
  const { out, exit } = await run("apply", ...at(1), "--format", "html", "--quiet");
  expect(exit).toBe(0);
  expect(out).toContain("3 messages sent to a sandbox.");
  const again = await run("apply", ...at(2), "--format", "json", "--quiet");
  writeFileSync(join(cwd, "report.json"), again.out);
  const shown = await run("show", join(cwd, "report.json"), "--format", "html");
  expect(shown.out).toContain("Campaign apply · ");
  expect(shown.out).toMatch(/sent<\/th><td class="number">3<\/td>/);
});

test("commands without a page say which forms they have", async () => {
  const { run } = await greeted();
  const { exit, err } = await run("validate", "--format", "html");
  expect(exit).toBe(64);
  expect(err).toContain("Use text or json or github.");
});
