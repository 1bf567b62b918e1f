import { describe, expect, test } from "vitest";
import { CAMPAIGN, type Files, faults, MAIN } from "./written-workspace.ts";

const main = (from: string, to: string) => MAIN.replace(from, to);
const BUYERS = "segments/buyers.yaml";
const HELLO = "campaigns/hello.yaml";
/** Faults of its own in every file, whatever posthorn.yaml says. */
const FAULTY: Files = {
  [BUYERS]: "where: { cuntry: DE, ltv: { gte: x }, event: bought, count: { gte: many } }\n",
  [HELLO]: `${CAMPAIGN.replace("Hello", "'{{nick_name}} {{#country}}'")}tests: [{ name: 5 }]\n`,
};
const OWN_FAULTS = [
  `${HELLO}:5:18 MESSAGE_TEMPLATE`,
  `${HELLO}:6:9 KEY_MISSING`,
  `${HELLO}:6:17 VALUE_TYPE`,
  `${BUYERS}:1:10 ATTRIBUTE_UNKNOWN`,
  `${BUYERS}:1:34 OPERAND_TYPE`,
  `${BUYERS}:1:68 OPERAND_TYPE`,
];

describe("a fault of posthorn.yaml hides no fault of another file", () => {
  const cases: [string, string, string][] = [
    ["an attribute of an unknown type", "country: string", "country: sting"],
    ["an attribute without a type", "country: string", "country: {}"],
    ["a source of the wrong type", "source: data/users.json", "source: 5"],
    ["a constant of the wrong type", "events:", "vars: { shop: [] }\nevents:"],
    ["a property of an unknown type", "amount: number", "amount: numbr"],
    ["an unknown key of the page", "page:", "page:\n  nonsense: 5"],
  ];
  test.each(cases)("%s", (_name, from, to) => {
    const found = faults({ ...FAULTY, "posthorn.yaml": main(from, to) });
    const elsewhere = found.filter((fault) => !fault.startsWith("posthorn.yaml"));
    expect(elsewhere).toEqual(OWN_FAULTS);
    expect(found).toHaveLength(OWN_FAULTS.length + 1);
  });
});

describe("who relies on what posthorn.yaml says wrongly is not at fault", () => {
  const relies: Files = {
    [BUYERS]:
      "where: { country: DE, ltv: { gte: 1 }, event: bought, where: { amount: 1 } }\n" +
      "tests: [{ name: a, user: { country: DE }, events: [{ event: a, amount: 1 }]," +
      "expect: in }]\n",
    [HELLO]: CAMPAIGN.replace("Hello", "'{{country}} {{shop}} {{event.amount}}'").replace(
      "at: 2026-12-01T10:00",
      "on: bought",
    ),
  };
  const withShop = MAIN.replace("events:", "vars: { shop: Acme }\nevents:");
  const cases: [string, string, string][] = [
    ["an attribute of an unknown type", "country: string", "country: sting"],
    ["attributes that are no map", "{ country: string, ltv: number }", "[country]"],
    ["attributes under a misspelt key", "attributes:", "atributes:"],
    ["users without attributes' column", "psid: ps_id", "psdi: ps_id"],
    ["users that are no map", "users:", "users: 5\nx:"],
    ["a misspelt users:", "users:", "usres:"],
    ["a misspelt events:", "events:", "evnets:"],
    ["a property of an unknown type", "amount: number", "amount: numbr"],
    ["properties that are no map", "{ amount: number }", "5"],
    ["a constant of the wrong type", "shop: Acme", "shop: []"],
    ["a misspelt vars:", "vars:", "vasr:"],
    ["a file that is no YAML", "workspace: acme", "workspace: [acme"],
    ["a file that is empty", withShop, ""],
  ];
  test.each(cases)("%s", (_name, from, to) => {
    expect(faults({ ...relies, "posthorn.yaml": withShop })).toEqual([]);
    const found = faults({ ...relies, "posthorn.yaml": withShop.replace(from, to) });
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((fault) => !fault.startsWith("posthorn.yaml"))).toEqual([]);
  });
});

describe("a fault of one part of a file hides no fault of another", () => {
  const cases: [string, Files, string[]][] = [
    [
      "a page with a wrong rate and a wrong mode",
      { "posthorn.yaml": main("users:", "  rate: 301/s\n  mode: lve\nusers:") },
      ["posthorn.yaml:6:9 RATE_RANGE", "posthorn.yaml:7:9 VALUE_UNKNOWN"],
    ],
    [
      "users with a path outside and an attribute of an unknown type",
      { "posthorn.yaml": main("data/users.json", "../u.json").replace("ltv: number", "ltv: x") },
      ["posthorn.yaml:7:11 PATH_OUTSIDE", "posthorn.yaml:11:39 VALUE_UNKNOWN"],
    ],
    [
      "a schedule that never comes and a lateness of the wrong form",
      { [HELLO]: CAMPAIGN.replace("at: 2026-12-01T10:00", 'every: "0 0 31 2 *", late_by: 5') },
      [`${HELLO}:3:16 CRON_INVALID`, `${HELLO}:3:39 VALUE_TYPE`],
    ],
    [
      "a weight of the wrong type, and what another variant says",
      {
        [HELLO]:
          `${CAMPAIGN}variants:\n  a: { weight: "5" }\n` +
          "  b: { weight: 0, message: { txt: a } }\n",
      },
      [`${HELLO}:7:16 VALUE_TYPE`, `${HELLO}:8:30 MESSAGE_KEY_UNKNOWN`],
    ],
    [
      "a wave of the wrong type, without a word on which is the last",
      { [HELLO]: `${CAMPAIGN}rollout: { waves: [25, x, rest] }\n` },
      [`${HELLO}:6:24 VALUE_UNKNOWN`],
    ],
    [
      "a key that stands twice, and a wrong value under another",
      { [HELLO]: `${CAMPAIGN}status: active\npriority: high\n` },
      [`${HELLO}:6:1 KEY_TWICE`, `${HELLO}:7:11 VALUE_TYPE`],
    ],
  ];
  test.each(cases)("%s", (_name, files, want) => {
    expect(faults(files)).toEqual(want);
  });
});
