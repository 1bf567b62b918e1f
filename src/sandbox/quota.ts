import { type Instant, MINUTE_MS } from "../model/instant.ts";

/** So many sends in any stretch of this length, as Meta's business-use-case limit counts them. */
export interface Quota {
  readonly calls: number;
  readonly periodMs: number;
}

/** The period is counted in so many parts, each of which is forgotten as a whole. */
const PARTS = 60;

/** How much of a quota is used up (messenger-platform.md section 5). */
export class CallQuota {
  readonly #quota: Quota;
  /** Sends by part of the period, the oldest first. */
  #parts: { readonly from: Instant; used: number }[] = [];
  #used = 0;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /** Counts a send, also one that is refused; whether it is within the quota. */
  admit(now: Instant): boolean {
    this.#forget(now);
    const newest = this.#parts.at(-1);
    if (newest !== undefined && now - newest.from < this.#quota.periodMs / PARTS) newest.used += 1;
    else this.#parts.push({ from: now, used: 1 });
    this.#used += 1;
    return this.#used <= this.#quota.calls;
  }

  /** Percent used, which may pass 100, and the minutes until a send is admitted again. */
  usage(now: Instant): { readonly percent: number; readonly regainMinutes: number } {
    this.#forget(now);
    const percent = Math.floor((100 * this.#used) / this.#quota.calls);
    return { percent, regainMinutes: Math.ceil(this.#regainMs(now) / MINUTE_MS) };
  }

  #forget(now: Instant): void {
    for (let oldest = this.#parts[0]; oldest !== undefined; oldest = this.#parts[0]) {
      if (now - oldest.from < this.#quota.periodMs) return;
      this.#used -= oldest.used;
      this.#parts.shift();
    }
  }

  #regainMs(now: Instant): number {
    let over = this.#used - this.#quota.calls;
    for (const { from, used } of this.#parts) {
      if (over < 0) return 0;
      over -= used;
      if (over < 0) return from + this.#quota.periodMs - now;
    }
    return 0;
  }
}
