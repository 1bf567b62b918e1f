import { Stop } from "../diag/errors.ts";
import type { UserSource } from "../model/workspace.ts";

/** Whether people's facts can be written into the user data itself. */
export function isWritable(users: UserSource): boolean {
  return isOneJson(users) && users.consent !== "assumed";
}

/** The one file that people's facts can be written into, as named. Throws Stop `invalid`. */
export function writableUsers(users: UserSource): string {
  if (isWritable(users)) return users.files.pattern;
  const why = isOneJson(users)
    ? "users.consent is assumed, so there is no column for who takes consent back"
    : "users.source is not one .json file";
  const remedy = "Name a folder in posthorn.yaml, such as users.inbound: data/inbound.";
  throw new Stop("invalid", `What people tell cannot be kept: ${why}. ${remedy}`);
}

function isOneJson({ files }: UserSource): boolean {
  return files.format === "json" && !/[*?{[]/.test(files.pattern);
}
