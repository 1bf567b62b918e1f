import type { Diagnostic } from "../diag/diagnostic.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";

/** The file that makes a folder a workspace. */
export const WORKSPACE_FILE = "posthorn.yaml";

export function workspaceMissing(): Diagnostic {
  return {
    code: "WORKSPACE_MISSING",
    severity: "error",
    at: { file: WORKSPACE_FILE, line: 1, column: 1 },
    summary: "No workspace here",
    detail: `This folder has no ${WORKSPACE_FILE}. Name a workspace with -C, or run posthorn init.`,
  };
}

/** Files that are not read though someone may think so, and nothing to send at all. */
export function folderWarnings(files: WorkspaceFiles): readonly Diagnostic[] {
  const unread = files.list("{campaigns,segments}/**/*.yml").map((file) => {
    const at = { file, line: 1, column: 1 };
    return warning(at, "FILE_NOT_READ", "File is not read", "Only .yaml is read. Rename it.");
  });
  if (files.list("campaigns/**/*.yaml").length > 0) return unread;
  const at = { file: WORKSPACE_FILE, line: 1, column: 1 };
  const detail = "campaigns/ holds no .yaml file, so there is nothing to send. Add a campaign.";
  return [...unread, warning(at, "CAMPAIGNS_EMPTY", "No campaigns", detail)];
}

function warning(
  ...[at, code, summary, detail]: [Diagnostic["at"], Diagnostic["code"], string, string]
): Diagnostic {
  return { code, severity: "warning", at, summary, detail };
}
