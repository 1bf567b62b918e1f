import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  exported,
  NOW,
  ownFilesWith,
  PSID,
  SECOND,
  takeIn,
  totals,
  usedWorkspace,
} from "./forgetting.ts";
import { posthornHere } from "./in-process.ts";
import { person, smallWorkspace } from "./posthorn.ts";

const forget = (cwd: string, id: string, ...more: string[]) =>
  posthornHere(["users", "forget", id, ...NOW, ...more], { cwd });

/** Writes the user data anew, as a nightly export does. */
function exportUsers(cwd: string, rows: readonly object[]): void {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  writeFileSync(join(cwd, "data/users.ndjson"), text);
}

async function plan(cwd: string, id: string) {
  const { out } = await posthornHere(["plan", "--format", "json", "--only", id, ...NOW], { cwd });
  const { eligible, left_out } = JSON.parse(out).snapshot.campaigns[0];
  return { eligible, left_out };
}

describe("users forget", () => {
  test("leaves nothing of the person but hashes, and the counts as they were", async () => {
    const { cwd } = await usedWorkspace();
    const before = await totals(cwd);
    expect(ownFilesWith(cwd, PSID)).toHaveLength(2);
    const ran = await forget(cwd, "u1");
    expect(ran).toEqual({
      exit: 0,
      err: "",
      out:
        "u1 is forgotten: nobody writes to them any more, also when they come back in an\n" +
        "export.\n" +
        "1 delivery stands under a keyed hash now; what was sent, failed or is unknown\n" +
        "counts as before.\n" +
        "1 thing that they told the page is gone.\n" +
        "The user data has them still. It is yours: take them out where it comes from.\n",
    });
    expect(ownFilesWith(cwd, PSID)).toEqual([]);
    expect(ownFilesWith(cwd, "please forget me")).toEqual([]);
    expect(ownFilesWith(cwd, '"u1"')).toEqual([]);
    expect(await totals(cwd)).toEqual(before);
    expect(await exported(cwd)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), "u2", "u3"]);
    // Who has the id and the key can still look up what was sent.
    const shown = await posthornHere(["ledger", "show", "--user", "u1"], { cwd });
    expect(shown.out).toMatch(/^u1: 1 delivery\n/);
  });

  test("lets nobody send to them, whatever the next export says", async () => {
    const { cwd, env, sandbox } = await usedWorkspace();
    await forget(cwd, "u1");
    writeFileSync(join(cwd, "campaigns/again.yaml"), SECOND);
    expect(await plan(cwd, "again")).toEqual({ eligible: 2, left_out: { no_consent: 1 } });
    // Under another user id the PSID is the same, and with another PSID the user id.
    exportUsers(cwd, [
      { ...person(1), user_id: "u1-new" },
      { ...person(1), ps_id: "7100000000000077" },
      person(2),
    ]);
    expect(await plan(cwd, "again")).toEqual({ eligible: 1, left_out: { no_consent: 2 } });
    const sent = sandbox.deliveredCount;
    expect((await posthornHere(["apply", ...NOW], { cwd, env })).exit).toBe(0);
    expect(sandbox.deliveredCount).toBe(sent + 1);
    const explain = ["explain", "again", "--user", "u1-new", ...NOW];
    const { out } = await posthornHere(explain, { cwd });
    expect(out).toContain("✗ no_consent       asked to be forgotten\n");
  });

  test("holds when Meta tells once more what they wrote", async () => {
    const { cwd } = await usedWorkspace();
    await forget(cwd, "u1");
    await takeIn(cwd);
    expect(ownFilesWith(cwd, "please forget me")).toEqual([]);
    expect(ownFilesWith(cwd, "7100000000000002").length).toBeGreaterThan(0);
  });

  test("can be said again, and of who is in the ledger alone", async () => {
    const { cwd } = await usedWorkspace();
    exportUsers(cwd, [person(2), person(3)]);
    const first = JSON.parse((await forget(cwd, "u1", "--format", "json")).out);
    expect(first).toEqual({
      format: "posthorn.forgotten-person/1",
      workspace: "small",
      user: "u1",
      deliveries: 1,
      facts: 1,
      emptied_rows: 0,
      removed_rows: 0,
      waiting_files: 0,
      busy_segments: 0,
      in_user_data: false,
    });
    const again = await forget(cwd, "u1", "--format", "json");
    expect(again.exit).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ deliveries: 0, facts: 0 });
  });

  test("of somebody who was never sent to keeps them from ever being", async () => {
    const cwd = smallWorkspace();
    const { exit, out } = await forget(cwd, "u2");
    expect(exit).toBe(0);
    expect(out).toContain("No delivery of the ledger names them.\n");
    expect(await plan(cwd, "hello")).toEqual({ eligible: 2, left_out: { no_consent: 1 } });
  });

  test("reaches the state of rehearsals too", async () => {
    const cwd = smallWorkspace();
    expect((await posthornHere(["apply", "--sandbox", ...NOW], { cwd })).exit).toBe(0);
    expect(JSON.parse((await forget(cwd, "u1", "--format", "json")).out).deliveries).toBe(1);
    const ledger = join(cwd, "data/state-sandbox/ledger");
    const records = readdirSync(ledger).filter((name) => name.endsWith(".ndjson"));
    expect(
      records.filter((name) => readFileSync(join(ledger, name), "utf8").includes("u1")),
    ).toEqual([]);
  });

  test("64: somebody whom nothing knows; no id at all", async () => {
    const cwd = smallWorkspace();
    expect(await forget(cwd, "u9")).toEqual({
      exit: 64,
      out: "",
      err: 'Neither the user data nor the ledger knows "u9". Nothing was changed.\n',
    });
    expect((await posthornHere(["users", "forget"], { cwd })).exit).toBe(64);
    expect(readdirSync(join(cwd, "data"))).toEqual(["users.ndjson"]);
  });

  test("7: where a webhook writes to the log, everything but that is done", async () => {
    const { cwd } = await usedWorkspace();
    const folder = join(cwd, "data/inbound");
    const [segment = ""] = readdirSync(folder);
    writeFileSync(join(folder, `${segment}.lock`), "");
    const { exit, out } = await forget(cwd, "u1");
    expect(exit).toBe(7);
    expect(out).toContain("Stop `posthorn webhook`");
    expect(ownFilesWith(cwd, PSID)).toEqual([join("data/inbound", segment)]);
    rmSync(join(folder, `${segment}.lock`));
    expect((await forget(cwd, "u1")).exit).toBe(0);
    expect(ownFilesWith(cwd, PSID)).toEqual([]);
  });

  test("9: a state that does not belong here stays as it is", async () => {
    const cwd = smallWorkspace();
    mkdirSync(join(cwd, "data/state"), { recursive: true });
    writeFileSync(join(cwd, "data/state/state.json"), "{}");
    expect((await forget(cwd, "u1")).exit).toBe(9);
    expect(readdirSync(join(cwd, "data/state"))).toEqual(["state.json"]);
  });
});
