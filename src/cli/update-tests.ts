import { resolve } from "node:path";
import type { RenderedMessage, TestFailure } from "../audience/run-tests.ts";
import { decodeFile } from "../config/decode-file.ts";
import { rewriteMessages } from "../config/rewrite-messages.ts";
import type { Diagnostic } from "../diag/diagnostic.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import type { Surroundings } from "./surroundings.ts";

/** A file whose tests were written anew, and how many of them. */
export interface UpdatedFile {
  readonly file: string;
  readonly tests: number;
}

export interface Updates {
  readonly updated: readonly UpdatedFile[];
  /** Of the tests that still fail. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes into the files what the failing tests of campaigns get, where that is a message. */
export async function updateTests(
  failures: readonly TestFailure[],
  files: WorkspaceFiles,
  surroundings: Surroundings,
): Promise<Updates> {
  const updated: UpdatedFile[] = [];
  const stuck = new Set<string>();
  for (const [file, messages] of byFile(failures)) {
    const text = textWith(file, messages, files);
    if (text === undefined) stuck.add(file);
    else {
      await surroundings.rewriteFile(resolve(files.root, file), text);
      updated.push({ file, tests: messages.length });
    }
  }
  const left = failures.filter(({ rendered }) => rendered === null || stuck.has(rendered.file));
  return { updated, diagnostics: left.map(whyLeft) };
}

function byFile(failures: readonly TestFailure[]): Map<string, RenderedMessage[]> {
  const files = new Map<string, RenderedMessage[]>();
  for (const { rendered } of failures) {
    if (rendered !== null)
      files.set(rendered.file, [...(files.get(rendered.file) ?? []), rendered]);
  }
  return files;
}

const BYTE_ORDER_MARK = "\ufeff";

function textWith(
  file: string,
  messages: readonly RenderedMessage[],
  files: WorkspaceFiles,
): string | undefined {
  const read = files.read(file);
  const decoded = decodeFile(file, read);
  if (read.kind !== "bytes" || decoded.kind === "fault") return undefined;
  const byTest = new Map(messages.map(({ test, message }) => [test, message]));
  const text = rewriteMessages(decoded.text, byTest);
  // Reading took the mark away.
  const hasMark = read.bytes[0] === 0xef && read.bytes[1] === 0xbb && read.bytes[2] === 0xbf;
  return text !== undefined && hasMark ? BYTE_ORDER_MARK + text : text;
}

function whyLeft({ diagnostic, rendered }: TestFailure): Diagnostic {
  const why =
    rendered === null
      ? "--update writes messages alone: whether this outcome is right is yours to say."
      : "--update cannot write it here without changing something else. Write it by hand.";
  return { ...diagnostic, detail: `${diagnostic.detail}\n${why}` };
}
