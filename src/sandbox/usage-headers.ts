import type { Strike, ToldUsage } from "./faults.ts";
import type { World } from "./world.ts";

/**
 * The usage headers of a send's answer (messenger-platform.md section 5): what the faults tell,
 * else how much of the quota is used. Below 1 % Meta sends none.
 */
export function usageHeaders(strike: Strike, world: World): Readonly<Record<string, string>> {
  const page = strike.pageUsage ?? world.quota?.usage(world.now());
  const app = strike.appUsage;
  return {
    ...(app !== undefined && { "x-app-usage": JSON.stringify(shares(app)) }),
    ...(page !== undefined &&
      page.percent >= 1 && { "x-business-use-case-usage": pageUsage(page, world.pageId) }),
  };
}

function pageUsage(usage: ToldUsage, pageId: string): string {
  const regain = { estimated_time_to_regain_access: usage.regainMinutes };
  return JSON.stringify({ [pageId]: [{ type: "messenger", ...shares(usage), ...regain }] });
}

function shares({ percent }: ToldUsage) {
  return { call_count: percent, total_cputime: 0, total_time: 0 };
}
