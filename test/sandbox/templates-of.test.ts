import { describe, expect, test } from "vitest";
import type { Content } from "../../src/model/campaign.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { templatesOf } from "../../src/sandbox/templates-of.ts";
import { campaignWith } from "../plan/fixtures.ts";
import { codeOf, openSandbox, send } from "./graph.ts";

function sending(template: JsonObject, over: Partial<Content> = {}) {
  const none = { variants: [], fallbacks: {}, onMissing: "skip" } as const;
  const content = { message: { template }, locales: new Map(), ...none, ...over };
  return campaignWith({ messaging: "UTILITY", content });
}

const parameters = (...texts: string[]) => texts.map((text) => ({ type: "text", text }));
const REMINDER = {
  name: "reminder",
  language: { code: "en" },
  components: [
    { type: "header", parameters: parameters("{{shop}}") },
    { type: "body", parameters: parameters("{{first_name}}", "noon") },
    { type: "buttons", parameters: [{ type: "POSTBACK", payload: "KEEP" }] },
  ],
};

describe("the templates of a workspace", () => {
  test("are approved in every language that a message names, and take what it fills", async () => {
    const german = new Map([["de", { template: { language: { code: "de" } } }]]);
    const templates = templatesOf([sending(REMINDER, { locales: german })]);
    expect(templates.map(({ name, language, status }) => [name, language, status])).toEqual([
      ["reminder", "en", "APPROVED"],
      ["reminder", "de", "APPROVED"],
    ]);
    const sandbox = await openSandbox({ templates });
    const over = { messaging_type: "UTILITY", message: { template: REMINDER } };
    expect(codeOf(await send(sandbox, over))).toBe("taken");
    const [header] = REMINDER.components;
    const fewer = { ...REMINDER, components: [header] };
    expect(codeOf(await send(sandbox, { ...over, message: { template: fewer } }))).toBe("100");
  });

  test("are one where two campaigns name the same", () => {
    expect(templatesOf([sending(REMINDER), sending(REMINDER)])).toHaveLength(1);
  });

  test.each([
    ["name", { ...REMINDER, name: "reminder_{{country}}" }],
    ["language", { ...REMINDER, language: { code: "{{locale}}" } }],
  ])("whose %s depends on the person stand for any", async (_, template) => {
    const templates = templatesOf([sending(template), sending(REMINDER)]);
    expect(templates.map(({ name }) => name)).toEqual(
      template.name === "reminder" ? [] : ["reminder"],
    );
  });
});
