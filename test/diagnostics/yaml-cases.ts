import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../cli/posthorn.ts";
import { append, BUYERS, type Case, edit, HELLO, MAIN } from "./base-files.ts";

const bytes = (...parts: readonly (string | number)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part)])),
  );
const lines = (name: string, lines: string, ...found: string[]): Case => ({
  name,
  files: append(HELLO, lines),
  found,
});

/** What YAML makes of what people write. */
export const YAML_CASES: readonly Case[] = [
  lines("a quote that is not closed", "description: 'a", `${HELLO}:7:1 YAML_SYNTAX`),
  lines("a second colon in a line", "description: a: b", `${HELLO}:6:14 YAML_SYNTAX`),
  lines("a text that begins with @", "description: @ana", `${HELLO}:6:14 YAML_SYNTAX`),
  lines("a bracket that is not closed", "was: [a, b", `${HELLO}:7:1 YAML_SYNTAX`),
  lines("a tab for indentation", "frequency_cap:\n\tobey: true", `${HELLO}:7:1 YAML_TAB`),
  lines("a tab after blanks", "frequency_cap:\n  \tobey: true", `${HELLO}:7:3 YAML_TAB`),
  lines("a tab inside of brackets", "was: [\n\ta ]", `${HELLO}:7:1 YAML_TAB`),
  lines("a tab in a block of text", "description: |\n\ta", `${HELLO}:7:1 YAML_TAB`),
  lines("a key that stands twice", "status: draft", `${HELLO}:6:1 KEY_TWICE`),
  lines("a key that is no text", "? [a]\n: b", `${HELLO}:6:3 YAML_KEY`),
  lines("a tag", "persona: !!binary aGk=", `${HELLO}:6:10 YAML_TAG`),
  lines("a tag of somebody's own", "persona: !env PERSONA", `${HELLO}:6:10 YAML_TAG`),
  lines("a second document", "---\nstatus: draft", `${HELLO}:6:1 YAML_SEVERAL_DOCUMENTS`),
  lines("an alias of nothing", "description: *nobody", `${HELLO}:6:14 YAML_ALIAS`),
  lines(
    "a bomb of aliases",
    "x: &a [1, 1, 1, 1, 1]\ny: &b [*a, *a, *a, *a, *a]\nz: &c [*b, *b, *b, *b, *b]\n" +
      "w: [*c, *c, *c, *c, *c]",
    `${HELLO}:9:21 YAML_ALIAS`,
  ),
  {
    name: "an alias inside of itself",
    files: { [BUYERS]: "where: &a { all: [*a] }\n" },
    found: [`${BUYERS}:1:18 YAML_TOO_DEEP`],
  },
  {
    name: "nesting that exhausts the parser",
    files: { [BUYERS]: `where: ${"[".repeat(100_000)}` },
    found: [`${BUYERS}:1:1 YAML_TOO_DEEP`],
  },
  {
    name: "a merge key",
    files: { [BUYERS]: "where: { any: [&a { country: DE }, { <<: *a, ltv: 1 }] }\n" },
    found: [`${BUYERS}:1:38 YAML_MERGE`],
  },
  {
    name: "ids without quotes that lose digits",
    files: edit(MAIN, '{ ana: "7100000000000001" }', "{ ana: 7100000000000001000001 }"),
    found: [`${MAIN}:6:19 NUMBER_INEXACT`],
  },
  {
    name: "ids without quotes that lose a zero",
    files: edit(MAIN, '"7100000000000001"', "0071000000000001"),
    found: [`${MAIN}:6:19 NUMBER_INEXACT`],
  },
  {
    name: "ids without quotes that keep their digits",
    files: edit(MAIN, '"7100000000000001"', "7100000000000001"),
    found: [`${MAIN}:6:19 VALUE_TYPE`],
  },
  lines("infinity", "priority: .inf", `${HELLO}:6:11 NUMBER_INEXACT`),
  lines("yes for true", "frequency_cap: { obey: yes }", `${HELLO}:6:24 VALUE_YES_NO`),
  lines("Off for false", "frequency_cap: { counts: Off }", `${HELLO}:6:26 VALUE_YES_NO`),
  {
    name: "on for true in a condition",
    files: { [BUYERS]: "where: { newsletter: on }\n" },
    found: [`${BUYERS}:1:22 VALUE_YES_NO`],
  },
  {
    name: "no for false in a test",
    files: edit(BUYERS, "ltv: 5", "ltv: 5, newsletter: no"),
    found: [`${BUYERS}:3:56 VALUE_YES_NO`],
  },
  {
    name: "a country without quotes is text all the same",
    files: { [BUYERS]: "where: { country: { in: [NO, on, y] }, tags: { contains: 21:00 } }\n" },
    found: [],
  },
  {
    name: "a mark at the start of the file, as Windows writes it",
    files: { [BUYERS]: `\ufeffwhere: { cuntry: DE }\r\n` },
    found: [`${BUYERS}:1:10 ATTRIBUTE_UNKNOWN`],
  },
  {
    name: "a file in Latin 1",
    files: { [BUYERS]: bytes("where: { country: DE }\n# K", 0xf6, "ln\n") },
    found: [`${BUYERS}:2:1 FILE_NOT_UTF8`],
  },
  {
    name: "a file in UTF-16",
    files: { [BUYERS]: new Uint8Array(Buffer.from("\ufeffwhere: {}", "utf16le")) },
    found: [`${BUYERS}:1:1 FILE_NOT_UTF8`],
  },
  {
    name: "a file with a zero byte",
    files: { [BUYERS]: "where: { country: DE }\n# a\u0000b\n" },
    found: [`${BUYERS}:2:4 FILE_CONTROL_CHARACTER`],
  },
  {
    name: "a file of more than a mebibyte",
    files: { [BUYERS]: `where: { country: DE }\n${"#".repeat(1024 * 1024)}` },
    found: [`${BUYERS}:1:1 FILE_TOO_LARGE`],
  },
  {
    name: "an empty file",
    files: { [BUYERS]: "" },
    found: [`${BUYERS}:1:1 VALUE_TYPE`],
  },
];

