import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Low } from "lowdb";
import { JSONFile } from "lowdb/node";
import { Stop } from "../../diag/errors.ts";
import type { StateDocument } from "../../ports/state-store.ts";

/** The document of a state folder; undefined where there is none. Throws Stop `state`. */
export function readDocument(folder: string, workspace: string): StateDocument | undefined {
  return readDocumentAt(join(folder, "state.json"), workspace);
}

/** The same from a file by its path. */
export function readDocumentAt(path: string, workspace: string): StateDocument | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const document = parse(text, path);
  if (document.format !== "posthorn.state/1") {
    throw new Stop(
      "state",
      `${path}:1 has the format "${String(document.format)}"; this version knows ` +
        "posthorn.state/1. A newer Posthorn wrote it. Nothing was changed.",
    );
  }
  if (document.workspace !== workspace) {
    throw new Stop(
      "state",
      `${path}:1 belongs to the workspace "${document.workspace}", not "${workspace}". ` +
        "Nothing was changed. Name another folder in `state:`.",
    );
  }
  return document;
}

/** Replaces the document as a whole or not at all. */
export async function writeDocument(folder: string, document: StateDocument): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await new Low(new JSONFile<StateDocument>(join(folder, "state.json")), document).write();
}

function parse(text: string, path: string): StateDocument {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as StateDocument;
  } catch {
    // said below
  }
  throw new Stop("state", `${path}:1 is no JSON document. Nothing was changed. Restore it.`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return undefined;
    throw new Stop("state", `${path} cannot be read. Nothing was changed.`);
  }
}
