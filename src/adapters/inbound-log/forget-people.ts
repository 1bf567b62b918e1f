import { replaceFile } from "../file-state/durable-file.ts";
import { linesOf, segmentsIn } from "./segment-files.ts";
import { isSealed, lockSegment, unlockSegment } from "./segment-lock.ts";

/** What came of forgetting people in a log. */
export interface ForgottenFacts {
  /** How many facts were theirs. */
  readonly facts: number;
  /** Segments with facts of theirs that somebody writes to, so that they stay. */
  readonly busy: number;
}

/**
 * Takes all that people told the page out of a log: of each fact its key stays, so that it is not
 * taken in once more when Meta repeats it. A segment is replaced as a whole or not at all.
 */
export function forgetInbound(folder: string, psids: readonly string[]): ForgottenFacts {
  const theirs = new Set(psids);
  let [facts, busy] = [0, 0];
  for (const { path } of segmentsIn(folder)) {
    const found = countIn(path, theirs);
    if (found === 0) continue;
    if (underLock(path, () => replaceSegment(path, theirs))) facts += found;
    else busy += 1;
  }
  return { facts, busy };
}

function countIn(path: string, psids: ReadonlySet<string>): number {
  let count = 0;
  for (const line of linesOf(path)) if (isOf(line, psids)) count += 1;
  return count;
}

function replaceSegment(path: string, psids: ReadonlySet<string>): void {
  const lines: string[] = [];
  for (const line of linesOf(path)) lines.push(isOf(line, psids) ? keyAlone(line) : line);
  replaceFile(path, `${path}.tmp`, lines.map((line) => `${line}\n`).join(""));
}

/** Most lines are somebody else's, and need no parsing to see that. */
function isOf(line: string, psids: ReadonlySet<string>): boolean {
  if (![...psids].some((psid) => line.includes(psid))) return false;
  return psids.has(String(parse(line)?.["psid"]));
}

function keyAlone(line: string): string {
  return JSON.stringify({ key: parse(line)?.["key"], kind: "forgotten" });
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whoever writes to a segment has its lock, and would go on in the file that was replaced. */
function underLock(path: string, replace: () => void): boolean {
  const isLocked = lockSegment(path);
  if (!isLocked && !isSealed(path)) return false;
  replace();
  if (isLocked) unlockSegment(path);
  return true;
}
