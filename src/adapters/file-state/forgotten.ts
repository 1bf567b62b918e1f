import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { faultCode } from "../../diag/reason-of.ts";
import { hashedId } from "../../model/hashed-id.ts";
import type { HiddenPeople } from "../../ports/compactor.ts";
import type { ForgetPerson, Forgotten } from "../../ports/state-store.ts";
import { replaceFile, syncFolder } from "./durable-file.ts";

/*
 * Who asked to be forgotten: `forgotten/key`, made with the first of them, and one small file each,
 * named by the hash of the user id. Files are added and never changed.
 */

const FORMAT = "posthorn.forgotten/1";
const KEY_BYTES = 32;

/** A file of somebody who was forgotten. */
export interface ForgottenFile {
  readonly format: typeof FORMAT;
  readonly workspace: string;
  readonly user: string;
  readonly psids: readonly string[];
}

/** The hashes of somebody, as they are kept. */
export function forgottenFile(
  key: string,
  workspace: string,
  { userId, psids }: ForgetPerson,
): ForgottenFile {
  const hashes = psids.map((psid) => hashedId(key, psid));
  return { format: FORMAT, workspace, user: hashedId(key, userId), psids: hashes };
}

/** Throws Stop `state` for a file of another kind, or of another workspace. */
export function parseForgotten(text: string, path: string, workspace: string): ForgottenFile {
  const file = parse(text);
  if (file?.format === FORMAT && file.workspace === workspace && Array.isArray(file.psids)) {
    return file;
  }
  throw new Stop(
    "state",
    `${path} does not say who of "${workspace}" was forgotten. Nothing was changed or sent. ` +
      "Restore it: without it they would be sent to again.",
  );
}

export function forgottenBy(key: string, files: readonly ForgottenFile[]): Forgotten | null {
  if (files.length === 0) return null;
  return {
    key,
    users: files.map(({ user }) => user),
    psids: files.flatMap(({ psids }) => psids),
  };
}

/** Null where nobody was forgotten. Throws Stop `state` where that cannot be known. */
export function readForgotten(stateFolder: string, workspace: string): Forgotten | null {
  const folder = join(stateFolder, "forgotten");
  const names = namesIn(folder).filter((name) => name.endsWith(".json"));
  if (names.length === 0) return null;
  const files = names.map((name) => {
    const path = join(folder, name);
    return parseForgotten(readFileSync(path, "utf8"), path, workspace);
  });
  return forgottenBy(readKey(folder), files);
}

/** Durable once it returns; whoever was forgotten before stays forgotten with every PSID. */
export function writeForgotten(stateFolder: string, workspace: string, person: ForgetPerson): void {
  const folder = join(stateFolder, "forgotten");
  makeKey(folder);
  const file = forgottenFile(readKey(folder), workspace, person);
  const path = join(folder, `${file.user}.json`);
  const before = existsSync(path)
    ? parseForgotten(readFileSync(path, "utf8"), path, workspace).psids
    : [];
  const psids = [...new Set([...before, ...file.psids])].sort();
  const text = JSON.stringify({ ...file, psids }, null, 2);
  if (!existsSync(path) || psids.length > before.length) {
    replaceFile(path, `${path}.tmp`, `${text}\n`);
  }
}

/** What stands in the ledger once somebody is forgotten. */
export function hiddenIn(
  stateFolder: string,
  workspace: string,
  { userId, psids }: ForgetPerson,
): HiddenPeople {
  const key = readForgotten(stateFolder, workspace)?.key ?? "";
  return {
    users: new Map([[userId, hashedId(key, userId)]]),
    psids: new Map(psids.map((psid) => [psid, hashedId(key, psid)])),
  };
}

function makeKey(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) syncFolder(join(folder, ".."));
  const path = join(folder, "key");
  if (existsSync(path)) return;
  refuseLostKey(folder);
  replaceFile(path, `${path}.tmp`, `${randomBytes(KEY_BYTES).toString("hex")}\n`);
}

/** With another key those who were forgotten before would be known no more. */
function refuseLostKey(folder: string): void {
  if (!namesIn(folder).some((name) => name.endsWith(".json"))) return;
  throw new Stop(
    "state",
    `${join(folder, "key")} is missing, so nobody can tell who was forgotten. ` +
      "Nothing was changed or sent. Restore it from a backup.",
  );
}

function readKey(folder: string): string {
  try {
    return readFileSync(join(folder, "key"), "utf8").trim();
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") refuseLostKey(folder);
    throw fault;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return [];
    throw fault;
  }
}

function parse(text: string): ForgottenFile | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
