import type { Preview, PreviewVersion, Sight } from "../model/preview.ts";

/** `variant a · locale de` */
export function versionName({ variant, locale }: Pick<PreviewVersion, "variant" | "locale">) {
  const text = locale === null ? "base text" : `locale ${locale}`;
  return variant === null ? text : `variant ${variant} · ${text}`;
}

/** Who would be left out and why, each cause once, with the versions that it is true of. */
export function leftOutLines({ versions }: Preview): string[] {
  const causes = new Map<string, string[]>();
  for (const version of versions) {
    for (const sight of version.sights) {
      if (sight.outcome === "message") continue;
      const cause = causeOf(sight);
      causes.set(cause, [...(causes.get(cause) ?? []), versionName(version)]);
    }
  }
  return [...causes].map(([cause, names]) => {
    const where = names.length === versions.length ? "" : ` (${names.join("; ")})`;
    return `${cause}${where}`;
  });
}

function causeOf({ person, outcome, because }: Sight): string {
  return `${person}: ${outcome}. ${because.join(" ")}`;
}
