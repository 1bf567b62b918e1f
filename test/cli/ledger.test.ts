import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, plainEnv, posthorn, smallWorkspace } from "./posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const NOW = ["--now", "2026-12-01T09:30:00Z"];
const COLUMNS =
  "delivery_id,campaign,occurrence,user_id,variant,status,message_id,error_class,error_code," +
  "error_subcode,attempts,claimed_at,settled_at,run_id,commit,revision";

/** Two people who got it and one who is blocked. */
async function sentWorkspace(ids = ["u1", "u2", "u3"]) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  sandbox.people({ "7100000000000002": { blocked: true } });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "token-of-the-test" };
  const rows = ids.map((id, index) => JSON.stringify(person(index + 1, { user_id: id })));
  const cwd = smallWorkspace({ "data/users.ndjson": `${rows.join("\n")}\n` });
  expect((await posthorn(["apply", ...NOW], { cwd, env })).exit).toBe(0);
  return { cwd };
}

describe("ledger show", () => {
  test("counts by campaign and occurrence, and gives Meta's words", async () => {
    const { cwd } = await sentWorkspace();
    const { out, err, exit } = await posthorn(["ledger", "show"], { cwd });
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(/^3 deliveries: 2 sent · 1 failed\n\nhello\n {4}occurrence +sent +failed/);
    expect(out).toMatch(/ {4}once +2 +1 {2}20\S+Z\n/);
    expect(out).toContain("1 × user_unavailable 551/1545041: ");
    const json = await posthorn(["ledger", "show", "--format", "json"], { cwd });
    expect(JSON.parse(json.out)).toMatchObject({
      format: "posthorn.ledger-summary/1",
      workspace: "small",
      totals: { sent: 2, failed: 1 },
      campaigns: [{ id: "hello", outcomes: [{ error_code: 551, deliveries: 1 }] }],
    });
  });

  test("--user tells everything to one person, and nothing of others", async () => {
    const { cwd } = await sentWorkspace();
    const { out } = await posthorn(["ledger", "show", "--user", "u2"], { cwd });
    expect(out).toMatch(
      /^u2: 1 delivery\n\n20\S+Z {2}failed {2}hello · once\n {4}user_unavailable/,
    );
    const json = await posthorn(["ledger", "show", "--user", "u1", "--format", "json"], { cwd });
    const { user, deliveries } = JSON.parse(json.out);
    expect(user).toBe("u1");
    expect(deliveries).toMatchObject([{ campaign: "hello", status: "sent", attempts: 1 }]);
    const nobody = await posthorn(["ledger", "show", "--user", "u9"], { cwd });
    expect(nobody).toMatchObject({ exit: 0, out: "Nothing was sent to u9.\n" });
  });

  test("--campaign and --occurrence leave the others out; an unknown one is told", async () => {
    const { cwd } = await sentWorkspace();
    const show = (...args: string[]) => posthorn(["ledger", "show", ...args], { cwd });
    expect((await show("--campaign", "hello", "--occurrence", "once")).out).toContain("2 sent");
    const nothing = await show("--campaign", "hello", "--occurrence", "twice");
    expect(nothing.out).toBe("Nothing was sent of hello in occurrence twice.\n");
    const typo = await show("--campaign", "helo");
    expect(typo).toMatchObject({ exit: 64, out: "" });
    expect(typo.err).toContain('Did you mean "hello"?');
    expect((await show("--user", "u1", "--campaign", "hello")).exit).toBe(64);
  });

  test("before anything was sent says so", async () => {
    const cwd = smallWorkspace();
    expect((await posthorn(["ledger", "show"], { cwd })).out).toBe("Nothing was sent yet.\n");
    expect((await posthorn(["ledger", "export"], { cwd })).out).toBe("");
    const { out } = await posthorn(["ledger", "export", "--format", "csv"], { cwd });
    expect(out).toBe(`${COLUMNS}\r\n`);
  });
});

describe("ledger export", () => {
  test("as CSV is RFC 4180: CRLF, quotes where needed, missing apart from empty", async () => {
    const odd = ['a,"b"', "line\nbreak", " blank "];
    const { cwd } = await sentWorkspace(odd);
    const { out } = await posthorn(["ledger", "export", "--format", "csv"], { cwd });
    expect(out.startsWith(`${COLUMNS}\r\n`)).toBe(true);
    expect(out.endsWith("\r\n")).toBe(true);
    expect(out).toContain(',once,"a,""b""",,sent,m_');
    expect(out).toContain(',once,"line\nbreak",,failed,,user_unavailable,551,1545041,1,20');
    expect(out).toContain(",once, blank ,,sent,m_");
    expect(out.replaceAll("\r\n", "")).not.toContain("\r");
    expect(out.split("\r\n")).toHaveLength(5);
  });

  test("as NDJSON has the columns in their order, null where nothing is known", async () => {
    const { cwd } = await sentWorkspace();
    const { out } = await posthorn(["ledger", "export", "--format", "ndjson"], { cwd });
    const rows = out.trimEnd().split("\n");
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(Object.keys(JSON.parse(row)).join(",")).toBe(COLUMNS);
    const failed = rows.map((row) => JSON.parse(row)).find((row) => row.status === "failed");
    expect(failed).toMatchObject({
      user_id: "u2",
      variant: null,
      message_id: null,
      error_code: 551,
      commit: null,
      claimed_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test("ends quietly when its reader goes away", async () => {
    const { cwd } = await sentWorkspace();
    const child = spawn(process.execPath, [MAIN, "ledger", "export"], { cwd, env: plainEnv() });
    child.stdout.destroy();
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const exit = await new Promise((resolve) => child.on("close", resolve));
    expect(exit).toBe(0);
    expect(err).toBe("");
  });
});
