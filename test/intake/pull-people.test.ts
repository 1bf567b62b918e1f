import { describe, expect, test } from "vitest";
import { openConversationPages } from "../../src/adapters/graph-api/conversation-pages.ts";
import { PortError } from "../../src/diag/errors.ts";
import { type Pulling, type PullNews, pullPeople } from "../../src/intake/pull-people.ts";
import type { PageFact } from "../../src/model/inbound-fact.ts";
import { DAY_MS, SECOND_MS } from "../../src/model/instant.ts";
import type { InboundStore } from "../../src/ports/inbound-store.ts";
import type { Pulled, PullPlace } from "../../src/ports/pull-place.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { SkippingClock } from "../apply/fakes.ts";
import { ANA, BEN, call, openSandbox, PAGE, send } from "../sandbox/graph.ts";

const TOKEN = "EAAB-a-token-of-the-test";
const psidOf = (n: number) => String(7_100_000_000_000_000 + n);

/** People who wrote, the first of them first. */
function people(count: number, startAt: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [psidOf(n), { lastInboundAt: startAt + 1000 * n }]),
  );
}

function memoryStore() {
  const facts = new Map<string, PageFact>();
  const store: InboundStore = {
    append: async (given) => {
      const added = given.filter(({ key }) => !facts.has(key));
      for (const fact of added) facts.set(fact.key, fact);
      return { added, newPeople: 0 };
    },
    echoes: async () => new Map(),
    people: async () => undefined,
    close: async () => {},
  };
  return { store, facts };
}

function memoryPlace(first?: Pulled) {
  const written: (Pulled | null)[] = [];
  const place: PullPlace = {
    read: () => (written.length === 0 ? first : (written.at(-1) ?? undefined)),
    write: (pulled) => void written.push(pulled),
  };
  return { place, written };
}

/** A page's conversations, by a clock that never waits; it is the sandbox's too. */
async function setUp(options: Partial<SandboxOptions> = {}) {
  const clock = new SkippingClock();
  const sandbox = await openSandbox({ now: clock.now, token: TOKEN, ...options });
  const graph = {
    ...{ url: sandbox.url, version: "v25.0", pageId: PAGE, token: TOKEN },
    ...{ appSecret: undefined, timeoutMs: 5_000, connections: 1 },
  };
  const pages = openConversationPages(graph, clock);
  const { store, facts } = memoryStore();
  const { place, written } = memoryPlace();
  const news: PullNews[] = [];
  const none = { words: [], payloads: [] };
  const pulling: Pulling = {
    ...{ pages, store, place, clock },
    rules: {
      optIn: { ...none, words: ["start"] },
      optOut: { ...none, words: undefined },
      join: [],
    },
    signal: new AbortController().signal,
    tell: (one) => void news.push(one),
  };
  const answer = (psid: string, text: string) =>
    call(sandbox, "/sandbox/answers", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ psid, inbound: { type: "text", text } }),
    });
  return { sandbox, clock, pulling, facts, written, news, answer };
}

describe("a pull", () => {
  test("takes in everybody who wrote and when, over empty pages, at Meta's pace", async () => {
    const { pulling, facts, written, news, clock } = await setUp({ people: people(120, 5_000) });
    const start = clock.monotonicMs();
    const { counts, isWhole } = await pullPeople(pulling);
    expect(isWhole).toBe(true);
    expect(counts).toMatchObject({ conversations: 120, people: 120, news: 120, silent: 0 });
    const at = new Map([...facts.values()].map((fact) => ["psid" in fact && fact.psid, fact.at]));
    expect(at.size).toBe(120);
    for (let n = 0; n < 120; n++) expect(at.get(psidOf(n))).toBe(5_000 + 1000 * n);
    expect([...facts.values()].every((fact) => "opens" in fact && fact.opens)).toBe(true);
    const read = news.map((one) => one.kind === "page" && one.counts.conversations);
    expect(read).toEqual([50, 50, 100, 120]);
    expect(clock.monotonicMs() - start).toBeGreaterThanOrEqual(3 * 510);
    expect(written.at(-1)).toBeNull();
    expect(JSON.stringify(written)).not.toContain(TOKEN);
  });

  test("takes the time of what the person wrote, not of the page's own messages", async () => {
    const { sandbox, pulling, facts, clock } = await setUp({
      people: { [ANA]: { lastInboundAt: 900_000 } },
    });
    await clock.sleep(10 * SECOND_MS);
    await send(sandbox, {}, { token: TOKEN });
    const { counts } = await pullPeople(pulling);
    expect(counts).toMatchObject({ conversations: 1, people: 1 });
    expect([...facts.values()]).toMatchObject([{ psid: ANA, at: 900_000, consent: null }]);
  });

  test("of somebody who wrote nothing lately learns nothing, and counts them", async () => {
    const { sandbox, pulling, facts } = await setUp({ people: { [ANA]: {} } });
    await send(sandbox, { recipient: { id: BEN } }, { token: TOKEN });
    const { counts } = await pullPeople(pulling);
    expect(counts).toMatchObject({ conversations: 2, people: 1, silent: 1 });
    expect([...facts.values()].map((fact) => "psid" in fact && fact.psid)).toEqual([ANA]);
  });

  test("hears who wanted no more messages, also where they wrote since", async () => {
    const { pulling, facts, answer, clock } = await setUp();
    for (const words of ["Hello", "start", "STOP!", "What is this?"]) {
      await answer(ANA, words);
      await clock.sleep(2 * SECOND_MS);
    }
    await answer(BEN, "Start");
    const { counts } = await pullPeople(pulling);
    expect(counts).toMatchObject({ people: 2, news: 3, opt_outs: 1, opt_ins: 1 });
    const ana = [...facts.values()].filter((fact) => "psid" in fact && fact.psid === ANA);
    expect(ana.map((fact) => "consent" in fact && fact.consent)).toEqual([null, false]);
    expect(JSON.stringify(ana)).not.toContain("What is this");
  });

  test("waits where Meta limits calls, and gives up only after minutes", async () => {
    const { sandbox, pulling, clock } = await setUp({ people: people(3, 5_000) });
    const path = `/v25.0/${PAGE}/conversations`;
    for (const _ of [1, 2]) await call(sandbox, path, { token: TOKEN });
    const start = clock.monotonicMs();
    expect((await pullPeople(pulling)).counts.people).toBe(3);
    expect(clock.monotonicMs() - start).toBeGreaterThanOrEqual(30 * SECOND_MS);
    const pages = openConversationPages(
      {
        ...{ url: (await openSandbox({ now: () => 1 })).url, version: "v25.0", pageId: PAGE },
        ...{ token: TOKEN, appSecret: undefined, timeoutMs: 5_000, connections: 1 },
      },
      clock,
    );
    await pages.read(null);
    await pages.read(null);
    await expect(pages.read(null)).rejects.toThrow("Meta limits the calls for conversations.");
  });

  test("is refused without the right token, which stands in no message", async () => {
    const { pulling } = await setUp({ token: "another" });
    const refused = pullPeople(pulling);
    await expect(refused).rejects.toMatchObject({ name: "Stop", exit: "denied" });
    await expect(refused).rejects.not.toThrow(TOKEN);
  });
});

