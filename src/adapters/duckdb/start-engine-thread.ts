import { Worker } from "node:worker_threads";
import { PortError } from "../../diag/errors.ts";
import type { Sql } from "../../model/sql.ts";
import type { Cell, TestEngine } from "../../ports/sql-engine.ts";

type Rows = readonly Readonly<Record<string, Cell>>[];

/** What the thread is asked. */
export type Asked =
  | { readonly kind: "run" | "rows"; readonly id: number; readonly statement: Sql }
  | { readonly kind: "close" };

export type Answer =
  | { readonly id: number; readonly rows: Rows }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  resolve(rows: Rows): void;
  reject(fault: PortError): void;
}

/**
 * Starts an engine in a thread of its own: it takes as long to load as hundreds of files take to be
 * read, which goes on meanwhile, and works while its next statements are written.
 */
export function startEngineThread(): TestEngine {
  const thread = new Worker(new URL("./engine-thread.js", import.meta.url));
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  thread.on("message", (answer: Answer) => {
    const { resolve, reject } = waiting.get(answer.id) ?? {};
    waiting.delete(answer.id);
    if ("rows" in answer) resolve?.(answer.rows);
    else reject?.(portError(answer.fault));
  });
  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(portError(message));
    waiting.clear();
  };
  thread.on("error", (fault) => fail(fault.message));
  thread.on("exit", () => fail("The engine's thread has ended."));
  const post = (asked: Asked) => thread.postMessage(asked);
  const ask = (kind: "run" | "rows", statement: Sql) =>
    new Promise<Rows>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      post({ kind, id, statement });
    });
  return {
    run: async (statement) => void (await ask("run", statement)),
    rows: (query) => ask("rows", query),
    close: () => post({ kind: "close" }),
  };
}

function portError(message: string): PortError {
  return new PortError(message, { retryable: false });
}
