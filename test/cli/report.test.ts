import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

async function setUp(faults: string) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const { plan } = parseFaults(faults);
  if (plan !== undefined) sandbox.setFaults(plan);
  const rows = Array.from({ length: 30 }, (_, n) => person(n, n < 5 ? { opt_in: false } : {}));
  const cwd = smallWorkspace({
    "data/users.ndjson": rows.map((row) => JSON.stringify(row)).join("\n"),
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (...args: string[]) => posthorn(args, { cwd, env });
  return { cwd, run };
}

function schemaCheck() {
  const schema = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  return ajv.addSchema(schema("plan.schema.json")).compile(schema("report.schema.json"));
}

describe("the report of an apply", () => {
  test("adds up, keeps to its schema, tells pauses, and is shown again from its file", async () => {
    const { cwd, run } = await setUp("551@2..4,garbage@6,32=1s@9");
    const { exit, out } = await run("apply", ...NOW, "--format", "json");
    expect(exit).toBe(0);
    const report: Report = JSON.parse(out);
    const check = schemaCheck();
    check(report);
    expect(check.errors ?? []).toEqual([]);
    expect(report.totals).toEqual({
      ...{ matched: 30, left_out: 5, sent: 21, failed: 3, unknown: 1, released: 0, untried: 0 },
    });
    const errors = report.campaigns[0]?.errors.map((one) => [one.class, one.code, one.count]);
    expect(errors).toEqual([
      ["user_unavailable", 551, 3],
      ["unknown", null, 1],
    ]);
    expect(report.pace).toMatchObject({ requests: 26 });
    expect(report.pace?.peak_per_second).toBeGreaterThan(5);
    expect(report.pace?.pauses).toEqual([
      { cause: "Meta limits the page (code 32)", count: 1, seconds: 1 },
    ]);
    writeFileSync(join(cwd, "report.json"), out);
    const shown = await run("show", "report.json");
    expect(shown.exit).toBe(0);
    expect(shown.out).toContain("Result: sent=21 failed=3 unknown=1 released=0 untried=0");
    expect(shown.out).toContain("posthorn ledger resolve");
    const markdown = await run("show", "report.json", "--format", "markdown");
    expect(markdown.out).toContain("| `hello` | 30 | 5 | 21 | 3 | 1 | 0 | 0 |");
  });

  test("of a page that Meta restricts on the way ends with 8 and says where to look", async () => {
    const { run } = await setUp("restricted@6+");
    const { exit, out } = await run("apply", ...NOW, "--format", "json");
    expect(exit).toBe(8);
    const report: Report = JSON.parse(out);
    expect(report.outcome).toBe("denied");
    expect(report.campaigns[0]?.stopped?.scope).toBe("page");
    expect(report.next.map(({ kind }) => kind)).toEqual(["access", "apply"]);
    expect(report.next[0]?.text).toContain("Page Quality");
    const { matched, ...parts } = report.totals;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(matched);
  });

  test("names no person, even where Meta does", async () => {
    const { run } = await setUp("100/2018001@1..3");
    const { out } = await run("apply", ...NOW, "--format", "json");
    expect(out).not.toMatch(/71000000000000\d\d|"u\d+"/);
    const markdown = await run("apply", ...NOW, "--format", "markdown");
    expect(markdown.out).toContain("Nothing was due; nothing was sent.");
  });

  test("--quiet says nothing but the report, elsewhere lines tell how it goes", async () => {
    const { run } = await setUp("");
    const loud = await run("apply", ...NOW);
    expect(loud.err).toMatch(/^hello: 25 of 25 {2}25 sent, 0 failed, 0 unknown {2}in \d+ s$/m);
    expect(loud.err).not.toContain("\r");
    const { run: again } = await setUp("");
    expect((await again("apply", ...NOW, "--quiet")).err).toBe("");
  });

  test("a file that is none is refused with its fault", async () => {
    const { cwd, run } = await setUp("");
    writeFileSync(join(cwd, "odd.json"), '{"format":"posthorn.report/1"}');
    const { exit, err } = await run("show", "odd.json");
    expect(exit).toBe(3);
    expect(err).toContain("odd.json says it is a posthorn.report/1, but it is not");
  });
});
