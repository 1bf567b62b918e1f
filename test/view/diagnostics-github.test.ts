import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Severity } from "../../src/diag/diagnostic.ts";
import { showDiagnosticsAsCommands } from "../../src/view/diagnostics-github.ts";
import { annotationOf, hostileText, UNSAFE } from "./hostile-text.ts";

function many(severity: Severity, count: number, over: Partial<Diagnostic> = {}): Diagnostic[] {
  return Array.from({ length: count }, (_, index) => ({
    code: "KEY_MISSING",
    severity,
    at: { file: "posthorn.yaml", line: index + 1, column: 3, endColumn: 7 },
    summary: "Key missing",
    detail: `Number ${index + 1}.`,
    ...over,
  }));
}

const linesOf = (diagnostics: readonly Diagnostic[]) =>
  showDiagnosticsAsCommands(diagnostics).split("\n").slice(0, -1);

describe("annotations of a pull request", () => {
  test("say file, line and columns, code and summary, and what to do", () => {
    const [line = ""] = linesOf(many("error", 1));
    const place = "file=posthorn.yaml,line=1,col=3,endColumn=7";
    expect(line).toBe(`::error ${place},title=KEY_MISSING Key missing::Number 1.`);
    expect(annotationOf(line)).toMatchObject({ command: "error", message: "Number 1." });
  });

  test("are none where there is nothing to say", () => {
    expect(showDiagnosticsAsCommands([])).toBe("");
  });

  test.each([9, 10])("are %i as long as GitHub shows them all", (count) => {
    const lines = linesOf(many("error", count));
    expect(lines).toHaveLength(count);
    expect(lines.at(-1)).toContain(`::Number ${count}.`);
  });

  test.each([
    [11, 2],
    [500, 491],
  ])("of %i are ten, the tenth of which says that there are %i more", (count, more) => {
    const lines = linesOf(many("error", count));
    expect(lines).toHaveLength(10);
    expect(lines[8]).toContain("::Number 9.");
    expect(annotationOf(lines[9] ?? "")).toMatchObject({
      command: "error",
      message: expect.stringContaining(`${more} more errors`),
    });
  });

  test("have ten places for errors and ten for warnings, errors first", () => {
    const lines = linesOf([...many("warning", 12), ...many("error", 12)]);
    const commands = lines.map((line) => annotationOf(line)?.command);
    expect(commands).toEqual([...Array(10).fill("error"), ...Array(10).fill("warning")]);
  });

  test("are ordered by file and line, so that the first ones are shown", () => {
    const lines = linesOf(many("error", 12).reverse());
    expect(lines[0]).toContain("line=1,");
  });

  test("say what they say, whatever stands in the files: nothing breaks out of a command", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (file, detail) => {
        const at = { file, line: 1, column: 1 };
        const text = showDiagnosticsAsCommands(many("error", 1, { at, detail }));
        const lines = text.split(/[\r\n\u0085\u2028\u2029]/);
        expect(lines).toHaveLength(2);
        const annotation = annotationOf(lines[0] ?? "");
        expect(annotation?.command).toBe("error");
        expect(Object.keys(annotation?.properties ?? {})).toEqual(["file", "line", "col", "title"]);
        expect(text).not.toMatch(UNSAFE);
        expect(text).not.toContain("##[");
        // As long as before: what is dangerous is replaced sign by sign, or gets a backslash.
        expect(annotation?.message.replaceAll("\\", "").length).toBe(
          detail.replaceAll("\\", "").length,
        );
      }),
    );
  });
});
