/** What `doctor` looks at, in the order in which it tells of it. */
export const CHECK_NAMES = [
  "files",
  "token",
  "scopes",
  "page",
  "tasks",
  "restrictions",
  "mode",
  "version",
  "webhook",
  "templates",
  "clock",
  "users",
  "state",
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** One thing that was looked at. */
export interface Check {
  readonly name: CheckName;
  /** `skipped`: it could not be asked, and `found` says why. */
  readonly status: "ok" | "warning" | "error" | "skipped";
  /** A code of docs/errors.md; null where nothing is wrong. */
  readonly code: string | null;
  /** A sentence: what is the case. */
  readonly found: string;
  /** What to do now; null where there is nothing to do. */
  readonly next: string | null;
  /** The page that says so; null: it is a matter of the workspace. */
  readonly source: string | null;
  /** How the command ends because of it; null: it ends well. */
  readonly exit: "error" | "invalid" | "denied" | "state" | null;
}

/** What `doctor` found, as it prints it with `--format json`. */
export interface Checkup {
  readonly format: "posthorn.checkup/1";
  readonly workspace: string;
  /** The name is null where the page could not be asked. */
  readonly page: { readonly id: string; readonly name: string | null };
  readonly target: "meta" | "sandbox";
  readonly checks: readonly Check[];
  readonly summary: Readonly<Record<Check["status"], number>>;
}