describe("a pull that is cut off", () => {
  test("goes on after the last page that it took in", async () => {
    const { pulling, facts, news } = await setUp({ people: people(120, 5_000) });
    const ending = new AbortController();
    const tell = (one: PullNews) => {
      pulling.tell(one);
      if (one.kind === "page" && one.counts.conversations === 100) ending.abort();
    };
    const first = await pullPeople({ ...pulling, signal: ending.signal, tell });
    expect(first).toMatchObject({ isWhole: false, counts: { conversations: 100 } });
    expect(facts.size).toBe(100);
    news.length = 0;
    const second = await pullPeople(pulling);
    expect(second).toMatchObject({ isWhole: true, counts: { conversations: 120, news: 120 } });
    expect(news.map(({ kind }) => kind)).toEqual(["goes_on", "page"]);
    expect(facts.size).toBe(120);
  });

  test("between a page and its place reads that page again, which changes nothing", async () => {
    const { pulling, facts } = await setUp({ people: people(60, 5_000) });
    const place: PullPlace = {
      read: () => undefined,
      write: () => {
        throw new PortError("The disk is full.", { retryable: false });
      },
    };
    await expect(pullPeople({ ...pulling, place })).rejects.toThrow("The disk is full.");
    expect(facts.size).toBe(50);
    expect((await pullPeople(pulling)).counts).toMatchObject({ people: 60, news: 10 });
    expect(facts.size).toBe(60);
  });

  test.each([
    [DAY_MS - 1, ["goes_on", "page"]],
    [DAY_MS, ["page", "page", "page"]],
  ])("%i ms ago: %j", async (ageMs, kinds) => {
    const { pulling, clock, news } = await setUp({ people: people(60, 5_000) });
    const { counts } = await pullPeople({ ...pulling, signal: AbortSignal.abort() });
    const pulled = { after: "50", beganAt: clock.now() - ageMs, counts };
    const { place } = memoryPlace(pulled);
    // The clock moves while it asks, so it is asked at once what is fresh.
    await pullPeople({ ...pulling, place });
    expect(news.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("where Meta has forgotten its place begins anew", async () => {
    const { pulling, facts, news, clock } = await setUp({ people: people(60, 5_000) });
    const pages: Pulling["pages"] = {
      ...pulling.pages,
      read: async (after) => (after === "gone" ? "stale" : pulling.pages.read(after)),
    };
    const counts = { conversations: 9, people: 9, news: 9, opt_ins: 0, opt_outs: 0, silent: 0 };
    const { place } = memoryPlace({ after: "gone", beganAt: clock.now(), counts });
    const end = await pullPeople({ ...pulling, pages, place });
    expect(news.map(({ kind }) => kind).slice(0, 3)).toEqual(["goes_on", "begins_anew", "page"]);
    expect(end.counts).toMatchObject({ conversations: 60, news: 60 });
    expect(facts.size).toBe(60);
  });
});

test("a list that leads back to itself ends it", async () => {
  const { pulling } = await setUp();
  const pages: Pulling["pages"] = {
    ...pulling.pages,
    read: async () => ({ conversations: [], after: "again" }),
  };
  await expect(pullPeople({ ...pulling, pages })).rejects.toThrow("leads back to itself");
});
