import type { Diagnostic } from "../diag/diagnostic.ts";
import { DefectError } from "../diag/errors.ts";
import type { Campaign, Segment, SegmentId } from "../model/campaign.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { JsonValue } from "../model/json.ts";
import type { EventSource, Workspace } from "../model/workspace.ts";
import type { JudgedCampaign } from "./judge-campaign.ts";
import type { JudgedSegment } from "./judge-segment.ts";
import type { Judged } from "./read-workspace.ts";
import { resolveCampaign } from "./resolve-campaign.ts";
import { resolvePeople } from "./resolve-people.ts";
import { resolveSegmentTests } from "./resolve-tests.ts";
import {
  resolveEvents,
  resolveGraph,
  resolveGuards,
  resolvePage,
  resolveUsers,
} from "./resolve-workspace.ts";
import { revisions, type SegmentSource } from "./revision.ts";
import { segmentNames } from "./segment-names.ts";

/** The workspace out of files in which no error was found. */
export function buildWorkspace(
  { main, segments, campaigns }: Judged,
  root: string,
  warnings: readonly Diagnostic[],
): Workspace {
  // Without an error no key is faulty, and none that must be there is missing.
  const written = main.read.sound as WrittenWorkspace;
  const events = written.events && resolveEvents(written.events, sound(main.events));
  const resolved = segments.map((segment) => resolveSegment(segment, events));
  const revision = revisions(segmentSources(segments));
  const context = { events, timezone: written.timezone, revision };
  return {
    id: written.workspace,
    root,
    timezone: written.timezone,
    page: resolvePage(written.page),
    graph: resolveGraph(written.graph),
    users: resolveUsers(written.users, sound(main.users), main.inbound),
    people: resolvePeople(written.people),
    events,
    vars: written.vars ?? {},
    state: sound(main.state),
    guards: resolveGuards(written.guards, main.read.file),
    segments: new Map(resolved.map((segment) => [segment.id, segment])),
    campaigns: campaigns.map((campaign) => buildCampaign(campaign, context)).sort(byId),
    warnings,
  };
}

interface CampaignContext {
  readonly events: EventSource | undefined;
  readonly timezone: string;
  readonly revision: ReturnType<typeof revisions>;
}

function buildCampaign(judged: JudgedCampaign, context: CampaignContext): Campaign {
  const { id, read, eventWhere } = judged;
  const where = sound(judged.where);
  const names = segmentNames(where).map(({ segment }) => segment);
  const document = sound(read.document);
  const revision = () => context.revision(document, names);
  const content = sound(judged.content);
  const parts = { id, file: read.file, where, eventWhere, content, ...context, revision };
  return resolveCampaign(read.sound as WrittenCampaign, parts);
}

function resolveSegment(judged: JudgedSegment, events: EventSource | undefined): Segment {
  const { id, read, condition } = judged;
  const { description = "", tests = [] } = read.sound;
  return {
    id,
    description,
    where: sound(condition),
    written: sound(read.sound.where) as JsonValue,
    tests: resolveSegmentTests(read.file, tests, events),
    at: read.file.place([]),
  };
}

function segmentSources(segments: readonly JudgedSegment[]): ReadonlyMap<SegmentId, SegmentSource> {
  return new Map(
    segments.map(({ id, read, condition }) => {
      const names = segmentNames(condition).map(({ segment }) => segment);
      return [id, { where: sound(read.sound.where), names }];
    }),
  );
}

/** What must be there once no error was found. */
function sound<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new DefectError("a checked workspace lacks a part");
  return value;
}

function byId(a: Campaign, b: Campaign): number {
  return a.id < b.id ? -1 : 1;
}
