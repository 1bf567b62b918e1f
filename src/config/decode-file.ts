import type { Diagnostic } from "../diag/diagnostic.ts";
import type { FileRead } from "../ports/workspace-files.ts";

/** Files are written by hand; one above this size is no campaign but an attack or a mistake. */
const MAX_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
/** Controls but for tab and line ends. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]/u;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The text of a file, or why there is none. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "fault"; readonly diagnostic: Diagnostic };

/** Turns what was read from disk into text; anything but UTF-8 is a fault. */
export function decodeFile(path: string, read: FileRead): Decoded {
  switch (read.kind) {
    case "missing":
      return fault(path, "FILE_MISSING", "File missing", `There is no file ${path}.`);
    case "outside": {
      const detail = `${path} leads out of the workspace. Put the file itself there, not a link.`;
      return fault(path, "FILE_OUTSIDE", "File outside of the workspace", detail);
    }
    case "unreadable": {
      const detail = `${path} cannot be read: ${read.reason}.`;
      return fault(path, "FILE_UNREADABLE", "File cannot be read", detail);
    }
    case "bytes":
      return decodeBytes(path, read.bytes);
  }
}

function decodeBytes(path: string, bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_BYTES) {
    const detail = `${path} is larger than 1 MiB. Split it, or write less into it.`;
    return fault(path, "FILE_TOO_LARGE", "File too large", detail);
  }
  const text = decodeUtf8(bytes);
  if (text !== undefined) return printable(path, text);
  const detail = `${path} is not UTF-8 text. Save it in the encoding UTF-8.`;
  return fault(path, "FILE_NOT_UTF8", "File is not UTF-8", detail, firstBadLine(bytes));
}

/** YAML is text that can be printed: a zero byte, say, comes from another encoding. */
function printable(path: string, text: string): Decoded {
  const at = text.search(UNPRINTABLE);
  if (at === -1) return { kind: "text", text };
  const lines = text.slice(0, at).split("\n");
  const place = { file: path, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  const code = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}`;
  const detail =
    `The control character ${code} stands here. Take it away, ` +
    "and save the file in the encoding UTF-8.";
  const summary = "Control character in a file";
  const wording = { code: "FILE_CONTROL_CHARACTER", summary, detail } as const;
  return { kind: "fault", diagnostic: { ...wording, severity: "error", at: place } };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The number of the first line that is not UTF-8; no character of UTF-8 spans a line end. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    if (decodeUtf8(bytes.subarray(start, end)) === undefined) return line;
    line++;
    start = end + 1;
  }
  return 1;
}

function fault(
  ...[file, code, summary, detail, line]: [string, Uppercase<string>, string, string, number?]
): Decoded {
  const at = { file, line: line ?? 1, column: 1 };
  return { kind: "fault", diagnostic: { code, severity: "error", at, summary, detail } };
}
