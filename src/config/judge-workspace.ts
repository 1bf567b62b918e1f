import type { Finding } from "../diag/diagnostic.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { SourceFiles, StateLocation } from "../model/workspace.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import { peopleRules } from "./people-rules.ts";
import { type Environment, readInbound, readSource, readState } from "./source-path.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { checkWorkspace, secretFindings } from "./workspace-rules.ts";
import type { WrittenFile } from "./written-file.ts";
import type { ZoneFault } from "./zone-names.ts";

const DEFAULT_STATE = "data/state";

/** `posthorn.yaml` with all that its rules found. */
export interface JudgedWorkspace {
  readonly read: WrittenFile<WrittenWorkspace>;
  readonly users: SourceFiles | undefined;
  /** `users.inbound`; undefined also where it is not written. */
  readonly inbound: string | undefined;
  readonly events: SourceFiles | undefined;
  readonly state: StateLocation | undefined;
  readonly findings: readonly Finding[];
}

export function judgeWorkspace(
  read: WrittenFile<WrittenWorkspace>,
  outside: { readonly files: WorkspaceFiles; readonly env: Environment },
  known: { readonly zoneFault: ZoneFault; readonly vocabulary: Vocabulary },
): JudgedWorkspace {
  const findings: Finding[] = [
    ...secretFindings(read.document?.["page"]),
    ...checkWorkspace(read.sound, known.zoneFault),
    ...peopleRules(read.sound, known.vocabulary),
  ];
  const source = (key: "users" | "events"): SourceFiles | undefined => {
    const written = read.sound[key]?.source;
    if (written === undefined) return undefined;
    const at = [key, "source"];
    const { source, finding } = readSource(written, { ...outside, at });
    if (finding !== undefined) findings.push(finding);
    return source && { ...source, at: read.file.place(at) };
  };
  const state = readState(read.sound.state ?? DEFAULT_STATE, { ...outside, at: ["state"] });
  if ("finding" in state) findings.push(state.finding);
  const inbound = readInbound(read.sound.users?.inbound, {
    ...outside,
    at: ["users", "inbound"],
  });
  if (inbound?.finding !== undefined) findings.push(inbound.finding);
  return {
    read,
    users: source("users"),
    inbound: inbound?.path,
    events: source("events"),
    state: "finding" in state ? undefined : state,
    findings,
  };
}
