import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { posthornHere } from "./in-process.ts";
import { exampleWorkspace, SMALL_CAMPAIGN, smallWorkspace } from "./posthorn.ts";

const TESTS = `tests:
  # She is greeted.
  - name: greets Ana
    user: {first_name:   Ana}
    expect:
      outcome: send
      message:
        text: 'Hello Bo'  # by name
  - name: greets nobody
    expect: { outcome: missing_value }
`;
const HELLO = "campaigns/hello.yaml";

function folderWith(tests: string): string {
  return smallWorkspace({ [HELLO]: SMALL_CAMPAIGN + tests });
}

function textOf(cwd: string): string {
  return readFileSync(join(cwd, HELLO), "utf8");
}

describe("a test that gets another message", () => {
  test("is shown at the words that differ", async () => {
    const { exit, out, err } = await posthornHere(["validate"], { cwd: folderWith(TESTS) });
    expect({ exit, err }).toEqual({ exit: 3, err: "" });
    expect(out).toBe(`campaigns/hello.yaml:14:15  TEST_FAILED  A test fails
  14 |         text: 'Hello Bo'  # by name
     |               ^^^^^^^^^^
"greets Ana" gets another message: [-expected-] {+rendered+}
  text: Hello [-Bo-]{+Ana+}
  If that is what it should be, \`posthorn validate --update\` writes it here.

1 error in 1 file
Checked: campaigns=1 segments=0 tests=2
`);
  });

  test("is shown line by line where it has several, and by its keys", async () => {
    const lines = Array.from({ length: 9 }, (_, n) => `line ${n}`).join("\\n");
    const campaign = SMALL_CAMPAIGN.replace(
      /message: .*/,
      `message: { text: "${lines}\\nHi {{first_name}}\\u00a0!", ` +
        "quick_replies: [{ content_type: user_email }] }",
    );
    const expected = `{ text: "${lines}\\nHi Ana!", metadata: x }`;
    const tests = `tests:
  - { name: a, user: { first_name: Ana }, expect: { outcome: send, message: ${expected} } }\n`;
    const cwd = smallWorkspace({ [HELLO]: campaign + tests });
    const { out } = await posthornHere(["validate"], { cwd });
    expect(out.slice(out.indexOf('"a" gets'), out.indexOf("  If that"))).toBe(
      `"a" gets another message: [-expected-] {+rendered+}
  text:
  …
  | line 7
  | line 8
  - Hi Ana!
  + Hi Ana\\u00a0!
  - metadata: "x"
  + quick_replies: [{"content_type":"user_email"}]
`,
    );
  });

  test("is shown by --format json and github too", async () => {
    const cwd = folderWith(TESTS);
    const json = await posthornHere(["validate", "--format", "json"], { cwd });
    expect(JSON.parse(json.out).diagnostics[0].detail).toContain("text: Hello [-Bo-]{+Ana+}");
    const github = await posthornHere(["validate", "--format", "github"], { cwd });
    expect(github.out).toContain("text: Hello [-Bo-]{+Ana+}");
  });
});

describe("validate --update", () => {
  test("writes the message into its test, and no other byte", async () => {
    const cwd = folderWith(TESTS);
    chmodSync(join(cwd, HELLO), 0o640);
    const ran = await posthornHere(["validate", "--update"], { cwd });
    const out = `Updated: ${HELLO} tests=1\nChecked: campaigns=1 segments=0 tests=2\n`;
    expect(ran).toEqual({ exit: 0, out, err: "" });
    expect(textOf(cwd)).toBe(SMALL_CAMPAIGN + TESTS.replace("'Hello Bo'", "'Hello Ana'"));
    expect(statSync(join(cwd, HELLO)).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(cwd, "campaigns"))).toEqual(["hello.yaml"]);
    expect((await posthornHere(["validate"], { cwd })).exit).toBe(0);
  });

  test("touches no file in which every test passes", async () => {
    const cwd = exampleWorkspace();
    const before = statSync(join(cwd, "campaigns/order/shipped.yaml")).mtimeMs;
    const ran = await posthornHere(["validate", "--update"], { cwd });
    expect(ran.exit).toBe(0);
    expect(ran.out).not.toContain("Updated");
    expect(statSync(join(cwd, "campaigns/order/shipped.yaml")).mtimeMs).toBe(before);
  });

  test("leaves outcomes to people", async () => {
    const tests = TESTS.replace("outcome: send", "outcome: no_psid");
    const cwd = folderWith(tests);
    const { exit, out } = await posthornHere(["validate", "--update"], { cwd });
    expect(exit).toBe(3);
    expect(out).toContain('"greets Ana" expects no_psid, and it is send.\n  --update writes mess');
    expect(textOf(cwd)).toBe(SMALL_CAMPAIGN + tests);
  });

  test("keeps a byte order mark, CRLF and a link", async () => {
    const text = `\ufeff${(SMALL_CAMPAIGN + TESTS).replaceAll("\n", "\r\n")}`;
    const cwd = smallWorkspace({ [HELLO]: text });
    mkdirSync(join(cwd, "texts"));
    renameSync(join(cwd, HELLO), join(cwd, "texts/hello.yaml"));
    symlinkSync("../texts/hello.yaml", join(cwd, HELLO));
    expect(await posthornHere(["validate", "--update"], { cwd })).toMatchObject({ exit: 0 });
    expect(lstatSync(join(cwd, HELLO)).isSymbolicLink()).toBe(true);
    expect(textOf(cwd)).toBe(text.replace("'Hello Bo'", "'Hello Ana'"));
  });

  test("writes nothing while another file is at fault, and says so", async () => {
    const cwd = folderWith(TESTS);
    writeFileSync(join(cwd, "campaigns/broken.yaml"), "status: activ\n");
    const ran = await posthornHere(["validate", "--update"], { cwd });
    expect(ran.exit).toBe(3);
    expect(ran.out).toContain("campaigns/broken.yaml:1:9");
    expect(ran.err).toContain("none was updated");
    expect(textOf(cwd)).toBe(SMALL_CAMPAIGN + TESTS);
  });

  test("says where it cannot write without changing something else", async () => {
    const campaign = SMALL_CAMPAIGN.replace(/message: .*\n/, "");
    const tests = `tests:
  - name: a
    user: { first_name: Ana }
    expect: { outcome: send, message: &m { text: "Hello {{first_name}}" } }
message: *m
`;
    const cwd = smallWorkspace({ [HELLO]: campaign + tests });
    const { exit, out } = await posthornHere(["validate", "--update"], { cwd });
    expect(exit).toBe(3);
    expect(out).toContain("--update cannot write it here without changing something else.");
    expect(out).not.toContain("writes it here");
    expect(textOf(cwd)).toBe(campaign + tests);
  });

  test("tells programs what it wrote", async () => {
    const cwd = folderWith(TESTS);
    const ran = await posthornHere(["validate", "--update", "--format", "json"], { cwd });
    expect(JSON.parse(ran.out)).toMatchObject({ errors: 0, updated: [{ file: HELLO, tests: 1 }] });
  });
});
