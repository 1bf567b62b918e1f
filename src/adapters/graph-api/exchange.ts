import type { Dispatcher } from "undici";
import type { GraphResponse } from "./outcome.ts";
import type { Headers } from "./usage.ts";

/** What became of one HTTP request. `reason` is in our words and names nothing that was sent. */
export type Exchange =
  | { readonly kind: "answered"; readonly response: GraphResponse }
  /** Surely no byte of it was written. */
  | { readonly kind: "not_left"; readonly reason: string }
  /** It was written, perhaps in part, and no whole answer came. */
  | { readonly kind: "lost"; readonly reason: string };

/** Answers to a send are some hundred bytes. */
const MAX_BODY_BYTES = 256 * 1024;

export interface ExchangeLimits {
  readonly timeoutMs: number;
  /** Of the answer; absent: 256 kB. */
  readonly maxBytes?: number;
}

/**
 * Makes one request and waits for its whole answer, at most `timeoutMs`. Never rejects.
 *
 * waiting → left → answered | lost
 *    └→ not_left
 *
 * `left` begins when undici is about to write to a socket, and no sooner: what fails before that
 * (refused, DNS, TLS, no free connection in time) did not leave.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const attempt = new Attempt(limits, resolve);
    dispatcher.dispatch(request, attempt);
  });
}

class Attempt implements Dispatcher.DispatchHandler {
  readonly #resolve: (exchange: Exchange) => void;
  readonly #maxBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: Headers = {};
  #bytes = 0;
  #isOver = false;

  constructor(
    { timeoutMs, maxBytes = MAX_BODY_BYTES }: ExchangeLimits,
    resolve: (exchange: Exchange) => void,
  ) {
    this.#resolve = resolve;
    this.#maxBytes = maxBytes;
    this.#timer = setTimeout(() => this.#giveUp(`no answer within ${timeoutMs} ms`), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection, or undici is about to write it a second time:
    // aborting here is before the write.
    if (this.#isOver || this.#controller !== undefined) {
      controller.abort(new Error("must not be written"));
      return;
    }
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#giveUp("the answer was too long");
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? String(this.#chunks[0]) : String(this.#whole());
    const response = { status: this.#status, headers: this.#headers, body };
    this.#end({ kind: "answered", response });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const code = "code" in error ? String(error.code) : error.name;
    if (this.#controller === undefined) {
      this.#end({ kind: "not_left", reason: `the connection failed (${code})` });
    } else {
      this.#end({ kind: "lost", reason: `the connection broke before an answer (${code})` });
    }
  }

  #giveUp(reason: string): void {
    const left = this.#controller !== undefined;
    this.#end({ kind: left ? "lost" : "not_left", reason });
    this.#controller?.abort(new Error("given up"));
  }

  #whole(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #end(exchange: Exchange): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#resolve(exchange);
  }
}
