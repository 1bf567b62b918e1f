import { nearestName } from "../diag/nearest.ts";
import type { Attributes } from "../model/attribute.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import type { JsonObject } from "../model/json.ts";
import { without } from "./sound-part.ts";
import { attributesOf, eventColumns, userColumns, type Vocabulary } from "./vocabulary.ts";
import type { WrittenFile } from "./written-file.ts";
import type { ZoneFault } from "./zone-names.ts";

type Read = WrittenFile<WrittenWorkspace>;

/** Faults of these keys leave no doubt about a name. */
const NAMELESS_KEYS: ReadonlySet<string> = new Set(["source", "inbound", "max_age"]);

/**
 * What campaigns and segments may name. A fault of posthorn.yaml is told once, not again at
 * everyone who relies on it: names that it may have meant to declare are unsure, all others are
 * judged.
 */
export function vocabularyOf(read: Read, zoneFault: ZoneFault): Vocabulary {
  const { timezone } = read.sound;
  const isZone = timezone !== undefined && zoneFault(timezone) === undefined;
  const { users, events, vars } = legible(read);
  return {
    attributes: partlyKnown(
      attributesOf(userColumns(users ?? {}), users?.attributes),
      unsureNames(read, ["users", "attributes"]),
    ),
    events:
      events === undefined && !isLost(read, "events")
        ? undefined
        : partlyKnown(
            attributesOf(eventColumns(events ?? {}), events?.properties),
            unsureNames(read, ["events", "properties"]),
          ),
    vars: vars ?? {},
    isUnsureVar: unsureNames(read, ["vars"]),
    timezone: isZone ? timezone : "UTC",
  };
}

function partlyKnown(known: Attributes, isUnsure: (name: string) => boolean): Attributes {
  return Object.assign(new Map(known), { isUnsure });
}

/** What of the sections can be read, whatever else they lack. */
interface Legible {
  readonly users?: Partial<WrittenWorkspace["users"]>;
  readonly events?: Partial<NonNullable<WrittenWorkspace["events"]>>;
  readonly vars?: NonNullable<WrittenWorkspace["vars"]>;
}

function legible({ document, shape }: Read): Legible {
  // What has the wrong type is taken out, an attribute as a whole, so that the rest has the right
  // one. Where a key of a section is missing, the others still say something.
  const faults = shape.filter(({ code, path }) => code !== "KEY_MISSING" || path.length > 3);
  const paths = faults.map(({ path }) => path.slice(0, 3));
  return without(document ?? {}, paths) as JsonObject as Legible;
}

/** The names under `path` that may have been meant to be there: all, or those with a fault. */
function unsureNames(
  read: Read,
  path: readonly [section: "users" | "events" | "vars", list?: string],
): (name: string) => boolean {
  const [section, list] = path;
  if (isLost(read, section)) return () => true;
  const named = new Set<string>();
  for (const { path: at } of read.shape.filter((finding) => finding.path[0] === section)) {
    const key = String(at[1]);
    if (at.length > path.length && (list === undefined || key === list)) {
      named.add(String(at[path.length]));
    } else if (list === undefined || !NAMELESS_KEYS.has(key)) return () => true;
  }
  return (name) => named.has(name);
}

/** Whether a section is not there but was most likely meant to be. */
function isLost({ document }: Read, section: string): boolean {
  if (document === undefined) return true;
  if (Object.hasOwn(document, section)) return false;
  const isNear = (key: string) => nearestName(key, [section]) !== undefined;
  return section === "users" || Object.keys(document).some(isNear);
}
