import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { edit, folderWith, HELLO, MAIN } from "../diagnostics/base-files.ts";
import { ANA, BEN, bodyOf, did, wrote } from "../people/meta-events.ts";
import { posthornHere } from "./in-process.ts";

const AT = Date.parse("2026-12-01T09:00:00Z");
const SETTINGS = edit(
  MAIN,
  "users:",
  "people: { opt_in: { words: [start] }, join: { ref: code } }\nusers:",
)
  [MAIN]?.toString()
  .replace("data/users.ndjson", "data/users.json")
  .replace("country: string", "country: string\n    code: string");

/** Somebody's own writing of two users: odd blanks, a long number, keys that nobody declared. */
const USERS = `[
  { "user_id": "u1",  "code":"c1", "crm": {"n": 71000000000000012345}, "x":1.0, "s":"\\u00e4 {" },
  { "user_id": "u2", "ps_id": "${BEN}", "opt_in": true, "last_inbound_at": "2026-12-01T10:00:00Z" }
]
`;

function workspace(over: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    [MAIN]: SETTINGS ?? "",
    [HELLO]:
      "status: active\nsegment: everyone\nsend: { at: 2026-12-01T10:00 }\n" +
      "purpose: promotion\nmessage: { text: Hello }\n",
    "data/users.json": USERS,
    ...over,
  });
}

async function ingest(cwd: string, ...events: readonly JsonObject[]) {
  const path = join(cwd, "events.ndjson");
  writeFileSync(path, events.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const ran = await posthornHere(["users", "ingest", path, "--format", "json"], { cwd });
  return { ...ran, shown: ran.out === "" ? undefined : JSON.parse(ran.out) };
}

const usersIn = (cwd: string) => readFileSync(join(cwd, "data/users.json"), "utf8");

describe("users ingest into a users.json", () => {
  test("writes its own columns and leaves every other byte as it is", async () => {
    const cwd = workspace();
    const { shown, exit } = await ingest(
      cwd,
      bodyOf(did({ referral: { ref: "c1" } }, { at: AT })),
      wrote("start", { at: AT + 1000 }),
      wrote("stop", { psid: BEN, at: AT }),
    );
    expect(exit).toBe(0);
    expect(shown.people).toMatchObject({ people: 2, joined: 1, anonymous: 0 });
    expect(usersIn(cwd)).toBe(
      USERS.replace(
        '"s":"\\u00e4 {"',
        `"s":"\\u00e4 {", "ps_id": "${ANA}", "last_inbound_at": "2026-12-01T09:00:01Z", ` +
          '"opt_in": true, "posthorn_consent_at": "2026-12-01T09:00:01Z"',
      ).replace(
        '"opt_in": true, "last_inbound_at": "2026-12-01T10:00:00Z"',
        '"opt_in": false, "last_inbound_at": "2026-12-01T10:00:00Z", ' +
          '"posthorn_consent_at": "2026-12-01T09:00:00Z"',
      ),
    );
    expect(readdirSync(join(cwd, "data")).sort()).toEqual([
      "events.ndjson",
      "users.json",
      "users.ndjson",
    ]);
  });

  test("adds whom nobody knows, once, and a plan sees them", async () => {
    const cwd = workspace({ "data/users.json": "[]\n" });
    const events = [wrote("hi", { at: AT }), wrote("start", { at: AT + 1 })];
    expect((await ingest(cwd, ...events)).shown.counts.new_people).toBe(1);
    const before = { text: usersIn(cwd), changed: statSync(join(cwd, "data/users.json")).mtimeMs };
    expect((await ingest(cwd, ...events)).shown.counts.new_people).toBe(0);
    expect({
      text: usersIn(cwd),
      changed: statSync(join(cwd, "data/users.json")).mtimeMs,
    }).toEqual(before);
    const args = ["plan", "--format", "json", "--only", "hello", "--now", "2026-12-01T09:30:00Z"];
    const { out } = await posthornHere(args, { cwd });
    expect(JSON.parse(out).snapshot.campaigns[0]).toMatchObject({ matched: 1, eligible: 1 });
  });

  test("keeps the file's rights, and a link a link", async () => {
    const cwd = workspace();
    chmodSync(join(cwd, "data/users.json"), 0o600);
    symlinkSync("users.json", join(cwd, "data/link.json"));
    writeFileSync(join(cwd, MAIN), (SETTINGS ?? "").replace("users.json", "link.json"));
    expect((await ingest(cwd, wrote("hi"))).exit).toBe(0);
    expect(statSync(join(cwd, "data/users.json")).mode & 0o777).toBe(0o600);
    expect(usersIn(cwd)).toContain(`messenger:${ANA}`);
  });

  test.each([
    ["no array", "{}", "is no JSON array of objects"],
    ["cut off", '[{"user_id":', "is no JSON array of objects"],
  ])("refuses a file that is %s and leaves it alone", async (_, text, words) => {
    const cwd = workspace({ "data/users.json": text });
    const ran = await ingest(cwd, wrote("hi"));
    expect(ran).toMatchObject({ exit: 3, out: "" });
    expect(ran.err).toContain(words);
    expect(usersIn(cwd)).toBe(text);
  });

  test.each([
    ["the data is no .json file", "data/users.json", "data/users.ndjson"],
    ["the data is several files", "data/users.json", "data/users-*.json"],
    ["there is no column for consent", "consent: opt_in", "consent: assumed"],
  ])("says what to write into posthorn.yaml where %s", async (_, from, to) => {
    const cwd = workspace({ [MAIN]: (SETTINGS ?? "").replace(from, to) });
    const ran = await ingest(cwd, wrote("hi"));
    expect(ran).toMatchObject({ exit: 3, out: "" });
    expect(ran.err).toContain("users.inbound: data/inbound");
  });
});
