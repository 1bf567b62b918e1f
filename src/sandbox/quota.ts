import { type Instant, MINUTE_MS } from "../model/instant.ts";

/** So many calls in a stretch of time, as Meta's business-use-case limit counts them. */
export interface Quota {
  readonly calls: number;
  readonly periodMs: number;
}

/** Shows in headers how much of a quota is used up (messenger-platform.md section 5). */
export class CallQuota {
  readonly #quota: Quota;
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /** Counts a call; whether it is still within the quota. */
  admit(now: Instant): boolean {
    if (now - this.#startedAt >= this.#quota.periodMs) [this.#startedAt, this.#used] = [now, 0];
    this.#used += 1;
    return this.#used <= this.#quota.calls;
  }

  headers(pageId: string, now: Instant): Readonly<Record<string, string>> {
    const percent = Math.floor((100 * this.#used) / this.#quota.calls);
    const usage = { call_count: percent, total_cputime: 0, total_time: 0 };
    const leftMs = percent > 100 ? this.#startedAt + this.#quota.periodMs - now : 0;
    const regain = { estimated_time_to_regain_access: Math.ceil(leftMs / MINUTE_MS) };
    return {
      "x-app-usage": JSON.stringify(usage),
      "x-business-use-case-usage": JSON.stringify({
        [pageId]: [{ type: "messenger", ...usage, ...regain }],
      }),
    };
  }
}
