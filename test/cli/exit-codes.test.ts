import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { posthornHere } from "./in-process.ts";
import { person, posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];
const TOKEN = "EAAB-secret-token-of-the-test";

/** A Graph API in this process that the command sends to. */
async function graphFor() {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  return { sandbox, env: { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: TOKEN } };
}

describe("exit codes", () => {
  test("64: a folder that is not there, or is no folder", async () => {
    const cwd = smallWorkspace();
    const file = join(cwd, "posthorn.yaml");
    for (const verb of ["validate", "plan", "doctor", "halt"]) {
      expect(await posthornHere([verb], { cwd: join(cwd, "nowhere") })).toEqual({
        exit: 64,
        out: "",
        err: `-C ${join(cwd, "nowhere")}: there is no such folder.\n`,
      });
      const { exit, err } = await posthornHere([verb], { cwd: file });
      expect({ exit, err }).toEqual({ exit: 64, err: `-C ${file}: it is no folder.\n` });
    }
  });

  test("1: init where it cannot write, with the place", async () => {
    const file = join(smallWorkspace(), "posthorn.yaml");
    const { exit, err } = await posthornHere(["init"], { cwd: file });
    expect(exit).toBe(1);
    expect(err).toMatch(/posthorn\.yaml\/schemas\/\S+ cannot be written: .*Run init again/);
  });

  test("0: a plan with changes", async () => {
    const ran = await posthorn(["plan", ...NOW], { cwd: smallWorkspace() });
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(ran.out).toMatch(/Result: .*recipients=3/);
  });

  test("2: the same with --detailed-exitcode, 0 when nothing would be sent", async () => {
    const cwd = smallWorkspace();
    expect((await posthorn(["plan", ...NOW, "--detailed-exitcode"], { cwd })).exit).toBe(2);
    writeFileSync(join(cwd, "data/users.ndjson"), "");
    expect((await posthorn(["plan", ...NOW, "--detailed-exitcode"], { cwd })).exit).toBe(0);
  });

  test("3: an invalid file, with its place", async () => {
    const cwd = smallWorkspace({
      "campaigns/hello.yaml": SMALL_CAMPAIGN.replace("segment: everyone", "segment: evryone"),
    });
    for (const verb of ["validate", "plan"]) {
      const ran = await posthorn([verb, ...NOW], { cwd });
      expect(ran.exit).toBe(3);
      expect(ran.out + ran.err).toMatch(/campaigns\/hello\.yaml:3:10\s+SEGMENT_UNKNOWN/);
    }
  });

  test("3: user data that contradicts its type, with file, row and column", async () => {
    const rows = [person(1), person(2, { first_name: 7 })];
    const cwd = smallWorkspace({
      "data/users.ndjson": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    });
    const ran = await posthorn(["plan", ...NOW], { cwd });
    expect(ran.exit).toBe(3);
    expect(ran.err).toMatch(/data\/users\.ndjson:2/);
    expect(ran.err).toContain("first_name");
  });

  test("3: a failing test of a campaign, at its line", async () => {
    const tests =
      "tests:\n  - name: skips Ana\n    user: { first_name: Ana }\n" +
      "    expect: { outcome: no_psid }\n";
    const cwd = smallWorkspace({ "campaigns/hello.yaml": SMALL_CAMPAIGN + tests });
    const ran = await posthorn(["validate"], { cwd });
    expect(ran.exit).toBe(3);
    expect(ran.out).toMatch(/campaigns\/hello\.yaml:\d+:\d+\s+TEST_FAILED/);
    expect(ran.out).toContain('"skips Ana" expects no_psid, and it is send.');
  });

  test("4: a guard holds, and nothing is sent", async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace({
      "posthorn.yaml": SMALL_WORKSPACE.replace("empty_audience: warn", "max_recipients: 2"),
    });
    const planned = await posthorn(["plan", ...NOW, "--detailed-exitcode"], { cwd });
    expect(planned.exit).toBe(4);
    const ran = await posthorn(["apply", ...NOW], { cwd, env });
    expect(ran.exit).toBe(4);
    expect(ran.out).toContain("max_recipients");
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("5: not the expected intent, and nothing is sent", async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace();
    const ran = await posthorn(["apply", ...NOW, "--expect", `sha256:${"0".repeat(64)}`], {
      cwd,
      env,
    });
    expect(ran.exit).toBe(5);
    expect(sandbox.deliveredCount).toBe(0);
    const { out } = await posthorn(["plan", ...NOW, "--format", "json"], { cwd });
    const { intent } = JSON.parse(out).digests;
    expect((await posthorn(["apply", ...NOW, "--expect", intent], { cwd, env })).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(3);
  });

  test("8: no token in the environment, and nothing is sent or written", async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace();
    const ran = await posthorn(["apply", ...NOW], {
      cwd,
      env: { ...env, MESSENGER_PAGE_TOKEN: "" },
    });
    expect(ran.exit).toBe(8);
    expect(ran.err).toContain("MESSENGER_PAGE_TOKEN");
    expect(sandbox.deliveredCount).toBe(0);
    expect(existsSync(join(cwd, "data/state"))).toBe(false);
  });

  test("8: a token that Meta refuses stops everything", async () => {
    const sandbox = await startSandbox({ pageId: "422500000000001", token: "another" });
    onTestFinished(() => sandbox.close());
    const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: TOKEN };
    const ran = await posthorn(["apply", ...NOW], { cwd: smallWorkspace(), env });
    expect(ran.exit).toBe(8);
    expect(ran.out + ran.err).not.toContain(TOKEN);
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("9: a folder that CI=true would lose, towards Meta", async () => {
    const cwd = smallWorkspace();
    const env = { CI: "true", MESSENGER_PAGE_TOKEN: TOKEN };
    const ran = await posthorn(["apply"], { cwd, env });
    expect(ran.exit).toBe(9);
    expect(ran.err).toContain("--allow-local-state");
  });

  test("9: a state that belongs to another workspace is left alone", async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace();
    await posthorn(["apply", ...NOW], { cwd, env });
    const renamed = SMALL_WORKSPACE.replace("workspace: small", "workspace: other");
    writeFileSync(join(cwd, "posthorn.yaml"), renamed);
    const before = readFileSync(join(cwd, "data/state/state.json"), "utf8");
    const ran = await posthorn(["apply", ...NOW], { cwd, env });
    expect(ran.exit).toBe(9);
    expect(readFileSync(join(cwd, "data/state/state.json"), "utf8")).toBe(before);
    expect(sandbox.deliveredCount).toBe(3);
  });

  const misused = [
    [],
    ["nonsense"],
    ["plan", "--nonsense"],
    ["plan", "--now", "yesterday"],
    ["plan", "--format", "html5"],
    ["plan", "--only", "nobody"],
    ["apply", "--fresh"],
    ["test-send", "hello", "--to", "nobody"],
    ["sandbox", "--port", "99999"],
    ["apply", "--sandbox", "--max-runtime", "soon"],
  ];
  for (const args of misused) {
    test(`64: posthorn ${args.join(" ")}`, async () => {
      const ran = await posthorn(args, { cwd: smallWorkspace() });
      expect(ran.exit).toBe(64);
      expect(ran.err).not.toMatch(/^\s+at /m);
      expect(ran.err.length).toBeGreaterThan(10);
    });
  }

  test("a folder without posthorn.yaml says so", async () => {
    const ran = await posthorn(["validate", "-C", "/"]);
    expect(ran.exit).toBe(3);
    expect(ran.out).toContain("posthorn.yaml");
  });
});

