import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/diag/diagnostic.ts";
import { posthorn, SMALL_WORKSPACE, smallWorkspace, temporaryFolder } from "../../cli/posthorn.ts";
import { dataWorkspace, openWhole, userSource } from "./data-workspace.ts";
import { type Format, writeRows } from "./source-files.ts";

/** Stands in every broken row, and must stand in no diagnostic. */
const SECRET = "Ana Secret";
const PERSON = `{"user_id":"u1","ps_id":"7100000000000001","name":"${SECRET}"}`;
const HEADER = "user_id,ps_id,name";
const ROW = `u1,7100000000000001,${SECRET}`;

interface Broken {
  readonly name: string;
  readonly format: Format;
  readonly text: string | Uint8Array;
  /** What the one diagnostic says; `line` 1 where it is not asked for. */
  readonly says: RegExp;
  readonly line?: number;
}

const BROKEN: readonly Broken[] = [
  { name: "an empty file", format: "json", text: "", says: /is empty/ },
  { name: "white space alone", format: "json", text: " \n\n", says: /is empty/ },
  {
    name: "a cut off array",
    format: "json",
    text: `[${PERSON},{"user_id":"${SECRET}"`,
    says: /at entry 2\. It ends in the middle of an object/,
  },
  {
    name: "an array that is not closed",
    format: "json",
    text: `[${PERSON}`,
    says: /no valid JSON/,
  },
  { name: "a comma too many", format: "json", text: `[${PERSON},]`, says: /no valid JSON/ },
  {
    name: "text after the array",
    format: "json",
    text: `[${PERSON}] ${SECRET}`,
    says: /no valid JSON/,
  },
  {
    name: "one object",
    format: "json",
    text: PERSON,
    says: /holds one array of objects.*name it \.ndjson/,
  },
  {
    name: "an object a line",
    format: "json",
    text: `${PERSON}\n${PERSON}\n`,
    says: /holds one array of objects/,
  },
  {
    name: "texts in the array",
    format: "json",
    text: `["${SECRET}"]`,
    says: /at entry 1\. One of its entries is no object/,
  },
  {
    name: "null in the array",
    format: "json",
    text: `[${PERSON},null]`,
    says: /no object|no "user_id"/,
  },
  {
    name: "a key twice",
    format: "json",
    text: `[{"user_id":"u1","name":"${SECRET}","name":"b"}]`,
    says: /same key twice/,
  },
  {
    name: "Latin-1",
    format: "json",
    text: Buffer.from(`[{"user_id":"M\xfcller"}]`, "latin1"),
    says: /not UTF-8/,
  },
  {
    name: "half an emoji",
    format: "json",
    text: `[{"user_id":"\\ud83d","name":"${SECRET}"}]`,
    says: /no valid JSON/,
  },
  {
    name: "a comment",
    format: "json",
    text: `[${PERSON}, // ${SECRET}\n${PERSON}]`,
    says: /no valid JSON/,
  },
  {
    name: "CSV under another name",
    format: "json",
    text: `${HEADER}\n${ROW}\n`,
    says: /holds one array|no valid JSON/,
  },
  {
    name: "a cut off line",
    format: "ndjson",
    text: `${PERSON}\n{"user_id":"${SECRET}`,
    says: /at line 2\. It ends in the middle/,
    line: 2,
  },
  {
    name: "a broken line among good ones",
    format: "ndjson",
    text: `${PERSON}\n{"name":${SECRET}}\n{}\n`,
    says: /at line 2\. It is no valid JSON/,
    line: 2,
  },
  {
    name: "an array a line",
    format: "ndjson",
    text: `["${SECRET}"]\n`,
    says: /at line 1\. One of its entries is no object/,
  },
  {
    name: "a text a line",
    format: "ndjson",
    text: `${PERSON}\n"${SECRET}"\n`,
    says: /at line 2\. One of its entries is no object/,
    line: 2,
  },
  {
    name: "an object over two lines",
    format: "ndjson",
    text: `{"user_id":\n"${SECRET}"}\n`,
    says: /no valid JSON|in the middle/,
  },
  {
    name: "two objects in a line",
    format: "ndjson",
    text: `${PERSON}${PERSON}\n`,
    says: /no valid JSON/,
  },
  {
    name: "a byte order mark",
    format: "ndjson",
    text: `\ufeff${PERSON}\n`,
    says: /byte order mark/,
  },
  {
    name: "UTF-16",
    format: "ndjson",
    text: Buffer.from(`${PERSON}\n`, "utf16le"),
    says: /no valid JSON/,
  },
  {
    name: "an object above 16 MB",
    format: "ndjson",
    text: `{"user_id":"${SECRET.repeat(4_000_000)}"}\n`,
    says: /larger than 16 MB/,
  },
  { name: "no byte at all", format: "csv", text: "", says: /is empty/ },
  {
    name: "a quote that is not closed",
    format: "csv",
    text: `${HEADER}\nu1,7100000000000001,"${SECRET}\n`,
    says: /quote is not closed/,
  },
  {
    name: "text after a quote",
    format: "csv",
    text: `${HEADER}\nu1,7100000000000001,"${SECRET}"x\n`,
    says: /quote is not closed/,
  },
  {
    name: "a field too many",
    format: "csv",
    text: `${HEADER}\n${ROW},x\n`,
    says: /more or fewer fields/,
  },
  {
    name: "a field too few",
    format: "csv",
    text: `${HEADER}\n${SECRET},x\n`,
    says: /more or fewer fields/,
  },
  {
    name: "a title above the header",
    format: "csv",
    text: `Export for ${SECRET}\n${HEADER}\n${ROW}\n`,
    says: /more or fewer fields/,
  },
  {
    name: "line ends of two kinds",
    format: "csv",
    text: `${HEADER}\r\n${ROW}\n${ROW}\r\n`,
    says: /different ways/,
  },
  {
    name: "Latin-1",
    format: "csv",
    text: Buffer.from(`${HEADER}\nu1,7100000000000001,M\xfcller ${SECRET}\n`, "latin1"),
    says: /not UTF-8/,
    line: 2,
  },
  {
    name: "a broken row far down",
    format: "csv",
    text: `${HEADER}\n${Array.from({ length: 60_000 }, (_, n) => `u${n},,${SECRET}`).join("\n")}\nu,x\n`,
    says: /at line 60002\. A row has more or fewer/,
    line: 60_002,
  },
  { name: "no byte at all", format: "parquet", text: "", says: /is empty/ },
  {
    name: "another format",
    format: "parquet",
    text: `${HEADER}\n${ROW}\n`.repeat(9),
    says: /no whole Parquet file/,
  },
  {
    name: "a wrong footer",
    format: "parquet",
    text: `PAR1${SECRET.repeat(9)}PAR1`,
    says: /no whole Parquet file/,
  },
];

