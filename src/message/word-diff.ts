import type * as Diff from "diff";
import { loadWhenNeeded } from "../model/load-when-needed.ts";

/** A stretch of text that both sides have, or one of them alone. */
export interface DiffPart {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** Two texts set against each other word by word. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const { diffWordsWithSpace } = loadWhenNeeded<typeof Diff>("diff");
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? "new" : removed ? "gone" : "same",
    text: value,
  }));
}

/** `Hi [-there-]{+friend+}`: legible without colour. */
export function wordDiffText(before: string, after: string): string {
  const marks = { same: ["", ""], gone: ["[-", "-]"], new: ["{+", "+}"] } as const;
  return wordDiff(before, after)
    .map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`)
    .join("");
}
