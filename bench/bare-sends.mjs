// The least that sending can cost: undici's dispatch, 64 requests at once, nothing recorded.
//
//   node bench/bare-sends.mjs URL COUNT

import { createHash } from "node:crypto";
import { Pool } from "undici";
import { bodyOf } from "./send-workspace.mjs";

const [url, count] = process.argv.slice(2);
const bodies = Array.from({ length: Number(count) }, (_, n) => bodyOf(n, sha256(String(n))));
const pool = new Pool(url, {
  connections: 64,
  pipelining: 1,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
});
const path = "/v25.0/422500000000001/messages";
const headers = { "content-type": "application/json", authorization: "Bearer any" };

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

function send(body) {
  return new Promise((resolve, reject) => {
    let text = "";
    pool.dispatch(
      { origin: url, path, method: "POST", headers, body: JSON.stringify(body) },
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
