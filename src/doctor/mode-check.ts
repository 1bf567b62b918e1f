import type { Check } from "../model/checkup.ts";
import type { Page } from "../model/workspace.ts";
import { META_PAGES } from "./meta-pages.ts";
import { ok, warning } from "./verdicts.ts";

/** Who can be reached (messenger-platform.md section 1.4). Meta tells no token the app's mode. */
export function modeCheck({ mode, testers }: Page): Check {
  if (mode === "live") {
    return ok(
      "mode",
      "posthorn.yaml says live: everybody is sent to. Meta does not tell whether the app is; " +
        "if not, it refuses all who have no role on it (200/2018028). A test-send shows.",
    );
  }
  const count = Object.keys(testers).length;
  const who = count === 0 ? "nobody, for page.testers is empty" : `${count} of page.testers`;
  return warning("mode", {
    code: "MODE_DEVELOPMENT",
    found: `posthorn.yaml says development: a plan reaches ${who}; all others are left out.`,
    next:
      count === 0
        ? "Add people with a role on the app to page.testers, or set page.mode to live."
        : "When the app is live and reviewed, set page.mode to live.",
    source: META_PAGES.modes,
  });
}
