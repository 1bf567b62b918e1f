import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { workspaceFolder } from "../../src/adapters/workspace-folder/workspace-folder.ts";
import { readWorkspace } from "../../src/config/read-workspace.ts";
import { CAMPAIGN, type Files, faults, folderOf, MAIN, read } from "./written-workspace.ts";

const campaign = (from: string, to: string) => ({
  "campaigns/hello.yaml": CAMPAIGN.replace(from, to),
});
const main = (from: string, to: string) => ({ "posthorn.yaml": MAIN.replace(from, to) });

test("a sound workspace is resolved with every default", () => {
  const { workspace, diagnostics } = read();
  expect(diagnostics).toEqual([]);
  expect(workspace?.page).toEqual({
    id: "422500000000001",
    accessToken: { env: "MESSENGER_PAGE_TOKEN" },
    appSecret: undefined,
    verifyToken: undefined,
    mode: "live",
    testers: {},
    rate: { perSecond: 20 },
    windowMarginMs: 3_600_000,
  });
  const hello = workspace?.campaigns[0];
  expect(hello).toMatchObject({
    id: "hello",
    rootId: "hello",
    messaging: "UPDATE",
    notification: "REGULAR",
    repeat: { kind: "once" },
    priority: 0,
    holdout: 0,
    quietHours: "obey",
    frequencyCap: { obey: true, counts: true },
    send: { kind: "at", at: { wall: "2026-12-01T10:00" }, lateByMs: 86_400_000 },
  });
  expect(hello?.revision).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("the example workspace of this repository has no errors", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { diagnostics, workspace } = readWorkspace(workspaceFolder(root), {});
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(workspace?.campaigns.length).toBeGreaterThan(0);
});

describe("each fault is told once, with its place", () => {
  const cases: [string, Files, string[]][] = [
    ["unknown segment", campaign("buyers", "buyrs"), ["campaigns/hello.yaml:2:10 SEGMENT_UNKNOWN"]],
    [
      "unknown key",
      campaign("status", "statsu: x\nstatus"),
      ["campaigns/hello.yaml:1:1 KEY_UNKNOWN"],
    ],
    ["missing key", campaign("purpose: promotion\n", ""), ["campaigns/hello.yaml:1:1 KEY_MISSING"]],
    [
      "dead tag",
      campaign("status", "messaging: MESSAGE_TAG\nstatus"),
      ["campaigns/hello.yaml:1:12 MESSAGING_DEAD"],
    ],
    [
      "RESPONSE without on",
      campaign("status", "messaging: RESPONSE\nstatus"),
      ["campaigns/hello.yaml:1:12 RESPONSE_WITHOUT_EVENT"],
    ],
    [
      "yes for true",
      campaign("status", "frequency_cap: { obey: yes }\nstatus"),
      ["campaigns/hello.yaml:1:24 VALUE_YES_NO"],
    ],
    [
      "abbreviated zone",
      campaign("10:00", "10:00, timezone: CET"),
      ["campaigns/hello.yaml:3:41 ZONE_UNKNOWN"],
    ],
    [
      "bad cron",
      campaign("at: 2026-12-01T10:00", 'every: "0 25 * * *"'),
      ["campaigns/hello.yaml:3:16 CRON_INVALID"],
    ],
    [
      "six cron fields",
      campaign("at: 2026-12-01T10:00", 'every: "0 0 10 * * *"'),
      ["campaigns/hello.yaml:3:16 CRON_INVALID"],
    ],
    [
      "zero weights",
      campaign("status", "variants: { a: { weight: 0 } }\nstatus"),
      ["campaigns/hello.yaml:1:11 WEIGHTS_ZERO"],
    ],
    [
      "skipped hour",
      campaign("2026-12-01T10:00", "2027-03-28T02:30"),
      ["campaigns/hello.yaml:3:13 TIME_SKIPPED"],
    ],
    [
      "duplicate key",
      campaign("status", "segment: a\nstatus"),
      ["campaigns/hello.yaml:3:1 KEY_TWICE"],
    ],
    [
      "tab",
      campaign("message: { text: Hello }", "message:\n\ttext: Hello"),
      ["campaigns/hello.yaml:6:1 YAML_TAB"],
    ],
    [
      "own history",
      campaign("status", "was: hello\nstatus"),
      ["campaigns/hello.yaml:1:6 WAS_ITSELF"],
    ],
    [
      "unquoted page id",
      main('"422500000000001"', "422500000000001"),
      ["posthorn.yaml:4:7 VALUE_TYPE"],
    ],
    [
      "page id that lost digits",
      main('"422500000000001"', "42250000000000100001"),
      ["posthorn.yaml:4:7 NUMBER_INEXACT"],
    ],
    ["path outside", main("data/users.json", "../users.json"), ["posthorn.yaml:7:11 PATH_OUTSIDE"]],
    [
      "missing variable",
      main("data/users.json", "$" + "{USERS}"),
      ["posthorn.yaml:7:11 ENV_MISSING"],
    ],
    [
      "attribute of an unknown type",
      main("ltv: number", "ltv: numbr"),
      ["posthorn.yaml:11:39 VALUE_UNKNOWN"],
    ],
    [
      "attribute of a type that every object inherits, used by a segment",
      main("country: string", "country: constructor"),
      ["posthorn.yaml:11:26 VALUE_UNKNOWN"],
    ],
    [
      "map of an attribute with an unknown type",
      main("ltv: number", "ltv: { type: numbr, sensitive: no }"),
      ["posthorn.yaml:11:47 VALUE_UNKNOWN", "posthorn.yaml:11:65 VALUE_YES_NO"],
    ],
    [
      "a word that every object inherits where a boolean is expected",
      campaign("status", "frequency_cap: { obey: constructor }\nstatus"),
      ["campaigns/hello.yaml:1:24 VALUE_TYPE"],
    ],
    [
      "a message key that every object inherits",
      campaign("text: Hello", "text: Hello, constructor: x"),
      ["campaigns/hello.yaml:5:25 MESSAGE_KEY_UNKNOWN"],
    ],
    [
      "an environment variable that every object inherits",
      main("data/users.json", "$" + "{constructor}"),
      ["posthorn.yaml:7:11 ENV_MISSING"],
    ],
    ["reserved attribute", main("ltv: number", "any: number"), ["posthorn.yaml:11:34 VALUE_FORM"]],
    [
      "special column declared",
      main("ltv: number", "ps_id: string"),
      ["posthorn.yaml:11:34 ATTRIBUTE_TWICE"],
    ],
    ["rate above 300/s", main("users:", "  rate: 301/s\nusers:"), ["posthorn.yaml:6:9 RATE_RANGE"]],
    [
      "not UTF-8",
      { "segments/buyers.yaml": new Uint8Array([0x61, 0x0a, 0xff]) },
      ["segments/buyers.yaml:2:1 FILE_NOT_UTF8"],
    ],
    [
      "alias inside itself",
      { "segments/buyers.yaml": "where: &a { all: [*a] }\n" },
      ["segments/buyers.yaml:1:18 YAML_TOO_DEEP"],
    ],
    [
      "cycle",
      {
        "segments/buyers.yaml": "where: { segment: b }\n",
        "segments/b.yaml": "where: { segment: buyers }\n",
      },
      ["segments/buyers.yaml:1:19 SEGMENT_CYCLE"],
    ],
  ];
  test.each(cases)("%s", (_name, files, want) => {
    expect(faults(files)).toEqual(want);
  });
});

test("attributes and campaigns may have names that every object inherits", () => {
  const { workspace, diagnostics } = read({
    "posthorn.yaml": MAIN.replace("ltv: number", "constructor: number, __proto__: string"),
    "segments/buyers.yaml": "where: { constructor: { gt: 1 }, __proto__: x }\n",
    "campaigns/constructor.yaml": CAMPAIGN.replace("Hello", "'{{constructor}} {{__proto__}}'"),
  });
  expect(diagnostics).toEqual([]);
  expect(workspace?.campaigns.map(({ id }) => id)).toEqual(["constructor", "hello"]);
});

test("a literal secret is an error and is shown nowhere", () => {
  const literal = "EAABsecretToken123";
  for (const key of ["access_token", "acces_token", "app_secret", "verify_token"]) {
    const found = read(main("access_token: $" + "{MESSENGER_PAGE_TOKEN}", `${key}: ${literal}`));
    expect(found.workspace).toBeUndefined();
    expect(JSON.stringify(found.diagnostics)).not.toContain(literal);
  }
});

test("a link that leads out of the workspace is not followed", () => {
  const root = folderOf({});
  const elsewhere = folderOf({});
  symlinkSync(join(elsewhere, "campaigns/hello.yaml"), join(root, "campaigns/link.yaml"));
  const { diagnostics } = readWorkspace(workspaceFolder(root), {});
  expect(diagnostics.map(({ code }) => code)).toEqual(["FILE_OUTSIDE"]);
});
