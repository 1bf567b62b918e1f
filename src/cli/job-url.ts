import type { Surroundings } from "./surroundings.ts";

/**
 * Where the log of this CI job can be read; null outside of GitHub Actions.
 * Source: docs.github.com, "Store information in variables", default environment variables.
 */
export function jobUrl(env: Surroundings["env"]): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : null;
}
