import type { Plan } from "../model/plan.ts";
import { COMMENT_BYTES, showPlanMarkdown } from "../view/plan-markdown.ts";
import { usage } from "./options.ts";
import type { Surroundings } from "./surroundings.ts";

/** Writes the plan as the one comment of the pull request that this job runs for. */
export async function commentPlan(plan: Plan, surroundings: Surroundings): Promise<void> {
  const { env, terminal } = surroundings;
  const number = /^refs\/pull\/(\d+)\//.exec(env["GITHUB_REF"] ?? "")?.[1];
  const [repository, token] = [env["GITHUB_REPOSITORY"], env["GITHUB_TOKEN"]];
  if (number === undefined || !repository || !token) {
    throw usage(
      "--comment works in a GitHub Actions job for a pull request, with GITHUB_TOKEN in its " +
        "environment and the permission pull-requests: write.",
    );
  }
  const posted = await surroundings.writeComment(
    {
      apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
      repository,
      number: Number(number),
      token,
    },
    showPlanMarkdown(plan, COMMENT_BYTES).text,
  );
  const more =
    posted === "forbidden"
      ? "; this token may only read, as in pull requests from forks. See the job summary"
      : "";
  terminal.err(`Comment on pull request ${number}: ${posted}${more}.\n`);
}