const linked = (name: string, found: readonly string[], prepare: Case["prepare"]): Case => ({
  name,
  files: {},
  found,
  ...(prepare && { prepare }),
});

/** Files that are not what they look like. */
export const FILE_CASES: readonly Case[] = [
  linked("a link to a file outside", ["campaigns/link.yaml:1:1 FILE_OUTSIDE"], (folder) => {
    const outside = join(temporaryFolder(), "x.yaml");
    writeFileSync(outside, "status: draft\n");
    symlinkSync(outside, join(folder, "campaigns/link.yaml"));
  }),
  linked("a link to itself", ["campaigns/loop.yaml:1:1 FILE_UNREADABLE"], (folder) => {
    symlinkSync("loop.yaml", join(folder, "campaigns/loop.yaml"));
  }),
  linked("a link to a folder", ["campaigns/dir.yaml:1:1 FILE_UNREADABLE"], (folder) => {
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync("../elsewhere", join(folder, "campaigns/dir.yaml"));
  }),
  linked("a link to nothing", ["campaigns/gone.yaml:1:1 FILE_MISSING"], (folder) => {
    symlinkSync("nowhere.yaml", join(folder, "campaigns/gone.yaml"));
  }),
  {
    name: "a file that ends in .yml",
    files: { "campaigns/other.yml": "status: draft\n" },
    found: ["campaigns/other.yml:1:1 FILE_NOT_READ"],
  },
  {
    name: "no posthorn.yaml",
    files: { [MAIN]: null },
    found: [`${MAIN}:1:1 WORKSPACE_MISSING`],
  },
  {
    name: "no campaign",
    files: { [HELLO]: null, "campaigns/shipped.yaml": null },
    found: [`${MAIN}:1:1 CAMPAIGNS_EMPTY`],
  },
  {
    name: "a path that makes no id",
    files: { "segments/big spenders.yaml": "where: { country: DE }\n" },
    found: ["segments/big spenders.yaml:1:1 ID_FORM"],
  },
  {
    name: "a segment called everyone",
    files: { "segments/everyone.yaml": "where: { country: DE }\n" },
    found: ["segments/everyone.yaml:1:1 SEGMENT_BUILT_IN"],
  },
];
