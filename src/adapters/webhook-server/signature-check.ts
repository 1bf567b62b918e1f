import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** `sha256=` and 64 hex digits. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether a body is signed with the app's secret: HMAC-SHA256 over its very bytes, compared in
 * constant time. Source: messenger-platform.md section 7.
 */
export function signatureCheck(
  appSecret: string,
): (body: Buffer, signature: string | undefined) => boolean {
  const key = createSecretKey(appSecret, "utf8");
  return (body, signature) => {
    const hex = SIGNATURE.exec(signature ?? "")?.[1];
    if (hex === undefined) return false;
    const own = createHmac("sha256", key).update(body).digest();
    return timingSafeEqual(own, Buffer.from(hex, "hex"));
  };
}
