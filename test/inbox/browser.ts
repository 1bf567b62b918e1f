import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { findBrowser } from "../../scripts/find-browser.mjs";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { PAGE } from "../sandbox/graph.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** A browser for the tests of this file; ends with them. */
export function useBrowser(): { readonly get: Browser } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = findBrowser();
    if (executablePath === undefined) {
      throw new Error(
        "These tests drive a browser, and neither Chromium nor Chrome is installed. Install one " +
          "(apt-get install chromium), or name it in CHROME_PATH.",
      );
    }
    browser = await chromium.launch({ executablePath, args: FLAGS });
  });
  afterAll(() => browser?.close());
  return {
    get get() {
      if (browser === undefined) throw new Error("The browser is not there yet.");
      return browser;
    },
  };
}

/** The built sandbox, whose page is what is published. */
export async function openBuiltSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const built = pathToFileURL(resolve("dist/sandbox/start-sandbox.js")).href;
  const { startSandbox }: typeof import("../../src/sandbox/start-sandbox.ts") = await import(built);
  const sandbox = await startSandbox({ pageId: PAGE, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface OpenedInbox {
  readonly page: Page;
  /** What no page should do: errors on the console, and requests to anywhere else. */
  readonly complaints: string[];
}

/** The inbox in a fresh profile, its text in a pinned font so that every machine sees the same. */
export async function openInbox(
  browser: Browser,
  { url }: Sandbox,
  options: BrowserContextOptions = {},
): Promise<OpenedInbox> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 760 },
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (fault) => complaints.push(`thrown: ${fault.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.getByText("Live", { exact: true }).waitFor();
  return { page, complaints };
}

const FONTS = "node_modules/@fontsource/roboto/files";

/** Puts every text into one font that lies in the packages. Needs a context with `bypassCSP`. */
export async function pinFont(page: Page): Promise<void> {
  const faces = [400, 700].map((weight) => {
    const font = readFileSync(`${FONTS}/roboto-latin-${weight}-normal.woff2`).toString("base64");
    const source = `url(data:font/woff2;base64,${font}) format("woff2")`;
    return `@font-face { font-family: Pinned; font-weight: ${weight}; src: ${source}; }`;
  });
  const content = `${faces.join("")} * { font-family: Pinned !important; }`;
  await page.addStyleTag({ content });
  await page.evaluate("document.fonts.ready.then(() => undefined)");
}
