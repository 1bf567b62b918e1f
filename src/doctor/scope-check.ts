import type { Check } from "../model/checkup.ts";
import { listed } from "./answers.ts";
import { META_PAGES } from "./meta-pages.ts";
import { error, ok, skipped, warning } from "./verdicts.ts";

const SEND = "pages_messaging";
const UTILITY = "pages_utility_messaging";

/** What the other permissions are for; without them sends work. */
const OTHERS: Readonly<Record<string, string>> = {
  pages_manage_metadata: "webhooks",
  pages_read_engagement: "`ledger resolve --conversations` and `users pull`",
  pages_show_list: "`doctor token`",
};

/** Permissions of the token (messenger-platform.md section 1.4). */
export function scopeChecks(
  scopes: readonly string[] | undefined,
  needs: { readonly utility: boolean },
): readonly Check[] {
  if (scopes === undefined) return [skipped("scopes", "Meta does not tell of this token")];
  const needed = [SEND, ...(needs.utility ? [UTILITY] : [])];
  const missing = needed.filter((scope) => !scopes.includes(scope));
  const others = Object.keys(OTHERS).filter((scope) => !scopes.includes(scope));
  const checks = [
    ...(missing.length === 0 ? [] : [missingToSend(missing)]),
    ...(others.length === 0 ? [] : [missingOthers(others)]),
  ];
  if (checks.length > 0) return checks;
  return [ok("scopes", `The token has ${listed([...needed, ...Object.keys(OTHERS)])}.`)];
}

const ADD =
  "Add it to the app, connect the page anew, and get a new token: old ones do not gain it.";

function missingToSend(missing: readonly string[]): Check {
  const what = missing.includes(SEND) ? "Meta refuses every send" : "UTILITY campaigns are refused";
  return error("scopes", "denied", {
    code: "SCOPE_MISSING",
    found: `The token lacks ${listed(missing)}: ${what}.`,
    next: ADD,
    source: META_PAGES.permissions,
  });
}

function missingOthers(missing: readonly string[]): Check {
  const uses = missing.map((scope) => `${scope} (for ${OTHERS[scope]})`);
  return warning("scopes", {
    code: "SCOPE_LIMITED",
    found: `The token lacks ${listed(uses)}.`,
    next: `If you use that: ${ADD.charAt(0).toLowerCase()}${ADD.slice(1)}`,
    source: META_PAGES.permissions,
  });
}
