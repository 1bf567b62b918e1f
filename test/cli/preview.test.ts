import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Preview, Sight } from "../../src/model/preview.ts";
import { LONG_NAME, previewWorkspace } from "../preview/preview-workspace.ts";
import { posthornHere } from "./in-process.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

function run(cwd: string, ...args: string[]) {
  return posthornHere(["preview", ...args, ...NOW], { cwd });
}

async function shown(cwd: string, ...args: string[]): Promise<Preview> {
  const { exit, out, err } = await run(cwd, "parcel", "--format", "json", ...args);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  return JSON.parse(out);
}

function sightsOf({ versions }: Preview): Sight[] {
  return versions.flatMap(({ sights }) => sights);
}

function named({ versions }: Preview): string[] {
  return versions.map(({ variant, locale }) => `${variant} ${locale}`);
}

describe("a preview without an answer to who", () => {
  test("is that of the person of the first test that expects a message", async () => {
    const preview = await shown(previewWorkspace());
    expect(named(preview)).toEqual(["a null", "a de", "b null", "b de"]);
    const [base] = sightsOf(preview);
    expect(base).toMatchObject({
      person: "the person of the test “tells Ana”",
      outcome: "message",
      message: { text: "Hi Ana, parcel A17 left on 2026-12-01T02:00:00-05:00." },
      values: [
        { name: "first_name", value: "Ana", from: "person" },
        { name: "event.order_id", value: "A17", from: "person" },
        { name: "event.left_at", value: "2026-12-01T02:00:00-05:00", from: "person" },
      ],
    });
  });

  test("makes up what the test does not give, and says so", async () => {
    const city = sightsOf(await shown(previewWorkspace(), "--variant", "b")).flatMap(({ values }) =>
      values.filter(({ name }) => name === "city"),
    );
    const made = { name: "city", value: "Berlin", from: "made_up" };
    expect(city).toEqual([made, made]);
  });

  test("needs no user data, and no value of the environment", async () => {
    const cwd = previewWorkspace();
    rmSync(join(cwd, "data"), { recursive: true });
    const main = join(cwd, "posthorn.yaml");
    const text = readFileSync(main, "utf8");
    writeFileSync(main, text.replace("data/users.ndjson", "$" + "{USERS_FILE}"));
    const { exit, out } = await run(cwd, "parcel", "--locale", "de-at", "--variant", "a");
    expect(exit).toBe(0);
    expect(out).toContain("Hallo Ana, Paket A17 ist unterwegs.");
    expect((await run(cwd, "parcel", "--worst")).exit).toBe(3);
  });

  test("of a locale that the campaign does not have is the base text", async () => {
    expect(named(await shown(previewWorkspace(), "--locale", "fr"))).toEqual(["a null", "b null"]);
  });
});

describe("--as", () => {
  const three = () => shown(previewWorkspace(), "--as", "u1", "--as", "u2", "--as", "u3");

  test("shows every version, and which one is theirs", async () => {
    const preview = await three();
    const own = preview.versions.filter(({ sights }) => sights[0]?.isOwn);
    expect(own).toHaveLength(1);
    expect(own[0]?.locale).toBe("de");
    expect(preview.versions.map(({ sights }) => sights.length)).toEqual([3, 3, 3, 3]);
  });

  test("takes the user's own values, zone and latest event of the campaign's name", async () => {
    expect(sightsOf(await three())[0]).toMatchObject({
      person: "user u1",
      message: { text: "Hi Ana, parcel NEW-1 left on 2026-12-01T16:00:00+09:00." },
    });
  });

  test("takes the event that is named", async () => {
    const [first] = sightsOf(await shown(previewWorkspace(), "--as", "u1", "--event", "e1"));
    expect(first?.message["text"]).toContain("parcel OLD");
  });

  test("makes an event up for whoever has none, and says so", async () => {
    const second = (await three()).versions[0]?.sights[1];
    expect(second?.person).toBe("user u2 (who has no event order_shipped)");
    expect(second?.values[1]).toEqual({ name: "event.order_id", value: "A17", from: "made_up" });
  });

  test("says whom which limit leaves out", async () => {
    expect((await three()).versions[0]?.sights[1]).toMatchObject({
      outcome: "invalid_message",
      because: ["message.quick_replies[0].title is 36 characters, limit is 20."],
      message: { quick_replies: [{ title: `Thanks ${LONG_NAME}` }] },
    });
  });

  test("says what stands in for a missing value", async () => {
    const third = (await three()).versions[0]?.sights[2];
    expect(third?.outcome).toBe("message");
    expect(third?.values[0]).toEqual({ name: "first_name", value: "there", from: "fallback" });
  });

  test("never shows a PSID, also where a message prints it", async () => {
    const campaign = readFileSync(join(previewWorkspace(), "campaigns/parcel.yaml"), "utf8");
    const folder = previewWorkspace({
      "campaigns/parcel.yaml": campaign.replace("Hi {{first_name}}", "Hi {{ps_id}}"),
    });
    for (const format of ["text", "json", "html"]) {
      const args = ["parcel", "--as", "u1", "--as", "u2", "--worst", "--format", format];
      const { exit, out } = await run(folder, ...args);
      expect(exit).toBe(0);
      expect(out).toContain("•".repeat(16));
      expect(out).not.toMatch(/7100000000/);
    }
  });
});

