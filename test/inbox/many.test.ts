import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { sendBody } from "../sandbox/graph.ts";
import { openBuiltSandbox, openInbox, useBrowser } from "./browser.ts";

const browser = useBrowser();
const MESSAGES = 20_000;

/** Sends by batches of 50, which is quicker than call by call. */
async function sendMany(sandbox: Sandbox, psidOf: (n: number) => string): Promise<void> {
  const callTo = (n: number) => ({
    method: "POST",
    relative_url: "me/messages",
    body: formOf({
      recipient: { id: psidOf(n) },
      message: { text: `Message ${n}`, metadata: `d${n}` },
    }),
  });
  for (let from = 0; from < MESSAGES; from += 50) {
    const batch = Array.from({ length: 50 }, (_, n) => callTo(from + n));
    const body = JSON.stringify({ batch });
    const headers = { authorization: "Bearer any" };
    await (await fetch(`${sandbox.url}/v25.0/`, { method: "POST", headers, body })).arrayBuffer();
  }
}

function formOf(over: Record<string, unknown>): string {
  const fields = Object.entries(sendBody(over)).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1_000_000;
}

/** The longest a frame took while the list was scrolled from top to end, in milliseconds. */
const SCROLL = `new Promise((resolve) => {
  const list = document.querySelector("#list");
  const step = list.scrollHeight / 120;
  const frames = [];
  let last = performance.now();
  const next = (now) => {
    frames.push(now - last);
    last = now;
    list.scrollTop += step;
    if (frames.length < 120) requestAnimationFrame(next);
    else resolve(frames.sort((a, b) => a - b));
  };
  requestAnimationFrame(next);
})`;

test("20,000 conversations are there at once, scroll smoothly and hold little memory", async () => {
  const sandbox = await openBuiltSandbox();
  await sendMany(sandbox, (n) => String(7_100_000_000_000_000 + n));
  expect(sandbox.deliveredCount).toBe(MESSAGES);
  const { page, complaints } = await openInbox(browser.get, sandbox);
  await page.locator(".row").first().waitFor();
  await page.reload();
  await page.locator(".row").first().waitFor();
  const paintedMs = await page.evaluate(
    `performance.getEntriesByName("first-contentful-paint")[0].startTime`,
  );
  const listedMs = await page.evaluate(`performance.now()`);
  expect(paintedMs).toBeLessThan(1000);
  expect(listedMs).toBeLessThan(2000);
  await page.getByText("20,000 conversations").waitFor();
  const frames: number[] = await page.evaluate(SCROLL);
  expect(frames[Math.floor(frames.length * 0.9)]).toBeLessThan(50);
  await expect.poll(() => page.locator('[data-index="19999"]').count()).toBe(1);
  expect(await page.locator(".row").count()).toBeLessThan(60);
  const mb = await heapMb(page);
  expect(mb).toBeLessThan(30);
  expect(complaints).toEqual([]);
});

test("a conversation of 20,000 messages shows its newest, and older ones bit by bit", async () => {
  const sandbox = await openBuiltSandbox();
  await sendMany(sandbox, () => "7100000000000001");
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(".row").click();
  await page.locator(".entry", { hasText: "Message 19999" }).waitFor();
  expect(await page.locator(".entry").count()).toBe(50);
  for (let n = 1; n <= 8; n++) {
    await page.getByRole("button", { name: "Older messages" }).click();
    const oldest = 19_999 - 50 * (n + 1) + 1;
    await page.getByText(`Message ${oldest}`, { exact: true }).waitFor();
  }
  expect(await page.locator(".entry").count()).toBe(300);
  await page.getByRole("button", { name: "Newer messages" }).click();
  await page.getByText("Message 19899", { exact: true }).waitFor();
  expect(await heapMb(page)).toBeLessThan(30);
});

test("a burst of messages does not hold up the page", async () => {
  const sandbox = await openBuiltSandbox();
  const { page } = await openInbox(browser.get, sandbox);
  const sending = sendMany(sandbox, (n) => String(7_100_000_000_000_000 + (n % 500)));
  const startedAt = performance.now();
  await page.getByRole("searchbox").fill("Message");
  await page.locator(".row").first().click();
  await page.locator(".entry").first().waitFor();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  await sending;
  await page.getByText("20,000 messages delivered").waitFor();
});
