import { createHmac } from "node:crypto";

/** JSON as Meta sends and signs it: whatever is not ASCII as `\u00e4`, in small letters. */
export function metaJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The value of `X-Hub-Signature-256` for these bytes (messenger-platform.md section 7). */
export function signature(body: string, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}