async function opened(folder: string, format: Format) {
  const declared = { pattern: `users.${format}`, format, attributes: { name: "string" } } as const;
  const users = await openWhole(dataWorkspace(folder, userSource(declared)));
  users.engine.close();
  return users;
}

function holdFault(diagnostics: readonly Diagnostic[], { format, says, line }: Broken): void {
  const [fault] = diagnostics;
  expect(diagnostics).toHaveLength(1);
  expect(fault).toMatchObject({
    severity: "error",
    at: { file: `users.${format}`, line: line ?? expect.any(Number) },
    detail: expect.stringMatching(says),
  });
  expect(JSON.stringify(diagnostics)).not.toContain("Secret");
}

describe("a file that cannot be read is a diagnostic without anyone's values:", () => {
  test.for(BROKEN)(".$format: $name", async (broken) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `users.${broken.format}`), broken.text);
    holdFault((await opened(folder, broken.format)).diagnostics, broken);
  });

  test("Parquet that is cut off or rotten", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "users.parquet");
    const rows = Array.from({ length: 20_000 }, (_, n) => ({ user_id: `u${n}`, name: SECRET }));
    const columns = { user_id: "string", ps_id: "string", name: "string" } as const;
    const { readFileSync } = await import("node:fs");
    await writeRows(path, "parquet", { columns, rows: rows.slice(0, 500) });
    const whole = readFileSync(path);
    const says = /users\.parquet cannot be read/;
    for (const part of [0.2, 0.9]) {
      writeFileSync(path, whole.subarray(0, Math.floor(whole.length * part)));
      holdFault((await opened(folder, "parquet")).diagnostics, {
        name: "",
        text: "",
        format: "parquet",
        says,
      });
    }
    const rotten = Buffer.from(whole);
    rotten.fill(0xff, 8, 200);
    writeFileSync(path, rotten);
    holdFault((await opened(folder, "parquet")).diagnostics, {
      name: "",
      text: "",
      format: "parquet",
      says,
    });
  });

  test("the files are named in a glob, and only the broken one", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.ndjson"), `${PERSON}\n`);
    writeFileSync(join(folder, "b.ndjson"), `{"user_id":"${SECRET}`);
    const declared = { pattern: "*.ndjson", format: "ndjson", attributes: {} } as const;
    const { engine, diagnostics } = await openWhole(dataWorkspace(folder, userSource(declared)));
    engine.close();
    expect(diagnostics).toMatchObject([{ code: "DATA_UNREADABLE", at: { file: "b.ndjson" } }]);
  });
});

