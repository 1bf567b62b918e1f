import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Account } from "../../src/sandbox/account.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { posthornHere } from "./in-process.ts";
import { smallWorkspace, temporaryFolder } from "./posthorn.ts";

const PAGE_TOKEN = "EAAB-token-of-the-page";
const USER_TOKEN = "EAAB-token-of-a-person";
const APP_SECRET = "secret-of-the-app";
const PAGE = "422500000000001";
const LOGIN = {
  POSTHORN_USER_TOKEN: USER_TOKEN,
  POSTHORN_APP_ID: "1111",
  POSTHORN_APP_SECRET: APP_SECRET,
};

/** An app whose person has several pages, and a workspace of one of them. */
async function open(changes: Partial<Account> = {}, pageId = PAGE) {
  const sandbox: Sandbox = await startSandbox({
    pageId,
    token: PAGE_TOKEN,
    appSecret: APP_SECRET,
    account: {
      pageName: "Speichenlicht",
      userToken: USER_TOKEN,
      otherPages: Array.from({ length: 130 }, (_, n) => `60000000000${n}`),
      ...changes,
    },
  });
  onTestFinished(() => sandbox.close());
  const cwd = smallWorkspace();
  const run = async (args: readonly string[] = [], env: Record<string, string> = {}) => {
    const given = { POSTHORN_GRAPH_URL: sandbox.url, ...LOGIN, ...env };
    const ran = await posthornHere(["doctor", "token", ...args], { cwd, env: given });
    for (const secret of [USER_TOKEN, APP_SECRET]) expect(ran.out + ran.err).not.toContain(secret);
    return ran;
  };
  return { sandbox, cwd, run };
}

describe("doctor token", () => {
  test("shows the page's name and the token's end, and keeps the token to itself", async () => {
    const { run } = await open();
    const ran = await run();
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(ran.out).not.toContain(PAGE_TOKEN);
    expect(ran.out).toContain(`Page: Speichenlicht (${PAGE})`);
    expect(ran.out).toContain("The token does not expire by itself.");
    expect(ran.out).toContain(
      "posthorn doctor token --out - | gh secret set MESSENGER_PAGE_TOKEN --env campaigns",
    );
  });

  test("--out writes it to a new file that its owner alone can read", async () => {
    const { run } = await open({ tokenExpiresAt: Date.UTC(2027, 0, 5) / 1000 });
    const file = join(temporaryFolder(), "token");
    const ran = await run(["--out", file]);
    expect(ran.exit).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(PAGE_TOKEN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ran.out).toContain("The token expires on 2027-01-05.");
    expect(ran.out + ran.err).not.toContain(PAGE_TOKEN);
    const again = await run(["--out", file]);
    expect(again).toMatchObject({ exit: 64, out: "" });
    expect(again.err).toContain("is there already");
  });

  test("--out - gives a pipe the token alone, and people the rest", async () => {
    const { run } = await open();
    const ran = await run(["--out", "-"]);
    expect(ran).toMatchObject({ exit: 0, out: PAGE_TOKEN });
    expect(ran.err).toContain("Page: Speichenlicht");
    expect(ran.err).not.toContain(PAGE_TOKEN);
  });

  test("writes it neither into the workspace nor into the log of a CI job", async () => {
    const { run, cwd } = await open();
    const inside = await run(["--out", join(cwd, "data", "token")]);
    expect(inside).toMatchObject({ exit: 64, out: "" });
    expect(inside.err).toContain("lies in the workspace");
    expect(existsSync(join(cwd, "data", "token"))).toBe(false);
    const logged = await run(["--out", "-"], { CI: "true" });
    expect(logged).toMatchObject({ exit: 64, out: "" });
  });

  test("tells of a file that cannot be written", async () => {
    const { run } = await open();
    const gone = await run(["--out", join(temporaryFolder(), "no", "token")]);
    expect(gone).toMatchObject({ exit: 1, out: "" });
    expect(gone.err).toContain("cannot be written: there is no such file or folder");
  });

  test("says what a person without MESSAGING cannot do", async () => {
    const { run } = await open({ tasks: ["MODERATE"] });
    expect((await run()).out).toContain("lacks the task MESSAGING");
  });
});

describe("doctor token ends with 8", () => {
  test.each([
    [
      "what is not set",
      { POSTHORN_USER_TOKEN: "", POSTHORN_APP_ID: "" },
      "Not set: POSTHORN_USER_",
    ],
    ["a user token that Meta does not know", { POSTHORN_USER_TOKEN: "other" }, "(code 190)"],
    ["another app", { POSTHORN_APP_ID: "2222" }, "Invalid application ID (code 101)"],
    ["another secret", { POSTHORN_APP_SECRET: "wrong" }, "Error validating client secret"],
  ])("naming %s", async (_, env, says) => {
    const { run } = await open();
    const ran = await run([], env);
    expect(ran).toMatchObject({ exit: 8, out: "" });
    expect(ran.err).toContain(says);
  });

  test("where the person has no role on the page", async () => {
    const { run } = await open({}, "422500000000009");
    const ran = await run();
    expect(ran).toMatchObject({ exit: 8, out: "" });
    expect(ran.err).toContain(`no access to the page ${PAGE}`);
  });
});

test("the app's secret comes from page.app_secret where the workspace names one", async () => {
  const { run, cwd } = await open();
  const file = join(cwd, "posthorn.yaml");
  const yaml = readFileSync(file, "utf8");
  writeFileSync(file, yaml.replace("users:", "  app_secret: ${MY_SECRET}\nusers:"));
  const env = { POSTHORN_APP_SECRET: "", MY_SECRET: APP_SECRET };
  expect((await run([], env)).exit).toBe(0);
});

test("a network that leads nowhere is told, with exit 1", async () => {
  const { run } = await open();
  const ran = await run([], { POSTHORN_GRAPH_URL: "http://127.0.0.1:9" });
  expect(ran).toMatchObject({ exit: 1, out: "" });
  expect(ran.err).toContain("The Graph API gave no answer: the connection failed");
});
