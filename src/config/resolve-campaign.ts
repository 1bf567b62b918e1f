import type { Place } from "../diag/diagnostic.ts";
import type { Acknowledgement, Campaign, Content, Rollout, Variant } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import type { JsonObject } from "../model/json.ts";
import type { EventSource } from "../model/workspace.ts";
import { parsePercent, parseShare } from "./parse-units.ts";
import type { YamlFile } from "./read-yaml.ts";
import { resolveRepeat, resolveSend } from "./resolve-send.ts";
import { resolveCampaignTests } from "./resolve-tests.ts";

/** What a campaign is resolved with beside its own file. */
export interface CampaignParts {
  readonly id: string;
  readonly file: YamlFile;
  readonly where: Condition;
  readonly eventWhere: Condition | undefined;
  readonly timezone: string;
  readonly events: EventSource | undefined;
  readonly content: Content;
  /** Asked when somebody asks for it: the hash takes time, and checking files needs none. */
  revision(): string;
}

/** A checked campaign with every default filled in. */
export function resolveCampaign(written: WrittenCampaign, parts: CampaignParts): Campaign {
  const { id, file, where, eventWhere, timezone, events, content } = parts;
  let revision: string | undefined;
  return {
    id,
    rootId: rootId(id, written.was),
    description: written.description ?? "",
    status: written.status,
    segmentId: written.segment,
    where,
    send: resolveSend(written.send, { timezone, where: eventWhere }),
    repeat: resolveRepeat(written.repeat, written.send),
    priority: written.priority ?? 0,
    purpose: written.purpose,
    messaging: written.messaging ?? "UPDATE",
    notification: written.notification ?? "REGULAR",
    personaId: written.persona,
    content,
    holdout: parseShare(written.holdout ?? "0%"),
    maxRecipients: written.max_recipients,
    frequencyCap: { obey: true, counts: true, ...written.frequency_cap },
    quietHours: written.quiet_hours ?? "obey",
    rollout: written.rollout && rollout(written.rollout),
    acknowledge: acknowledgements(written.acknowledge ?? [], file),
    tests: resolveCampaignTests(file, written.tests ?? [], { id, events }),
    get revision() {
      revision ??= parts.revision();
      return revision;
    },
    written: written as unknown as JsonObject,
    at: file.place([]),
  };
}

/** The oldest id of a campaign: what its history and chance go by. */
export function rootId(id: string, was: WrittenCampaign["was"]): string {
  return [was ?? id].flat()[0] ?? id;
}

/** What a campaign says. Only `message` must be there. */
export function contentOf(
  written: Partial<WrittenCampaign> & Pick<WrittenCampaign, "message">,
): Content {
  const variants = Object.entries(written.variants ?? {}).map(
    ([name, variant]): Variant => ({
      name,
      weight: variant.weight,
      message: variant.message,
      locales: new Map(Object.entries(variant.locales ?? {})),
    }),
  );
  return {
    message: written.message,
    locales: new Map(Object.entries(written.locales ?? {})),
    variants,
    fallbacks: written.fallbacks ?? {},
    onMissing: written.on_missing ?? "skip",
  };
}

function rollout({ waves, stop_if }: NonNullable<WrittenCampaign["rollout"]>): Rollout {
  const { failed, unavailable } = stop_if ?? {};
  return {
    waves,
    stopIf: {
      ...(failed === undefined ? {} : { failed: parseShare(failed) }),
      ...(unavailable === undefined ? {} : { unavailable: parseShare(unavailable) }),
    },
  };
}

function acknowledgements(
  rows: NonNullable<WrittenCampaign["acknowledge"]>,
  file: YamlFile,
): readonly Acknowledgement[] {
  return rows.map(({ rule, limit, occurrence, until, because }, row) => {
    const at: Place = file.place(["acknowledge", row]);
    const parsed = typeof limit === "string" ? { percent: parsePercent(limit) } : limit;
    return { rule, limit: parsed, occurrence, until, because, at };
  });
}