describe("an apply", () => {
  test("records a plain error, and leaves that person alone the next time", async () => {
    const { sandbox, env } = await graphFor();
    sandbox.people({ "7100000000000002": { blocked: true } });
    const cwd = smallWorkspace();
    const ran = await posthorn(["apply", ...NOW, "--format", "json"], { cwd, env });
    expect(JSON.parse(ran.out).totals).toMatchObject({ sent: 2, failed: 1 });
    expect(ran.exit).toBe(0);
    const exported = await posthorn(["ledger", "export", "--format", "ndjson"], { cwd });
    const rows = exported.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ user_id, status }) => [user_id, status]).sort()).toEqual([
      ["u1", "sent"],
      ["u2", "failed"],
      ["u3", "sent"],
    ]);
    const again = await posthorn(["apply", ...NOW, "--format", "json"], { cwd, env });
    expect(JSON.parse(again.out).totals).toMatchObject({ sent: 0, failed: 0 });
    expect(sandbox.deliveredCount).toBe(2);
  });

  test("carries the delivery id of the ledger in the message's metadata", async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace();
    await posthorn(["apply", ...NOW], { cwd, env });
    const { out } = await posthorn(["ledger", "export", "--format", "csv"], { cwd });
    const ids = out
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(sandbox.delivered.map((message) => message.deliveryId).sort()).toEqual(ids.sort());
    expect(ids).toHaveLength(3);
  });

  test("never writes the token anywhere", async () => {
    const { env } = await graphFor();
    const cwd = smallWorkspace();
    const ran = await posthorn(["apply", ...NOW], { cwd, env });
    const { out } = await posthorn(["ledger", "export", "--format", "ndjson"], { cwd });
    expect(ran.out + ran.err + out).not.toContain(TOKEN);
  });
});
