import type { Case } from "./base-files.ts";
import { CAMPAIGN_CASES, SEND_CASES, TEST_CASES } from "./campaign-cases.ts";
import { DATA_CASES, PLAN_CASES } from "./data-cases.ts";
import { MESSAGE_CASES } from "./message-cases.ts";
import { SEGMENT_CASES } from "./segment-cases.ts";
import { SOURCE_CASES, WORKSPACE_CASES, ZONE_CASES } from "./workspace-cases.ts";
import { FILE_CASES, YAML_CASES } from "./yaml-cases.ts";

/** Every fault that `validate` finds, by subject. */
export const CASES: readonly (readonly [subject: string, cases: readonly Case[]])[] = [
  ["YAML", YAML_CASES],
  ["files", FILE_CASES],
  ["posthorn.yaml", WORKSPACE_CASES],
  ["time zones", ZONE_CASES],
  ["sources and secrets", SOURCE_CASES],
  ["schedules", SEND_CASES],
  ["campaigns", CAMPAIGN_CASES],
  ["tests", TEST_CASES],
  ["segments", SEGMENT_CASES],
  ["messages", MESSAGE_CASES],
];

/** Every fault that only `plan` finds: in data, and in what is due. */
export const PLANNED: typeof CASES = [
  ["data", DATA_CASES],
  ["what is due", PLAN_CASES],
];
