import type { Run } from "../model/delivery.ts";
import type { Clock } from "../ports/clock.ts";
import { jobUrl } from "./job-url.ts";
import type { Surroundings } from "./surroundings.ts";

/** A run that begins now. */
export function newRun({ env, newRunId }: Surroundings, commit: string | null, clock: Clock): Run {
  return { id: newRunId(), startedAt: clock.now(), commit, url: jobUrl(env) };
}
