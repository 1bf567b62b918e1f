import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, reply } from "./answer.ts";
import { parseCall, type RawRequest } from "./call.ts";
import { control } from "./control.ts";
import { turnAway } from "./inbox/guard.ts";
import { staticFile } from "./inbox/static-files.ts";
import { route } from "./route.ts";
import type { World } from "./world.ts";

/** Longer bodies are refused: Meta's calls are some kilobytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Reads one HTTP request, lets the world answer and writes what it says, late or not at all. */
export function serve(request: IncomingMessage, response: ServerResponse, world: World): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on("end", () => {
    const body = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
    const answer = bytes > MAX_BODY_BYTES ? TOO_LONG : answerTo(rawRequest(request, body), world);
    if (answer.kind === "stream") world.live.open(response);
    else if (answer.delayMs === undefined) write(answer, response, world);
    else setTimeout(() => write(answer, response, world), answer.delayMs);
  });
}

const TOO_LONG = reply(413, "text/plain", "Request entity too large");

function rawRequest({ method, url, headers }: IncomingMessage, body: string): RawRequest {
  const about = headers["posthorn-about"];
  return {
    method: method ?? "GET",
    url: url ?? "/",
    host: headers.host ?? "",
    contentType: headers["content-type"] ?? "",
    authorization: headers.authorization,
    about: typeof about === "string" ? about : undefined,
    origin: headers.origin,
    body,
  };
}

function answerTo(raw: RawRequest, world: World): Served {
  const call = parseCall(raw);
  const [first] = call.path;
  if (call.version !== undefined) return route(call, world);
  if (first === undefined && call.method === "GET") return TO_INBOX;
  if (first !== "inbox" && first !== "sandbox") return route(call, world);
  const away = turnAway(raw);
  if (away !== undefined) return away;
  if (first === "inbox") return staticFile(call.path);
  if (call.path[1] === "stream") return { kind: "stream" };
  return control(call, world);
}

type Served = Answer | { readonly kind: "stream" };

const TO_INBOX: Answer = { ...reply(302, "text/plain", ""), headers: { location: "/inbox/" } };

function write(answer: Answer, response: ServerResponse, { account }: World): void {
  if (answer.kind === "hang") return;
  if (answer.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(account.clockAheadMs !== 0 && { date: dateOf(account.clockAheadMs) }),
    "content-type": answer.contentType,
    "content-length": Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

/** Without it node writes the time of this machine. */
function dateOf(aheadMs: number): string {
  return new Date(Date.now() + aheadMs).toUTCString();
}
