import fc from "fast-check";
import type { InboundFact } from "../../src/model/inbound-fact.ts";
import { fact, P } from "./joined-world.ts";

/** How many PSIDs there are; each says to be the user of its number, and nobody else. */
const PEOPLE = 4;

const one: fc.Arbitrary<InboundFact> = fc
  .record({
    n: fc.integer({ min: 1, max: PEOPLE }),
    hour: fc.integer({ min: 0, max: 9 }),
    opens: fc.boolean(),
    consent: fc.constantFrom(null, null, true, false),
    claims: fc.boolean(),
    text: fc.constantFrom("a", "b"),
  })
  .map(({ n, hour, opens, consent, claims, text }) =>
    fact(P(n), hour, {
      // Of one key is one event alone: what is told twice says the same twice.
      key: [P(n), hour, opens, consent, claims, text].join(" "),
      opens,
      consent,
      text: `${text}${opens}${consent}`,
      ...(claims && { ref: `u-code${n}` }),
    }),
  );

/** Facts without a conflict among them. */
export const FACTS = fc.array(one, { maxLength: 12 });

/** The same facts in another order, some of them again. */
export const SHUFFLED = FACTS.chain((facts) =>
  fc.tuple(
    fc.constant(facts),
    fc
      .tuple(fc.shuffledSubarray(facts, { minLength: facts.length }), fc.subarray(facts))
      .map(([all, again]) => [...all, ...again]),
  ),
);
