import type { Check } from "../../src/model/checkup.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Page } from "../../src/model/workspace.ts";
import type { GraphAnswer } from "../../src/ports/graph-reader.ts";

export const NOW = Date.parse("2026-12-01T00:00:00Z");
export const HOUR_MS = 3_600_000;
const HEARD = { version: "v25.0", at: NOW };
export const PAGE: Page = {
  id: "4225",
  accessToken: { env: "TOKEN" },
  appSecret: undefined,
  verifyToken: undefined,
  mode: "live",
  testers: {},
  rate: { perSecond: 20 },
  windowMarginMs: HOUR_MS,
};

/** What Meta tells. */
export function told(body: JsonObject): GraphAnswer {
  return { kind: "told", body, heard: HEARD };
}

/** What Meta does not tell. */
export function refused(code: number | null, message: string): GraphAnswer {
  const refusal = { code, subcode: null, message, isDenied: true };
  return { kind: "refused", refusal, heard: HEARD };
}

/** The codes of checks, or how they stand. */
export const words = (checks: readonly Check[]) => checks.map(({ status, code }) => code ?? status);
