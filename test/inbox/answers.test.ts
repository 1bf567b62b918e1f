import { expect, test, vi } from "vitest";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { ANA, BEN, codeOf, HandClock, NOW, send } from "../sandbox/graph.ts";
import { openReceiver } from "../sandbox/receiver.ts";
import { openBuiltSandbox, openInbox, useBrowser } from "./browser.ts";

const browser = useBrowser();

test("a message appears while one looks, in the list and in the open conversation", async () => {
  const sandbox = await openBuiltSandbox();
  const { page, complaints } = await openInbox(browser.get, sandbox);
  expect(await page.locator(".row").count()).toBe(0);
  await send(sandbox, { message: { text: "The first" } });
  await page.locator(".row", { hasText: "The first" }).click();
  await page.locator(".entry", { hasText: "The first" }).waitFor();
  await send(sandbox, { message: { text: "The second" } });
  await page.locator(".entry", { hasText: "The second" }).waitFor();
  await page.locator(".row", { hasText: "The second" }).waitFor();
  await page.getByText("2 messages delivered").waitFor();
  expect(complaints).toEqual([]);
});

test("the conversation that got a message last moves to the top", async () => {
  const sandbox = await openBuiltSandbox();
  for (const id of [ANA, BEN]) await send(sandbox, { recipient: { id } });
  const { page } = await openInbox(browser.get, sandbox);
  const first = page.locator(".row").first();
  await expect.poll(() => first.getAttribute("data-psid")).toBe(BEN);
  await send(sandbox, { message: { text: "Again" } });
  await expect.poll(() => first.getAttribute("data-psid")).toBe(ANA);
});

test("after the sandbox was gone the page comes back by itself, with what it missed", async () => {
  const sandbox = await openBuiltSandbox();
  const { page } = await openInbox(browser.get, sandbox);
  await sandbox.close();
  await page.getByText("Not connected, trying again").waitFor();
  const again = await openBuiltSandbox({ port: sandbox.port });
  await send(again, { message: { text: "While it was away" } });
  await page.locator(".row", { hasText: "While it was away" }).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
});

test("an answer opens the window, stands in the conversation and is posted signed", async () => {
  const receiver = await openReceiver();
  const clock = new HandClock();
  const sandbox = await openBuiltSandbox({
    now: clock.now,
    people: { [ANA]: { lastInboundAt: NOW - 23 * 3_600_000 } },
    webhook: { url: receiver.url, appSecret: "secret" },
  });
  await send(sandbox);
  clock.advance(2 * 3_600_000);
  expect(codeOf(await send(sandbox))).toBe("10/2018278");
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(".row").click();
  await expect.poll(() => page.getByLabel("window closed").isChecked()).toBe(true);
  await page.getByLabel("Answer as this person").fill("Where is it? \u202e😀");
  await page.keyboard.press("Enter");
  await page.locator(".entry.received", { hasText: "Where is it?" }).waitFor();
  expect(await page.getByLabel("window closed").isChecked()).toBe(false);
  expect(codeOf(await send(sandbox))).toBe("taken");
  await vi.waitFor(() =>
    expect(receiver.events).toContainEqual({
      sender: { id: ANA },
      recipient: { id: "422500000000001" },
      timestamp: clock.at,
      message: { mid: expect.stringMatching(/^m_/), text: "Where is it? \u202e😀" },
    }),
  );
  expect(receiver.calls.every(({ headers }) => headers["x-hub-signature-256"])).toBe(true);
});

test("a quick reply and a button answer with their payloads, and the replies go away", async () => {
  const receiver = await openReceiver();
  const webhook = { url: receiver.url, appSecret: "secret" };
  const sandbox = await openBuiltSandbox({ webhook });
  await send(sandbox, { message: FULL_MESSAGES.button });
  await send(sandbox, { message: FULL_MESSAGES.text });
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(".row").click();
  await page.getByRole("button", { name: "Help" }).click();
  await page.locator(".entry.received", { hasText: "payload HELP" }).waitFor();
  expect(await page.locator(".bubble-replies").isVisible()).toBe(false);
  await send(sandbox, { message: FULL_MESSAGES.text });
  await page.getByRole("button", { name: "Track it" }).click();
  await page.locator(".entry.received", { hasText: "payload TRACK" }).waitFor();
  await expect.poll(() => page.locator(".bubble-replies:visible").count()).toBe(0);
  const mid = expect.any(String);
  await vi.waitFor(() => {
    expect(receiver.events.map(({ postback }) => postback)).toContainEqual({
      mid,
      title: "Help",
      payload: "HELP",
    });
    expect(receiver.events.map(({ message }) => message)).toContainEqual({
      mid,
      text: "Track it",
      quick_reply: { payload: "TRACK" },
    });
  });
});

