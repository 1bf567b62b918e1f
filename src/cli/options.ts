import { Stop } from "../diag/errors.ts";
import { type Instant, parseDuration, parseInstant } from "../model/instant.ts";
import type { Surroundings } from "./surroundings.ts";

export type Format = "text" | "json" | "markdown" | "html" | "github" | "ndjson" | "csv";

/** The flags that every command takes. */
export interface GlobalOptions {
  /** The workspace's folder. */
  readonly folder: string;
  readonly format: Format;
  readonly now: Instant | undefined;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** One call of a verb: its arguments, its own flags and those that every verb takes. */
export interface Call<Flags = object> {
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly options: GlobalOptions;
  readonly surroundings: Surroundings;
}

/** The flags of every command as commander gives them; absent where they were not typed. */
export interface RawGlobalOptions {
  readonly C?: string;
  readonly format?: string;
  readonly now?: string;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** `formats` are those of the verb, its default first. Throws Stop `usage`. */
export function parseGlobalOptions(
  written: RawGlobalOptions,
  formats: readonly [Format, ...Format[]],
): GlobalOptions {
  const wanted = written.format ?? formats[0];
  const format = formats.find((one) => one === wanted);
  if (format === undefined) {
    throw usage(`--format ${wanted} is not one this command has. Use ${formats.join(" or ")}.`);
  }
  const now = written.now === undefined ? undefined : parseInstant(written.now);
  if (written.now !== undefined && now === undefined) {
    throw usage(`--now takes an instant such as 2026-12-01T09:30:00Z, not "${written.now}".`);
  }
  return {
    folder: written.C ?? ".",
    format,
    now,
    quiet: written.quiet === true,
    color: written.color !== false,
  };
}

/** The milliseconds of a flag that takes a duration. Throws Stop `usage`. */
export function flagMs(flag: string, written: string | undefined): number | undefined {
  const ms = written === undefined ? undefined : parseDuration(written);
  if (written !== undefined && ms === undefined) {
    throw usage(`${flag} takes a duration such as 50m, not "${written}".`);
  }
  return ms;
}

/** The number of a port; 0 is any free one. Throws Stop `usage`. */
export function flagPort(written: string): number {
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Number.NaN;
  if (port <= 65_535) return port;
  throw usage(`--port takes a number from 0 to 65535, not "${written}".`);
}

export function usage(message: string): Stop {
  return new Stop("usage", message);
}
