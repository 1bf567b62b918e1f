import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openGraphGateway } from "../../../src/adapters/graph-api/graph-gateway.ts";
import type { Outcome } from "../../../src/model/delivery.ts";

export const TOKEN = "EAABsecretTokenOfThePage";
export const PAGE = "422500000000001";
export const BODY = {
  recipient: { id: "7100000000000001" },
  messaging_type: "UPDATE",
  message: { text: "Hello", metadata: "delivery-1" },
};

export type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Loopback {
  readonly url: string;
  readonly requests: { readonly request: IncomingMessage; readonly body: string }[];
  answering: Answering;
  close(): Promise<void>;
}

/** A server that answers as it is told and remembers what it was asked. */
export async function startLoopback(answering: Answering): Promise<Loopback> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      loopback.requests.push({ request, body });
      loopback.answering(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const loopback: Loopback = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answering,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return loopback;
}

export function gatewayTo(url: string, more: Partial<Parameters<typeof openGraphGateway>[0]> = {}) {
  return openGraphGateway({
    url,
    version: "v25.0",
    pageId: PAGE,
    token: TOKEN,
    appSecret: undefined,
    timeoutMs: 2_000,
    connections: 2,
    ...more,
  });
}

/** One send through a gateway of its own. */
export async function sendOnce(
  url: string,
  more: Partial<Parameters<typeof openGraphGateway>[0]> = {},
): Promise<Outcome> {
  const gateway = gatewayTo(url, more);
  try {
    return (await gateway.send(BODY)).outcome;
  } finally {
    await gateway.close();
  }
}
