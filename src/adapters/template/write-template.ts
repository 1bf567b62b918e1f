import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PortError } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";

/** What became of each file, by its path in the new workspace. */
export interface WrittenTemplate {
  readonly written: readonly string[];
  /** Was there before, and was left as it is. */
  readonly kept: readonly string[];
}

/** Where the example, the schemas and the workflows lie: the package itself is a workspace. */
const PACKAGE = fileURLToPath(new URL("../../../", import.meta.url));

/** Whatever workspace it is, it wants these. */
const TOOLS = ["schemas", ".github/workflows", "template"];
/** Only what is no workspace yet gets somebody else's campaigns. */
const EXAMPLE = ["campaigns", "segments", "data/users.json", "data/events.ndjson"];

/**
 * Makes a folder a workspace: the example, schemas, settings for editors, workflows. Nothing that
 * is there is changed. posthorn.yaml comes last: while it is missing, `init` has not ended. Throws
 * PortError where it cannot write.
 */
export async function writeTemplate(folder: string): Promise<WrittenTemplate> {
  const isNew = !(await isThere(join(folder, "posthorn.yaml")));
  const parts = isNew ? [...TOOLS, ...EXAMPLE, "posthorn.yaml"] : TOOLS;
  const written: string[] = [];
  const kept: string[] = [];
  for (const part of parts) {
    for (const path of await filesOf(part)) {
      const target = targetOf(path);
      if (await isThere(join(folder, target))) {
        kept.push(target);
        continue;
      }
      await copyWhole(join(PACKAGE, path), join(folder, target));
      written.push(target);
    }
  }
  return { written, kept };
}

/** Under its name it is whole: the next `init` would keep half a file. */
async function copyWhole(from: string, to: string): Promise<void> {
  const draft = `${to}.draft`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, draft);
    await rename(draft, to);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    const message = `${to} cannot be written: ${reasonOf(cause)}. Run init again once it can be.`;
    throw new PortError(message, { retryable: false, cause });
  }
}

async function filesOf(part: string): Promise<string[]> {
  const whole = join(PACKAGE, part);
  if (!(await stat(whole)).isDirectory()) return [part];
  const entries = await readdir(whole, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !isOurs(entry.name));
  const paths = files.map((entry) =>
    join(part, entry.parentPath.slice(whole.length), entry.name).replaceAll("\\", "/"),
  );
  return paths.sort();
}

/** The workflow that tests Posthorn itself. */
function isOurs(name: string): boolean {
  return name === "ci.yml";
}

/** npm drops a file called .gitignore from packages, so it travels under another name. */
function targetOf(path: string): string {
  const inside = path.replace(/^template\//, "");
  return inside === "gitignore" ? ".gitignore" : inside;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
