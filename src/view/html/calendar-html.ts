import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import { dayAfter, daysFrom, weekday } from "../../model/calendar-days.ts";
import { parseInstant } from "../../model/instant.ts";
import type { Plan } from "../../model/plan.ts";
import { instantToWall } from "../../model/zone-time.ts";
import { count, countPeople } from "../reason-words.ts";
import { barHtml } from "./bar.ts";
import { element, named, shortened } from "./element.ts";

type Horizon = NonNullable<Plan["snapshot"]["horizon"]>;
type Send = Horizon["sends"][number];

/** Of a day with more sends, those to most people are named. */
const MOST_SENDS = 12;
/** Days of a longer look ahead are shown where something is sent. */
const MOST_DAYS = 62;

/** What lies ahead, day by day in the workspace's zone; empty without `--horizon`. */
export function calendarHtml({ snapshot }: Plan): HtmlNode[] {
  const { horizon, now } = snapshot;
  if (horizon === undefined) return [];
  const days = daysOf(horizon, now);
  const whole = Math.max(0, ...days.map(({ people }) => people));
  const events = horizon.by_event.flatMap((id, index) => [
    index > 0 ? ", " : "",
    named(id, "code"),
  ]);
  return [
    element("h2", { id: "calendar" }, "Calendar"),
    element("p", "dim", [
      `Until ${horizon.until}, by today's data as if each were due now; days and times in `,
      named(horizon.timezone),
      ". A bar shows the people of its day beside the fullest one.",
    ]),
    element(
      "ol",
      "days",
      days.map((day) => dayHtml(day, whole)),
    ),
    ...(events.length > 0 ? [element("p", "", ["When events come: ", ...events, "."])] : []),
  ];
}

interface Day {
  readonly date: string;
  readonly people: number;
  readonly sends: readonly (Send & { readonly time: string })[];
  readonly collisions: Horizon["collisions"];
  readonly isFirst: boolean;
}

function daysOf(horizon: Horizon, now: string): Day[] {
  const { sends, timezone, until, collisions } = horizon;
  const local = sends.map((send) => ({ send, wall: wallOf(send.at, timezone) }));
  const byDate = new Map<string, Day["sends"][number][]>();
  for (const { send, wall } of local) {
    const day = byDate.get(wall.slice(0, 10)) ?? [];
    day.push({ ...send, time: wall.slice(11) });
    byDate.set(wall.slice(0, 10), day);
  }
  const [first, last] = [now, until].map((at) => wallOf(at, timezone).slice(0, 10));
  const all = daysFrom(first ?? "", dayAfter(last ?? ""));
  const shown = all.length <= MOST_DAYS ? all : [...byDate.keys()].sort();
  return shown.map((date, index) => {
    const own = byDate.get(date) ?? [];
    return {
      date,
      sends: own,
      people: own.reduce((sum, { people }) => sum + people, 0),
      collisions: collisions.filter((one) => one.date === date),
      isFirst: index === 0 || all.length > MOST_DAYS,
    };
  });
}

function wallOf(instant: string, zone: string): string {
  return instantToWall(parseInstant(instant) ?? 0, zone);
}

/** The first one begins in the column of its day of the week. */
function dayHtml({ date, people, sends, collisions, isFirst }: Day, whole: number): HtmlNode {
  const { name, number } = weekday(date);
  const empty = sends.length === 0 ? " empty" : "";
  const ranked = [...sends].sort((a, b) => b.people - a.people).slice(0, MOST_SENDS);
  const named = sends.filter((send) => ranked.includes(send));
  const more = sends.length - named.length;
  const start = isFirst ? ` from-${number}` : "";
  return element("li", `day${start}${empty}`, [
    element("h3", "", [`${name} `, element("time", { datetime: date }, date)]),
    ...(sends.length === 0
      ? []
      : [
          element("p", "total", countPeople(people)),
          barHtml([{ ink: "reached", length: people }], { whole }),
          element("ul", "", [
            ...named.map((send) => element("li", "", sendWords(send))),
            ...collisions.map((one) => element("li", "", collisionWords(one))),
            ...(more > 0 ? [element("li", "dim", `and ${count(more)} smaller sends`)] : []),
          ]),
        ]),
  ]);
}

function sendWords({ time, id, people, capped }: Day["sends"][number]): HtmlChild[] {
  const cap = capped > 0 ? `, ${count(capped)} more over the frequency cap` : "";
  return [`${time} `, named(id), `: ${count(people)}${cap}`];
}

function collisionWords({ campaigns, people }: Horizon["collisions"][number]): HtmlChild[] {
  const names = campaigns.map((id) => shortened(id)).join(" and ");
  const whom = people === 1 ? "the same person" : `the same ${count(people)} people`;
  return [element("strong", "", "Both"), ` ${names} reach ${whom}`];
}
