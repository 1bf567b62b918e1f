import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { showInstant, showNumber } from "../../src/message/show-value.ts";
import { renderText } from "./content.ts";

describe("a number", () => {
  const cases = [
    [0, "0"],
    [-0, "0"],
    [12.5, "12.5"],
    [0.1 + 0.2, "0.30000000000000004"],
    [1e21, "1000000000000000000000"],
    [1.5e21, "1500000000000000000000"],
    [-1.25e22, "-12500000000000000000000"],
    [999999999999999900000, "999999999999999900000"],
    [1e-6, "0.000001"],
    [1e-7, "0.0000001"],
    [-1.5e-7, "-0.00000015"],
    [123456789012345, "123456789012345"],
  ] as const;
  for (const [value, want] of cases) test(want, () => expect(showNumber(value)).toBe(want));

  test("never has an exponent and reads back as itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(showNumber(value)).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(showNumber(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test("that is none is missing", () => {
    expect(renderText("{{ltv}}", { ltv: Number.NaN })).toBe("[ltv]");
    expect(renderText("{{ltv}}", { ltv: Number.POSITIVE_INFINITY })).toBe("[ltv]");
  });
});

describe("an instant", () => {
  const cases = [
    ["2026-12-07T09:00:00Z", "Europe/Berlin", "2026-12-07T10:00:00+01:00"],
    ["2026-07-07T09:00:00Z", "Europe/Berlin", "2026-07-07T11:00:00+02:00"],
    ["2026-07-07T09:00:00Z", "UTC", "2026-07-07T09:00:00Z"],
    ["2026-12-31T23:30:00Z", "Asia/Kolkata", "2027-01-01T05:00:00+05:30"],
    ["2026-01-01T02:00:00Z", "America/New_York", "2025-12-31T21:00:00-05:00"],
    ["2026-01-01T02:00:00Z", "America/St_Johns", "2025-12-31T22:30:00-03:30"],
    ["2026-01-01T02:00:00.250Z", "Europe/Berlin", "2026-01-01T03:00:00.250+01:00"],
    ["2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00+01:00"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31T23:59:59.999Z"],
  ] as const;
  for (const [at, zone, want] of cases) {
    test(`${at} in ${zone} is ${want}`, () => {
      expect(showInstant(Date.parse(at), zone)).toBe(want);
    });
  }

  test("reads back as itself in any zone and century", () => {
    const zones = fc.constantFrom("UTC", "Europe/Amsterdam", "Asia/Kathmandu", "Pacific/Apia");
    const dates = fc.date({
      noInvalidDate: true,
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9999-12-30T00:00:00Z"),
    });
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        expect(Date.parse(showInstant(date.getTime(), zone))).toBe(date.getTime());
      }),
    );
  });
});

describe("a value in a text", () => {
  test("a timestamp stands in the person's zone", () => {
    const values = { last_order_at: Date.parse("2026-12-07T09:00:00Z") };
    expect(renderText("{{last_order_at}}", values, { zone: "Europe/Berlin" })).toBe(
      "2026-12-07T10:00:00+01:00",
    );
  });
  test("a timestamp of zero is a moment like any other", () => {
    const text = "{{#last_order_at}}{{.}}{{/last_order_at}}";
    expect(renderText(text, { last_order_at: 0 })).toBe("1970-01-01T00:00:00Z");
  });
  test("a date, a boolean, a long whole number and a list", () => {
    const values = {
      birthday: "1990-02-28",
      vip: false,
      visits: "9007199254740993",
      tags: ["a", "b"],
    };
    expect(renderText("{{birthday}} {{vip}} {{visits}} {{tags}}", values)).toBe(
      "1990-02-28 false 9007199254740993 a,b",
    );
  });
  test("a fallback that is a number or a boolean", () => {
    const fallbacks = { ltv: 1e21, vip: true };
    const want = "1000000000000000000000 true";
    expect(renderText("{{ltv}} {{vip}}", {}, { fallbacks })).toBe(want);
  });
});
