import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/model/json.ts";
import { codesOf, compiled, contentOf, faultsOf } from "./content.ts";
import { FULL_MESSAGES } from "./full-messages.ts";

/** Texts: the message they stand in, where, and the limit (messenger-platform.md section 3). */
const TEXTS: readonly (readonly [keyof typeof FULL_MESSAGES, string, number])[] = [
  ["text", "text", 2000],
  ["text", "quick_replies.0.title", 20],
  ["text", "quick_replies.0.payload", 1000],
  ["button", "attachment.payload.text", 640],
  ["button", "attachment.payload.buttons.0.title", 20],
  ["button", "attachment.payload.buttons.1.title", 20],
  ["button", "attachment.payload.buttons.1.payload", 1000],
  ["button", "attachment.payload.buttons.2.title", 20],
  ["generic", "attachment.payload.elements.0.title", 80],
  ["generic", "attachment.payload.elements.0.subtitle", 80],
  ["coupon", "attachment.payload.title", 80],
  ["coupon", "attachment.payload.subtitle", 80],
  ["customer_feedback", "attachment.payload.title", 65],
  ["customer_feedback", "attachment.payload.subtitle", 80],
  ["customer_feedback", "attachment.payload.button_title", 20],
  ["customer_feedback", "attachment.payload.feedback_screens.0.questions.0.id", 80],
  ["customer_feedback", "attachment.payload.feedback_screens.0.questions.0.title", 85],
  [
    "customer_feedback",
    "attachment.payload.feedback_screens.0.questions.0.follow_up.placeholder",
    65,
  ],
  ["image_grid", "attachment.payload.elements.0.title", 45],
  ["image_grid", "attachment.payload.elements.0.subtitle", 80],
];

describe("a text", () => {
  for (const [kind, place, limit] of TEXTS) {
    const withText = (text: string) => replace(FULL_MESSAGES[kind], place, text);
    test(`${kind}: ${place} may have ${limit - 1} and ${limit} characters`, () => {
      expect(faultsOf({ message: withText("x".repeat(limit - 1)) })).toEqual([]);
      expect(faultsOf({ message: withText("x".repeat(limit)) })).toEqual([]);
    });
    test(`${kind}: ${place} may not have ${limit + 1}`, () => {
      const faults = faultsOf({ message: withText("x".repeat(limit + 1)) });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toContain(`message.${place} MESSAGE_LIMIT`);
      expect(faults[0]).toContain(`is ${limit + 1} characters, limit is ${limit}.`);
    });
    test(`${kind}: ${place} may not have ${limit + 1} beside its tags`, () => {
      const message = withText(`${"x".repeat(limit)}{{first_name}}y`);
      const want = `is ${limit + 1} characters, limit is ${limit}, even with nothing in its tags.`;
      expect(faultsOf({ message }).join()).toContain(want);
    });
    test(`${kind}: ${place} is measured again for each person`, () => {
      const content = compiled({ message: withText(`${"x".repeat(limit - 3)}{{first_name}}`) });
      const render = (first_name: string) =>
        content.render({ variant: null, locale: null, zone: "UTC", values: { first_name } });
      expect(render("An").kind).toBe("message");
      expect(render("Ana").kind).toBe("message");
      expect(render("Anna")).toMatchObject({
        kind: "invalid",
        findings: [{ code: "MESSAGE_LIMIT", path: ["message", ...keysOf(place)] }],
      });
    });
  }

  test("is counted in UTF-16 units", () => {
    expect(faultsOf({ message: { text: "🙂".repeat(1000) } })).toEqual([]);
    expect(faultsOf({ message: { text: `${"🙂".repeat(1000)}x` } }).join()).toContain(
      "is 2001 characters, limit is 2000",
    );
  });

  test("of a section counts only for those who get it", () => {
    const text = `a{{#vip}}${"x".repeat(2001)}{{/vip}}`;
    const content = compiled({ message: { text } });
    const render = (vip: boolean) =>
      content.render({ variant: null, locale: null, zone: "UTC", values: { vip } }).kind;
    expect([render(false), render(true)]).toEqual(["message", "invalid"]);
  });

  test("over its limit is not quoted, since it may tell of a person", () => {
    const content = compiled({ message: { text: "{{first_name}}" } });
    const values = { first_name: "Secret".repeat(400) };
    const rendered = content.render({ variant: null, locale: null, zone: "UTC", values });
    expect(JSON.stringify(rendered)).toContain("is 2400 characters, limit is 2000");
    expect(JSON.stringify(rendered)).not.toContain("Secret");
  });
});

