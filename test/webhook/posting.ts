import { Agent, request } from "node:http";
import { signature } from "../../src/sandbox/webhooks/sign-body.ts";
import { APP_SECRET, PAGE } from "./receiver.ts";

/** A webhook body of one message. */
export function messageBody(mid: string, psid: string, at: number): string {
  const parties = { sender: { id: psid }, recipient: { id: PAGE } };
  const event = { ...parties, timestamp: at, message: { mid, text: "Is it there?" } };
  return JSON.stringify({ object: "page", entry: [{ id: PAGE, time: at, messaging: [event] }] });
}

/** Posts without end from many connections until `stop`; tells what was answered with 200. */
export function postWithoutEnd(url: string, name: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const [kept, putOff] = [new Set<string>(), new Set<string>()];
  let isOver = false;
  let next = 0;
  const keepPosting = async () => {
    while (!isOver) {
      const n = next++;
      const mid = `m_${name}_${n}`;
      const body = messageBody(
        mid,
        String(7_100_000_000_000_000 + (n % 50)),
        1_790_000_000_000 + n,
      );
      const status = await post(url, body, agent);
      if (status === 200) kept.add(mid);
      else if (status === 503) putOff.add(mid);
      // Whoever was killed answers nobody any more.
      else if (status === undefined) return;
    }
  };
  const all = Promise.all(Array.from({ length: 16 }, keepPosting));
  return {
    kept,
    putOff,
    stop: async () => {
      isOver = true;
      await all;
      agent.destroy();
    },
  };
}

/** The status; undefined where no answer came. */
function post(url: string, body: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { "x-hub-signature-256": signature(body, APP_SECRET) };
    const asked = request(url, { method: "POST", headers, agent }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
      answer.on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
    asked.end(body);
  });
}
