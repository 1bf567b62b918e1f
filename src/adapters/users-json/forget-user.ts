import { readFileSync, realpathSync } from "node:fs";
import { Stop } from "../../diag/errors.ts";
import type { UserSource } from "../../model/workspace.ts";
import { type ForgottenRows, forgetInUsers } from "../../people/forget-in-users.ts";
import { parseUsersText, usersText } from "../../people/users-text.ts";
import type { ForgetPerson } from "../../ports/state-store.ts";
import { withFileLock } from "./file-lock.ts";
import { replaceUsers } from "./replace-users.ts";

/**
 * Takes a person out of a users.json that Posthorn writes into. Replaced as a whole or not at all.
 * Throws Stop `invalid` where it is no array of objects, `locked` where somebody goes on writing.
 */
export function forgetUser(
  path: string,
  users: UserSource,
  person: ForgetPerson,
): Promise<ForgottenRows> {
  const real = realpathSync(path);
  return withFileLock(`${real}.lock`, () => {
    const text = parseUsersText(readFileSync(real, "utf8"));
    if (text === undefined) {
      throw new Stop("invalid", `${path} is no JSON array of objects. Export it again.`);
    }
    const forgotten = forgetInUsers(text, users, person);
    if (forgotten.emptied + forgotten.removed > 0) replaceUsers(real, usersText(text));
    return forgotten;
  });
}
