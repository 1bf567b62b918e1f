import type { Workspace } from "../model/workspace.ts";

/** Whether two workspaces read the same files in the same way, so that one load serves both. */
export function sharesData(a: Workspace, b: Workspace): boolean {
  return dataOf(a) === dataOf(b);
}

function dataOf({ users, events, timezone }: Workspace): string {
  return JSON.stringify([users, events, timezone], (key, value: unknown) => {
    if (value instanceof Map) return [...value];
    // Where it is written may differ; `at` is also the name of a column.
    return key === "at" && typeof value === "object" ? undefined : value;
  });
}
