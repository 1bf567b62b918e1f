import type { AttributeType } from "../../../src/model/attribute.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import type { CellValue } from "../../adapters/duckdb/source-files.ts";

/** The clock of every case that names no other. */
export const NOW = "2026-11-27T09:00:00.000Z";
export const ZONE = "Europe/Berlin";

/** The values that people have under one attribute, and which of them each test fits. */
export interface Block {
  readonly name: string;
  readonly type: AttributeType;
  /** One person each; undefined is absent, null is written. */
  readonly values: readonly CellValue[];
  readonly cases: readonly Case[];
}

export interface Case {
  /** As written under the attribute's name. */
  readonly test: JsonValue;
  /** Those of `values` that it fits, in their order. */
  readonly fits: readonly CellValue[];
  /** Whether it stands under `not:`. */
  readonly not?: boolean;
  /** ISO 8601; absent: `NOW`. */
  readonly now?: string;
}
