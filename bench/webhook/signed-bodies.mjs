// Webhook bodies of one event each, with the signature of their app.
import { createHmac } from "node:crypto";

export const PAGE_ID = "422500000000001";
export const APP_SECRET = "the secret of the bench";
/** 50,000 people write, each again and again. */
const PEOPLE = 50_000;

export function signedBodies(count, startAt = Date.now()) {
  return Array.from({ length: count }, (_, n) => {
    const mid = `m_${String(n).padStart(90, "0")}`;
    const body = Buffer.from(JSON.stringify(envelope(n, { mid, at: startAt + n })));
    const hex = createHmac("sha256", APP_SECRET).update(body).digest("hex");
    return { mid, body, signature: `sha256=${hex}` };
  });
}

function envelope(n, { mid, at }) {
  const psid = String(7_100_000_000_000_000 + (n % PEOPLE));
  const event = {
    sender: { id: psid },
    recipient: { id: PAGE_ID },
    timestamp: at,
    message: { mid, text: `Is the red one there in size ${n % 60}?` },
  };
  return { object: "page", entry: [{ id: PAGE_ID, time: at, messaging: [event] }] };
}
