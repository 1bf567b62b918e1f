// The least that sending can cost: undici's dispatch, 64 requests at once, nothing recorded.
//
//   node bench/bare-sends.mjs URL COUNT

import { createHash } from "node:crypto";
import { Pool } from "undici";
import { bodyOf } from "./send-workspace.mjs";

const [url, count] = process.argv.slice(2);
const bodies = Array.from({ length: Number(count) }, (_, n) => {
  const metadata = createHash("sha256").update(String(n)).digest("hex");
  return JSON.stringify(bodyOf(n, metadata));
});
const pool = new Pool(url, { connections: 64, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
const call = {
  origin: url,
  path: "/v25.0/422500000000001/messages",
  method: "POST",
  headers: { "content-type": "application/json", authorization: "Bearer any" },
};

function send(body) {
  return new Promise((resolve, reject) => {
    let text = "";
    pool.dispatch(
      { ...call, body },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData(_, chunk) {
          text += chunk;
        },
        onResponseEnd: () => resolve(JSON.parse(text).message_id),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

const queue = bodies.values();
async function work() {
  for (const body of queue) await send(body);
}
await Promise.all(Array.from({ length: 64 }, work));
await pool.close();
