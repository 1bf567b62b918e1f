import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../cli/posthorn.ts";
import { type Case, edit, HELLO, MAIN } from "./base-files.ts";

const change = (name: string, [from, to]: readonly [string, string], ...found: string[]): Case => ({
  name,
  files: edit(MAIN, from, to),
  found: found.map((one) => `${MAIN}:${one}`),
});

/** What is wrong with posthorn.yaml. */
export const WORKSPACE_CASES: readonly Case[] = [
  change("no name", ["workspace: acme\n", ""], "1:1 KEY_MISSING"),
  change("a misspelt name", ["workspace:", "workspcae:"], "1:1 KEY_UNKNOWN"),
  change("a key nobody knows", ["vars:", "colour: red\nvars:"], "30:1 KEY_UNKNOWN"),
  change(
    "a page without a token",
    ["  access_token: ${MESSENGER_PAGE_TOKEN}\n", ""],
    "3:1 KEY_MISSING",
  ),
  change("a name of another form", ["acme", "acme inc"], "1:12 VALUE_FORM"),
  change("an app in a mode of its own", ["page:", "page:\n  mode: lve"], "4:9 VALUE_UNKNOWN"),
  change("a rate of the wrong type", ["page:", "page:\n  rate: 20"], "4:9 VALUE_TYPE"),
  change("a rate above Meta's", ["page:", "page:\n  rate: 301/s"], "4:9 RATE_RANGE"),
  change("a rate of nothing", ["page:", "page:\n  rate: 0/s"], "4:9 RATE_RANGE"),
  change("no ceiling towards Meta", ["page:", "page:\n  rate: unlimited"], "4:9 RATE_RANGE"),
  change("a margin of a day", ["page:", "page:\n  window_margin: 24h"], "4:18 MARGIN_RANGE"),
  change(
    "two testers with one PSID",
    ['{ ana: "7100000000000001"', '{ ana: "7100000000000001", bob: "7100000000000001"'],
    "6:44 TESTER_TWICE",
  ),
  change("an attribute of no type", ["ltv: number", "ltv: numbr"], "17:10 VALUE_UNKNOWN"),
  change("an attribute called any", ["orders: integer", "any: number"], "18:5 VALUE_FORM"),
  change("a column as an attribute", ["orders: integer", "ps_id: string"], "18:5 ATTRIBUTE_TWICE"),
  change("an attribute in capitals", ["orders: integer", "LTV: number"], "18:5 ATTRIBUTE_TWICE"),
  change("one column for two", ["psid: ps_id", "psid: user_id"], "11:9 COLUMN_TWICE"),
  change("one column but for case", ["psid: ps_id", "psid: User_ID"], "11:9 COLUMN_TWICE"),
  change("a constant like an attribute", ["shop: Acme", "country: DE"], "30:9 VAR_SHADOWS"),
  change("another host", ["v25.0", 'v25.0, url: "https://evil.example"'], "7:31 GRAPH_URL"),
  change("no quiet hour", ['to: "08:00"', 'to: "21:00"'], "31:24 QUIET_HOURS_EMPTY"),
  change("a limit of nobody", ["guards: {", "guards: { max_recipients: 0,"], "31:27 VALUE_RANGE"),
  change("a state without a path", ["vars:", 'state: ""\nvars:'], "30:8 VALUE_EMPTY"),
  change(
    "what people tell, and no column for when",
    ["  last_inbound: last_inbound_at", "  inbound: data/inbound"],
    "12:12 INBOUND_COLUMN",
  ),
  change(
    "a PSID joined by what is not there",
    ["vars:", "people: { join: { ref: contry } }\nvars:"],
    "30:24 JOIN_ATTRIBUTE",
  ),
  change(
    "a PSID joined by a number",
    ["vars:", 'people: { join: { phone: { attribute: ltv, prefix: "+" } } }\nvars:'],
    "30:39 JOIN_ATTRIBUTE",
  ),
  change(
    "a word that says yes and no",
    ["vars:", 'people: { opt_in: { words: ["STOP!"] }, opt_out: { words: [stop] } }\nvars:'],
    "30:29 SIGN_TWICE",
  ),
  change("a branch of no name", ["vars:", "state: git+branch:a..b\nvars:"], "30:8 STATE_FORM"),
];

