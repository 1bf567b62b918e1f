/** A line of the terminal that is drawn over itself. */
export interface ProgressBar {
  draw(line: {
    readonly done: number;
    /** `null`: nobody knows, so there are words and no bar. */
    readonly total: number | null;
    /** What stands beside the bar. */
    readonly words: string;
  }): void;
  /** Takes it off the terminal, until it is drawn again. */
  clear(): void;
}
