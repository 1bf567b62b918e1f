import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { edit, folderWith, HELLO, jsonLines, MAIN, user } from "../diagnostics/base-files.ts";
import {
  ANA,
  BEN,
  bodyOf,
  DELIVERY,
  did,
  echoed,
  PAGE,
  policy,
  wrote,
} from "../people/meta-events.ts";
import { posthornHere } from "./in-process.ts";

const NOW = "2026-12-01T09:30:00Z";
const AT = Date.parse("2026-12-01T09:00:00Z");
const people = "people: { opt_in: { words: [start] }, join: { ref: code } }\nusers:";
const settings = edit(MAIN, "users:", people)
  [MAIN]?.toString()
  .replace("psid: ps_id", "psid: ps_id\n  inbound: data/inbound")
  .replace("country: string", "country: string\n    code: string");

/** Two users of whom nobody knows a PSID. */
function workspace(...users: readonly object[]): string {
  const rows = [1, 2].map((n) =>
    user(n, { ps_id: null, last_inbound_at: null, opt_in: null, code: `c${n}` }),
  );
  return folderWith({
    [MAIN]: settings ?? "",
    [HELLO]:
      "status: active\nsegment: everyone\nsend: { at: 2026-12-01T10:00 }\n" +
      "purpose: promotion\nmessage: { text: Hello }\n",
    "data/users.ndjson": jsonLines(...(users.length > 0 ? users : rows)),
  });
}

function run(cwd: string, ...args: readonly string[]) {
  return posthornHere([...args, "--now", NOW], { cwd });
}

async function ingest(cwd: string, ...events: readonly (JsonObject | string)[]) {
  const lines = events.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  const path = join(cwd, "events.ndjson");
  writeFileSync(path, `${lines.join("\n")}\n`);
  const ran = await run(cwd, "users", "ingest", path, "--format", "json");
  return { ...ran, shown: JSON.parse(ran.out) };
}

async function hello(cwd: string) {
  const { out } = await run(cwd, "plan", "--format", "json", "--only", "hello");
  const { matched, eligible, left_out } = JSON.parse(out).snapshot.campaigns[0];
  return { matched, eligible, left_out };
}

