import fc from "fast-check";
import { expect, test } from "vitest";
import { CAMPAIGN, MAIN, read, SEGMENT } from "./written-workspace.ts";

test("no mutation of a file makes reading throw or leaves an error without a place", () => {
  const mutation = fc.record({
    file: fc.constantFrom("posthorn.yaml", "campaigns/hello.yaml", "segments/buyers.yaml"),
    at: fc.nat(400),
    cut: fc.nat(20),
    put: fc.constantFrom(
      "",
      "\t",
      ": ",
      "- ",
      "{",
      "]",
      "*a",
      "&a ",
      "'",
      "null",
      "1e999",
      "\u0000",
      "x",
    ),
  });
  fc.assert(
    fc.property(mutation, ({ file, at, cut, put }) => {
      const sources: Record<string, string> = {
        "posthorn.yaml": MAIN,
        "campaigns/hello.yaml": CAMPAIGN,
        "segments/buyers.yaml": SEGMENT,
      };
      const text = sources[file] ?? "";
      const { workspace, diagnostics } = read({
        [file]: text.slice(0, at) + put + text.slice(at + cut),
      });
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(workspace === undefined).toBe(errors.length > 0);
      for (const { at: place } of diagnostics) {
        expect(place.file).not.toBe("");
        expect(Math.min(place.line, place.column)).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 150 },
  );
});
