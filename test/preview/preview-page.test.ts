import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Preview } from "../../src/model/preview.ts";
import { showPreviewHtml } from "../../src/view/html/preview-html.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { useBrowser } from "../inbox/browser.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { BUSY, previewWith, sight } from "../view/preview-fixtures.ts";

const browser = useBrowser();
const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const PHONE = { viewport: { width: 360, height: 640 } };

/** The document as somebody opens it who was sent it; `complaints`: what no document should do. */
async function opened(preview: Preview, options: BrowserContextOptions = {}) {
  const path = join(temporaryFolder(), "preview.html");
  writeFileSync(path, showPreviewHtml(preview));
  const context = await browser.get.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(path).href;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (fault) => complaints.push(fault.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  page.on("request", (request) => {
    if (request.url() !== address) complaints.push(request.url());
  });
  await page.goto(address);
  return { page, complaints };
}

async function violations(page: Page): Promise<readonly string[]> {
  const found = (await page.evaluate(`(() => { ${AXE} })(); axe.run()`)) as {
    readonly passes: readonly unknown[];
    readonly violations: readonly { readonly id: string; readonly nodes: readonly unknown[] }[];
  };
  expect(found.passes.length).toBeGreaterThan(5);
  return found.violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes)}`);
}

const ALL = previewWith(...Object.values(FULL_MESSAGES).map((message) => sight(message)));
const EVERYTHING = { ...BUSY, versions: [...BUSY.versions, ...ALL.versions] };

describe.each([
  ["light", {}],
  ["dark", {}],
  ["light", PHONE],
] as const)("a preview in a browser, %s, %j", (colorScheme, shape) => {
  test("has nothing that axe finds wrong, and is no wider than the page", async () => {
    const options = { colorScheme, bypassCSP: true, ...shape };
    const { page, complaints } = await opened(EVERYTHING, options);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBe(page.viewportSize()?.width);
  });
});

test("whatever a value holds is shown as text, does nothing and asks for nothing", async () => {
  const script = `"><script>window.hacked = 1</script><img src="https://evil.example/x.png">`;
  const values = [
    script,
    "</style><style>body { background: url(https://evil.example/y.png) }</style>",
    "' onmouseover='window.hacked = 1' autofocus onfocus='window.hacked = 1",
    "javascript:window.hacked=1",
    "\u202egnp.exe\u202c \u2066 mirrored",
    "a\u0000b\u0008c",
    "n".repeat(10_000),
  ];
  const hostile = values.map((value) =>
    sight(
      {
        attachment: {
          type: "template",
          payload: {
            template_type: "button",
            text: value,
            buttons: [{ type: "web_url", title: value, url: value }],
          },
        },
      },
      {
        person: value,
        outcome: "invalid_message",
        because: [value],
        values: [{ name: value, value, from: "person" }],
      },
    ),
  );
  const { page, complaints } = await opened(previewWith(...hostile), PHONE);
  expect(await page.locator(".sight").count()).toBe(values.length);
  expect(await page.locator(".sight", { hasText: script }).count()).toBe(1);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("script, img, a, [onmouseover], [onfocus], iframe").count()).toBe(0);
  expect(await page.evaluate("document.styleSheets.length")).toBe(1);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  expect(complaints).toEqual([]);
});

test("its own style sheet is the one that its policy lets in", async () => {
  const { page } = await opened(BUSY);
  const shape = await page.evaluate(
    `getComputedStyle(document.querySelector(".bubble-text")).borderRadius`,
  );
  expect(shape).toBe("18px");
});
