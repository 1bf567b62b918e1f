import type { FileRead, WorkspaceFiles } from "../ports/workspace-files.ts";
import { fileId } from "./file-id.ts";
import { WORKSPACE_FILE } from "./folder-rules.ts";

const FOLDERS = ["segments", "campaigns"] as const;

/**
 * The files without those `tests:` that a change of the `named` ones cannot turn: kept are their
 * own and those of every file that mentions one of them, or mentions one that does. Everything else
 * is read as it is, and lines keep their numbers. All is kept where posthorn.yaml is named.
 */
export function narrowedTests(files: WorkspaceFiles, named: ReadonlySet<string>): WorkspaceFiles {
  if (named.has(WORKSPACE_FILE)) return files;
  const known = remembering(files);
  const kept = affectedBy(named, known);
  return {
    ...known,
    read: (path) => {
      const found = known.read(path);
      if (found.kind !== "bytes" || path === WORKSPACE_FILE || kept.has(path)) return found;
      return { kind: "bytes", bytes: withoutTests(found.bytes) };
    },
  };
}

/** Each file is read once, though it is looked at twice. */
function remembering(files: WorkspaceFiles): WorkspaceFiles {
  const reads = new Map<string, FileRead>();
  const lists = new Map<string, readonly string[]>();
  return {
    ...files,
    list: (glob) => remembered(lists, glob, files.list),
    read: (path) => remembered(reads, path, files.read),
  };
}

function remembered<Value>(
  known: Map<string, Value>,
  key: string,
  find: (key: string) => Value,
): Value {
  const found = known.get(key) ?? find(key);
  known.set(key, found);
  return found;
}

function affectedBy(named: ReadonlySet<string>, files: WorkspaceFiles): ReadonlySet<string> {
  const all = FOLDERS.flatMap((folder) => files.list(`${folder}/**/*.yaml`));
  const texts = new Map(all.map((path) => [path, textOf(files.read(path))]));
  const kept = new Set<string>();
  let found = all.filter((path) => named.has(path));
  while (found.length > 0) {
    for (const path of found) kept.add(path);
    const mention = mentionOf(found.map(idOf));
    found = all.filter((path) => !kept.has(path) && mention.test(texts.get(path) ?? ""));
  }
  return kept;
}

function idOf(path: string): string {
  return fileId(path, path.startsWith("segments/") ? "segments" : "campaigns");
}

/** Any of the ids as a whole; or an escape, behind which one can hide. */
function mentionOf(ids: readonly string[]): RegExp {
  const escaped = ids.map((id) => latin1(Buffer.from(id)).replace(/[^\w]/g, "\\$&"));
  return new RegExp(`\\\\|(?<![\\w./-])(?:${escaped.join("|")})(?![\\w./-])`);
}

/** One letter a byte: what is kept of it stays as it is, whatever its encoding. */
function textOf(found: FileRead): string {
  return found.kind === "bytes" ? latin1(found.bytes) : "";
}

function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

const TESTS = /^["']?tests["']?\s*:/;
/** A line that belongs to the key above: indented, blank, a comment, or an entry of its list. */
const WITHIN = /^(?:[ \t#]|-[ \t\r]|-?\r?$)/;
/** Anchors and aliases: what is written in one place may be used in another. */
const ANCHOR = /(?:^|[\s[{,])[&*][\w-]/;

function withoutTests(bytes: Uint8Array): Uint8Array {
  const text = latin1(bytes);
  if (ANCHOR.test(text)) return bytes;
  let isWithin = false;
  const kept = text.split("\n").map((line) => {
    isWithin = TESTS.test(line) || (isWithin && WITHIN.test(line));
    return isWithin ? "" : line;
  });
  return Buffer.from(kept.join("\n"), "latin1");
}
