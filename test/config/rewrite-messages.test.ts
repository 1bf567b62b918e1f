import { describe, expect, test } from "vitest";
import { rewriteMessages } from "../../src/config/rewrite-messages.ts";
import type { JsonObject } from "../../src/model/json.ts";

const HEAD = `# Kept: this line.
status: active   # and this blank
message: { text: 'Hi {{first_name}}' }

tests:
  - name: "greets"
    user: {first_name:   Ana}   # odd, and mine
    expect:
`;
const TAIL = `
  # between two tests
  - name: other
    expect: { outcome: no_psid }
# the end`;

/** The file with one test whose expectation is `written`, given four blanks deeper. */
function fileWith(written: string): string {
  const lines = written.split("\n").map((line) => (line === "" ? "" : `      ${line}`));
  return `${HEAD}${lines.join("\n")}${TAIL}`;
}

function rewritten(text: string, message: JsonObject, at = 0): string | undefined {
  return rewriteMessages(text, new Map([[at, message]]));
}

interface Case {
  readonly name: string;
  readonly before: string;
  readonly message: JsonObject;
  readonly after: string;
}

const LONG = "one two three ".repeat(3);

const STYLES: readonly Case[] = [
  {
    name: "a flow map, in double quotes",
    before: 'outcome: send\nmessage: { text: "Hi Bo" }  # seen',
    message: { text: 'Hi "Ana"' },
    after: 'outcome: send\nmessage: { text: "Hi \\"Ana\\"" }  # seen',
  },
  {
    name: "single quotes",
    before: "message: {text: 'Hi Bo'}\noutcome: send",
    message: { text: "It's Ana" },
    after: "message: {text: 'It''s Ana'}\noutcome: send",
  },
  {
    name: "a plain text, as long as it reads as that text",
    before: "outcome: send\nmessage:\n  text: Hi Bo # plain",
    message: { text: "Hi, Ana" },
    after: "outcome: send\nmessage:\n  text: Hi, Ana # plain",
  },
  {
    name: "a plain text that would read as something else goes into quotes",
    before: "outcome: send\nmessage:\n  text: Hi Bo # plain",
    message: { text: "true" },
    after: 'outcome: send\nmessage:\n  text: "true" # plain',
  },
  {
    name: "a plain text in a flow map that would end there goes into quotes",
    before: "outcome: send\nmessage: { text: Hi Bo, quick_replies: [] }",
    message: { text: "Hi, Ana", quick_replies: [] },
    after: 'outcome: send\nmessage: { text: "Hi, Ana", quick_replies: [] }',
  },
  {
    name: "a literal block, its indent and its header's comment",
    before: "message:\n  text: |-  # as sent\n      Hi Bo,\n\n      bye\noutcome: send",
    message: { text: "Hi Ana,\n\nsee you" },
    after: "message:\n  text: |-  # as sent\n      Hi Ana,\n\n      see you\noutcome: send",
  },
  {
    name: "a folded block is folded again",
    before: `message:\n  text: >-\n    ${LONG}four\n    five\noutcome: send`,
    message: { text: `${LONG}four six seven` },
    after: `message:\n  text: >-\n    ${LONG}four\n    six seven\noutcome: send`,
  },
  {
    name: "a quoted text over two lines is folded where those were",
    before:
      'outcome: send\nmessage:\n  text: "Hi Bo, your parcel has left our house with DHL, so\n' +
      '    look out." # two',
    message: { text: "Hi Al, your parcel has left our house with DHL, so look out for it." },
    after:
      'outcome: send\nmessage:\n  text: "Hi Al, your parcel has left our house with DHL, so\n' +
      '    look out for it." # two',
  },
  {
    name: "a plain text over two lines, and one with line ends in it",
    before: "outcome: send\nmessage:\n  text: Hi\n    Bo\n  title: 'One\n    two'",
    message: { text: "Hi Ana", title: "One\ntwo, which is longer than the forty that yaml minds" },
    after:
      "outcome: send\nmessage:\n  text: Hi Ana\n" +
      '  title: "One\\ntwo, which is longer than\n    the forty that yaml minds"',
  },
];

const TAPS = `message:
  text: Hi Bo
  # the first
  quick_replies:
    - content_type: text  # a
      title: One
      payload: ONE
    # the second
    - { content_type: text, title: Two, payload: TWO } # b
  # last words
outcome: send`;
const reply = (title: string) => ({ content_type: "text", title, payload: title.toUpperCase() });

