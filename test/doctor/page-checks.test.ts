import { describe, expect, test } from "vitest";
import { modeCheck } from "../../src/doctor/mode-check.ts";
import { pageCheck, restrictionCheck, taskCheck } from "../../src/doctor/page-checks.ts";
import { webhookCheck } from "../../src/doctor/webhook-check.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { GraphAnswer, GraphReader } from "../../src/ports/graph-reader.ts";
import { PAGE, refused, told, words } from "./answers.ts";

describe("restrictions of the page", () => {
  const status = (body: JsonObject) => restrictionCheck(told(body));
  const messaging = { feature: "page_messaging_api", expiration_time: 1_796_100_000 };

  test.each<[string, JsonObject, string]>([
    ["none", { status: "ok", violations: [], restrictions: [] }, "ok"],
    ["none, in an answer without lists", { status: "ok" }, "ok"],
    ["one on sending", { status: "restricted", restrictions: [messaging] }, "PAGE_RESTRICTED"],
    ["a page that is suspended", { status: "suspended" }, "PAGE_RESTRICTED"],
    [
      "one on something else",
      { status: "restricted", restrictions: [{ feature: "live_video" }] },
      "PAGE_WARNED",
    ],
    ["a violation", { status: "ok", violations: [{ type: "SPAM" }] }, "PAGE_WARNED"],
  ])("%s", (_, body, expected) => {
    expect(words([status(body)])).toEqual([expected]);
  });

  test("name what is restricted and until when", () => {
    const { found, exit } = status({ status: "restricted", restrictions: [messaging] });
    expect(found).toContain("page_messaging_api until 2026-12-");
    expect(exit).toBe("denied");
  });

  test("that Meta does not tell are a warning, for sends may work", () => {
    const check = restrictionCheck(refused(10, "(#10) No permission."));
    expect(check).toMatchObject({ status: "warning", code: "META_REFUSED", exit: null });
    expect(check.found).toBe("Meta does not tell: No permission (code 10).");
  });
});

describe("a webhook subscription", () => {
  const fields = [
    "messages",
    "messaging_postbacks",
    "messaging_optins",
    "messaging_referrals",
    "message_reactions",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "messaging_policy_enforcement",
  ];
  const of = (own: readonly string[], id = "1111") =>
    webhookCheck(told({ data: [{ id, subscribed_fields: own }] }), PAGE, "1111");

  test("of all fields is well, of another app is none", () => {
    expect(of(fields).status).toBe("ok");
    expect(of(fields, "2222").code).toBe("WEBHOOK_UNSUBSCRIBED");
    expect(
      webhookCheck(told({ data: [{ id: "2", subscribed_fields: fields }] }), PAGE, undefined),
    ).toMatchObject({ status: "ok" });
  });

  test.each(fields)("without %s says what is lost", (field) => {
    const check = of(fields.filter((one) => one !== field));
    expect(check).toMatchObject({ code: "WEBHOOK_FIELDS", exit: null });
    expect(check.found).toContain(`not subscribed to ${field} (`);
  });
});

describe("development mode", () => {
  test("says how many testers a plan reaches", () => {
    const two = modeCheck({ ...PAGE, mode: "development", testers: { a: "1", b: "2" } });
    expect(two.found).toContain("a plan reaches 2 of page.testers");
    const none = modeCheck({ ...PAGE, mode: "development" });
    expect(none.found).toContain("reaches nobody");
    expect(none.next).toContain("page.testers");
  });
});

describe("a page", () => {
  test("that Meta does not show is a denial", () => {
    const check = pageCheck(refused(100, "(#100) Unsupported get request"), PAGE);
    expect(check).toMatchObject({ code: "PAGE_REFUSED", exit: "denied" });
  });

  test("without a name is called by its id", () => {
    expect(pageCheck(told({ id: "4225" }), PAGE).found).toBe("Meta shows the page 4225.");
  });
});

describe("the tasks of a person", () => {
  /** A reader with these answers, one a question; it remembers what it was asked. */
  function readerOf(...answers: readonly GraphAnswer[]) {
    const asked: (string | undefined)[] = [];
    const reader: GraphReader = {
      read: async (_, params) => {
        asked.push(params?.["after"]);
        return answers[Math.min(asked.length, answers.length) - 1] ?? told({});
      },
      inspect: async () => told({}),
      close: async () => {},
    };
    return { reader, asked };
  }
  const list = (ids: readonly string[], next?: string) =>
    told({
      data: ids.map((id) => ({ id, tasks: ["MESSAGING", "MODERATE"] })),
      paging: { cursors: { after: "c" }, ...(next !== undefined && { next }) },
    });

  test("are sought list by list, also past an empty one", async () => {
    const { reader, asked } = readerOf(list(["1"], "n"), list([], "n"), list([PAGE.id]));
    expect(await taskCheck(reader, PAGE)).toMatchObject({ status: "ok" });
    expect(asked).toEqual([undefined, "c", "c"]);
  });

  test("on a page that the person has no role on", async () => {
    const check = await taskCheck(readerOf(list(["1"], "n"), list(["2"])).reader, PAGE);
    expect(check).toMatchObject({ status: "warning", code: "PAGE_NOT_LISTED" });
  });

  test("are given up where the lists never end", async () => {
    const { reader, asked } = readerOf(list(["1"], "n"));
    expect((await taskCheck(reader, PAGE)).code).toBe("PAGE_NOT_LISTED");
    expect(asked).toHaveLength(50);
  });

  test("are not known without a user token, or with one that is refused", async () => {
    expect((await taskCheck(undefined, PAGE)).status).toBe("skipped");
    const check = await taskCheck(readerOf(refused(190, "no")).reader, PAGE);
    expect(check).toMatchObject({ status: "warning", code: "META_REFUSED" });
  });
});
