import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { startWebhookServer } from "../../../src/adapters/webhook-server/start-webhook-server.ts";

export const APP_SECRET = "the app's secret";
export const VERIFY_TOKEN = "word of the page";

/** A server that keeps bodies in memory; `refuse` makes it a disk that is full. */
export async function openServer() {
  const kept: string[] = [];
  const disk = { isFull: false, hangs: false };
  const server = await startWebhookServer({
    host: "127.0.0.1",
    port: 0,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    append: async (body) => {
      if (disk.hangs) await new Promise(() => {});
      if (disk.isFull) throw new Error("the disk is full");
      kept.push(body.toString());
    },
    health: () => ({ status: "ok" }),
  });
  onTestFinished(() => server.close());
  return { server, kept, disk, url: `http://127.0.0.1:${server.port}` };
}

export function signatureOf(body: string | Buffer, secret = APP_SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export async function post(
  url: string,
  body: string | Buffer,
  signature: string | undefined = signatureOf(body),
): Promise<number> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  const answer = await fetch(url, { method: "POST", body, headers });
  await answer.arrayBuffer();
  return answer.status;
}

/** Writes to a socket of its own and gives all that came back until it was closed. */
export function talk(port: number, ...texts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => {
      for (const text of texts) socket.write(text);
    });
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      answer += text;
    });
    socket.on("error", (fault) => (answer === "" ? reject(fault) : resolve(answer)));
    socket.on("close", () => resolve(answer));
  });
}
