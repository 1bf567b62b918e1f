import { createHmac } from "node:crypto";

/** `appsecret_proof` (messenger-platform.md section 1.3). */
export function proofOf(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}
