import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { showReport } from "../../src/view/report-text.ts";
import { badReport, campaignReport, reportWith } from "./report-fixtures.ts";

const HOSTILE = "a\u001b[31m\u202e\n::add-mask::e\nResult: sent=0";
const shown = (report: Report, width = 80) => showReport(report, { color: false, width });

describe("a report as text", () => {
  for (const width of [80, 120]) {
    test(`of a bad day fits ${width} columns and says what to do`, async () => {
      const text = shown(badReport(), width);
      await expect(text).toMatchFileSnapshot(`golden/report-bad-day-${width}.txt`);
      const wide = text.split("\n").filter((line) => [...line].length > width);
      expect(wide).toEqual([]);
    });
  }

  test("of a good day is short", async () => {
    await expect(shown(reportWith())).toMatchFileSnapshot("golden/report-good-day-80.txt");
  });

  test("has numbers that stand under each other and add up", () => {
    const lines = shown(badReport()).split("\n");
    const start = lines.findIndex((line) => line.startsWith("> offers/advent-lights"));
    const rows = lines
      .slice(start + 1)
      .map((line) => /^( {4}[ \d,]*\d) ([a-z ]+?)(?: {2,}.*)?$/.exec(line))
      .filter((row) => row !== null)
      .map((row) => ({ end: row[1]?.length, value: Number(row[1]?.replaceAll(",", "")) }));
    const [matched, ...parts] = rows.map(({ value }) => value);
    expect(parts).toHaveLength(6);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(matched);
    expect(new Set(rows.map(({ end }) => end)).size).toBe(1);
  });

  test("is the same in colour but for the escapes", () => {
    const coloured = showReport(badReport(), { color: true, width: 80 });
    expect(coloured).toContain("\u001b[33m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(shown(badReport()));
  });

  test("with nothing due says just that", () => {
    const totals = { ...reportWith().totals, matched: 0, left_out: 0, sent: 0 };
    const idle = shown(reportWith({ campaigns: [], totals, pace: null }));
    expect(idle.split("\n")[0]).toBe("Nothing was due; nothing was sent.");
  });

  test("hostile words of Meta or of YAML stay on their own line", () => {
    const errors = [
      { class: "rejected", code: 1, subcode: null, message: HOSTILE, count: 1 } as const,
    ];
    const stopped = { scope: "campaign", because: HOSTILE } as const;
    const text = shown(
      reportWith({
        campaigns: [campaignReport({ id: HOSTILE, failed: 1, errors, stopped })],
        next: [{ kind: "stop", text: HOSTILE, command: HOSTILE }],
      }),
    );
    expect(text.match(/^Result:/gm)).toHaveLength(1);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});

test("the reports of these tests are what the schema says", () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema(schema("plan.schema.json"));
  const check = ajv.compile(schema("report.schema.json"));
  for (const report of [badReport(), reportWith()]) {
    check(report);
    expect(check.errors ?? []).toEqual([]);
  }
  expect(check({ ...reportWith(), token: "x" })).toBe(false);
});
