import { isRecord } from "./call.ts";
import type { Refusal } from "./refusal.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Where a value stands, in Meta's writing, and how long it may be. */
interface Limit {
  readonly at: string;
  readonly max: number;
}

/** A list within its limits, each entry of which is an object that passes `check`. */
export function checkEach(
  list: unknown,
  { at, min, max }: { readonly at: string; readonly min: number; readonly max: number },
  check: (entry: Fields, at: string) => Refusal | undefined,
): Refusal | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return invalid(`Param ${at} must be an array.`);
  if (list.length < min) return { code: 194, message: `param ${at} has too few elements` };
  if (list.length > max) {
    return { code: 105, message: `param name_placeholder${at} has too many elements.` };
  }
  for (const [place, entry] of list.entries()) {
    if (!isRecord(entry)) return invalid(`Param ${at}[${place}] must be an object`);
    const refusal = check(entry, `${at}[${place}]`);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Lengths count UTF-16 units; Meta does not say what it counts. */
export function checkText(owner: Fields, key: string, { at, max }: Limit): Refusal | undefined {
  const value = owner[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string") return invalid(`Param ${at} must be a string`);
  if (value.length <= max) return undefined;
  return invalid(`Length of param ${at} must be less than or equal to ${max}`);
}

/** The same for a text that must be there. */
export function checkWritten(owner: Fields, key: string, limit: Limit): Refusal | undefined {
  return isThere(owner[key]) ? checkText(owner, key, limit) : emptyText(limit.at);
}

export function emptyText(at: string): Refusal {
  return invalid(`Param ${at} must be a non-empty UTF-8 encoded string`);
}

export function invalid(message: string): Refusal {
  return { code: 100, message };
}

export function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
