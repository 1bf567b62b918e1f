import type { IncomingMessage, ServerResponse } from "node:http";
import { SECOND_MS } from "../../model/instant.ts";
import type { Answering, WebhookCounts } from "../../ports/webhook-server.ts";
import { challengeOf } from "./handshake.ts";
import { BodyReader } from "./read-body.ts";
import { signatureCheck } from "./signature-check.ts";

/** Meta wants its 200 within 5 s; a disk that takes longer gets the same body once more. */
const ANSWER_WITHIN_MS = 4 * SECOND_MS;

/**
 * Answers each request. A webhook's: 200 once its body is durable; 403 where the signature is not
 * the app's, and nothing of it is kept; 503 where it cannot be kept now, so that Meta comes again.
 */
export class Reception {
  readonly counts: { -readonly [Name in keyof WebhookCounts]: number } = {
    accepted: 0,
    forged: 0,
    tooLong: 0,
    deferred: 0,
    subscribed: 0,
    unverified: 0,
  };
  readonly #options: Answering;
  readonly #isSigned: ReturnType<typeof signatureCheck>;
  readonly #bodies = new BodyReader();
  /** Those that wait for the disk, the oldest first, and since when. */
  readonly #waiting = new Map<ServerResponse, number>();
  readonly #timer: NodeJS.Timeout;
  #isClosing = false;

  constructor(options: Answering) {
    this.#options = options;
    this.#isSigned = signatureCheck(options.appSecret);
    this.#timer = setInterval(() => this.#answerLate(), SECOND_MS / 4);
    this.#timer.unref();
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    if (this.#isClosing) response.setHeader("connection", "close");
    const { method, url = "/" } = request;
    if (method === "POST") void this.#take(request, response);
    else if (method !== "GET") end(response, 405);
    else if (/^\/health(?:\?|$)/.test(url)) this.#tellHealth(response);
    else this.#shakeHands(url, response);
  }

  /** Connections are not kept from now on. */
  beginToClose(): void {
    this.#isClosing = true;
  }

  /** Once nobody waits for an answer any more. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.#bodies.read(request);
    if (body === "gone") return;
    if (body === "too_long" || body === "too_much") return this.#refuse(body, response);
    const signature = request.headers["x-hub-signature-256"];
    const bytes = body.length;
    if (bytes === 0 || !this.#isSigned(body, String(signature ?? ""))) {
      this.#bodies.release(bytes);
      this.counts.forged++;
      return end(response, 403);
    }
    this.#waiting.set(response, performance.now());
    const isKept = await this.#options.append(body).then(
      () => true,
      () => false,
    );
    this.#bodies.release(bytes);
    if (this.#waiting.delete(response)) this.#answer(response, isKept);
  }

  #answer(response: ServerResponse, isKept: boolean): void {
    if (isKept) this.counts.accepted++;
    else this.counts.deferred++;
    end(response, isKept ? 200 : 503);
  }

  /** What is not read to its end ends the connection. */
  #refuse(why: "too_long" | "too_much", response: ServerResponse): void {
    if (why === "too_long") this.counts.tooLong++;
    else this.counts.deferred++;
    response.setHeader("connection", "close");
    end(response, why === "too_long" ? 413 : 503);
  }

  #answerLate(): void {
    const since = performance.now() - ANSWER_WITHIN_MS;
    for (const [response, at] of this.#waiting) {
      if (at > since) return;
      this.#waiting.delete(response);
      this.#answer(response, false);
    }
  }

  #shakeHands(url: string, response: ServerResponse): void {
    const challenge = challengeOf(url, this.#options.verifyToken);
    if (challenge === undefined) {
      this.counts.unverified++;
      end(response, 403);
      return;
    }
    this.counts.subscribed++;
    response.setHeader("content-type", "text/plain; charset=utf-8");
    response.setHeader("x-content-type-options", "nosniff");
    end(response, 200, challenge);
  }

  #tellHealth(response: ServerResponse): void {
    response.setHeader("content-type", "application/json");
    end(response, 200, `${JSON.stringify({ ...this.#options.health(), ...this.counts })}\n`);
  }
}

function end(response: ServerResponse, status: number, body = ""): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body) });
  response.end(body);
}
