import { Stop } from "../diag/errors.ts";
import { digest } from "../model/canonical-json.ts";
import { isJsonObject } from "../model/json.ts";
import type { Plan } from "../model/plan.ts";

/** A saved plan from its text. `path` is for messages. Throws Stop `invalid` or `stale`. */
export function readPlan(text: string, path: string): Plan {
  const plan = parse(text, path);
  const { digests } = plan;
  if (digests.intent !== digest(plan.intent) || digests.snapshot !== digest(plan.snapshot)) {
    throw new Stop(
      "stale",
      `${path} was changed after it was made: its digests do not fit. Plan again.`,
    );
  }
  return plan;
}

function parse(text: string, path: string): Plan {
  const value = parseJson(text);
  if (!isJsonObject(value) || typeof value["format"] !== "string") throw noPlan(path);
  if (value["format"] !== "posthorn.plan/1") {
    throw new Stop(
      "invalid",
      `${path} has the format "${value["format"]}"; this version reads posthorn.plan/1.`,
    );
  }
  const parts = ["intent", "snapshot", "digests", "summary"];
  if (!parts.every((part) => isJsonObject(value[part]))) throw noPlan(path);
  // The digests prove the rest: it is as `plan` wrote it.
  return value as unknown as Plan;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noPlan(path: string): Stop {
  return new Stop("invalid", `${path} is no plan. Write one with \`posthorn plan --out FILE\`.`);
}