/** Time zones that are none. */
export const ZONE_CASES: readonly Case[] = [
  ...["CET", "MEZ", "EST", "PST", "GMT", "UTC+1", "+01:00", "Europe/Berln", "berlin"].map((zone) =>
    change(`the zone ${zone}`, ["Europe/Berlin", `"${zone}"`], "2:11 ZONE_UNKNOWN"),
  ),
  {
    name: "an abbreviation in a campaign",
    files: edit(HELLO, "10:00", "10:00, timezone: CEST"),
    found: [`${HELLO}:3:41 ZONE_UNKNOWN`],
  },
];

const SECRET = "${MESSENGER_PAGE_TOKEN}";
const source = (name: string, to: string, ...found: string[]): Case =>
  change(name, ["data/users.ndjson", to], ...found);

/** Paths, environment variables and secrets. */
export const SOURCE_CASES: readonly Case[] = [
  source("a path outside", "../users.ndjson", "9:11 PATH_OUTSIDE"),
  source("an absolute path", "/data/users.ndjson", "9:11 PATH_OUTSIDE"),
  source("a path that leaves and comes back", "data/../../x.csv", "9:11 PATH_OUTSIDE"),
  change(
    "a folder outside for what people tell",
    ["psid: ps_id", "psid: ps_id\n  inbound: ../inbound"],
    "12:12 PATH_OUTSIDE",
  ),
  source("a file of no known format", "data/users.xlsx", "9:11 SOURCE_FORMAT"),
  source("a control character", '"data/\\0.json"', "9:11 VALUE_FORM"),
  source("a variable that is not set", "${USERS}", "9:11 ENV_MISSING"),
  source("a variable and a path", "${DATA}/users.csv", "9:11 ENV_FORM"),
  source("a variable as shells write it", "$USERS", "9:11 ENV_FORM"),
  source("a variable with a default", "${USERS:-a.csv}", "9:11 ENV_FORM"),
  source("a variable as workflows write it", '"${{ env.USERS }}"', "9:11 ENV_FORM"),
  source("a variable as Windows writes it", '"%USERS%"', "9:11 ENV_FORM"),
  ...["{a,b}{a,b}.csv", "{1..99999}.csv", "+(a|b).csv", "*a*b*c*d*e*.csv"].map((pattern) =>
    source(`the pattern ${pattern}`, `"data/${pattern}"`, "9:11 SOURCE_PATTERN"),
  ),
  {
    name: "a path through a link that leads outside",
    files: edit(MAIN, "data/users.ndjson", "link/users.ndjson"),
    found: [`${MAIN}:9:11 PATH_OUTSIDE`],
    prepare: (folder) => symlinkSync(temporaryFolder(), join(folder, "link")),
  },
  change("a token", [SECRET, "EAABsecretToken123"], "5:17 SECRET_LITERAL"),
  change("a secret that is a number", [SECRET, "1234567890"], "5:17 SECRET_LITERAL"),
  change("a secret that is no reference", [SECRET, "$MESSENGER_PAGE_TOKEN"], "5:17 ENV_FORM"),
  change("a secret and more", [SECRET, `"Bearer ${SECRET}"`], "5:17 ENV_FORM"),
  change(
    "an app secret",
    [SECRET, `${SECRET}\n  app_secret: 0123456789abcdef0123456789abcdef`],
    "6:15 SECRET_LITERAL",
  ),
  change(
    "a token under a misspelt key",
    ["access_token: ${", "acces_token: EAABsecretToken123 # ${"],
    "5:3 KEY_UNKNOWN",
  ),
  change(
    "a token among the constants",
    ["shop: Acme", `shop: EAAB${"x1".repeat(20)}`],
    "30:15 SECRET_LITERAL",
  ),
];
