import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diag/diagnostic.ts";
import { showDiagnosticsJson } from "../../src/view/diagnostics-json.ts";
import { showDiagnostics } from "../../src/view/diagnostics-text.ts";
import { escapeLine, escapeText } from "../../src/view/escape.ts";
import { hostileText, UNSAFE } from "./hostile-text.ts";

const PLAIN = { color: false };

function at(lineText: string, column: number, endColumn?: number): Diagnostic {
  const place = { file: "a.yaml", line: 7, column, lineText, ...(endColumn && { endColumn }) };
  return { code: "X", severity: "error", at: place, summary: "Wrong", detail: "Mend it." };
}

const frameOf = (diagnostic: Diagnostic) =>
  showDiagnostics([diagnostic], PLAIN).split("\n").slice(1, 3);

describe("the frame around a fault", () => {
  test("has a caret under every letter of it", () => {
    expect(frameOf(at("segment: vip", 10, 13))).toEqual([
      "  7 | segment: vip",
      "    |          ^^^",
    ]);
  });

  test("has one caret where there is no end, and none beyond the line", () => {
    expect(frameOf(at("segment:", 9))[1]).toBe("    |         ^");
    expect(frameOf(at("segment: x", 10, 99))[1]).toBe("    |          ^");
  });

  test.each([120, 121, 5_000])("of a line of %i letters is never wider than a screen", (length) => {
    const lineText = `${"a".repeat(length - 4)}HERE`;
    const [line = "", carets = ""] = frameOf(at(lineText, length - 3, length + 1));
    expect(line.length).toBeLessThanOrEqual(120 + "  7 | …".length);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
    expect(line.includes("…")).toBe(length > 120);
  });

  test("of a long line shows what stands at its start without a mark of what is left out", () => {
    const [line = ""] = frameOf(at(`HERE${"a".repeat(300)}`, 1, 5));
    expect(line).toMatch(/^ {2}7 \| HEREa+…$/);
  });

  test("is as wide as the number of its line", () => {
    const place = { file: "a.yaml", line: 1234, column: 1, endColumn: 2, lineText: "a" };
    expect(frameOf({ ...at("", 1), at: place })).toEqual(["  1234 | a", "       | ^"]);
  });
});

describe("text of files and data", () => {
  test("brings no control, no other direction and no command into any form of output", () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (file, lineText, detail) => {
        const one = { ...at("", 1), at: { file, line: 1, column: 1, lineText }, detail };
        const text = showDiagnostics([one], PLAIN);
        expect(text).not.toMatch(UNSAFE);
        expect(text).not.toMatch(/^\s*::/m);
        expect(text).not.toContain("##[");
        // The head and the closing count are the only lines of their kind.
        expect(text.match(/^.*:\d+:\d+ {2}X {2}/gm)).toHaveLength(1);
        expect(text.match(/^\d+ error/gm)?.length).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test("comes out of JSON as it went in, and is harmless in it", () => {
    fc.assert(
      fc.property(hostileText, (detail) => {
        const json = showDiagnosticsJson([{ ...at("", 1), detail }]);
        expect(JSON.parse(json).diagnostics[0].detail).toBe(detail);
        expect(json).not.toMatch(UNSAFE);
      }),
    );
  });

  test("on one line stays on one line", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeLine(text)).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      }),
    );
  });

  test("that is harmless is not changed", () => {
    for (const text of [
      "Grüße, 李 🚲",
      "a::b",
      "  indented",
      "50% off",
      "مرحبا",
      "#[x]",
      "a\tb\nc",
    ]) {
      expect(escapeText(text)).toBe(text);
    }
  });

  test.each([
    ["::add-mask::x", "\\::add-mask::x"],
    ["  ::error::x", "  \\::error::x"],
    ["a\n::error::x", "a\n\\::error::x"],
    ["a ##[error]x", "a ##\\[error]x"],
  ])("%j is no command any more", (text, want) => {
    expect(escapeText(text)).toBe(want);
  });
});
