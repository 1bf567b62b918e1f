import type { Diagnostic } from "../diag/diagnostic.ts";
import type { SegmentId } from "../model/campaign.ts";
import { isSoundCampaign } from "../model/generated/campaign-check.ts";
import { CAMPAIGN_SCHEMA } from "../model/generated/campaign-schema.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import { isSoundSegment } from "../model/generated/segment-check.ts";
import { SEGMENT_SCHEMA } from "../model/generated/segment-schema.ts";
import type { WrittenSegment } from "../model/generated/segment-written.ts";
import { isSoundWorkspace } from "../model/generated/workspace-check.ts";
import { WORKSPACE_SCHEMA } from "../model/generated/workspace-schema.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { Workspace } from "../model/workspace.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";
import { buildWorkspace } from "./build-workspace.ts";
import { type ShapeCheck, shapeCheck } from "./check-shape.ts";
import { sizeDiagnostics } from "./condition-sizes.ts";
import { fileId } from "./file-id.ts";
import { folderWarnings, WORKSPACE_FILE, workspaceMissing } from "./folder-rules.ts";
import { type JudgedCampaign, judgeCampaign } from "./judge-campaign.ts";
import { type JudgedSegment, judgeSegment } from "./judge-segment.ts";
import { type JudgedWorkspace, judgeWorkspace } from "./judge-workspace.ts";
import { secretLiterals, withoutSecrets } from "./mask-secrets.ts";
import { promotionalWords } from "./promotion-rules.ts";
import { cycleDiagnostics } from "./segment-names.ts";
import type { Environment } from "./source-path.ts";
import { variablesOf } from "./vocabulary.ts";
import { vocabularyOf } from "./vocabulary-of.ts";
import { wasFindings } from "./was-rules.ts";
import { faultsOf, readWritten, type WrittenFile } from "./written-file.ts";
import { zoneCheck } from "./zone-names.ts";

/** What reading a workspace comes to. */
export interface ReadWorkspace {
  /** Undefined exactly when one of the diagnostics is an error. */
  readonly workspace: Workspace | undefined;
  /** All of all files; a cause is told once. Warnings are in `workspace.warnings` too. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything that was read, with what its own rules found. */
export interface Judged {
  readonly main: JudgedWorkspace;
  readonly segments: readonly JudgedSegment[];
  readonly campaigns: readonly JudgedCampaign[];
}

/**
 * Reads and checks `posthorn.yaml`, `segments/` and `campaigns/`. `env` fills in the `${NAME}` of
 * paths; secrets are not looked up. No network, no user data. Throws DefectError only.
 */
export function readWorkspace(files: WorkspaceFiles, env: Environment): ReadWorkspace {
  if (files.read(WORKSPACE_FILE).kind === "missing") {
    return { workspace: undefined, diagnostics: [workspaceMissing()] };
  }
  const judged = judgeAll(files, env);
  const found = [...folderWarnings(files), ...diagnosticsOf(judged)];
  const literals = secretLiterals(judged.main.read.document?.["page"]);
  const diagnostics = withoutSecrets(found, literals);
  const isSound = diagnostics.every(({ severity }) => severity === "warning");
  const workspace = isSound ? buildWorkspace(judged, files.root, diagnostics) : undefined;
  return { workspace, diagnostics };
}

function judgeAll(files: WorkspaceFiles, env: Environment): Judged {
  const zoneFault = zoneCheck();
  const check = shapeCheck(WORKSPACE_SCHEMA, isSoundWorkspace);
  const read = readWritten<WrittenWorkspace>(WORKSPACE_FILE, files, check);
  const vocabulary = vocabularyOf(read, zoneFault);
  const segmentFiles = readFolder<WrittenSegment>(
    "segments",
    files,
    shapeCheck(SEGMENT_SCHEMA, isSoundSegment),
  );
  const campaignFiles = readFolder<WrittenCampaign>(
    "campaigns",
    files,
    shapeCheck(CAMPAIGN_SCHEMA, isSoundCampaign),
  );
  const segments: ReadonlySet<SegmentId> = new Set(segmentFiles.map(({ id }) => id));
  const variables = variablesOf(vocabulary);
  const promotional = promotionalWords(read.sound.policy);
  const context = { vocabulary, variables, segments, zoneFault, promotional };
  return {
    main: judgeWorkspace(read, { files, env }, context),
    segments: segmentFiles.map((file) => judgeSegment(file, vocabulary, segments)),
    campaigns: campaignFiles.map((file) => judgeCampaign(file, context)),
  };
}

function readFolder<Written>(
  folder: "campaigns" | "segments",
  files: WorkspaceFiles,
  check: ShapeCheck,
): readonly { readonly id: string; readonly read: WrittenFile<Written> }[] {
  return files
    .list(`${folder}/**/*.yaml`)
    .map((path) => ({ id: fileId(path, folder), read: readWritten<Written>(path, files, check) }));
}

function diagnosticsOf({ main, segments, campaigns }: Judged): readonly Diagnostic[] {
  const was = wasFindings(campaigns);
  const conditions = new Map(segments.map(({ id, condition }) => [id, condition]));
  return [
    ...faultsOf(main.read, main.findings),
    ...segments.flatMap(({ read, findings }) => faultsOf(read, findings)),
    ...cycleDiagnostics(conditions),
    ...sizeDiagnostics(
      conditions,
      campaigns.map(({ where }) => where),
    ),
    ...campaigns.flatMap(({ id, read, findings }) =>
      faultsOf(read, [...findings, ...(was.get(id) ?? [])]),
    ),
  ];
}
