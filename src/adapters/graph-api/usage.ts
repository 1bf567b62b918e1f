import { MINUTE_MS } from "../../model/instant.ts";
import type { Usage } from "../../ports/message-gateway.ts";

/** Response headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const USAGE_HEADERS = ["x-app-usage", "x-business-use-case-usage", "x-page-usage"];
/** Limits of the same app on advertising and the like say nothing about messages. */
const OWN_TYPES = ["messenger", "pages"];

/**
 * The fullest limit that the usage headers tell of, `null` where there are none. They are searched
 * rather than parsed: Meta's own sample repeats a key and so is no JSON map
 * (messenger-platform.md section 5).
 */
export function parseUsage(headers: Headers): Usage | null {
  const texts = USAGE_HEADERS.flatMap((name) => headers[name] ?? []);
  if (texts.length === 0) return null;
  const entries = texts.flatMap((text) => text.match(/\{[^{}]*\}/g) ?? []).filter(isOwn);
  const percents = entries.flatMap((entry) =>
    numbers(entry, /"(?:call_count|total_time|total_cputime)"\s*:\s*(\d+(?:\.\d+)?)/g),
  );
  if (percents.length === 0) return null;
  const minutes = entries.flatMap((entry) =>
    numbers(entry, /"estimated_time_to_regain_access"\s*:\s*(\d+(?:\.\d+)?)/g),
  );
  const regainMs = Math.max(0, ...minutes) * MINUTE_MS;
  return { percent: Math.max(...percents), regainAccessMs: regainMs > 0 ? regainMs : null };
}

function isOwn(entry: string): boolean {
  const type = /"type"\s*:\s*"([^"]*)"/.exec(entry)?.[1];
  return type === undefined || OWN_TYPES.includes(type);
}

function numbers(text: string, shape: RegExp): readonly number[] {
  return [...text.matchAll(shape)].map((match) => Number(match[1]));
}
