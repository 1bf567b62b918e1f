import { describe, expect, onTestFinished, test } from "vitest";
import type { Check, CheckName, Checkup } from "../../src/model/checkup.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import {
  account,
  CASES,
  NOW,
  TOKEN,
  UTILITY,
  type Visit,
  withBrokenState,
  withoutUsers,
} from "./doctor-cases.ts";
import { posthornHere } from "./in-process.ts";
import { smallWorkspace } from "./posthorn.ts";

const PAGE = "422500000000001";

/** `doctor` in a small workspace, against a sandbox that takes only `TOKEN`. */
async function visit({ sandbox, files, env, args = [], prepare }: Visit) {
  const graph = await startSandbox({
    pageId: PAGE,
    token: TOKEN,
    now: () => Date.parse(NOW),
    ...sandbox,
  });
  onTestFinished(() => graph.close());
  const cwd = smallWorkspace(files);
  prepare?.(cwd);
  const given = { POSTHORN_GRAPH_URL: graph.url, MESSENGER_PAGE_TOKEN: TOKEN, ...env };
  const ran = await posthornHere(["doctor", "--now", NOW, ...args], { cwd, env: given });
  expect(ran.out + ran.err).not.toContain(TOKEN);
  return ran;
}

async function checkup(of: Visit): Promise<{ exit: number | null; checkup: Checkup }> {
  const ran = await visit({ ...of, args: ["--format", "json"] });
  expect(ran.err).toBe("");
  return { exit: ran.exit, checkup: JSON.parse(ran.out) };
}

function of({ checks }: Checkup, name: CheckName): readonly Check[] {
  return checks.filter((check) => check.name === name);
}

/** Codes of all that is not well. */
function codes({ checks }: Checkup): string[] {
  return checks.flatMap(({ code }) => code ?? []);
}

describe("doctor finds nothing wrong", () => {
  test("with a sandbox, and says so check by check", async () => {
    const { exit, checkup: found } = await checkup({});
    expect(exit).toBe(0);
    expect(found.page).toEqual({ id: PAGE, name: "Sandbox" });
    expect(found.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "files ok",
      "token ok",
      "scopes ok",
      "page ok",
      "tasks skipped",
      "restrictions ok",
      "mode ok",
      "version ok",
      "webhook ok",
      "templates ok",
      "clock ok",
      "users ok",
      "state ok",
    ]);
    expect(found.summary).toEqual({ ok: 12, warning: 0, error: 0, skipped: 1 });
    expect(of(found, "users")[0]?.found).toContain("3 users, 3 with a PSID, 3 agreed");
  });

  test("with a user token, whose tasks it then looks at, over several lists of pages", async () => {
    const otherPages = Array.from({ length: 120 }, (_, n) => `5${n}`);
    const { exit, checkup: found } = await checkup({
      sandbox: { account: { otherPages, userToken: "of-a-person" } },
      env: { POSTHORN_USER_TOKEN: "of-a-person" },
    });
    expect(of(found, "tasks")[0]).toMatchObject({ status: "ok" });
    expect(exit).toBe(0);
  });

  test("of people, as text that fits 80 columns but for addresses", async () => {
    const ran = await visit({ sandbox: { account: { scopes: [] } } });
    const lines = ran.out.split("\n").filter((line) => !line.includes("https://"));
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(ran.out).toContain("error    scopes        The token lacks pages_messaging:");
    expect(ran.out).toMatch(/^Result: errors=1 warnings=1 ok=11 skipped=1$/m);
    expect(ran).toMatchObject({ exit: 8, err: "" });
  });
});

test("a person without a role on the page is told of", async () => {
  const otherPages = ["1", "2"];
  const { exit, checkup: found } = await checkup({
    sandbox: { pageId: "422500000000009", account: { otherPages, userToken: "person" } },
    env: { POSTHORN_USER_TOKEN: "person" },
    files: {},
  });
  // The sandbox is another page's, so that the token is too.
  expect(exit).toBe(8);
  expect(codes(found)).toEqual(["TOKEN_OF_OTHER_PAGE"]);
});

test("one failing check leaves the others alone", async () => {
  const { exit, checkup: found } = await checkup({
    ...account({ scopes: [], subscribedFields: null, clockAheadMs: 86_400_000 }),
    files: { "campaigns/hello.yaml": UTILITY },
    prepare: (cwd) => {
      withoutUsers(cwd);
      withBrokenState(cwd);
    },
  });
  // A token that may not send outweighs a state, a file and a clock.
  expect(exit).toBe(8);
  expect(codes(found)).toEqual([
    "SCOPE_MISSING",
    "SCOPE_LIMITED",
    "WEBHOOK_UNSUBSCRIBED",
    "TEMPLATE_MISSING",
    "TEMPLATE_MISSING",
    "CLOCK_OFF",
    "DATA_FILE_MISSING",
    "STATE_UNREADABLE",
  ]);
});

test("where nobody answers, that is why nothing else is asked", async () => {
  const env = { POSTHORN_GRAPH_URL: "http://127.0.0.1:9" };
  const { checkup: found } = await checkup({ env });
  const skipped = found.checks.filter(({ status }) => status === "skipped");
  expect(skipped).toHaveLength(7);
  for (const one of skipped) expect(one.found).toContain("the Graph API gave no answer");
});

test("a posthorn.yaml that cannot be read ends doctor with its faults", async () => {
  const ran = await visit({ files: { "posthorn.yaml": "workspace: 1\n" } });
  expect(ran).toMatchObject({ exit: 3, out: "" });
  expect(ran.err).toContain("posthorn.yaml:1:");
});

describe("doctor tells of", () => {
  test.each(CASES)("%s", async (...[, how, code, exit]) => {
    const found = await checkup(how);
    expect(codes(found.checkup)).toContain(code);
    expect(found.exit).toBe(exit);
    const own = found.checkup.checks.filter((check) => check.code === code);
    expect(own.every(({ next }) => next !== null && next.length > 10)).toBe(true);
  });
});