describe("odd but whole files are read:", () => {
  const whole: readonly (readonly [string, Format, string])[] = [
    ["a byte order mark", "json", `\ufeff[${PERSON}]`],
    ["a byte order mark", "csv", `\ufeff${HEADER}\n${ROW}\n`],
    ["lines that end in CR LF", "csv", `${HEADER}\r\n${ROW}\r\n`],
    ["no line end at the end", "csv", `${HEADER}\n${ROW}`],
    ["blank lines", "csv", `${HEADER}\n\n${ROW}\n\n`],
    ["lines that end in CR LF", "ndjson", `${PERSON}\r\n`],
    ["blank lines", "ndjson", `\n${PERSON}\n\n`],
    ["an array over many lines", "json", JSON.stringify([JSON.parse(PERSON)], null, 2)],
    ["columns that nobody declared", "csv", `x,${HEADER},"y ""z"""\n1,${ROW},2\n`],
    ["a row that begins with #", "csv", `name,user_id,ps_id\n#${SECRET},u1,7100000000000001\n`],
    ["rows that all begin with #", "csv", `user_id,ps_id,name\n#1,7100000000000001,x\n#2,,y\n`],
  ];
  test.for(whole)("%s in .%s", async ([, format, text]) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `users.${format}`), text);
    const { diagnostics, userCount } = await opened(folder, format);
    expect(diagnostics).toEqual([]);
    expect(userCount).toBe(text.includes("#2") ? 2 : 1);
  });
});

describe("user data without anybody is an error, since it would close every occurrence:", () => {
  test.for([
    ["json", "[]"],
    ["json", "[\n]\n"],
    ["ndjson", ""],
    ["ndjson", "\n\n"],
    ["csv", `${HEADER}\n`],
    ["csv", HEADER],
  ] as const)(".%s %j", async ([format, text]) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `users.${format}`), text);
    const { diagnostics } = await opened(folder, format);
    expect(diagnostics).toMatchObject([{ code: "DATA_EMPTY", severity: "error" }]);
  });
});

describe("the command line ends with exit 3 and no stack:", () => {
  test.for([
    ["json", `[${PERSON}`],
    ["ndjson", `{"user_id":"${SECRET}`],
    ["csv", `${HEADER}\n"${SECRET}`],
    ["parquet", `PAR1${SECRET.repeat(9)}PAR1`],
    ["json", "[]"],
  ] as const)(".%s", async ([format, text]) => {
    const cwd = smallWorkspace({
      "posthorn.yaml": SMALL_WORKSPACE.replace("users.ndjson", `broken.${format}`),
      [`data/broken.${format}`]: text,
    });
    for (const command of ["plan", "apply"]) {
      const { exit, out, err } = await posthorn(
        [command, "--sandbox"].slice(0, command === "plan" ? 1 : 2),
        { cwd },
      );
      expect({ exit, out }).toEqual({ exit: 3, out: "" });
      expect(err).toMatch(/DATA_(UNREADABLE|EMPTY)/);
      expect(err).not.toMatch(/Secret|\n\s+at |node:|\.js:\d/);
    }
  });
});
