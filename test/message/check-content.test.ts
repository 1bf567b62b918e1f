import { describe, expect, test } from "vitest";
import { codesOf, faultsOf, image } from "./content.ts";

const FINE = { text: "Hi" };

describe("a variable", () => {
  const cases = [
    ["{{frist_name}}", 'called "frist_name". Did you mean "first_name"?'],
    ["{{order_id}}", 'called "order_id". Did you mean "event.order_id"?'],
    ["{{#frist_name}}a{{/frist_name}}", 'Did you mean "first_name"?'],
    ["{{^vipp}}a{{/vipp}}", 'Did you mean "vip"?'],
    ["{{{zzzzzz}}}", "Declare it in posthorn.yaml under users, events or vars."],
    ["{{}}", "A tag names nothing."],
    ["{{.}}", "{{.}} is the value of the section around it."],
    ["{{#vip}}{{.}}{{/vip}}", "{{.}} is the value of the section around it."],
    ["{{^tags}}{{.}}{{/tags}}", "{{.}} is the value of the section around it."],
    ["{{#event}}{{order_id}}{{/event}}", 'called "event"'],
  ] as const;
  for (const [text, detail] of cases) {
    test(`${text} is unknown, with advice`, () => {
      const [fault] = faultsOf({ message: { text: `x${text}` } });
      expect(fault).toContain("message.text MESSAGE_VARIABLE");
      expect(fault).toContain(detail);
    });
  }

  test("of an event is refused where no event sets off the campaign", () => {
    const content = { message: { text: "{{event.order_id}}" } };
    expect(codesOf(content)).toEqual([]);
    expect(codesOf(content, { isEventCampaign: false })).toEqual(["message.text MESSAGE_EVENT"]);
  });

  test("that is unknown twice in one text is reported once", () => {
    expect(codesOf({ message: { text: "{{x1y2}} {{x1y2}}" } })).toHaveLength(1);
  });

  test("that is unknown is reported in every patch that names it", () => {
    const text = "{{x1y2}}";
    const content = {
      message: { text },
      locales: { de: { text } },
      variants: { a: {}, b: { message: { text }, locales: { de: { text } } } },
    };
    expect(codesOf(content)).toEqual([
      "message.text MESSAGE_VARIABLE",
      "locales.de.text MESSAGE_VARIABLE",
      "variants.b.message.text MESSAGE_VARIABLE",
      "variants.b.locales.de.text MESSAGE_VARIABLE",
    ]);
  });

  test("in a key is no variable: keys are not templates", () => {
    expect(codesOf({ message: { ...FINE, "{{first_name}}": "x" } })).toEqual([
      "message.{{first_name}} MESSAGE_KEY_UNKNOWN",
    ]);
  });
});

describe("a template that cannot be read says what is wrong", () => {
  const cases = [
    ["Hi {{first_name}", 'The tag that begins with "{{first_name}" is not closed by }}.'],
    ["Hi {{{first_name}}", 'The tag that begins with "{{{first_name}}" is not closed by }}}.'],
    ["{{#vip}}a", "The section {{#vip}} is not closed. Write {{/vip}} where it ends."],
    ["a{{/vip}}", "{{/vip}} closes a section that is not open. Write {{#vip}} where it begins."],
    ["{{> footer}}", "Partials such as {{> footer}} are not supported. Write the text out here."],
    ["{{=<% %>=}}", "Tags that change the delimiters, {{=…=}}, are not supported. Keep {{ and }}."],
  ] as const;
  for (const [text, detail] of cases) {
    test(text, () => {
      const want = `message.text MESSAGE_TEMPLATE ${detail}`;
      expect(faultsOf({ message: { text } })).toEqual([want]);
    });
  }
});

describe("an address", () => {
  const cases = [
    ["https://shop.example/a", []],
    ["http://shop.example", []],
    ["HTTPS://shop.example?x={{first_name}}", []],
    ["https://shop.example/{{event.order_id}}", []],
    ["{{{link}}}", []],
    ["{{{link}}}/a", []],
    ["{{first_name}}://x", []],
    ["http{{#vip}}s{{/vip}}://shop.example", []],
    ["{{link}}", ["MESSAGE_URL"]],
    ["{{link}}/a", ["MESSAGE_URL"]],
    ["ftp://shop.example", ["MESSAGE_URL"]],
    ["ftp://{{link}}", ["MESSAGE_URL"]],
    ["shop.example/{{link}}", ["MESSAGE_URL"]],
    ["javascript:alert(1)", ["MESSAGE_URL"]],
    ["https://", ["MESSAGE_URL"]],
    ["https:///a", ["MESSAGE_URL"]],
    ["https://shop.example/a b", ["MESSAGE_URL"]],
    [" https://shop.example", ["MESSAGE_URL"]],
    ["", ["MESSAGE_BLANK"]],
  ] as const;
  for (const [url, codes] of cases) {
    test(`"${url}" gives ${codes.join() || "no finding"}`, () => {
      const place = "message.attachment.payload.url";
      expect(codesOf({ message: image(url) })).toEqual(codes.map((code) => `${place} ${code}`));
    });
  }

  test("that is only an encoded tag is told of three braces", () => {
    expect(faultsOf({ message: image("{{link}}") }).join()).toContain("Write {{{link}}}.");
  });
});
