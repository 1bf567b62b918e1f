import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const GUARDS = "guards: { empty_audience: warn";
const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
/** Somebody whose window stays open for the days of these tests. */
const patient = (n: number, over: object = {}) =>
  person(n, { last_inbound_at: "2026-12-08T00:00:00Z", ...over });
const crowd = (count: number) => Array.from({ length: count }, (_, n) => patient(n));

async function setUp(files: Record<string, string>) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const cwd = smallWorkspace(files);
  const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
  const apply = (now: string, ...more: string[]) =>
    posthorn(["apply", "--now", now, ...more], { cwd, env });
  const sent = async (now: string) => {
    const ran = await apply(now, "--format", "json");
    return ran.exit === 0 ? JSON.parse(ran.out).totals.sent : ran.exit;
  };
  return { sandbox, cwd, write, apply, sent };
}

describe("exit 4, and nothing is sent", () => {
  const now = "2026-12-01T09:30:00Z";
  const blocked: readonly [string, Record<string, string>, RegExp][] = [
    [
      "when one apply would reach more than the workspace allows",
      { "posthorn.yaml": SMALL_WORKSPACE.replace(GUARDS, `${GUARDS}, max_recipients: 2`) },
      /block: max_recipients 3, limit 2 {2}posthorn\.yaml:\d+[\s\S]*rule: max_recipients, limit: 3/,
    ],
    [
      "when a campaign would reach more than it says itself",
      { "campaigns/hello.yaml": `${SMALL_CAMPAIGN}max_recipients: 2\n` },
      /block: max_recipients hello: 3, limit 2 {2}campaigns\/hello\.yaml:1[\s\S]*max_recipients: 3/,
    ],
    [
      "when nobody would get it",
      {
        "posthorn.yaml": SMALL_WORKSPACE.replace(GUARDS, "guards: { empty_audience: block"),
        "campaigns/hello.yaml": SMALL_CAMPAIGN.replace(
          "segment: everyone",
          "where: { country: AT }",
        ),
      },
      /block: empty_audience hello: 0, limit 1[\s\S]*rule: empty_audience, until:/,
    ],
  ];
  for (const [when, files, says] of blocked) {
    test(when, async () => {
      const { sandbox, apply } = await setUp(files);
      const { exit, out, err } = await apply(now);
      expect(exit).toBe(4);
      expect(out).toMatch(says);
      expect(err).toContain("A guard holds; nothing was sent.");
      expect(sandbox.deliveredCount).toBe(0);
    });
  }

  test("when several guards hold, all of them are shown", async () => {
    const { apply } = await setUp({
      "posthorn.yaml": SMALL_WORKSPACE.replace(GUARDS, `${GUARDS}, max_recipients: 2`),
      "campaigns/hello.yaml": `${SMALL_CAMPAIGN}max_recipients: 1\n`,
    });
    const { exit, out, err } = await apply(now);
    expect(exit).toBe(4);
    expect(out.match(/^! block:/gm)).toHaveLength(2);
    expect(err).toContain("2 guards hold; nothing was sent.");
  });
});

describe("max_growth", () => {
  const workspace = SMALL_WORKSPACE.replace(
    GUARDS,
    `${GUARDS}, max_growth: { percent: 50%, at_least: 5 }`,
  );
  const daily = (send: string) => SMALL_CAMPAIGN.replace("{ at: now }", `{ ${send} }`);

  test("compares an occurrence with the last completed one, and not the first", async () => {
    const { write, apply, sent } = await setUp({
      "posthorn.yaml": workspace,
      "campaigns/hello.yaml": daily('every: "0 10 * * *", late_by: 2h'),
      "data/users.ndjson": lines(crowd(6)),
    });
    expect(await sent("2026-12-01T09:30:00Z")).toBe(6);
    write("data/users.ndjson", lines(crowd(10)));
    const { exit, out } = await apply("2026-12-02T09:30:00Z");
    expect(exit).toBe(4);
    expect(out).toMatch(/block: max_growth hello: 10, limit 9[\s\S]*rule: max_growth, limit: 67%/);
    write("data/users.ndjson", lines(crowd(9)));
    expect(await sent("2026-12-02T09:31:00Z")).toBe(9);
  });

  test("counts what was tried of an occurrence that goes out zone by zone", async () => {
    const zones = ["Asia/Tokyo", "Europe/Berlin", "America/Lima"];
    const of = (counts: readonly number[]) =>
      lines(
        counts.flatMap((count, zone) =>
          Array.from({ length: count }, (_, n) =>
            patient(100 * zone + n, { timezone: zones[zone] }),
          ),
        ),
      );
    const { write, apply, sent } = await setUp({
      "posthorn.yaml": workspace.replace("  attributes:", "  timezone: timezone\n  attributes:"),
      "campaigns/hello.yaml": daily(
        'every: "0 10 * * *", timezone: user, from: 2026-12-01, late_by: 2h',
      ),
      "data/users.ndjson": of([2, 2, 2]),
    });
    expect(await sent("2026-12-01T01:30:00Z")).toBe(2); // Tokyo
    expect(await sent("2026-12-01T09:30:00Z")).toBe(2); // Berlin
    expect(await sent("2026-12-01T15:30:00Z")).toBe(2); // Lima: the first occurrence is complete
    write("data/users.ndjson", of([3, 7, 2]));
    expect(await sent("2026-12-02T01:30:00Z")).toBe(3);
    // 7 alone are fewer than 9, but with Tokyo's 3 the occurrence comes to 10.
    const { exit, out } = await apply("2026-12-02T09:30:00Z");
    expect(exit).toBe(4);
    expect(out).toContain("block: max_growth hello: 10, limit 9");
    write("data/users.ndjson", of([3, 4, 2]));
    expect(await sent("2026-12-02T09:31:00Z")).toBe(4);
    expect(await sent("2026-12-02T15:30:00Z")).toBe(2);
  });
});

describe("--only", () => {
  const capped = SMALL_WORKSPACE.replace(GUARDS, `${GUARDS}, frequency_cap: { max: 1, per: 7d }`);
  const first = SMALL_CAMPAIGN.replace("{ at: now }", "{ at: now }\npriority: 9");
  const now = "2026-12-01T09:30:00Z";

  test("judges a campaign alone, says what that means for caps, and passes none", async () => {
    const { sandbox, apply } = await setUp({
      "posthorn.yaml": capped,
      "campaigns/first.yaml": first,
    });
    const only = JSON.parse((await apply(now, "--only", "hello", "--format", "json")).out);
    expect(only.totals).toMatchObject({ matched: 3, left_out: 0, sent: 3 });
    expect(only.warnings).toMatchObject([
      { code: "ONLY_AND_CAPS", detail: expect.stringContaining("--only leaves out first.") },
    ]);
    const all = JSON.parse((await apply(now, "--format", "json")).out);
    const leftOut = all.campaigns.map((one: { left_out: object }) => one.left_out);
    expect(leftOut).toContainEqual({ frequency_cap: 3 });
    expect(all.totals.sent).toBe(0);
    expect(sandbox.deliveredCount).toBe(3);
  });
});