describe("--worst", () => {
  const worst = async () => (await shown(previewWorkspace(), "--worst")).versions[0]?.sights ?? [];

  test("takes the longest values of users and of events of that name", async () => {
    const [longest] = await worst();
    expect(longest?.values.map(({ value }) => value)).toEqual([
      LONG_NAME,
      "NEW-22",
      "2026-12-01T08:00:00+01:00",
    ]);
    expect(longest?.outcome).toBe("invalid_message");
  });

  test("leaves out whoever lacks what has no fallback", async () => {
    expect((await worst())[1]).toMatchObject({
      outcome: "missing_value",
      because: [
        "event.order_id is missing, and has no fallback.",
        "event.left_at is missing, and has no fallback.",
      ],
    });
  });

  test("lets emoji grow until the first limit is full", async () => {
    const emoji = (await worst())[3];
    expect(emoji?.outcome).toBe("message");
    const title = emoji?.meters.find(({ path }) => path === "quick_replies[0].title");
    expect(title).toEqual({
      path: "quick_replies[0].title",
      used: 20,
      limit: 20,
      counts: "characters",
    });
  });

  test("can be asked beside users", async () => {
    const people = (await shown(previewWorkspace(), "--worst", "--as", "u1")).versions[0]?.sights;
    expect(people?.map(({ person }) => person)).toEqual([
      "user u1",
      "the longest values in the data",
      "somebody of whom nothing is known",
      "right-to-left text",
      "emoji up to the limit",
    ]);
  });

  test("shows a text that uses nothing of people once", async () => {
    const campaign = readFileSync(join(previewWorkspace(), "campaigns/parcel.yaml"), "utf8");
    const folder = previewWorkspace({
      "campaigns/parcel.yaml": campaign.replace(
        /de: \{ text: .*/,
        "de: { text: Hallo, quick_replies: null }",
      ),
    });
    const [, german] = (await shown(folder, "--worst")).versions;
    expect(german?.sights.map(({ person }) => person)).toEqual([
      "everybody: this text uses nothing of the person",
    ]);
  });
});

describe("what is not there is usage:", () => {
  test.each([
    ["a campaign", ["parcle"], 'declares "parcle". Did you mean "parcel"?'],
    ["a variant", ["parcel", "--variant", "c"], 'no variant "c"'],
    ["a user", ["parcel", "--as", "u9"], 'no user "u9"'],
    ["an event", ["parcel", "--as", "u1", "--event", "e3"], 'no event "e3"'],
    ["a user for the event", ["parcel", "--event", "e1"], "--event needs --as"],
    ["a format", ["parcel", "--format", "csv"], "--format csv"],
    ["a file of two formats", ["parcel", "--html", "--format", "json"], "--html is no --format"],
  ])("%s", async (_, args, said) => {
    const { exit, out, err } = await run(previewWorkspace(), ...args);
    expect({ exit, out }).toEqual({ exit: 64, out: "" });
    expect(err).toContain(said);
  });
});

test("--html and --format html are the same file", async () => {
  const cwd = previewWorkspace();
  const [one, other] = [
    await run(cwd, "parcel", "--html"),
    await run(cwd, "parcel", "--format", "html"),
  ];
  expect(one.out).toBe(other.out);
  expect(one.out).toMatch(/^<!doctype html>/);
});
