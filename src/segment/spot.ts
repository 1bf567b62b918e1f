import type { DiagnosticCode, Finding } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";

/** What a check says about a spot; the spot adds where it stands. */
export interface Fault {
  readonly code: DiagnosticCode;
  readonly summary: string;
  readonly detail: string;
  readonly atKey?: boolean;
  readonly toQuote?: boolean;
}

/** A value inside a written condition, with its path from the top and the list of findings. */
export class Spot {
  readonly written: JsonValue;
  readonly path: JsonPath;
  readonly #findings: Finding[];

  constructor(written: JsonValue, findings: Finding[], path: JsonPath = []) {
    this.written = written;
    this.path = path;
    this.#findings = findings;
  }

  /** The value under a key or at a position of this one. */
  child(key: string | number, written: JsonValue): Spot {
    return new Spot(written, this.#findings, [...this.path, key]);
  }

  /** Reports a fault. Gives undefined, so that a check can return it in place of its result. */
  refuse(fault: Fault): undefined {
    this.#findings.push({ ...fault, path: this.path });
    return undefined;
  }
}

/** A value as a message quotes it: text in quotes, long ones cut. */
export function quote(written: JsonValue): string {
  const text = JSON.stringify(written);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The results when every check passed, else undefined. */
export function allOf<T>(results: readonly (T | undefined)[]): readonly T[] | undefined {
  const found = results.filter((result) => result !== undefined);
  return found.length === results.length ? found : undefined;
}
