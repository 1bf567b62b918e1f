import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { ALL_CODE, SOURCES, type SourceFile, TESTS } from "./source-files.ts";

const MAX_LINES = 250;
const MAX_COLUMNS = 100;
const EMPTY_NAMES = /^(utils?|helpers?|common|core|libs?|misc|manager|handler|infos?|items?)$/;
/** Words that say nothing of what is done. */
const EMPTY_VERBS = /\bfunction (?:handle|manage|do)[A-Z]\w*/g;

const lineCount = ({ text }: SourceFile) => text.split("\n").length - 1;

describe("files and lines keep their size", () => {
  test("no file is longer than 250 lines, and half of src at most 90", () => {
    const long = ALL_CODE.filter((file) => lineCount(file) > MAX_LINES);
    expect(long.map((file) => `${file.path}: ${lineCount(file)}`)).toEqual([]);
    const lengths = SOURCES.map(lineCount).sort((a, b) => a - b);
    expect(lengths.length).toBeGreaterThan(100);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(90);
  });

  test("no line is wider than 100 columns", () => {
    const wide = ALL_CODE.flatMap(({ path, text }) =>
      text
        .split("\n")
        .map((line, index) => ({ at: `${path}:${index + 1}`, width: line.length }))
        .filter(({ width }) => width > MAX_COLUMNS),
    );
    expect(wide).toEqual([]);
  });
});

describe("names say what is in them", () => {
  test("no file or folder is called util, helpers, common and the like", () => {
    const parts = [...SOURCES, ...TESTS].flatMap(({ path }) =>
      path.split("/").map((part) => ({ path, part: basename(part).split(".")[0] ?? "" })),
    );
    expect(parts.filter(({ part }) => EMPTY_NAMES.test(part))).toEqual([]);
  });

  test("no function handles, manages or does", () => {
    const found = SOURCES.flatMap(({ path, text }) =>
      [...text.matchAll(EMPTY_VERBS)].map(([name]) => `${path}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  test("nothing is left to be done later, and no type check is switched off", () => {
    const words = new RegExp(["TO" + "DO", "FIX" + "ME", "@ts-ig" + "nore"].join("|"));
    const found = ALL_CODE.filter(({ text }) => words.test(text)).map(({ path }) => path);
    expect(found).toEqual([]);
  });
});
