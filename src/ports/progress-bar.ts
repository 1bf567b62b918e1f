/** A line of the terminal that is drawn over itself. */
export interface ProgressBar {
  draw(line: {
    readonly done: number;
    readonly total: number;
    /** What stands beside the bar. */
    readonly words: string;
  }): void;
  /** Takes it off the terminal, until it is drawn again. */
  clear(): void;
}
