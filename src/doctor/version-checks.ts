import type { Check } from "../model/checkup.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import { META_PAGES } from "./meta-pages.ts";
import { ok, warning } from "./verdicts.ts";

/**
 * Until when Meta serves each version; null: it has not said. As of 29 July 2026, by
 * developers.facebook.com/docs/graph-api/changelog (messenger-platform.md section 1.1).
 */
const USABLE_UNTIL: Readonly<Record<string, string | null>> = {
  "v20.0": "2026-09-24",
  "v21.0": "2027-01-21",
  "v22.0": "2027-05-20",
  "v23.0": "2027-10-08",
  "v24.0": "2028-02-18",
  "v25.0": "2028-07-29",
  "v26.0": null,
};
const NEWEST = "v26.0";
const SOON_MS = 90 * DAY_MS;

interface Versions {
  /** `graph.version` of posthorn.yaml. */
  readonly asked: string;
  /** The one that answered; null: nobody said. */
  readonly served: string | null;
}

/** The API's version by Meta's calendar, and by what really answers. */
export function versionChecks({ asked, served }: Versions, now: Instant): readonly Check[] {
  const checks = [byCalendar(asked, now), ...byAnswer(asked, served)];
  const faults = checks.filter(({ status }) => status !== "ok");
  return faults.length > 0 ? faults : checks;
}

function byCalendar(asked: string, now: Instant): Check {
  const end = USABLE_UNTIL[asked];
  if (end === null) return ok("version", `${asked} is the newest one known here.`);
  if (end === undefined && isNewer(asked)) {
    return ok("version", `${asked} came out after this release of Posthorn; its end is not known.`);
  }
  const endsAt = end === undefined ? Number.NEGATIVE_INFINITY : Date.parse(`${end}T00:00:00Z`);
  const next = `Set graph.version in posthorn.yaml to ${NEWEST} and look at one test-send.`;
  const source = META_PAGES.versions;
  if (endsAt <= now) {
    const since = end === undefined ? "" : ` on ${end}`;
    const found = `Meta ended ${asked}${since}; an older or newer one answers in its place.`;
    return warning("version", { code: "GRAPH_VERSION_ENDED", found, next, source });
  }
  if (endsAt - now > SOON_MS) return ok("version", `${asked} is served until ${end}.`);
  const found = `Meta ends ${asked} on ${end}.`;
  return warning("version", { code: "GRAPH_VERSION_ENDS", found, next, source });
}

function isNewer(asked: string): boolean {
  return Number(asked.slice(1)) > Number(NEWEST.slice(1));
}

function byAnswer(asked: string, served: string | null): readonly Check[] {
  if (served === null || served === asked) return [];
  return [
    warning("version", {
      code: "GRAPH_VERSION",
      found: `posthorn.yaml asks for ${asked}, and ${served} answered.`,
      next: `Set graph.version to ${served} or newer, and look at one test-send.`,
      source: META_PAGES.versions,
    }),
  ];
}
