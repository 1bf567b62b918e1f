import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LowSync, type SyncAdapter } from "lowdb";
import { Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { JsonObject } from "../../model/json.ts";
import type { StateDocument } from "../../ports/state-store.ts";
import { documentMisfit } from "./document-misfit.ts";
import { replaceFile } from "./durable-file.ts";

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
  const misfit = documentMisfit(document as unknown as JsonObject);
  if (misfit === undefined) return document;
  throw new Stop(
    "state",
    `${path} holds what no apply writes at "${misfit}". Nothing was changed. Restore it.`,
  );
}

/** Opens the document for its one writer; what `write` returned from survives a power cut. */
export function openDocument(
  folder: string,
  fence: number,
  document: StateDocument,
): LowSync<StateDocument> {
  const path = join(folder, "state.json");
  // A draft of its own: one who lost the lease must not write into that of another.
  return new LowSync(new DurableJson(path, `${path}.${fence}.tmp`), document);
}

/** lowdb's own adapter does not wait for the disk: a power cut may leave an empty file. */
class DurableJson implements SyncAdapter<StateDocument> {
  readonly #path: string;
  readonly #draft: string;

  constructor(path: string, draft: string) {
    this.#path = path;
    this.#draft = draft;
  }

  read(): StateDocument | null {
    return JSON.parse(readFileSync(this.#path, "utf8"));
  }

  write(document: StateDocument): void {
    replaceFile(this.#path, this.#draft, `${JSON.stringify(document, null, 2)}\n`);
  }
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
    if (faultCode(fault) === "ENOENT") return undefined;
    throw new Stop("state", `${path} cannot be read: ${reasonOf(fault)}. Nothing was changed.`);
  }
}
