import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { posthornHere } from "./in-process.ts";
import {
  EXAMPLE_NOW,
  exampleWorkspace,
  person,
  SMALL_CAMPAIGN,
  smallWorkspace,
} from "./posthorn.ts";

const NOW = ["--now", EXAMPLE_NOW];

describe("explain on the example workspace", () => {
  test("tells the tree, the rules and the message, without token, lock or PSID", async () => {
    const cwd = exampleWorkspace();
    const ran = await posthornHere(
      ["explain", "offers/advent-lights", "--user", "u-0006", ...NOW],
      { cwd },
    );
    expect({ exit: ran.exit, err: ran.err }).toEqual({ exit: 0, err: "" });
    expect(ran.out).toContain("GETS IT with the next apply.\n");
    expect(ran.out).toContain(
      '      ✓ country: { in: [DE, AT, CH] } — "DE"  segments/light-seekers.yaml:5\n',
    );
    expect(ran.out).toContain("  ✓ frequency_cap    1 of 2 in 7d; goes first: order/shipped\n");
    expect(ran.out).toContain("Message, variant personal, locale de\n");
    expect(ran.out).not.toContain("7100000000000006");
  });

  test("as JSON follows its schema", async () => {
    const cwd = exampleWorkspace();
    const schema = JSON.parse(readFileSync("schemas/explanation.schema.json", "utf8"));
    const check = new Ajv({ strict: false }).compile(schema);
    const ids = ["birthday/greeting", "order/shipped", "workshop/reminder"];
    for (const id of ids) {
      const args = ["explain", id, "--user", "u-0011", "--format", "json", ...NOW];
      const { out, exit } = await posthornHere(args, { cwd });
      expect(exit).toBe(0);
      const explained = JSON.parse(out);
      check(explained);
      expect(check.errors).toBe(null);
      expect(explained).toMatchObject({ user: "u-0011", campaign: { id } });
    }
  });
});

describe("explain beside what people told the page", () => {
  test("counts the person's own messages and events, whoever else is known", async () => {
    const cwd = exampleWorkspace();
    const explain = async () => {
      const args = ["explain", "offers/advent-lights", "--user", "u-0006", ...NOW];
      const { out, err, exit } = await posthornHere([...args, "--format", "json"], { cwd });
      expect({ exit, err }).toEqual({ exit: 0, err: "" });
      return JSON.parse(out);
    };
    const without = await explain();
    const yaml = readFileSync(join(cwd, "posthorn.yaml"), "utf8");
    const joined = yaml.replace("users:\n", "users:\n  inbound: data/inbound\n");
    writeFileSync(join(cwd, "posthorn.yaml"), joined);
    expect(await explain()).toEqual(without);
    const told = { sender: { id: "7199999999999999" }, recipient: { id: "422500000000001" } };
    const event = { ...told, timestamp: Date.parse(EXAMPLE_NOW) - 1, message: { mid: "m_1" } };
    const log = join(cwd, "told.ndjson");
    writeFileSync(log, JSON.stringify(event));
    expect((await posthornHere(["users", "ingest", log], { cwd })).exit).toBe(0);
    expect(await explain()).toEqual(without);
  });

  test("64: a user whom neither the data nor the page knows", async () => {
    const cwd = smallWorkspace();
    const yaml = readFileSync(join(cwd, "posthorn.yaml"), "utf8");
    writeFileSync(join(cwd, "posthorn.yaml"), yaml.replace("users:\n", "users:\n  inbound: in\n"));
    const { exit, err } = await posthornHere(["explain", "hello", "--user", "u9", ...NOW], { cwd });
    expect({ exit, err }).toEqual({ exit: 64, err: 'The user data has no user "u9".\n' });
  });
});

describe("explain on a small workspace", () => {
  test("64: an unknown campaign, with the one meant, an unknown user, a stray event", async () => {
    const cwd = smallWorkspace();
    const explain = (...args: string[]) => posthornHere(["explain", ...args, ...NOW], { cwd });
    expect(await explain("helo", "--user", "u1")).toEqual({
      exit: 64,
      out: "",
      err: 'No file in campaigns/ declares "helo". Did you mean "hello"?\n',
    });
    expect((await explain("campaigns/hello.yaml", "--user", "u1")).err).toBe(
      'No file in campaigns/ declares "campaigns/hello.yaml". Did you mean "hello"?\n',
    );
    expect(await explain("hello", "--user", "u9")).toEqual({
      exit: 64,
      out: "",
      err: 'The user data has no user "u9".\n',
    });
    expect(await explain("hello", "--user", "u1", "--event", "e1")).toEqual({
      exit: 64,
      out: "",
      err: "--event is for campaigns with send: on; hello is not set off by events.\n",
    });
    expect((await explain("hello")).exit).toBe(64);
  });

  test("64: an event that is not the person's; without --event the latest one counts", async () => {
    const events = ["e1", "e2"].map((event_id, n) =>
      JSON.stringify({ event_id, user_id: "u1", event: "shipped", at: `2026-12-01T0${n}:00:00Z` }),
    );
    const cwd = smallWorkspace({
      "campaigns/hello.yaml": SMALL_CAMPAIGN.replace("at: now", "on: shipped"),
      "data/events.ndjson": events.join("\n"),
    });
    const yaml = readFileSync(join(cwd, "posthorn.yaml"), "utf8");
    const source = "events: { source: data/events.ndjson, id: event_id, user: user_id, ";
    writeFileSync(join(cwd, "posthorn.yaml"), `${yaml}${source}name: event, at: at }\n`);
    const explain = (...args: string[]) =>
      posthornHere(["explain", "hello", ...args, ...NOW], { cwd });
    expect((await explain("--user", "u1")).out).toContain('action=send occurrence="e2"\n');
    expect((await explain("--user", "u1", "--event", "e1")).out).toContain('occurrence="e1"\n');
    expect(await explain("--user", "u2", "--event", "e1")).toEqual({
      exit: 64,
      out: "",
      err: 'The user "u2" has no event "e1" that could set this off.\n',
    });
    expect((await explain("--user", "u2")).out).toContain("verdict=no_event");
  });

  test("3: an invalid file, and the person's own data, with their places", async () => {
    const broken = smallWorkspace({
      "campaigns/hello.yaml": SMALL_CAMPAIGN.replace("segment: everyone", "segment: evryone"),
    });
    const args = ["explain", "hello", "--user", "u2", ...NOW];
    const ran = await posthornHere(args, { cwd: broken });
    expect(ran.exit).toBe(3);
    expect(ran.err).toMatch(/campaigns\/hello\.yaml:3:10\s+SEGMENT_UNKNOWN/);
    const rows = [person(1), person(2, { first_name: 7 })];
    const cwd = smallWorkspace({
      "data/users.ndjson": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    });
    const faulty = await posthornHere(args, { cwd });
    expect(faulty.exit).toBe(3);
    expect(faulty.err).toMatch(/data\/users\.ndjson:2/);
  });

  test("says that applies are halted", async () => {
    const cwd = smallWorkspace();
    await posthornHere(["halt", "--because", "wrong price"], { cwd });
    const { out, exit } = await posthornHere(["explain", "hello", "--user", "u1", ...NOW], { cwd });
    expect(exit).toBe(0);
    expect(out).toContain("! Applies are halted: wrong price.\n");
  });
});
