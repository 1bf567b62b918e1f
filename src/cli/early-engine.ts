import type { TestEngine } from "../ports/sql-engine.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";

/** The engine for tests, started when the first file with tests is met, not once all are read. */
export class EarlyEngine {
  readonly #start: () => TestEngine;
  #engine: TestEngine | undefined;

  constructor(start: () => TestEngine) {
    this.#start = start;
  }

  open(): TestEngine {
    this.#engine ??= this.#start();
    return this.#engine;
  }

  close(): void {
    this.#engine?.close();
  }

  noticing(files: WorkspaceFiles): WorkspaceFiles {
    const read = (path: string) => {
      const found = files.read(path);
      if (this.#engine === undefined && found.kind === "bytes" && hasTests(found.bytes))
        this.open();
      return found;
    };
    return { ...files, read };
  }
}

function hasTests({ buffer, byteOffset, length }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, length).includes("\ntests:");
}
