import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { codeOf, HandClock, send } from "../sandbox/graph.ts";
import { openBuiltSandbox, openInbox, pinFont, useBrowser } from "./browser.ts";
import { expectScreen } from "./screens.ts";

const browser = useBrowser();
const KINDS = Object.keys(FULL_MESSAGES) as (keyof typeof FULL_MESSAGES)[];

const psidOf = (place: number) => String(7_100_000_000_000_001 + place);

/** One conversation for each kind of message. */
async function everyKind(): Promise<Sandbox> {
  const sandbox = await openBuiltSandbox({ now: new HandClock().now });
  for (const [place, kind] of KINDS.entries()) {
    const answered = await send(sandbox, {
      recipient: { id: psidOf(place) },
      messaging_type: kind === "utility" ? "UTILITY" : "UPDATE",
      message: FULL_MESSAGES[kind],
    });
    expect(codeOf(answered)).toBe("taken");
  }
  return sandbox;
}

describe.each(["light", "dark"] as const)("in a %s scheme", (colorScheme) => {
  test("every kind of message looks as it did when it was looked at last", async () => {
    const sandbox = await everyKind();
    const options = { colorScheme, bypassCSP: true };
    const { page, complaints } = await openInbox(browser.get, sandbox, options);
    await pinFont(page);
    const different: string[] = [];
    for (const [place, kind] of KINDS.entries()) {
      await page.locator(`[data-psid="${psidOf(place)}"]`).click();
      await page.getByRole("heading", { name: psidOf(place) }).waitFor();
      const shot = await page.locator(".entry .bubble").screenshot({ animations: "disabled" });
      try {
        expectScreen(`${kind.replace("_", "-")}-${colorScheme}`, shot);
      } catch (fault) {
        different.push(`${kind}: ${fault instanceof Error ? fault.message : fault}`);
      }
    }
    expect(different).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test("no image, video or file that a message names is fetched", async () => {
  const sandbox = await everyKind();
  const { page, complaints } = await openInbox(browser.get, sandbox);
  for (const kind of ["image", "generic", "image_grid", "coupon", "receipt"] as const) {
    await page.locator(`[data-psid="${psidOf(KINDS.indexOf(kind))}"]`).click();
    await page.locator(".entry .bubble-media, .entry .bubble-rows").first().waitFor();
    expect(await page.locator(".bubble img, .bubble video, .bubble iframe").count()).toBe(0);
  }
  expect(complaints).toEqual([]);
});
