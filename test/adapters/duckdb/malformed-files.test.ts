import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/diag/diagnostic.ts";
import { posthornHere } from "../../cli/in-process.ts";
import {
  person,
  posthorn,
  SMALL_WORKSPACE,
  smallWorkspace,
  temporaryFolder,
} from "../../cli/posthorn.ts";
import { BROKEN, type Broken, HEADER, PERSON, ROW, SECRET } from "./broken-files.ts";
import { dataWorkspace, openWhole, userSource } from "./data-workspace.ts";
import { type Format, writeRows } from "./source-files.ts";

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

describe("user data without anybody is a warning, for the guards to judge:", () => {
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
    expect(diagnostics).toMatchObject([{ code: "DATA_EMPTY", severity: "warning" }]);
  });
});

describe("the command line ends with exit 3 and no stack:", () => {
  test.for([
    ["json", `[${PERSON}`],
    ["ndjson", `{"user_id":"${SECRET}`],
    ["csv", `${HEADER}\n"${SECRET}`],
    ["parquet", `PAR1${SECRET.repeat(9)}PAR1`],
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
      expect(err).toMatch(/DATA_UNREADABLE/);
      expect(err).not.toMatch(/Secret|\n\s+at |node:|\.js:\d/);
    }
  });
});

test("rot in any part of a Parquet file ends a plan with exit 3, wherever it is met", async () => {
  const cwd = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("users.ndjson", "users.parquet"),
  });
  const path = join(cwd, "data/users.parquet");
  const rows = Array.from({ length: 3_000 }, (_, n) => ({
    ...person(n),
    first_name: `${SECRET} ${(n * 7_919) % 3_001}`,
  }));
  const columns = {
    user_id: "string",
    ps_id: "string",
    opt_in: "boolean",
    last_inbound_at: "timestamp",
    first_name: "string",
    country: "string",
  } as const;
  await writeRows(path, "parquet", { columns, rows });
  const whole = readFileSync(path);
  const exits = new Set<number | null>();
  for (let part = 0; part < 24; part++) {
    const rotten = Buffer.from(whole);
    const at = Math.floor((whole.length * part) / 24);
    rotten.fill(0xff, at, at + 12);
    writeFileSync(path, rotten);
    const { exit, out, err } = await posthornHere(["plan", "--now", "2026-12-01T09:00:00Z"], {
      cwd,
    });
    exits.add(exit);
    expect(exit === 0 ? "" : err).not.toMatch(/Secret|\n\s+at |bug of Posthorn/);
    expect(exit === 0 ? "" : out).toBe("");
  }
  expect([...exits].filter((exit) => exit !== 0)).toEqual([3]);
});
