/** A stretch of a file. Lines and columns count from 1; `endColumn` is the first one after it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number | undefined;
  /** The text of that line, for the code frame; absent for data files. */
  readonly lineText?: string | undefined;
}

export type Severity = "error" | "warning";

/**
 * A fault of the person who writes YAML, flags or data, as a value.
 * `summary`: fixed words, no user values. `detail`: full sentences: what, why, and what to do.
 */
export interface Diagnostic {
  /** A code of `docs/errors.md`; never reused. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly at: Place;
  readonly summary: string;
  readonly detail: string;
}

/**
 * A fault found by a pure rule that knows the value but not the file: `path` leads from the value
 * that was handed in to the culprit. The room that read the file turns it into a Diagnostic.
 */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly severity?: Severity;
  readonly path: readonly (string | number)[];
  /** Points at the key rather than at the value. */
  readonly atKey?: boolean;
  /** The remedy is quotes: it is added with the text of the file, which a number has lost. */
  readonly toQuote?: boolean;
  readonly summary: string;
  readonly detail: string;
}

/** Upper case words, the subject first: `SEGMENT_UNKNOWN`. Listed in `docs/errors.md`. */
export type DiagnosticCode = Uppercase<string>;
