import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FunnelBuilder } from "../../src/audience/funnel.ts";
import type { Attribute } from "../../src/model/attribute.ts";
import type { Cell } from "../../src/ports/sql-engine.ts";
import { compiled } from "../message/content.ts";
import { campaignWith } from "../plan/fixtures.ts";
import { fromNow, HOUR, OpenWorld, person } from "./judged-world.ts";

const CONTENT = compiled({
  message: { text: "{{first_name}} {{ltv}} since {{last_order_at}}" },
  locales: { de: { text: "{{first_name}} {{ltv}} seit {{last_order_at}}" } },
});
const VARIABLES: readonly Attribute[] = [
  { name: "first_name", type: "string", sensitive: true },
  { name: "last_order_at", type: "timestamp", sensitive: false },
  { name: "ltv", type: "number", sensitive: false },
];

/** reason, people, variant, locale, zone, v0, v1, v2 */
type Line = readonly Cell[];

function funnelOf(lines: readonly Line[]) {
  const builder = new FunnelBuilder(CONTENT, VARIABLES, { shop: "Acme" });
  const columns = Array.from({ length: 8 }, (_, index) => lines.map((one) => one[index] ?? null));
  builder.add({ rowCount: lines.length, columns });
  const refused = builder.refused.map((one) => JSON.stringify(one)).sort();
  return { funnel: builder.build(), refused };
}

const line: fc.Arbitrary<Line> = fc.tuple(
  fc.constantFrom(null, null, null, "no_psid", "already_sent"),
  fc.constant(1),
  fc.constant(null),
  fc.constantFrom(null, "de_DE", "fr"),
  fc.constantFrom("Europe/Berlin", "America/New_York"),
  fc.constantFrom("Ana", "Bo", "", null, "x".repeat(2_001)),
  fc.constantFrom(0, 1_700_000_000_000),
  fc.constantFrom(1, 20, null),
);

describe("a funnel", () => {
  test("is the same for people one by one, in groups, and in any order", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        (lines, random) => {
          const groups = new Map<string, Cell[]>();
          for (const one of lines) {
            const key = JSON.stringify(one);
            const group = groups.get(key) ?? [one[0] ?? null, 0, ...one.slice(2)];
            group[1] = Number(group[1]) + 1;
            groups.set(key, group);
          }
          const drawn = lines.map((one) => [random.next().value ?? 0, one] as const);
          const shuffled = [...drawn].sort(([a], [b]) => a - b).map(([, one]) => one);
          expect(funnelOf([...groups.values()])).toEqual(funnelOf(lines));
          expect(funnelOf(shuffled)).toEqual(funnelOf(lines));
        },
      ),
    );
  });

  test("masks a sensitive value and shows the least of the others", () => {
    const rows = [
      [null, 2, null, "de_AT", "Europe/Berlin", "Ana", 86_400_000, 20],
      [null, 1, null, "de", "America/New_York", "Bo", 86_400_000, 3],
    ];
    expect(funnelOf(rows).funnel).toEqual({
      matched: 3,
      eligible: 3,
      leftOut: {},
      samples: [
        {
          variant: null,
          locale: "de",
          people: 3,
          message: { text: "••• 3 seit 1970-01-01T19:00:00-05:00" },
        },
      ],
    });
  });

  test("counts the same people whether their messages repeat or hardly do", async () => {
    const content = { ...campaignWith().content, message: { text: "Hello {{first_name}}" } };
    const people = (name: (n: number) => string | null) =>
      Array.from({ length: 30 }, (_, n) =>
        person(n, {
          first_name: n % 7 === 0 ? null : name(n),
          last_inbound_at: fromNow(n % 5 === 0 ? -48 * HOUR : -HOUR),
        }),
      );
    const funnels = [];
    for (const name of [() => "Ana", (n: number) => `Ana${n}`]) {
      const world = await OpenWorld.open({ people: people(name) });
      try {
        const judged = await world.judged(campaignWith({ content }));
        funnels.push(await world.audience.judge(judged));
        funnels.push((await world.audience.select(judged)).funnel);
      } finally {
        world.close();
      }
    }
    expect(funnels[0]).toMatchObject({
      matched: 30,
      eligible: 20,
      leftOut: { outside_window: 6, missing_value: 4 },
    });
    for (const funnel of funnels) expect(funnel).toEqual(funnels[0]);
  });
});
