import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { digest } from "../../src/model/canonical-json.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];
const GUARDS = "guards: { empty_audience: warn";

function people(count: number): string {
  return Array.from({ length: count }, (_, n) => JSON.stringify(person(n))).join("\n");
}

/** A workspace of which a plan was saved, and a page to send it to. */
async function setUp(files: Record<string, string> = {}) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const cwd = smallWorkspace(files);
  const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
  const edit = (path: string, from: string, to: string) =>
    write(path, readFileSync(join(cwd, path), "utf8").replace(from, to));
  const run = (...args: string[]) => posthorn([...args, ...NOW], { cwd, env });
  const save = async (...args: string[]) => {
    expect((await run("plan", "--out", "plan.json", ...args)).exit).toBe(0);
    return JSON.parse(readFileSync(join(cwd, "plan.json"), "utf8"));
  };
  const apply = (...args: string[]) => run("apply", "plan.json", ...args);
  return { sandbox, cwd, write, edit, run, save, apply };
}

describe("applying a saved plan", () => {
  test("sends just that, and nothing the second time", async () => {
    const { sandbox, save, apply } = await setUp();
    await save();
    const first = await apply();
    expect(first).toMatchObject({ exit: 0 });
    expect(sandbox.deliveredCount).toBe(3);
    const second = await apply();
    expect(second.exit).toBe(0);
    expect(second.out).toMatch(/^Result: sent=0 .*outcome=ok$/m);
    expect(sandbox.deliveredCount).toBe(3);
  });

  test("of another intent is stale and says entry by entry what moved", async () => {
    const later = SMALL_CAMPAIGN.replace("{ at: now }", "{ at: 2026-12-05T10:00 }");
    const { sandbox, write, edit, save, apply } = await setUp({
      "campaigns/gone.yaml": later,
      "campaigns/limit.yaml": later,
    });
    await save();
    edit("campaigns/hello.yaml", "Hello", "Hi");
    edit("campaigns/hello.yaml", "{ at: now }", "{ at: now, late_by: 2h }");
    edit("campaigns/gone.yaml", "status: active", "status: paused");
    edit("campaigns/limit.yaml", "purpose:", "max_recipients: 7\npurpose:");
    edit("posthorn.yaml", GUARDS, "guards: { empty_audience: block, max_recipients: 9");
    write("campaigns/new.yaml", later);
    const { exit, err } = await apply();
    expect(exit).toBe(5);
    const lines = err.split("\n").filter((line) => line.startsWith("  - "));
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}- hello: its message, audience or timing was changed \(revision/),
      "  - hello: send.late_by was not set and is 2h",
      "  - hello: max_recipients was not set and is 9",
      "  - limit: max_recipients was not set and is 7",
      "  - new is active now and was not",
      "  - gone is not active any more",
      "  - guards: max_recipients was not set and is 9",
      "  - guards: empty_audience was warn and is block",
    ]);
    expect(err).toContain("Nothing was sent. Plan again");
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("with as many people as its ceiling is fine, with one more it is stale", async () => {
    const growth = `${GUARDS}, max_growth: { percent: 50%, at_least: 4 }`;
    const { sandbox, write, save, apply } = await setUp({
      "posthorn.yaml": SMALL_WORKSPACE.replace(GUARDS, growth),
    });
    await save();
    write("data/users.ndjson", people(5));
    const more = await apply();
    expect(more.exit).toBe(5);
    expect(more.err).toContain("hello: 5 people now, 3 in the plan, at most 4");
    expect(sandbox.deliveredCount).toBe(0);
    write("data/users.ndjson", people(4));
    expect((await apply()).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(4);
  });

  test("with fewer people is fine", async () => {
    const { sandbox, write, save, apply } = await setUp();
    await save();
    write("data/users.ndjson", people(2));
    expect((await apply()).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(2);
  });

  test("above a written limit is blocked, not stale", async () => {
    const limited = SMALL_WORKSPACE.replace(GUARDS, `${GUARDS}, max_recipients: 3`);
    const { sandbox, write, save, apply } = await setUp({ "posthorn.yaml": limited });
    await save();
    write("data/users.ndjson", people(4));
    const { exit, out } = await apply();
    expect(exit).toBe(4);
    expect(out).toContain("block: max_recipients 4, limit 3");
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("that somebody edited is stale", async () => {
    const { sandbox, write, save, apply } = await setUp();
    const plan = await save();
    plan.snapshot.campaigns[0].ceiling = 99;
    write("plan.json", JSON.stringify(plan));
    const { exit, err } = await apply();
    expect(exit).toBe(5);
    expect(err).toContain("plan.json was changed after it was made");
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("of another workspace is stale, of a newer format or none at all invalid", async () => {
    const { sandbox, edit, write, save, apply, run } = await setUp();
    const plan = await save();
    edit("posthorn.yaml", "workspace: small", "workspace: other");
    const other = await apply();
    expect(other.exit).toBe(5);
    expect(other.err).toContain('The plan is of the workspace "small", and this is "other"');
    write("plan.json", JSON.stringify({ ...plan, format: "posthorn.plan/2" }));
    const newer = await apply();
    expect(newer.exit).toBe(3);
    expect(newer.err).toContain('has the format "posthorn.plan/2"');
    write("plan.json", "hello");
    expect((await apply()).exit).toBe(3);
    expect((await run("apply", "missing.json")).exit).toBe(64);
    expect((await run("apply", "plan.json", "another.json")).exit).toBe(64);
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("that was made with --only sends those alone", async () => {
    const other = SMALL_CAMPAIGN.replace("Hello", "Good day");
    const { sandbox, save, apply } = await setUp({ "campaigns/other.yaml": other });
    await save("--only", "other");
    expect((await apply()).exit).toBe(0);
    expect(sandbox.delivered.map(({ message }) => message["text"]).sort()).toEqual([
      ...["Good day Name1", "Good day Name2", "Good day Name3"],
    ]);
  });

  test("--expect holds the intent, and not the number of people below the limit", async () => {
    const { sandbox, edit, write, save, run } = await setUp();
    const { digests, intent } = await save();
    expect(digests.intent).toBe(digest(intent));
    write("data/users.ndjson", people(9));
    expect((await run("apply", "--expect", digests.intent)).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(9);
    edit("campaigns/hello.yaml", "Hello", "Hi");
    const { exit, err } = await run("apply", "--expect", digests.intent);
    expect(exit).toBe(5);
    expect(err).toContain(`not the expected ${digests.intent}`);
  });
});
