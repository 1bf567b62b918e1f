import { describe, expect, test } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { call, codeOf, openSandbox, PAGE, send } from "./graph.ts";

const EDGE = `/v25.0/${PAGE}/message_templates`;
const REMINDER = {
  name: "reminder",
  language: "en",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "TEXT", text: "{{shop}} reminds you" },
    { type: "BODY", text: "Hi {{name}}, see you at {{time}}. Yes, at {{time}}." },
    { type: "BUTTONS", buttons: [{ type: "POSTBACK", text: "Cancel", payload: "c_{{1}}" }] },
  ],
};

function post(sandbox: Sandbox, template: object) {
  return call(sandbox, EDGE, { method: "POST", body: JSON.stringify(template) });
}

function use(name: string, language: string, values: Record<string, number>) {
  const components = Object.entries(values).map(([type, count]) => ({
    type,
    parameters: Array.from({ length: count }, (_, n) => ({ type: "text", text: `v${n}` })),
  }));
  const template = { name, language: { code: language }, components };
  return { messaging_type: "UTILITY", message: { template } };
}

async function withReminder(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await openSandbox(options);
  await post(sandbox, REMINDER);
  return sandbox;
}

describe("templates of the Page", () => {
  test("are approved when they are created, and listed by name", async () => {
    const sandbox = await openSandbox();
    const { json: created } = await post(sandbox, REMINDER);
    expect(created).toEqual({
      id: expect.stringMatching(/^\d+$/),
      status: "APPROVED",
      category: "UTILITY",
    });
    const { json: listed } = await call(sandbox, `${EDGE}?name=reminder`);
    expect(listed.data).toEqual([{ ...pick(REMINDER), id: created["id"], status: "APPROVED" }]);
    expect((await call(sandbox, `${EDGE}?name=other`)).json.data).toEqual([]);
  });

  test("are told apart by name and language", async () => {
    const sandbox = await withReminder();
    expect(codeOf(await post(sandbox, REMINDER))).toBe("100");
    expect(codeOf(await post(sandbox, { ...REMINDER, language: "de" }))).toBe("taken");
  });

  test.each([
    ["a name with capitals", { ...REMINDER, name: "Reminder" }],
    ["no language", { ...REMINDER, language: undefined }],
    ["no components", { ...REMINDER, components: undefined }],
  ])("with %s are refused", async (_, template) => {
    expect(codeOf(await post(await openSandbox(), template))).toBe("100");
  });

  test("are deleted by id, or in all languages by name", async () => {
    const sandbox = await withReminder();
    const { json: german } = await post(sandbox, { ...REMINDER, language: "de" });
    const remove = (query: string) => call(sandbox, `${EDGE}?${query}`, { method: "DELETE" });
    expect((await remove(`hsm_id=${german["id"]}`)).json).toEqual({ success: true });
    expect((await call(sandbox, EDGE)).json.data).toHaveLength(1);
    expect((await remove("name=reminder")).json).toEqual({ success: true });
    expect((await call(sandbox, EDGE)).json.data).toEqual([]);
    expect(codeOf(await remove("name=reminder"))).toBe("100");
  });
});

function pick({ name, language, components }: typeof REMINDER) {
  return { name, language, components };
}

describe("a utility message", () => {
  test.each<[string, ReturnType<typeof use>, string]>([
    ["fills every placeholder once", use("reminder", "en", { header: 1, body: 2 }), "taken"],
    ["may write the parts in capitals", use("reminder", "en", { HEADER: 1, BODY: 2 }), "taken"],
    ["with one value too few", use("reminder", "en", { header: 1, body: 1 }), "100"],
    ["with one value too many", use("reminder", "en", { header: 1, body: 3 }), "100"],
    ["in a language that is not there", use("reminder", "de", { header: 1, body: 2 }), "100"],
    ["of a template that nobody created", use("gone", "en", {}), "taken"],
  ])("%s", async (_, over, code) => {
    expect(codeOf(await send(await withReminder(), over))).toBe(code);
  });

  test("of a template that nobody created is refused by a strict sandbox", async () => {
    const sandbox = await withReminder({ strict: true, people: { "7100000000000001": {} } });
    expect(codeOf(await send(sandbox, use("gone", "en", {})))).toBe("100");
    expect(codeOf(await send(sandbox, use("reminder", "en", { header: 1, body: 2 })))).toBe(
      "taken",
    );
  });

  test.each(["PENDING", "REJECTED"] as const)("of a %s template is refused", async (status) => {
    const { name, language, components } = REMINDER;
    const sandbox = await openSandbox({
      templates: [{ id: "1", name, language, components, status }],
    });
    const refused = await send(sandbox, use("reminder", "en", { header: 1, body: 2 }));
    expect(codeOf(refused)).toBe("100");
    expect(refused.json.error?.message).toContain(`reminder (en) is ${status}`);
  });

  test.each([
    ["a template with another type", { ...use("reminder", "en", {}), messaging_type: "UPDATE" }],
    ["UTILITY without a template", { messaging_type: "UTILITY" }],
    [
      "a template without language",
      { ...use("x", "en", {}), message: { template: { name: "x" } } },
    ],
  ])("%s is refused", async (_, over) => {
    expect(codeOf(await send(await openSandbox(), over))).toBe("100");
  });
});
