import type { IncomingMessage } from "node:http";

/** A thousand events of the longest texts, escaped, are some 12 MB. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Of all bodies that are being read or written at one time. */
const MAX_BYTES_AT_ONCE = 64 * 1024 * 1024;

export type ReadBody = Buffer | "too_long" | "too_much" | "gone";

/** Reads bodies, as far as there is room for them. */
export class BodyReader {
  #bytes = 0;

  /** Whoever got a body gives its room back with `release`. Never rejects. */
  read(request: IncomingMessage): Promise<ReadBody> {
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
      return Promise.resolve("too_long");
    }
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let isOver = false;
      const end = (read: ReadBody) => {
        if (isOver) return;
        isOver = true;
        if (typeof read === "string") this.#bytes -= bytes;
        resolve(read);
      };
      request.on("data", (chunk: Buffer) => {
        if (isOver) return;
        chunks.push(chunk);
        bytes += chunk.length;
        this.#bytes += chunk.length;
        if (bytes > MAX_BODY_BYTES) end("too_long");
        else if (this.#bytes > MAX_BYTES_AT_ONCE) end("too_much");
      });
      request.on("end", () => end(joined(chunks)));
      // Also of a client that was too slow.
      request.on("close", () => end("gone"));
    });
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
