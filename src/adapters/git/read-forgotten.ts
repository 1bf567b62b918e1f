import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Forgotten } from "../../ports/state-store.ts";
import { forgottenBy, parseForgotten } from "../file-state/forgotten.ts";
import type { Tip } from "./branch-tree.ts";

/** Who was forgotten by a tip of the branch, checked out in a folder. Throws Stop `state`. */
export async function readForgotten(
  { paths }: Tip,
  folder: string,
  of: { readonly key: string; readonly workspace: string },
): Promise<Forgotten | null> {
  const own = paths.filter((path) => path.startsWith("forgotten/"));
  const files = own.map(async (path) => {
    const text = await readFile(join(folder, path), "utf8");
    return parseForgotten(text, path, of.workspace);
  });
  return forgottenBy(of.key, await Promise.all(files));
}
