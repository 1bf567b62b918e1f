import { expect, test } from "vitest";
import { ANA, send } from "../sandbox/graph.ts";
import { openBuiltSandbox, openInbox, useBrowser } from "./browser.ts";

const browser = useBrowser();

const SCRIPT = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">`;

/** Values that break out of pages which build HTML from text. */
const VALUES = [
  SCRIPT,
  `javascript:window.hacked=1`,
  `' onfocus='window.hacked=1' autofocus='`,
  "\u202egnp.exe\u202c \u2066 mirrored",
  "مرحبا بالعالم",
  "a\u0000b\u0008c",
  "n".repeat(1990),
];

test("whatever a message holds is shown as text and does nothing", async () => {
  const sandbox = await openBuiltSandbox();
  for (const value of VALUES) {
    const about = encodeURIComponent(JSON.stringify({ campaign: value.slice(0, 300) }));
    const headers = { "content-type": "application/json", "posthorn-about": about };
    const title = value.slice(0, 20);
    const buttons = [
      { type: "web_url", title, url: value },
      { type: "postback", title, payload: value.slice(0, 1000) },
    ];
    const payload = { template_type: "button", text: value.slice(0, 640), buttons };
    await send(sandbox, { message: { text: value, metadata: value.slice(0, 999) } }, { headers });
    await send(sandbox, { message: { attachment: { type: "template", payload } } }, { headers });
  }
  const { page, complaints } = await openInbox(browser.get, sandbox);
  await page.locator(".row").click();
  await expect.poll(() => page.locator(".entry").count()).toBe(2 * VALUES.length);
  for (const summary of await page.locator("summary").all()) await summary.click();
  await expect.poll(() => page.locator(".request").count()).toBe(2 * VALUES.length);
  expect(await page.evaluate(`window.hacked`)).toBeUndefined();
  expect(await page.locator(".entry script, .entry img, [onfocus], [onerror]").count()).toBe(0);
  expect(await page.locator('a:not([href^="http"])').count()).toBe(0);
  expect(await page.locator(".entry", { hasText: SCRIPT }).count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test("a name of 10,000 characters leaves the page as wide as it is", async () => {
  const sandbox = await openBuiltSandbox();
  const campaign = "c".repeat(10_000);
  const about = encodeURIComponent(JSON.stringify({ campaign }));
  const headers = { "content-type": "application/json", "posthorn-about": about };
  await send(sandbox, {}, { headers });
  await fetch(`${sandbox.url}/sandbox/answers`, {
    method: "POST",
    body: JSON.stringify({ psid: ANA, inbound: { type: "text", text: "w".repeat(2000) } }),
  });
  const { page } = await openInbox(browser.get, sandbox, { viewport: { width: 360, height: 640 } });
  await page.locator(".row").click();
  await page.locator(".entry.received").waitFor();
  expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(360);
  expect(await page.evaluate(`document.querySelector("#scroller").scrollWidth`)).toBeLessThan(361);
});
