import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Replaces a file as a whole or not at all, also when the power goes. `draft` lies beside it. */
export function replaceFile(path: string, draft: string, text: string): void {
  writeNew(draft, text);
  renameInto(path, draft);
}

/** Puts a draft that is on disk in the place of a file. */
export function renameInto(path: string, draft: string): void {
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Writes a file that nobody else looks at yet, and waits for the disk. */
export function writeNew(path: string, text: string): void {
  const file = openSync(path, "w");
  try {
    writeWhole(file, Buffer.from(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A name in a folder survives a power cut only once the folder is on disk too. */
export function syncFolder(path: string): void {
  // Windows cannot open folders; NTFS keeps its own journal of names.
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}
