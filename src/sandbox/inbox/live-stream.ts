import type { ServerResponse } from "node:http";
import { SECOND_MS } from "../../model/instant.ts";
import type { Change } from "./shapes.ts";

/** Changes are told together, so that thousands of sends a second are a few events. */
const TELL_EVERY_MS = 100;
const MAX_NAMED = 100;
/** Lets browser and page notice a connection that is gone. */
const HEARTBEAT_MS = 15 * SECOND_MS;

/** Server-sent events to every open page. */
export class LiveStream {
  readonly #pages = new Set<ServerResponse>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  /** Answers a page's call and keeps it open. */
  open(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.write("retry: 1000\n\n");
    this.#pages.add(response);
    response.once("close", () => this.#pages.delete(response));
    this.#heartbeat ??= setInterval(() => this.#write(":\n\n"), HEARTBEAT_MS);
  }

  /** A conversation changed. */
  changed(psid: string): void {
    if (this.#pages.size === 0) return;
    if (this.#changed.size <= MAX_NAMED) this.#changed.add(psid);
    this.#timer ??= setTimeout(() => this.#tell(), TELL_EVERY_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    for (const page of this.#pages) page.end();
  }

  #tell(): void {
    const psids = this.#changed.size > MAX_NAMED ? null : [...this.#changed];
    this.#timer = undefined;
    this.#changed.clear();
    const change: Change = { psids };
    this.#write(`data: ${JSON.stringify(change)}\n\n`);
  }

  /** A page that does not keep up is cut off; it comes back and reads everything anew. */
  #write(text: string): void {
    for (const page of this.#pages) {
      if (page.writableNeedDrain) page.destroy();
      else page.write(text);
    }
  }
}
