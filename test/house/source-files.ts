import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of ours by its path from the repository's root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The written (not generated) files of a folder that end like this, and not in another way. */
export function filesIn(folder: string, ending: RegExp): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => ending.test(path) && !path.includes("/generated/"))
    .map((path) => ({ path, text: readFileSync(join(path), "utf8") }));
}

export const SOURCES = filesIn("src", /\.ts$/);
export const TESTS = filesIn("test", /\.ts$/);
const SCRIPTS = ["scripts", "bench"].flatMap((folder) => filesIn(folder, /\.m[jt]s$/));
/** Everything that people read and change as code. */
export const ALL_CODE = [...SOURCES, ...TESTS, ...SCRIPTS];
