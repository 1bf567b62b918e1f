import { parentPort } from "node:worker_threads";
import { openDuckdb } from "./duckdb-engine.ts";
import type { Answer, Asked } from "./start-engine-thread.ts";

/*
 * The other side of start-engine-thread.ts: an engine that is asked by messages, answers them in
 * their order and ends with the message `close`.
 */

const opening = openDuckdb();
let last: Promise<void> = Promise.resolve();

parentPort?.on("message", (asked: Asked) => {
  last = last.then(() => answer(asked));
});

async function answer(asked: Asked): Promise<void> {
  if (asked.kind === "close") {
    (await opening).close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await answerTo(asked));
}

async function answerTo({ id, kind, statement }: Exclude<Asked, { kind: "close" }>) {
  try {
    const engine = await opening;
    const rows = kind === "rows" ? await engine.rows(statement) : [];
    if (kind === "run") await engine.run(statement);
    return { id, rows } satisfies Answer;
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return { id, fault: message } satisfies Answer;
  }
}
