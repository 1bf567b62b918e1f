import type * as AjvPackage from "ajv";
import type { ValidateFunction } from "ajv";
import { Stop } from "../diag/errors.ts";
import { canonicalJson, digest } from "../model/canonical-json.ts";
import { isSoundPlan } from "../model/generated/plan-check.ts";
import { PLAN_SCHEMA } from "../model/generated/plan-schema.ts";
import { REPORT_SCHEMA } from "../model/generated/report-schema.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import type { Plan } from "../model/plan.ts";
import type { Report } from "../model/report.ts";
import { summaryOf } from "./summary.ts";

/** A plan that `plan --out` wrote, or a report of `apply --format json`. */
export type SavedDocument =
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "report"; readonly report: Report };

const FORMATS = { plan: "posthorn.plan/1", report: "posthorn.report/1" } as const;

/** A saved document from its text. `path` is for messages. Throws Stop `invalid` or `stale`. */
export function readDocument(text: string, path: string): SavedDocument {
  const value = parseJson(text);
  const format = isJsonObject(value) ? value["format"] : undefined;
  if (!isJsonObject(value) || typeof format !== "string") throw noDocument(path);
  if (format === FORMATS.plan) return { kind: "plan", plan: checkPlan(value, path) };
  if (format !== FORMATS.report) throw otherFormat(format, path);
  checkShape(value, { path, kind: "report" });
  return { kind: "report", report: value as unknown as Report };
}

/** The same where only a plan will do. */
export function readPlan(text: string, path: string): Plan {
  const document = readDocument(text, path);
  if (document.kind === "plan") return document.plan;
  throw new Stop(
    "invalid",
    `${path} is the report of an apply, not a plan. Nothing was sent. ` +
      "Write a plan with `posthorn plan --out FILE`.",
  );
}

function checkPlan(value: JsonObject, path: string): Plan {
  const { intent, snapshot, digests, summary } = value;
  const parts = [intent, snapshot, digests, summary];
  if (!parts.every(isJsonObject)) throw noDocument(path);
  const isSame = canonicalJson(digests) === canonicalJson(digestsOf(intent, snapshot));
  if (!isSame) throw changed(path);
  checkShape(value, { path, kind: "plan" });
  const plan = value as unknown as Plan;
  if (canonicalJson(summary) !== canonicalJson(summaryOf(plan.snapshot))) throw changed(path);
  return plan;
}

function digestsOf(intent: unknown, snapshot: unknown): Plan["digests"] {
  return { intent: digest(intent), snapshot: digest(snapshot) };
}

function checkShape(
  value: JsonObject,
  { path, kind }: { readonly path: string; readonly kind: keyof typeof FORMATS },
): void {
  if (kind === "plan" && isSoundPlan(value)) return;
  const validate = validatorOf(kind);
  if (validate(value)) return;
  const [first] = validate.errors ?? [];
  throw new Stop(
    "invalid",
    `${path} says it is a ${FORMATS[kind]}, but it is not: ${first?.instancePath || "it"} ` +
      `${first?.message ?? "has another shape"}. Nothing was sent.`,
  );
}

/** Says what is wrong; takes longer to compile than a plan takes to check. */
function validatorOf(kind: keyof typeof FORMATS): ValidateFunction {
  const { Ajv } = loadWhenNeeded<typeof AjvPackage>("ajv");
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictRequired: false });
  if (kind === "plan") return ajv.compile(PLAN_SCHEMA);
  return ajv.addSchema(PLAN_SCHEMA).compile(REPORT_SCHEMA);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noDocument(path: string): Stop {
  return new Stop(
    "invalid",
    `${path} is no plan and no report. Write a plan with \`posthorn plan --out FILE\`, a report ` +
      "with `posthorn apply --format json > FILE`.",
  );
}

function otherFormat(format: string, path: string): Stop {
  const known = Object.values(FORMATS).join(" and ");
  return new Stop(
    "invalid",
    `${path} has the format "${format}"; this version reads ${known}. Nothing was sent.`,
  );
}

function changed(path: string): Stop {
  return new Stop(
    "stale",
    `${path} was changed after it was made: its digests do not fit. Nothing was sent. Plan again.`,
  );
}
