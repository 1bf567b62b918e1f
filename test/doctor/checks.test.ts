import { describe, expect, test } from "vitest";
import { checkupOf, exitOf } from "../../src/doctor/checkup-of.ts";
import { clockCheck } from "../../src/doctor/clock-check.ts";
import { scopeChecks } from "../../src/doctor/scope-check.ts";
import { tokenChecks } from "../../src/doctor/token-checks.ts";
import { error, ok, warning } from "../../src/doctor/verdicts.ts";
import { versionChecks } from "../../src/doctor/version-checks.ts";
import type { Check } from "../../src/model/checkup.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { HOUR_MS, NOW, PAGE, refused, told, words } from "./answers.ts";

const DAY_S = 86_400;

describe("a token", () => {
  const facts = {
    app_id: "1111",
    application: "Shop",
    type: "PAGE",
    is_valid: true,
    expires_at: 0,
    data_access_expires_at: 0,
    profile_id: "4225",
    scopes: ["pages_messaging"],
  };
  const of = (changes: JsonObject) =>
    tokenChecks(told({ data: { ...facts, ...changes } }), PAGE, NOW);
  const inDays = (days: number) => NOW / 1000 + days * DAY_S;

  test("that is sound is of use, with what Meta tells of it", () => {
    expect(of({})).toMatchObject({ isUsable: true, appId: "1111", scopes: ["pages_messaging"] });
    expect(of({}).checks[0]?.found).toContain('of the app "Shop", and does not expire');
  });

  test.each<[string, JsonObject, readonly string[]]>([
    ["ends in a day less than two weeks", { expires_at: inDays(13) }, ["ok", "TOKEN_EXPIRES"]],
    ["ends in two weeks", { expires_at: inDays(14) }, ["ok"]],
    [
      "may read facts for some days more",
      { data_access_expires_at: inDays(3) },
      ["ok", "TOKEN_ACCESS_ENDS"],
    ],
    ["is not valid", { is_valid: false, error: { message: "Gone." } }, ["TOKEN_REFUSED"]],
    ["is not valid and nobody says why", { is_valid: false }, ["TOKEN_REFUSED"]],
    ["is a person's", { type: "USER" }, ["TOKEN_NOT_OF_PAGE"]],
    ["is another page's", { profile_id: "999" }, ["TOKEN_OF_OTHER_PAGE"]],
    ["does not name its page", { profile_id: null as never }, ["TOKEN_OF_OTHER_PAGE"]],
  ])("that %s", (_, changes, expected) => {
    expect(words(of(changes).checks)).toEqual(expected);
    expect(of(changes).isUsable).toBe(expected[0] === "ok");
  });

  test("of which Meta does not say the page is taken as it is", () => {
    const { profile_id: _, ...rest } = facts;
    expect(words(tokenChecks(told({ data: rest }), PAGE, NOW).checks)).toEqual(["ok"]);
  });

  test("that only the app may inspect is of use nevertheless", () => {
    const known = tokenChecks(refused(100, "You must provide an app access token"), PAGE, NOW);
    expect(known).toMatchObject({ isUsable: true, scopes: undefined, appId: undefined });
    expect(words(known.checks)).toEqual(["TOKEN_NOT_INSPECTED"]);
    expect(words(scopeChecks(known.scopes, { utility: false }))).toEqual(["skipped"]);
  });
});

describe("permissions", () => {
  const ALL = [
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_show_list",
  ];

  test("for utility templates are asked for where a campaign uses one", () => {
    expect(words(scopeChecks(ALL, { utility: false }))).toEqual(["ok"]);
    expect(words(scopeChecks(ALL, { utility: true }))).toEqual(["SCOPE_MISSING"]);
    const both = scopeChecks([...ALL, "pages_utility_messaging"], { utility: true });
    expect(words(both)).toEqual(["ok"]);
  });

  test.each(ALL.slice(1))("without %s warn of what will not work", (scope) => {
    const [check] = scopeChecks(
      ALL.filter((one) => one !== scope),
      { utility: false },
    );
    expect(check).toMatchObject({ status: "warning", code: "SCOPE_LIMITED", exit: null });
    expect(check?.found).toContain(scope);
  });
});

describe("a clock", () => {
  test.each([
    [0, "ok"],
    [30_000, "ok"],
    [-30_000, "ok"],
    [30_001, "warning"],
    [-30_001, "warning"],
    [24 * HOUR_MS, "warning"],
    [-HOUR_MS, "warning"],
    [-HOUR_MS - 1, "error"],
  ])("%d ms ahead is %s", (aheadMs, status) => {
    expect(clockCheck(aheadMs, PAGE).status).toBe(status);
  });

  test("without a time to compare is not judged", () => {
    expect(clockCheck(null, PAGE)).toMatchObject({ status: "skipped", code: null });
  });

  test("says how far it is off, and to which side", () => {
    expect(clockCheck(-90_000, PAGE).found).toContain("90 s behind Meta's");
    expect(clockCheck(600_000, PAGE).found).toContain("10 min ahead of Meta's");
  });
});

describe("a version", () => {
  const at = (asked: string, day: string, served: string | null = null) =>
    words(versionChecks({ asked, served }, Date.parse(`${day}T00:00:00Z`)));

  test.each([
    ["v25.0", "2026-12-01", "ok"],
    ["v21.0", "2026-10-22", "ok"],
    ["v21.0", "2026-10-24", "GRAPH_VERSION_ENDS"],
    ["v21.0", "2027-01-20", "GRAPH_VERSION_ENDS"],
    ["v21.0", "2027-01-21", "GRAPH_VERSION_ENDED"],
    ["v3.2", "2026-12-01", "GRAPH_VERSION_ENDED"],
    ["v26.0", "2035-01-01", "ok"],
    ["v27.0", "2026-12-01", "ok"],
  ])("%s on %s is %s", (asked, day, expected) => {
    expect(at(asked, day)).toEqual([expected]);
  });

  test("that another one answers for is told of", () => {
    expect(at("v25.0", "2026-12-01", "v25.0")).toEqual(["ok"]);
    expect(at("v25.0", "2026-12-01", "v26.0")).toEqual(["GRAPH_VERSION"]);
    expect(at("v20.0", "2026-12-01", "v22.0")).toEqual(["GRAPH_VERSION_ENDED", "GRAPH_VERSION"]);
  });
});

describe("a checkup", () => {
  const head = { workspace: "w", page: { id: "1", name: null }, target: "meta" } as const;
  const fault = { code: "X", found: "x", next: "y" };
  const exit = (...checks: readonly Check[]) => exitOf(checkupOf(head, checks));

  test("ends as its gravest error says, and well with warnings alone", () => {
    const [invalid, state] = [error("users", "invalid", fault), error("state", "state", fault)];
    const [denied, other] = [error("token", "denied", fault), error("clock", "error", fault)];
    expect(exit(ok("files", "fine"), warning("mode", fault))).toBe(0);
    expect(exit(other)).toBe(1);
    expect(exit(other, invalid)).toBe(3);
    expect(exit(other, invalid, state)).toBe(9);
    expect(exit(other, invalid, state, denied)).toBe(8);
  });

  test("has its checks in one order, whatever came first", () => {
    const { checks, summary } = checkupOf(head, [ok("state", "s"), ok("token", "t")]);
    expect(checks.map(({ name }) => name)).toEqual(["token", "state"]);
    expect(summary).toEqual({ ok: 2, warning: 0, error: 0, skipped: 0 });
  });
});
