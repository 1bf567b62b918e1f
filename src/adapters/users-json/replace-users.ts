import { chmodSync, statSync } from "node:fs";
import { renameInto, writeNew } from "../file-state/durable-file.ts";

/** Replaces a users.json as a whole or not at all; it keeps its rights. Throws as files do. */
export function replaceUsers(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeNew(draft, text);
  chmodSync(draft, statSync(path).mode);
  renameInto(path, draft);
}
