import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ANA, BEN, wrote } from "../people/meta-events.ts";
import { posthornHere } from "./in-process.ts";
import { SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

/** Somebody's own writing of two users. */
const USERS = `[
  { "user_id": "u1", "first_name": "Ana",  "crm": {"n": 71000000000000012345},
    "ps_id": "${ANA}", "opt_in": true,
    "last_inbound_at": "2026-12-01T08:00:00Z", "x":1.0 },
  { "user_id": "u2", "first_name": "Bo", "ps_id": "${BEN}", "opt_in": true,
    "last_inbound_at": "2026-12-01T08:00:00Z" }
]
`;

function workspace(): string {
  const settings = SMALL_WORKSPACE.replace("data/users.ndjson", "data/users.json");
  return smallWorkspace({ "posthorn.yaml": settings, "data/users.json": USERS });
}

const usersIn = (cwd: string) => readFileSync(join(cwd, "data/users.json"), "utf8");

async function forget(cwd: string, id: string) {
  const args = ["users", "forget", id, "--format", "json", ...NOW];
  const { exit, out, err } = await posthornHere(args, { cwd });
  return { exit, err, shown: out === "" ? undefined : JSON.parse(out) };
}

describe("users forget in a users.json that Posthorn fills", () => {
  test("empties Posthorn's columns of the person; every other byte stays", async () => {
    const cwd = workspace();
    const { exit, shown } = await forget(cwd, "u1");
    expect(exit).toBe(0);
    expect(shown).toMatchObject({ emptied_rows: 1, removed_rows: 0, in_user_data: true });
    expect(usersIn(cwd)).toBe(
      USERS.replace(
        `"ps_id": "${ANA}", "opt_in": true,\n    "last_inbound_at": "2026-12-01T08:00:00Z"`,
        '"ps_id": null, "opt_in": null,\n    "last_inbound_at": null',
      ),
    );
    expect(readdirSync(join(cwd, "data")).sort()).toEqual(["state", "users.json", "users.ndjson"]);
    expect((await forget(cwd, "u1")).shown).toMatchObject({ emptied_rows: 0 });
  });

  test("takes an anonymous row away", async () => {
    const cwd = workspace();
    const path = join(cwd, "events.ndjson");
    writeFileSync(path, `${JSON.stringify(wrote("hi", { psid: "7100000000000009" }))}\n`);
    expect((await posthornHere(["users", "ingest", path, ...NOW], { cwd })).exit).toBe(0);
    expect(usersIn(cwd)).toContain("7100000000000009");
    const { exit, shown } = await forget(cwd, "messenger:7100000000000009");
    expect(exit).toBe(0);
    expect(shown).toMatchObject({ emptied_rows: 0, removed_rows: 1, in_user_data: false });
    expect(usersIn(cwd)).toBe(USERS);
    const { out } = await posthornHere(["plan", "--format", "json", ...NOW], { cwd });
    expect(JSON.parse(out).snapshot.campaigns[0]).toMatchObject({ eligible: 2 });
  });

  test("who comes back with the same PSID is not sent to", async () => {
    const cwd = workspace();
    await forget(cwd, "u1");
    writeFileSync(join(cwd, "data/users.json"), USERS.replace('"u1"', '"u7"'));
    const { out } = await posthornHere(["plan", "--format", "json", ...NOW], { cwd });
    const [campaign] = JSON.parse(out).snapshot.campaigns;
    expect(campaign).toMatchObject({ eligible: 1, left_out: { no_consent: 1 } });
  });
});
