import type { Plan } from "../model/plan.ts";
import { count, countPeople } from "./reason-words.ts";

type Horizon = NonNullable<Plan["snapshot"]["horizon"]>;

/** What lies ahead, a line a send; empty without `--horizon`. */
export function horizonLines(horizon: Horizon | undefined): string[] {
  if (horizon === undefined) return [];
  const { until, sends, collisions, by_event } = horizon;
  const none = sends.length === 0 ? ["  nothing"] : [];
  return [
    `Until ${until}, by today's data as if each were due now:`,
    ...none,
    ...sends.map(sendLine),
    ...collisions.map(collisionLine),
    ...(by_event.length > 0 ? [`  when events come: ${by_event.join(", ")}`] : []),
  ];
}

function sendLine({ id, at, people, capped }: Horizon["sends"][number]): string {
  const cap = capped > 0 ? `  (${count(capped)} more are over the frequency cap)` : "";
  return `  ${at}  ${count(people).padStart(9)}  ${id}${cap}`;
}

function collisionLine({ date, campaigns, people }: Horizon["collisions"][number]): string {
  return `  ${date}  ${campaigns.join(" and ")} both reach ${countPeople(people)}`;
}
