import { Stop } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import type { Report } from "../model/report.ts";
import type { Surroundings } from "./surroundings.ts";

/*
 * What a job of GitHub Actions is told beside the text that a command prints. The variables are
 * GitHub's own; elsewhere they are not set and nothing is written.
 */

/** What later steps of the job can ask for. */
export interface JobOutputs {
  /** The name of the exit code: `ok`, `blocked`, `partial`, …. */
  readonly outcome: string;
  readonly hasChanges: boolean;
  /** Who would get a message, or got one. */
  readonly people: number;
  /** The intent's digest: what `apply --expect` takes. */
  readonly digest: string;
}

export async function writeOutputs(
  { env, appendText }: Surroundings,
  outputs: JobOutputs,
): Promise<void> {
  const path = env["GITHUB_OUTPUT"];
  if (path === undefined || path === "") return;
  const { outcome, hasChanges, people, digest } = outputs;
  const lines = [`outcome=${outcome}`, `has_changes=${hasChanges}`, `people=${people}`];
  await appendText(path, `${[...lines, `digest=${digest}`].join("\n")}\n`);
}

export function planOutputs({ summary, digests }: Plan): JobOutputs {
  const { recipients, blocked } = summary;
  const outcome = blocked > 0 ? "blocked" : "ok";
  return { outcome, hasChanges: recipients > 0, people: recipients, digest: digests.intent };
}

export function applyOutputs({ outcome, totals, intent }: Report): JobOutputs {
  return { outcome, hasChanges: totals.sent > 0, people: totals.sent, digest: intent };
}

/** The outcome of a command that ended early, for steps that look at it. */
export async function writeFault(surroundings: Surroundings, fault: unknown): Promise<void> {
  const outcome = fault instanceof Stop ? fault.exit : "error";
  await writeOutputs(surroundings, { outcome, hasChanges: false, people: 0, digest: "" });
}

/** Adds Markdown to the page that GitHub shows of the job. */
export async function writeSummary(
  { env, appendText }: Surroundings,
  markdown: string,
): Promise<void> {
  const path = env["GITHUB_STEP_SUMMARY"];
  if (path !== undefined && path !== "") await appendText(path, `${markdown}\n`);
}

/** Files of a pull request are a proposal: nobody approved that they be sent. */
export function refusePullRequest({ env }: Surroundings): void {
  const event = env["GITHUB_EVENT_NAME"] ?? "";
  if (!event.startsWith("pull_request")) return;
  throw new Stop(
    "blocked",
    `This job runs for a ${event}, and what it holds was not merged. Nothing was sent. ` +
      "Apply on push to the default branch and on a schedule; rehearse with --sandbox.",
  );
}
