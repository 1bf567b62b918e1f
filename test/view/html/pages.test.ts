import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { showPlanHtml } from "../../../src/view/html/plan-html.ts";
import { showReportHtml } from "../../../src/view/html/report-html.ts";
import { showStatsHtml } from "../../../src/view/html/stats-html.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { useBrowser } from "../../inbox/browser.ts";
import { violations } from "../../inbox/violations.ts";
import { statsWith } from "../ledger-stats.ts";
import { badReport } from "../report-fixtures.ts";
import { fullPlan } from "./full-plan.ts";
import { SCRIPTS, withWords } from "./read-html.ts";

const browser = useBrowser();
const PHONE = { width: 360, height: 640 };
const PAGES = {
  plan: () => showPlanHtml(fullPlan()),
  report: () => showReportHtml(badReport()),
  ledger: () => showStatsHtml(statsWith()),
} as const;

/** The page as somebody opens it who was mailed it; `complaints`: what no page should do. */
async function opened(html: string, options: BrowserContextOptions = {}) {
  const file = join(temporaryFolder(), "page.html");
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.get.newContext({ reducedMotion: "reduce", ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (fault) => complaints.push(`thrown: ${fault.message}`));
  page.on("request", (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll("details").forEach((one) => (one.open = true))`);
}

/** Boxes that nobody could read to their end. */
function tooWide(page: Page): Promise<number> {
  return page.evaluate(`document.documentElement.scrollWidth - innerWidth`);
}

describe.each(Object.entries(PAGES))("the page of a %s", (_name, html) => {
  test.each([
    ["light", undefined],
    ["dark", PHONE],
  ] as const)("is accessible in a %s scheme, viewport %j, and asks for nothing", async (...of) => {
    const [colorScheme, viewport] = of;
    // Without it the page's own policy keeps axe out too.
    const options = { colorScheme, bypassCSP: true, ...(viewport && { viewport }) };
    const { page, complaints } = await opened(html(), options);
    expect(await tooWide(page)).toBe(0);
    await unfold(page);
    expect(await tooWide(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("is whole, dark on light and no wider than its paper when printed", async () => {
    const { page, complaints } = await opened(html(), { viewport: { width: 700, height: 990 } });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const hidden = await page.evaluate(
      `[...document.querySelectorAll("details:not([open]) table")]
        .filter((one) => !one.checkVisibility() || one.getBoundingClientRect().height < 20).length`,
    );
    const folded = await page.locator("details:not([open])").count();
    const folds = await page.locator("details").count();
    expect({ hidden, folded: folded > 0 }).toEqual({ hidden: 0, folded: folds > 0 });
    const [ink, back] = await page.evaluate<string[]>(
      `[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]`,
    );
    expect({ ink, back }).toEqual({ ink: "rgb(28, 30, 33)", back: "rgb(255, 255, 255)" });
    const fills = await page.evaluate(
      `new Set([...document.querySelectorAll(".bar rect")]
        .map((one) => getComputedStyle(one).fill + getComputedStyle(one).stroke)).size`,
    );
    expect(fills).toBeGreaterThan(2);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
  });
});

describe("a page made of hostile words", () => {
  const words = `${SCRIPTS.join(" ")} \u202egnp.exe \u2066 ${"w".repeat(10_000)}`;

  test.each([
    ["plan", () => showPlanHtml(withWords(fullPlan(), words))],
    ["report", () => showReportHtml(withWords(badReport(), words))],
  ])("%s: runs nothing, asks for nothing and stays as wide as it is", async (_name, html) => {
    const { page, complaints } = await opened(html(), { viewport: PHONE, bypassCSP: true });
    await unfold(page);
    expect(await page.evaluate(`window.hacked`)).toBeUndefined();
    expect(
      await page.locator("script, img, [onfocus], [onerror], a:not([href^='#'])").count(),
    ).toBe(0);
    expect(await page.title()).toContain("Campaign ");
    expect(await tooWide(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("its policy runs no script and takes no other style, were one ever to get in", async () => {
    const evil = `<script>window.hacked = 1</script><style>body { color: red }</style>`;
    const html = showPlanHtml(fullPlan()).replace("<main", `${evil}<img src="x.png"><main`);
    const { page, complaints } = await opened(html);
    expect(await page.evaluate(`window.hacked`)).toBeUndefined();
    expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe("rgb(28, 30, 33)");
    expect(await page.evaluate(`getComputedStyle(document.querySelector("h1")).fontSize`)).toBe(
      "24px",
    );
    const refused = complaints.filter((one) => /violates the following Content Sec/.test(one));
    expect(refused).toHaveLength(3);
  });
});
