// A Graph API that takes everything, in a process of its own so that it costs the sender nothing.
// It answers from raw sockets, several times cheaper than any HTTP client asks.
//
//   fork("bench/graph-server.mjs", [LATENCY_MS])
//
// To the parent: { port }, then { first: true } and { last: true } around every `expect` requests.
// From the parent: { expect: N } begins a new count, with { arrivals: true } also their times.

import { createServer } from "node:net";

const latencyMs = Number(process.argv[2] ?? 0);
let expected = 0;
let seen = 0;
let arrivals;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let waiting = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (let end = endOfRequest(waiting); end > 0; end = endOfRequest(waiting)) {
      waiting = waiting.subarray(end);
      count();
      if (latencyMs === 0) socket.write(answer());
      else setTimeout(() => socket.write(answer()), latencyMs);
    }
  });
});

/** Where the first whole request ends; 0 when there is none yet. */
function endOfRequest(bytes) {
  const head = bytes.indexOf("\r\n\r\n");
  if (head === -1) return 0;
  const length = /content-length: *(\d+)/i.exec(bytes.latin1Slice(0, head))?.[1] ?? 0;
  const end = head + 4 + Number(length);
  return end <= bytes.length ? end : 0;
}

function count() {
  seen += 1;
  arrivals?.push(performance.now());
  if (seen === 1) process.send({ first: true });
  if (seen === expected) process.send({ last: true, arrivals });
}

function answer() {
  const id = `m_${String(seen).padStart(80, "0")}`;
  const body = `{"recipient_id":"7100000000000001","message_id":"${id}"}`;
  const head = `content-type: application/json\r\ncontent-length: ${body.length}`;
  return `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`;
}

process.on("message", (order) => {
  [expected, seen, arrivals] = [order.expect, 0, order.arrivals ? [] : undefined];
  process.send({ counting: true });
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
