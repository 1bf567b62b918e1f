import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PortError } from "../../diag/errors.ts";
import { faultCode } from "../../diag/reason-of.ts";
import { SECOND_MS } from "../../model/instant.ts";
import type { Answering, WebhookServer } from "../../ports/webhook-server.ts";
import { Reception } from "./reception.ts";

export interface WebhookServerOptions extends Answering {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
}

/** Whoever needs longer for a request is no server of Meta's. */
const REQUEST_MS = 10 * SECOND_MS;
const HEADERS_MS = 5 * SECOND_MS;
/** Proxies keep a connection for a minute; who closes first must not be us. */
const KEEP_ALIVE_MS = 75 * SECOND_MS;
const MAX_CONNECTIONS = 2_000;
/** How long requests that have begun may take to end once the server closes. */
const LEAVE_MS = 2 * SECOND_MS;

/** Listens for webhooks. Throws PortError where the port cannot be had. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const reception = new Reception(options);
  const server = createServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: SECOND_MS,
    },
    (request: IncomingMessage, response: ServerResponse) => reception.receive(request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    counts: reception.counts,
    close: async () => {
      reception.beginToClose();
      await closed(server);
      reception.close();
    },
  };
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program does already",
  EACCES: "permission is denied; ports below 1024 are the system's",
  EADDRNOTAVAIL: "this machine has no such address",
};

function listen(server: Server, { port, host }: WebhookServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const reason = REASONS[faultCode(cause)] ?? cause.message;
      const message = `posthorn webhook cannot listen on ${host}:${port}: ${reason}.`;
      reject(new PortError(message, { retryable: false, cause }));
    });
    server.listen(port, host, resolve);
  });
}

async function closed(server: Server): Promise<void> {
  const left = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), LEAVE_MS);
  await left;
  clearTimeout(timer);
}