describe("users ingest", () => {
  test("keeps nothing where the variable that names the folder is not set", async () => {
    const cwd = workspace();
    const unset = String(settings).replace("data/inbound", "${NO_SUCH_FOLDER}");
    writeFileSync(join(cwd, MAIN), unset);
    const before = readdirSync(cwd);
    for (const words of [
      ["users", "ingest", join(cwd, MAIN)],
      ["users", "forget", "u1"],
    ]) {
      const { exit, err } = await run(cwd, ...words);
      expect(exit).toBe(3);
      expect(err).toMatch(/^users.inbound names NO_SUCH_FOLDER, .+ Nothing was done\.\n$/);
    }
    expect(readdirSync(cwd)).toEqual(before);
  });

  test("says of a faulty posthorn.yaml what is wrong in it, and nothing of campaigns", async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, MAIN), String(settings).replace("data/inbound", "../inbound"));
    const { exit, err } = await run(cwd, "users", "ingest", join(cwd, MAIN));
    expect([exit, err.match(/[A-Z]+_[A-Z]+/g)]).toEqual([3, ["PATH_OUTSIDE"]]);
  });

  test("lets a plan see who wrote, who agreed and who took that back", async () => {
    const cwd = workspace();
    expect(await hello(cwd)).toEqual({ matched: 2, eligible: 0, left_out: { no_psid: 2 } });
    const ref = did({ referral: { ref: "c1" } }, { at: AT });
    const { shown, exit } = await ingest(cwd, bodyOf(ref), wrote("Start", { at: AT + 1 }));
    expect(exit).toBe(0);
    expect(shown.counts).toMatchObject({ events: 2, inbound: 2, new_people: 1, opt_ins: 1 });
    expect(shown.people).toMatchObject({ people: 1, joined: 1, anonymous: 0 });
    expect(await hello(cwd)).toEqual({ matched: 2, eligible: 1, left_out: { no_psid: 1 } });

    const other = { psid: "7100000000000077", at: AT + 2 };
    await ingest(cwd, wrote("hi", other), wrote("start", { ...other, at: AT + 3 }));
    expect(await hello(cwd)).toMatchObject({ matched: 3, eligible: 2 });

    await ingest(cwd, wrote("STOP", { at: AT + 4 }));
    const left = { no_psid: 1, no_consent: 1 };
    expect(await hello(cwd)).toEqual({ matched: 3, eligible: 1, left_out: left });
    expect(readFileSync(join(cwd, "data/users.ndjson"), "utf8")).not.toContain(ANA);
  });

  test("takes assumed consent from whoever says stop, and from nobody else", async () => {
    const cwd = workspace(user(1), user(2, { ps_id: BEN }));
    const assumed = (settings ?? "").replace("consent: opt_in", "consent: assumed");
    writeFileSync(join(cwd, MAIN), assumed);
    await ingest(cwd, wrote("stop", { psid: BEN, at: AT }));
    expect(await hello(cwd)).toEqual({ matched: 2, eligible: 1, left_out: { no_consent: 1 } });
  });

  test("leaves half a line of a crash out of the plan", async () => {
    const cwd = workspace(user(1));
    await ingest(cwd, wrote("stop", { at: AT }));
    const [name = ""] = readdirSync(join(cwd, "data/inbound"));
    appendFileSync(join(cwd, "data/inbound", name), '{"key":"m_2","kind":"mess');
    expect(await hello(cwd)).toEqual({ matched: 1, eligible: 0, left_out: { no_consent: 1 } });
  });

  test("gives the same plan, byte by byte, in whatever order and however often", async () => {
    const events = [
      did({ referral: { ref: "c1" } }, { at: AT }),
      wrote("start", { at: AT + 1 }),
      wrote("stop", { psid: "7100000000000077", at: AT + 2 }),
      wrote("start", { psid: "7100000000000077", at: AT + 1 }),
    ];
    const plans = [events, [...events].reverse(), [...events, ...events]].map(async (some) => {
      const cwd = workspace();
      await ingest(cwd, ...some);
      return (await run(cwd, "plan", "--format", "json")).out;
    });
    const [first, ...others] = await Promise.all(plans);
    expect(others).toEqual([first, first]);
  });

  test("tells bad lines with file and line, takes the others and ends with 3", async () => {
    const cwd = workspace();
    const ran = await ingest(cwd, wrote("hi"), "{", wrote("ho", { mid: "m_ho" }));
    expect(ran.exit).toBe(3);
    expect(ran.err).toMatch(/events\.ndjson:2:1 {2}EVENT_UNREADABLE/);
    expect(ran.shown.counts).toMatchObject({ inbound: 2, unreadable: 1 });
  });

  test("halts applies once where Meta blocks the page; only a person lifts that", async () => {
    const cwd = workspace();
    const blocked = await ingest(cwd, policy("block"));
    expect(blocked.shown.halted).toContain("(block)");
    expect((await run(cwd, "plan", "--format", "json")).out).toContain("HALTED");
    const unblocked = await ingest(cwd, policy("unblock", AT + 1));
    expect(unblocked.shown.halted).toBeNull();
    expect((await run(cwd, "plan", "--format", "json")).out).toContain("HALTED");
    await posthornHere(["halt", "--lift"], { cwd });
    const again = await ingest(cwd, policy("block"));
    expect(again.shown).toMatchObject({ halted: null, counts: { duplicates: 1 } });
    expect((await run(cwd, "plan", "--format", "json")).out).not.toContain("HALTED");
  });

  test("says in words what came of it, and shows nothing that a person wrote", async () => {
    const cwd = workspace(user(1, { ps_id: null, code: "c1" }), user(2, { code: "c1" }));
    writeFileSync(
      join(cwd, "events.ndjson"),
      jsonLines(did({ referral: { ref: "c1" } }), wrote("my secret"), policy("warning")),
    );
    const { out, exit } = await run(cwd, "users", "ingest", join(cwd, "events.ndjson"));
    expect(exit).toBe(0);
    expect(out.replace(/The bot.*/, "…")).toMatchInlineSnapshot(`
      "Taken in: 3 events, 2 of them new and from people.
        beside these: 1 of Meta's policy
        new people: 1 · opt-ins: 0 · opt-outs: 0
      People who ever wrote: 1 · anonymous: 1 · joined to users: 0
        conflict: 1 may be several users
        Nothing was joined for these. Correct the attributes that people.join names.
      Applies are halted: Meta's policy enforcement (warning) at 2025-12-01T09:06:40Z: …
      Once the reason is gone, posthorn halt --lift lets them go on.
      "
    `);
  });

  test("needs to know where to keep it, and which file", async () => {
    const cwd = folderWith({});
    const path = join(cwd, "events.ndjson");
    writeFileSync(path, "");
    expect(await run(cwd, "users", "ingest", path)).toMatchObject({ exit: 3, out: "" });
    expect((await run(workspace(), "users", "ingest", join(cwd, "none.ndjson"))).exit).toBe(64);
    expect((await run(workspace(), "users", "ingest")).exit).toBe(64);
  });

  test("keeps events although the state cannot be read, and says so where it matters", async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, "data/state"), { recursive: true });
    writeFileSync(join(cwd, "data/state/state.json"), "no document");
    expect(await ingest(cwd, wrote("hi"))).toMatchObject({ exit: 0, err: "" });
    const { exit, shown, err } = await ingest(cwd, echoed(DELIVERY));
    expect(exit).toBe(9);
    expect(shown).toMatchObject({ counts: { echoes: 1 }, settled: { sent: 0, waiting: 1 } });
    expect(err).toContain("state.json");
  });

  test("keeps the log of the page in the folder that posthorn.yaml names", async () => {
    const cwd = workspace();
    await ingest(cwd, wrote("hi"));
    const [name = ""] = readdirSync(join(cwd, "data/inbound"));
    const [header = ""] = readFileSync(join(cwd, "data/inbound", name), "utf8").split("\n");
    expect(JSON.parse(header)).toMatchObject({ format: "posthorn.inbound/1", page: PAGE });
  });
});
