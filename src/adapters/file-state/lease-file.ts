import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { faultCode } from "../../diag/reason-of.ts";
import { type Instant, SECOND_MS } from "../../model/instant.ts";
import { writeNew } from "./durable-file.ts";
import type { HeldLease, Holder } from "./holder.ts";

/*
 * A lease is a file `lease-<fence>.json`, complete from its first moment and never written again.
 * The one with the greatest number counts. Its time of change is the heartbeat.
 */

const FORMAT = "posthorn.lease/1";
const NAME = /^lease-(\d+)\.json$/;

/** What stands in a lease. */
interface LeaseText extends Holder {
  readonly format: typeof FORMAT;
}

/** Fencing numbers of the leases of a state folder, ascending. */
export function leaseFences(folder: string): number[] {
  const fences = namesIn(folder).map((name) => Number(NAME.exec(name)?.[1] ?? Number.NaN));
  return fences.filter(Number.isSafeInteger).sort((a, b) => a - b);
}

/** The lease that counts; undefined where there is none. Throws Stop `state`. */
export function readLease(folder: string): HeldLease | undefined {
  for (const fence of leaseFences(folder).reverse()) {
    const found = readLeaseOf(folder, fence);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One lease; undefined where it is gone. Throws Stop `state`. */
export function readLeaseOf(folder: string, fence: number): HeldLease | undefined {
  const path = leasePath(folder, fence);
  try {
    // Through an open file: a network disk may answer anything else from what it remembers.
    const file = openSync(path, "r");
    try {
      const { mtimeMs } = fstatSync(file);
      return { fence, holder: parse(readFileSync(file, "utf8"), path), heartbeatAt: mtimeMs };
    } finally {
      closeSync(file);
    }
  } catch (fault) {
    if (faultCode(fault) === "ENOENT" || faultCode(fault) === "ESTALE") return undefined;
    throw fault;
  }
}

/** Makes a lease if its number is free, and says whether it was. */
export function createLease(folder: string, { fence, holder, heartbeatAt }: HeldLease): boolean {
  const path = leasePath(folder, fence);
  const draft = `${path}.${holder.run}.tmp`;
  const text: LeaseText = { format: FORMAT, ...holder };
  try {
    writeNew(draft, `${JSON.stringify(text)}\n`);
    setHeartbeat(draft, heartbeatAt);
    // A link, unlike a rename, fails where the name is taken; unlike a new file it is never empty.
    linkSync(draft, path);
    return true;
  } catch (fault) {
    if (faultCode(fault) === "EEXIST") return false;
    throw fault;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Says that the holder lives. Throws where its lease is gone: it cannot come back this way. */
export function touchLease(folder: string, fence: number, at: Instant): void {
  setHeartbeat(leasePath(folder, fence), at);
}

export function removeLease(folder: string, fence: number): void {
  rmSync(leasePath(folder, fence), { force: true });
}

function parse(text: string, path: string): LeaseText {
  const value = parseJson(text);
  const format = value?.["format"];
  if (format === FORMAT) return value as unknown as LeaseText;
  const what =
    format === undefined
      ? "is no lease"
      : `has the format "${String(format)}"; this version knows ${FORMAT}, a newer one wrote it`;
  throw new Stop("state", `${path}:1 ${what}. Nothing was changed or sent.`);
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function setHeartbeat(path: string, at: Instant): void {
  utimesSync(path, at / SECOND_MS, at / SECOND_MS);
}

function leasePath(folder: string, fence: number): string {
  return join(folder, `lease-${fence}.json`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return [];
    throw fault;
  }
}
