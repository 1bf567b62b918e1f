import type { Values } from "../model/attribute.ts";
import type { CampaignId, CampaignTest, SegmentTest } from "../model/campaign.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import type { WrittenSegment } from "../model/generated/segment-written.ts";
import { formatInstant, type Instant, parseInstant } from "../model/instant.ts";
import type { JsonPath } from "../model/json.ts";
import type { EventSource } from "../model/workspace.ts";
import type { YamlFile } from "./read-yaml.ts";
import type { WrittenTest, WrittenTestEvent } from "./test-rules.ts";

/** The moment at which a test looks that names none, as the schemas say. */
const DEFAULT_NOW = Date.UTC(2026, 0, 1, 12);

/** The tests of a segment; events carry the workspace's own column names. */
export function resolveSegmentTests(
  file: YamlFile,
  tests: NonNullable<WrittenSegment["tests"]>,
  events: EventSource | undefined,
): readonly SegmentTest[] {
  return tests.map((test, at) => ({ ...given(file, test, { at, events }), expect: test.expect }));
}

/** The tests of a campaign. An earlier send that names no campaign is one of `id`. */
export function resolveCampaignTests(
  file: YamlFile,
  tests: NonNullable<WrittenCampaign["tests"]>,
  of: { readonly id: CampaignId; readonly events: EventSource | undefined },
): readonly CampaignTest[] {
  return tests.map((test, at) => {
    const shared = given(file, test, { at, events: of.events });
    const sent = (test.sent ?? []).map((send) => ({
      campaign: send.campaign ?? of.id,
      sentAt: parseInstant(send.at) ?? shared.now,
    }));
    const { outcome, message } = test.expect;
    return {
      ...shared,
      event: test.event && eventValues(test.event, shared.now, of.events),
      sent,
      expect: { outcome, message: message as CampaignTest["expect"]["message"] },
    };
  });
}

function given(
  file: YamlFile,
  test: WrittenTest,
  of: { readonly at: number; readonly events: EventSource | undefined },
) {
  const now = (test.at === undefined ? undefined : parseInstant(test.at)) ?? DEFAULT_NOW;
  return {
    name: test.name,
    user: test.user ?? {},
    events: (test.events ?? []).map((event) => eventValues(event, now, of.events)),
    now,
    expectedAt: (path: JsonPath) => file.place(["tests", of.at, "expect", ...path]),
  };
}

/** `event` and `at` go under the columns' own names. */
function eventValues(
  { event, at, ...properties }: WrittenTestEvent,
  now: Instant,
  source: EventSource | undefined,
): Values {
  const { name = "event", at: atColumn = "at" } = source ?? {};
  return { ...properties, [name]: event, [atColumn]: at ?? formatInstant(now) } as Values;
}
