import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** Its bytes as text: all of them are ASCII. */
  readonly body: string;
}

/** Somebody who receives webhooks, and answers with whatever `status` says. */
export interface Receiver {
  readonly url: string;
  readonly calls: readonly Received[];
  /** All events of all calls that were answered with 200, in order. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  status: number;
}

export async function openReceiver(): Promise<Receiver> {
  const calls: Received[] = [];
  const events: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("latin1");
      calls.push({ headers: request.headers, body });
      if (receiver.status === 200) events.push(...JSON.parse(body).entry[0].messaging);
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = { url: `http://127.0.0.1:${port}/hook`, calls, events, status: 200 };
  return receiver;
}