const STRUCTURES: readonly Case[] = [
  {
    name: "one title in a list",
    before: TAPS,
    message: { text: "Hi Bo", quick_replies: [reply("One"), { ...reply("Two"), title: "Zwei" }] },
    after: TAPS.replace("title: Two", "title: Zwei"),
  },
  {
    name: "a first entry that is gone, with its comments' neighbours",
    before: TAPS,
    message: { text: "Hi Bo", quick_replies: [reply("Two")] },
    after: TAPS.replace(/ {4}- content_type: text {2}# a\n.*\n.*\n/, ""),
  },
  {
    name: "a further entry",
    before: TAPS,
    message: { text: "Hi Bo", quick_replies: [reply("One"), reply("Two"), reply("Three")] },
    after: TAPS.replace(
      "# b\n",
      "# b\n    - content_type: text\n      title: Three\n      payload: THREE\n",
    ),
  },
  {
    name: "a key that is gone",
    before: TAPS,
    message: { quick_replies: [reply("One"), reply("Two")] },
    after: TAPS.replace("  text: Hi Bo\n", ""),
  },
  {
    name: "a list that is gone",
    before: TAPS,
    message: { text: "Hi Bo" },
    after: TAPS.replace(/ {2}quick_replies:[\s\S]*# b\n/, ""),
  },
  {
    name: "a key that is new, in a flow map",
    before: "outcome: send\nmessage: { text: Hi Bo } # seen",
    message: { text: "Hi Bo", quick_replies: [{ content_type: "user_email" }] },
    after:
      "outcome: send\nmessage: " +
      "{ text: Hi Bo, quick_replies: [ { content_type: user_email } ] } # seen",
  },
  {
    name: "keys that are gone, in a flow map",
    before: "outcome: send\nmessage: { a: 1, text: Hi Bo, b: 2, c: 3 }",
    message: { text: "Hi Bo" },
    after: "outcome: send\nmessage: { text: Hi Bo }",
  },
  {
    name: "nothing yet",
    before: "outcome: send\nmessage: {}",
    message: { text: "Hi Bo" },
    after: "outcome: send\nmessage: { text: Hi Bo }",
  },
];

describe("an expected message is written anew in the style that stood there:", () => {
  test.each([...STYLES, ...STRUCTURES])("$name", ({ before, message, after }) => {
    expect(rewritten(fileWith(before), message)).toBe(fileWith(after));
  });

  test.each([...STYLES, ...STRUCTURES])("$name, with CRLF", ({ before, message, after }) => {
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(rewritten(crlf(fileWith(before)), message)).toBe(crlf(fileWith(after)));
  });
});

describe("anchors and aliases", () => {
  const twice = `status: active
tests:
  - { name: a, expect: { outcome: send, message: &m { text: Hi Bo } } }
  - { name: b, expect: { outcome: send, message: *m } }
`;

  test("change at the anchor where all of them change", () => {
    const message = { text: "Hi Ana" };
    const both = rewriteMessages(twice, new Map([0, 1].map((at) => [at, message])));
    expect(both).toBe(twice.replace("Hi Bo", "Hi Ana"));
  });

  test("give the other test its own where one changes", () => {
    expect(rewritten(twice, { text: "Hi Ana" })).toBe(
      twice.replace("Hi Bo", "Hi Ana").replace("*m", "{ text: Hi Bo }"),
    );
    expect(rewritten(twice, { text: "Hi Ana" }, 1)).toBe(twice.replace("*m", "{ text: Hi Ana }"));
  });

  test("of the campaign's own message are left alone: the test gets its own text", () => {
    const file = `message: &m { text: "Hi Bo" }
tests: [ { name: a, expect: { outcome: send, message: *m } } ]\n`;
    expect(rewritten(file, { text: "Hi Ana" })).toBe(file.replace("*m", "{ text: Hi Ana }"));
  });

  test("that lead out of the tests are refused", () => {
    const file = `tests: [ { name: a, expect: { outcome: send, message: &m { text: Hi Bo } } } ]
message: *m\n`;
    expect(rewritten(file, { text: "Hi Ana" })).toBeUndefined();
  });
});

describe("a file", () => {
  test("that is no YAML, or holds no such test, is left alone", () => {
    expect(rewritten("tests: [", { text: "x" })).toBeUndefined();
    expect(rewritten("tests: []\n", { text: "x" })).toBe("tests: []\n");
  });

  test("without a last line end gets none", () => {
    const file =
      "tests:\n  - name: a\n    expect:\n      outcome: send\n      message:\n        a: 1";
    expect(rewritten(file, { a: 1, b: [2] })).toBe(`${file}\n        b:\n          - 2`);
  });
});