test("somebody who is switched to blocked is unavailable, and available again", async () => {
  const sandbox = await openBuiltSandbox();
  await send(sandbox);
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(".row").click();
  const blocked = page.getByLabel("blocked the page", { exact: true });
  await blocked.check();
  await expect.poll(async () => codeOf(await send(sandbox))).toBe("551/1545041");
  await page.locator(".entry.refused", { hasText: "551/1545041" }).first().waitFor();
  await blocked.uncheck();
  await expect.poll(async () => codeOf(await send(sandbox))).toBe("taken");
});

test("faults are set by a box or by their text, and say what cannot be read", async () => {
  const sandbox = await openBuiltSandbox();
  const { page } = await openInbox(browser.get, sandbox);
  await page.getByRole("button", { name: "Faults" }).click();
  await page.getByLabel("Meta restricts the page").check();
  await page.getByRole("button", { name: "Set" }).click();
  await page.getByText("faults: restricted@1").waitFor();
  expect(codeOf(await send(sandbox))).toBe("10/1893063");
  await page.getByText("page restricted").waitFor();
  await page.getByRole("button", { name: "Faults" }).click();
  expect(await page.getByLabel("Meta restricts the page").isChecked()).toBe(true);
  await page.getByLabel("As written after --faults").fill("sneeze:1%");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText('No fault is named "sneeze"').waitFor();
  await page.getByRole("button", { name: "No faults" }).click();
  await expect.poll(async () => codeOf(await send(sandbox))).toBe("taken");
});

test("the details show delivery, campaign, commit and raw request, but no token", async () => {
  const sandbox = await openBuiltSandbox();
  const about = {
    campaign: "order/shipped",
    occurrence: "event-17",
    segment: "customers",
    commit: "19de00e",
  };
  const headers = {
    authorization: "Bearer the-token",
    "content-type": "application/json",
    "posthorn-about": encodeURIComponent(JSON.stringify(about)),
  };
  await send(sandbox, {}, { headers, token: "the-token" });
  await send(sandbox, { recipient: { id: BEN } });
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(`[data-psid="${ANA}"]`).click();
  await page.getByText("Why and how").click();
  const why = page.locator(".why");
  await why.getByText('"recipient"').waitFor();
  const text = await why.innerText();
  for (const fact of [...Object.values(about), "d1", "POST /v25.0/422500000000001/messages"]) {
    expect(text).toContain(fact);
  }
  expect(text).not.toContain("the-token");
  await page.locator(`[data-psid="${BEN}"]`).click();
  await page.getByText("Why and how").click();
  await page.getByText("The sender did not say which campaign").waitFor();
});

test("search, campaign and outcome narrow the list", async () => {
  const sandbox = await openBuiltSandbox({ people: { [BEN]: { blocked: true } } });
  const about = encodeURIComponent(JSON.stringify({ campaign: "order/shipped" }));
  const headers = { "content-type": "application/json", "posthorn-about": about };
  await send(sandbox, { message: { text: "Parcel A17" } }, { headers });
  await send(sandbox, { recipient: { id: BEN }, message: { text: "Parcel B18" } });
  const { page } = await openInbox(browser.get, sandbox);
  const rows = () => page.locator(".row").allInnerTexts();
  await page.getByText("2 conversations").waitFor();
  await page.getByRole("searchbox").fill("parcel a17");
  await page.getByText("1 conversation found").waitFor();
  expect((await rows()).join()).toContain("Parcel A17");
  await page.getByRole("searchbox").fill("");
  await page.getByLabel("Outcome").selectOption("refused");
  await page.getByText("1 conversation found").waitFor();
  expect((await rows()).join()).toContain("Parcel B18");
  await page.getByLabel("Outcome").selectOption("");
  await page.getByLabel("Campaign").selectOption("order/shipped");
  await page.getByText("1 conversation found").waitFor();
  expect((await rows()).join()).toContain("Parcel A17");
  await page.getByRole("searchbox").fill("nobody wrote this");
  await page.getByText("0 conversations found").waitFor();
});

test("a row is chosen though the list changes while the button is down", async () => {
  const sandbox = await openBuiltSandbox();
  for (const id of [ANA, BEN]) await send(sandbox, { recipient: { id } });
  const { page } = await openInbox(browser.get, sandbox);
  await page.locator(`[data-psid="${ANA}"]`).hover();
  await page.mouse.down();
  await send(sandbox, { recipient: { id: BEN }, message: { text: "Meanwhile" } });
  await page.getByText("3 messages delivered").waitFor();
  await page.mouse.up();
  await page.getByRole("heading", { name: ANA }).waitFor();
  await page.locator(".row", { hasText: "Meanwhile" }).waitFor();
});
