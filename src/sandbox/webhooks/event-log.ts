import { closeSync, openSync, writeSync } from "node:fs";

/** A file with one webhook body a line, as `ledger resolve --webhooks` reads it. */
export class EventLog {
  readonly #file: number;

  /** Appends to what is there. Throws when the file cannot be opened. */
  constructor(path: string) {
    this.#file = openSync(path, "a");
  }

  append(body: string): void {
    writeSync(this.#file, `${body}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
