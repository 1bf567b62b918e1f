import type { RenderValues } from "../message/compile-content.ts";
import { hasValue } from "../message/compile-template.ts";
import type { Attribute, Values } from "../model/attribute.ts";
import type { CampaignTest } from "../model/campaign.ts";
import { parseInstant } from "../model/instant.ts";
import { ownValue } from "../model/own-value.ts";
import type { Workspace } from "../model/workspace.ts";
import { isZone } from "../model/zone-time.ts";
import { madeUpValue, type RenderValue } from "./made-up-values.ts";
import { type PreviewPerson, type PreviewScope, withoutPsid } from "./preview-person.ts";

/**
 * Whoever looks at a campaign without saying as whom: the person of its first test that expects a
 * message; what that test does not give, or all of it where there is no such test, is made up.
 */
export function samplePerson({
  campaign,
  workspace,
  attributes,
  now,
}: PreviewScope): PreviewPerson {
  const test = campaign.tests.find(({ expect }) => expect.outcome === "send");
  const given = test === undefined ? {} : valuesOf(test, attributes);
  const lacking = attributes.filter(({ name }) => !hasValue(ownValue(given, name)));
  const at = test?.now ?? now;
  const made = lacking.map((one) => [one.name, madeUpValue(one, at)] as const);
  return {
    name: test === undefined ? "a made-up person" : `the person of the test “${test.name}”`,
    zone: zoneOf(test, workspace),
    values: withoutPsid({ ...given, ...Object.fromEntries(made) }, workspace),
    madeUp: new Set(lacking.map(({ name }) => name)),
    own: null,
  };
}

function valuesOf(test: CampaignTest, attributes: readonly Attribute[]): RenderValues {
  const pairs = attributes.flatMap(({ name, type }): [string, RenderValue][] => {
    const [from, key]: [Values, string] = name.startsWith("event.")
      ? [test.event ?? {}, name.slice("event.".length)]
      : [test.user, name];
    const value = ownValue(from, key) ?? null;
    if (value === null) return [];
    if (type !== "timestamp") return [[name, value as RenderValue]];
    return [[name, parseInstant(String(value)) ?? null]];
  });
  return Object.fromEntries(pairs);
}

function zoneOf(test: CampaignTest | undefined, { users, timezone }: Workspace): string {
  const written = test && users.timezone ? ownValue(test.user, users.timezone) : undefined;
  return typeof written === "string" && isZone(written) ? written : timezone;
}
