import { describe, expect, test } from "vitest";
import { messageValidator } from "../../src/message/check-structure.ts";
import { isHttpUrl, leafRules } from "../../src/message/leaf-rules.ts";
import { SEND_API_MESSAGE_SCHEMA } from "../../src/model/generated/send-api-message-schema.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "./full-messages.ts";

/** Every property that an object of the schema declares, by name. */
function properties(node: JsonValue): readonly (readonly [string, JsonObject])[] {
  if (Array.isArray(node)) return node.flatMap(properties);
  if (!isJsonObject(node)) return [];
  const { if: _if, then: _then, examples: _examples, ...rest } = node;
  const own = isJsonObject(rest["properties"]) ? Object.entries(rest["properties"]) : [];
  return [
    ...own.filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1])),
    ...Object.values(rest).flatMap(properties),
  ];
}

describe("the schema of the message", () => {
  const all = properties(SEND_API_MESSAGE_SCHEMA);

  test("says of every property what it is, with an example and its source", () => {
    expect(all.length).toBeGreaterThan(100);
    for (const [name, property] of all) {
      expect(property["description"], name).toMatch(/\.$/);
      expect(property["examples"], name).toBeInstanceOf(Array);
      expect(property["$comment"], name).toBeTruthy();
    }
  });

  test("takes its own example and every full message", () => {
    const validate = messageValidator();
    const [example] = SEND_API_MESSAGE_SCHEMA["examples"] as readonly JsonObject[];
    for (const message of [example, ...Object.values(FULL_MESSAGES)]) {
      expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test("marks every key that ends in url as an address, the template's URL suffix aside", () => {
    const addresses = Object.entries(FULL_MESSAGES).flatMap(([, message]) =>
      [...leafRules(message)].filter(([pointer]) => /url$/.test(pointer)),
    );
    expect(addresses.length).toBeGreaterThan(20);
    for (const [pointer, rule] of addresses) {
      expect(rule.isUrl, pointer).toBe(!pointer.startsWith("/template/"));
    }
  });
});

describe("a web address", () => {
  const cases = [
    ["https://a.example", true],
    ["http://a.example:8080/x?y#z", true],
    ["https://a.example?x", true],
    ["https://[::1]/", true],
    ["https://münchen.example/ü", true],
    ["https://", false],
    ["https://?x", false],
    ["https:/a.example", false],
    ["//a.example", false],
    ["ftp://a.example", false],
    ["https://a.example/\n", false],
    ["https://a.example\\x", false],
    ["x https://a.example", false],
    ["", false],
  ] as const;
  for (const [text, want] of cases) {
    test(`${JSON.stringify(text)} is ${want ? "one" : "none"}`, () => {
      expect(isHttpUrl(text)).toBe(want);
    });
  }
});
