/** What became of the events so far. */
export interface PostedCounts {
  readonly posted: number;
  /** Given up after the last try, or dropped because too many were waiting. */
  readonly lost: number;
  readonly waiting: number;
  /** Why the last try failed; null when it did not. */
  readonly lastFailure: string | null;
}
