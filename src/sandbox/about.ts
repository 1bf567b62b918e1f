import { isRecord, parseJson } from "./call.ts";

/** Why a message was sent, as Posthorn tells a sandbox in the header `posthorn-about`. */
export interface About {
  readonly campaign?: string;
  /** `once`, an instant, a wall time or the id of an event. */
  readonly occurrence?: string;
  readonly segment?: string;
  readonly variant?: string;
  readonly commit?: string;
  readonly run?: string;
}

const KEYS = [
  "campaign",
  "occurrence",
  "segment",
  "variant",
  "commit",
  "run",
] as const satisfies readonly (keyof About)[];

/** Parses the header: an object of texts as JSON, percent-encoded. Null when it is none. */
export function parseAbout(header: string | undefined): About | null {
  if (header === undefined) return null;
  const value = parseJson(decoded(header));
  if (!isRecord(value)) return null;
  const known = KEYS.map((key) => [key, value[key]] as const);
  return Object.fromEntries(known.filter(([, text]) => typeof text === "string"));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
