import type { Finding } from "../diag/diagnostic.ts";

/** The id of a file: its path without folder and ending. */
export function fileId(path: string, folder: string): string {
  return path.slice(folder.length + 1, -".yaml".length);
}

/** Ids stand in commands, ledgers and pull requests: plain letters, no spaces. */
export function idFindings(id: string): readonly Finding[] {
  const isPlain = id.split("/").every((part) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/.test(part));
  if (isPlain) return [];
  const detail = 'Its id is its path. Use letters, digits, "_", "-" and "." for files and folders.';
  return [{ code: "ID_FORM", path: [], summary: "File name makes no good id", detail }];
}
