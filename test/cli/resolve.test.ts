import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_WORKSPACE, smallWorkspace, temporaryFolder } from "./posthorn.ts";

const PEOPLE = 5;
const NOTE = ["--note", "she told us"];

/** A workspace of five whose sends all arrive and none of which is answered in time. */
async function unanswered() {
  const logFile = join(temporaryFolder(), "events.ndjson");
  const { plan } = parseFaults("hang_after:100%");
  const sandbox = await startSandbox({
    pageId: "422500000000001",
    ...(plan && { faults: plan }),
    webhook: { appSecret: "secret", logFile },
  });
  onTestFinished(() => sandbox.close());
  const inbound = new Date(Date.now() - 3_600_000).toISOString();
  const cwd = smallWorkspace({
    "posthorn.yaml": `${SMALL_WORKSPACE}graph: { timeout: 1s }\n`,
    "data/users.ndjson": Array.from({ length: PEOPLE }, (_, n) =>
      JSON.stringify(person(n, { last_inbound_at: inbound })),
    ).join("\n"),
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (...args: string[]) => posthorn(args, { cwd, env });
  const applied = await run("apply", "--format", "json");
  expect(JSON.parse(applied.out).totals.unknown).toBe(PEOPLE);
  expect(sandbox.deliveredCount).toBe(PEOPLE);
  const rows = async () => {
    const { out } = await run("ledger", "export");
    return out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  return { sandbox, logFile, run, rows, cwd };
}

const echoCount = (text: string) => text.match(/"is_echo":true/g)?.length ?? 0;

describe("ledger resolve", () => {
  test("--webhooks settles by echoes, however often and in whatever order they come", async () => {
    const { logFile, run, rows, sandbox } = await unanswered();
    await vi.waitFor(() => expect(echoCount(readFileSync(logFile, "utf8"))).toBe(PEOPLE), 10_000);
    const lines = readFileSync(logFile, "utf8").split("\n");
    const echoes = lines.filter((line) => echoCount(line) > 0);
    const known = echoCount(echoes.slice(1).join());
    writeFileSync(logFile, [...echoes.slice(1).reverse(), "", ...echoes.slice(1)].join("\n"));
    const first = await run("ledger", "resolve", "--webhooks", logFile, "--format", "json");
    expect(first).toMatchObject({ exit: 0, err: "" });
    const left = PEOPLE - known;
    expect(JSON.parse(first.out)).toMatchObject({
      sent: known,
      not_sent: 0,
      echoes: known,
      still_unknown: left,
    });
    const settled = (await rows()).filter(({ status }) => status === "sent");
    const ids = sandbox.delivered.map(({ messageId }) => messageId);
    expect(settled).toHaveLength(known);
    expect(settled.every(({ message_id }) => ids.includes(message_id))).toBe(true);
    const again = await run("ledger", "resolve", "--webhooks", logFile);
    expect(again.out).toContain(`Settled 0 as sent, from ${known} echoes; ${left} still unknown.`);
    expect((await run("apply", "--format", "json")).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(PEOPLE);
  });

  test("a line that is no JSON settles nothing and is named", async () => {
    const { logFile, run, rows } = await unanswered();
    const text = readFileSync(logFile, "utf8");
    writeFileSync(logFile, `${text.trimEnd()}\nPOST /hook 200\n`);
    const count = text.trimEnd().split("\n").length + 1;
    const ran = await run("ledger", "resolve", "--webhooks", logFile);
    expect(ran.exit).toBe(3);
    expect(ran.err).toContain(`events.ndjson:${count} is no JSON`);
    expect((await rows()).map(({ status }) => status)).toEqual(Array(PEOPLE).fill("unknown"));
  });

  test("--conversations settles by text and time; what is not found stays unknown", async () => {
    const { run, rows, sandbox, cwd } = await unanswered();
    // One of them is called something else by now, so the text cannot be found any more.
    const users = join(cwd, "data/users.ndjson");
    writeFileSync(users, readFileSync(users, "utf8").replace("Name3", "Other"));
    const ran = await run("ledger", "resolve", "--conversations", "--format", "json");
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject({
      sent: PEOPLE - 1,
      still_unknown: 1,
      unsettled: { not_found: 1 },
    });
    const ids = new Map(sandbox.delivered.map((one) => [one.deliveryId, one.messageId]));
    for (const row of await rows()) {
      if (row.status === "sent") expect(row.message_id).toBe(ids.get(row.delivery_id));
    }
  });

  test("--conversations leaves alone what the campaign does not say any more", async () => {
    const { run, cwd } = await unanswered();
    const campaign = join(cwd, "campaigns/hello.yaml");
    writeFileSync(campaign, readFileSync(campaign, "utf8").replace("Hello", "Hi"));
    const ran = await run("ledger", "resolve", "--conversations");
    expect(ran.out).toContain("Settled 0 as sent; 5 still unknown.");
    expect(ran.out).toContain("5 whose campaign is gone or says something else by now");
  });

  test("a person's word settles one: sent stays, not_sent is due again, once", async () => {
    const { run, rows, sandbox } = await unanswered();
    const [first, second] = (await rows()).map(({ delivery_id }) => delivery_id as string);
    const sent = await run("ledger", "resolve", first ?? "", "--as", "sent", ...NOTE);
    expect(sent.out).toContain("Settled 1 as sent; 4 still unknown.");
    const not = await run(
      "ledger",
      "resolve",
      second?.slice(0, 8) ?? "",
      "--as",
      "not_sent",
      ...NOTE,
    );
    expect(not.out).toContain("1 as not sent, due again; 3 still unknown.");
    const statuses = new Map((await rows()).map((row) => [row.delivery_id, row.status]));
    expect([statuses.get(first), statuses.get(second)]).toEqual(["sent", "released"]);
    expect((await run("plan")).out).toContain("recipients=1");
    await run("apply");
    expect(sandbox.deliveredCount).toBe(PEOPLE + 1);
    // Everything that was said stays in the ledger.
    expect((await run("ledger", "resolve", first ?? "", "--as", "sent", ...NOTE)).exit).toBe(64);
  });

  test("is used in one of three ways", async () => {
    const { run, rows } = await unanswered();
    const [id] = (await rows()).map(({ delivery_id }) => delivery_id as string);
    const wrong = [
      [],
      [id, "--webhooks", "x"],
      [id, "--as", "sent"],
      [id, "--as", "maybe", ...NOTE],
      ["--conversations", "--as", "sent"],
      ["abc", "--as", "sent", ...NOTE],
      ["0".repeat(64), "--as", "sent", ...NOTE],
    ];
    for (const args of wrong) {
      expect((await run("ledger", "resolve", ...(args as string[]))).exit).toBe(64);
    }
    expect((await rows()).map(({ status }) => status)).toEqual(Array(PEOPLE).fill("unknown"));
  });

  test("where nothing was sent there is nothing to resolve, and nothing is written", async () => {
    const cwd = smallWorkspace();
    const ran = await posthorn(["ledger", "resolve", "--webhooks", "-"], { cwd });
    expect(ran.exit).toBe(64);
    expect(ran.err).toContain("Nothing was sent yet");
  });
});
