import { ownValue } from "../model/own-value.ts";
import type { Finding } from "./diagnostic.ts";

/** The words that YAML 1.1 took for booleans. */
const YES_NO: Readonly<Record<string, boolean>> = {
  yes: true,
  y: true,
  on: true,
  no: false,
  n: false,
  off: false,
};

/** What to say where true or false is expected and one of YAML 1.1's words is written. */
export function yesNoFault(written: unknown): Omit<Finding, "path"> | undefined {
  if (typeof written !== "string") return undefined;
  const meant = ownValue(YES_NO, written.toLowerCase());
  if (meant === undefined) return undefined;
  const summary = "Yes or no where true or false belongs";
  const detail = `"${written}" is text in YAML 1.2. Write ${meant} instead.`;
  return { code: "VALUE_YES_NO", summary, detail };
}