/** Lists: message, place, least and most entries. */
const LISTS: readonly (readonly [keyof typeof FULL_MESSAGES, string, number, number])[] = [
  ["text", "quick_replies", 1, 13],
  ["button", "attachment.payload.buttons", 1, 3],
  ["generic", "attachment.payload.elements", 1, 10],
  ["generic", "attachment.payload.elements.0.buttons", 1, 3],
  ["media", "attachment.payload.elements", 1, 1],
  ["media", "attachment.payload.elements.0.buttons", 1, 1],
  ["receipt", "attachment.payload.elements", 0, 100],
  ["product", "attachment.payload.elements", 1, 10],
  ["customer_feedback", "attachment.payload.feedback_screens", 1, 1],
  ["customer_feedback", "attachment.payload.feedback_screens.0.questions", 1, 1],
  ["image_grid", "attachment.payload.elements", 1, 1],
  ["image_grid", "attachment.payload.elements.0.images", 2, 6],
  ["image_grid", "attachment.payload.elements.0.buttons", 1, 3],
  ["attachments", "attachments", 1, 30],
];

describe("a list", () => {
  for (const [kind, place, least, most] of LISTS) {
    const withCount = (count: number) => {
      const entry = valueAt(FULL_MESSAGES[kind], `${place}.0`);
      return { message: replace(FULL_MESSAGES[kind], place, Array(count).fill(entry)) };
    };
    test(`${kind}: ${place} takes ${least} to ${most} entries`, () => {
      expect(faultsOf(withCount(least))).toEqual([]);
      expect(faultsOf(withCount(most))).toEqual([]);
    });
    test(`${kind}: ${place} takes no more than ${most}`, () => {
      const detail = `message${shown(place)} has ${most + 1} entries, limit is ${most}.`;
      expect(faultsOf(withCount(most + 1))).toEqual([`message.${place} MESSAGE_LIMIT ${detail}`]);
    });
    if (least === 0) continue;
    test(`${kind}: ${place} takes no fewer than ${least}`, () => {
      expect(codesOf(withCount(least - 1))).toEqual([`message.${place} MESSAGE_LIMIT`]);
    });
  }
});

describe("a number", () => {
  const place = "attachment.payload.expires_in_days";
  for (const [days, codes] of [
    [0, [`message.${place} MESSAGE_VALUE`]],
    [1, []],
    [7, []],
    [8, [`message.${place} MESSAGE_VALUE`]],
  ] as const) {
    test(`feedback that expires in ${days} days`, () => {
      const message = replace(FULL_MESSAGES.customer_feedback, place, days);
      expect(codesOf({ message })).toEqual(codes);
    });
  }
});

describe("a whole message", () => {
  for (const [kind, message] of Object.entries(FULL_MESSAGES)) {
    const messaging = kind === "utility" ? "UTILITY" : "UPDATE";
    test(`${kind} with every key is fine and comes out as written`, () => {
      expect(faultsOf({ message }, { messaging })).toEqual([]);
      const content = compiled(contentlike(message));
      expect(content.render({ variant: null, locale: null, zone: "UTC", values: {} })).toEqual({
        kind: "message",
        message,
      });
    });

    for (const place of objectsOf(message)) {
      test(`${kind} with an unknown key in ${place || "itself"} is not`, () => {
        const broken = replace(message, place === "" ? "zzz" : `${place}.zzz`, "x");
        const want = `message.${place === "" ? "zzz" : `${place}.zzz`} MESSAGE_KEY_UNKNOWN`;
        expect(codesOf({ message: broken }, { messaging })).toEqual([want]);
      });
    }

    for (const place of leavesOf(message)) {
      test(`${kind} with a list for ${place} is not`, () => {
        const faults = codesOf({ message: replace(message, place, [[]]) }, { messaging });
        expect(faults.join()).toMatch(`message.${place}`);
      });
    }
  }
});

function contentlike(message: JsonObject) {
  expect(contentOf({ message }).message).toBe(message);
  return { message };
}

function shown(place: string): string {
  return keysOf(place)
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("");
}

function keysOf(place: string): readonly (string | number)[] {
  return place.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function valueAt(value: JsonValue, place: string): JsonValue {
  let found: unknown = value;
  for (const key of keysOf(place)) found = (found as Record<string | number, unknown>)[key];
  return found as JsonValue;
}

function replace(message: JsonObject, place: string, value: JsonValue): JsonObject {
  const copy = structuredClone(message) as Record<string, unknown>;
  const keys = keysOf(place);
  let target: Record<string | number, unknown> = copy;
  for (const key of keys.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  target[keys.at(-1) ?? ""] = value;
  return copy as JsonObject;
}

function objectsOf(value: JsonValue, place = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, entry]) =>
    objectsOf(entry, place === "" ? key : `${place}.${key}`),
  );
  return Array.isArray(value) ? inner : [place, ...inner];
}

function leavesOf(value: JsonValue, place = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [place];
  return Object.entries(value).flatMap(([key, entry]) =>
    leavesOf(entry, place === "" ? key : `${place}.${key}`),
  );
}
