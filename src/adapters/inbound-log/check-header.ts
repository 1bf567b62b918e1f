import { closeSync, openSync, readSync } from "node:fs";
import { INBOUND_FORMAT, type SegmentHeader } from "./segment-files.ts";

const MOST_BYTES = 4_096;

/** Whose log it has to be. */
export interface LogOwner {
  readonly workspace: string;
  readonly pageId: string;
}

/** What is wrong with the first line of a segment, after "it"; undefined: nothing. */
export function headerFault(path: string, owner: LogOwner): string | undefined {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(MOST_BYTES);
    const head = bytes.toString("utf8", 0, readSync(file, bytes, 0, MOST_BYTES, 0));
    // A crash may have torn the header itself; then nothing follows it.
    return head.includes("\n")
      ? faultOf(parse(head.slice(0, head.indexOf("\n"))), owner)
      : undefined;
  } finally {
    closeSync(file);
  }
}

function faultOf(header: Partial<SegmentHeader> | undefined, { workspace, pageId }: LogOwner) {
  if (header?.format !== INBOUND_FORMAT) {
    return `is no log that this version reads (${INBOUND_FORMAT})`;
  }
  if (header.workspace !== workspace) return `belongs to the workspace "${header.workspace}"`;
  return header.page === pageId ? undefined : "belongs to another page";
}

function parse(line: string): Partial<SegmentHeader> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
