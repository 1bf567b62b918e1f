import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { ANA, BEN, send } from "../sandbox/graph.ts";
import { openBuiltSandbox, openInbox, useBrowser } from "./browser.ts";
import { violations } from "./violations.ts";

const browser = useBrowser();
const PHONE = { width: 360, height: 640 };

/** Every kind of message to one person, one of them refused, and an answer. */
async function fullConversation(): Promise<Sandbox> {
  const sandbox = await openBuiltSandbox({ people: { [BEN]: { blocked: true } } });
  await send(sandbox, { recipient: { id: BEN } });
  for (const [kind, message] of Object.entries(FULL_MESSAGES)) {
    await send(sandbox, { messaging_type: kind === "utility" ? "UTILITY" : "UPDATE", message });
  }
  await fetch(`${sandbox.url}/sandbox/answers`, {
    method: "POST",
    body: JSON.stringify({ psid: ANA, inbound: { type: "text", text: "Thanks!" } }),
  });
  await send(sandbox, { message: FULL_MESSAGES.text });
  return sandbox;
}

describe.each([
  ["light", undefined],
  ["dark", undefined],
  ["light", PHONE],
] as const)("axe finds nothing in a %s scheme, viewport %j", (colorScheme, viewport) => {
  test("in the list, a conversation, its details and the dialog of faults", async () => {
    const sandbox = await fullConversation();
    const shape = viewport === undefined ? {} : { viewport };
    const options = { colorScheme, bypassCSP: true, ...shape };
    const { page, complaints } = await openInbox(browser.get, sandbox, options);
    await page.locator(".row").first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator(`[data-psid="${ANA}"]`).click();
    await page.locator(".entry.received").waitFor();
    await page.getByText("Why and how").last().click();
    await page.locator(".request").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Faults" }).click();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test("everything can be reached and done by keyboard alone", async () => {
  const sandbox = await openBuiltSandbox();
  for (const id of [ANA, BEN]) {
    await send(sandbox, { recipient: { id }, message: FULL_MESSAGES.text });
  }
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(".row").nth(1).waitFor();
  const focused = () => page.evaluate(`document.activeElement.id`);
  const walked: unknown[] = [];
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press("Tab");
    walked.push(await focused());
  }
  expect(walked).toEqual(["open-faults", "search", "campaign", "outcome", "list"]);
  await page.keyboard.press("ArrowDown");
  expect(await page.locator("#list").getAttribute("aria-activedescendant")).toBe("row-1");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: ANA }).waitFor();
  expect(await focused()).toBe("thread-name");
  await tabTo(page, "Track it");
  await page.keyboard.press("Enter");
  await page.locator(".entry.received", { hasText: "payload TRACK" }).waitFor();
  expect(await focused()).toBe("reply-text");
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await page.locator(".entry.received", { hasText: "By keyboard" }).waitFor();
});

/** Presses Tab until the focus is on an element with this text. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let n = 0; n < 20; n++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(`document.activeElement.textContent.trim()`)) === text) return;
  }
  throw new Error(`Tab never came to "${text}"`);
}

test("on a phone one sees the list or a conversation, and comes back", async () => {
  const sandbox = await openBuiltSandbox();
  await send(sandbox);
  const { page } = await openInbox(browser.get, sandbox, { viewport: PHONE });
  await page.locator(".row").click();
  await page.locator(".entry").waitFor();
  expect(await page.locator("#list").isVisible()).toBe(false);
  expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(PHONE.width);
  await page.getByRole("button", { name: "Back" }).click();
  expect(await page.locator("#list").isVisible()).toBe(true);
  expect(await page.locator(".entry").count()).toBe(0);
});

test("a screen reader finds conversations as options, and new messages as a log", async () => {
  const sandbox = await openBuiltSandbox();
  for (const id of [ANA, BEN]) await send(sandbox, { recipient: { id } });
  const { page } = await openInbox(browser.get, sandbox);
  const option = page.getByRole("listbox", { name: "Conversations" }).getByRole("option").first();
  expect(await option.getAttribute("aria-setsize")).toBe("2");
  expect(await option.getAttribute("aria-posinset")).toBe("1");
  await option.click();
  await page.locator(".entry").waitFor();
  await expect.poll(() => option.getAttribute("aria-selected")).toBe("true");
  expect(await page.getByRole("log").locator(".entry").count()).toBe(1);
});
