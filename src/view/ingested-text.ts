import type { IngestCounts } from "../people/ingest.ts";
import { escapeText } from "./escape.ts";
import { count } from "./reason-words.ts";

/** What `users ingest` came to; as JSON it is printed as it stands. */
export interface IngestDocument {
  readonly format: "posthorn.ingested/1";
  readonly counts: Readonly<IngestCounts>;
  /** Everybody who ever wrote; absent where the user data cannot be read now. */
  readonly people?:
    | {
        readonly people: number;
        readonly anonymous: number;
        /** Known users whose PSID was told by a rule of `people.join`. */
        readonly joined: number;
        readonly conflicts: { readonly several_users: number; readonly second_psid: number };
      }
    | undefined;
  readonly settled: { readonly sent: number; readonly waiting: number };
  readonly halted: string | null;
}

/** In words; what did not happen is left out. */
export function showIngested(shown: IngestDocument): string {
  const { counts, people, settled, halted } = shown;
  const { events, inbound, echoes, receipts } = counts;
  const changed = [
    `new people: ${count(counts.new_people)}`,
    `opt-ins: ${count(counts.opt_ins)}`,
    `opt-outs: ${count(counts.opt_outs)}`,
  ];
  const aside = [
    [counts.duplicates, "known before"],
    [receipts, "receipts"],
    [echoes, "echoes of deliveries"],
    [counts.policies, "of Meta's policy"],
    [counts.other_page, "of another page"],
    [counts.ignored, "of nobody or nothing"],
    [counts.unreadable, "unreadable"],
  ] as const;
  const others = aside.flatMap(([many, words]) => (many > 0 ? [`${count(many)} ${words}`] : []));
  return [
    `Taken in: ${count(events)} ${events === 1 ? "event" : "events"}, ` +
      `${count(inbound)} of them new and from people.`,
    ...(others.length > 0 ? [`  beside these: ${others.join(" · ")}`] : []),
    `  ${changed.join(" · ")}`,
    ...(people === undefined ? [] : peopleLines(people)),
    ...settledLines(settled),
    ...(halted === null ? [] : [`Applies are halted: ${escapeText(halted)}`, LIFT]),
    "",
  ].join("\n");
}

function peopleLines({
  people,
  anonymous,
  joined,
  conflicts,
}: NonNullable<IngestDocument["people"]>) {
  const { several_users, second_psid } = conflicts;
  const lines = [
    `People who ever wrote: ${count(people)} · anonymous: ${count(anonymous)} · ` +
      `joined to users: ${count(joined)}`,
  ];
  if (several_users > 0) lines.push(`  conflict: ${count(several_users)} may be several users`);
  if (second_psid > 0) {
    lines.push(`  conflict: ${count(second_psid)} may be a user who has another PSID`);
  }
  return several_users + second_psid > 0 ? [...lines, NOT_GUESSED] : lines;
}

function settledLines({ sent, waiting }: IngestDocument["settled"]): string[] {
  return [
    ...(sent > 0 ? [`Settled ${count(sent)} as sent, by echoes.`] : []),
    ...(waiting > 0
      ? [`Not settled yet: ${count(waiting)}. An apply runs, or the state cannot be read.`]
      : []),
  ];
}

const NOT_GUESSED =
  "  Nothing was joined for these. Correct the attributes that people.join names.";
const LIFT = "Once the reason is gone, posthorn halt --lift lets them go on.";
