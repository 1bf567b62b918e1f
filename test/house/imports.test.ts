import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const FLOORS: Readonly<Record<string, number>> = {
  "main.ts": 7,
  "wiring.ts": 7,
  cli: 6,
  adapters: 6,
  sandbox: 6,
  apply: 5,
  intake: 5,
  view: 5,
  doctor: 5,
  plan: 4,
  preview: 4,
  config: 3,
  audience: 3,
  segment: 2,
  schedule: 2,
  bubble: 2,
  message: 2,
  policy: 2,
  ledger: 2,
  people: 2,
  ports: 1,
  diag: 0,
  model: 0,
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"));
const written = files.filter((path) => !path.includes("/generated/"));

function importsOf(path: string): string[] {
  const text = readFileSync(join("src", path), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function roomOf(path: string): string {
  return path.split("/")[0] ?? path;
}

describe("the house", () => {
  test("has files in rooms that are known", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => FLOORS[roomOf(path)] === undefined)).toEqual([]);
  });

  test("every file imports from its own room or a lower floor", () => {
    const upward = files.flatMap((path) => {
      const from = roomOf(path);
      const relative = importsOf(path).filter((target) => target.startsWith("."));
      return relative
        .map((target) => roomOf(normalize(join(dirname(path), target)).replaceAll("\\", "/")))
        .filter((to) => to !== from && !isBelow(to, from))
        .map((to) => `${path} → ${to}`);
    });
    expect(upward).toEqual([]);
  });

  test("clock, files, network and process stay in adapters, sandbox, main.ts and wiring.ts", () => {
    const inner = written.filter(
      (path) => (FLOORS[roomOf(path)] ?? 0) < 6 || roomOf(path) === "cli",
    );
    const modules = /"node:(fs|net|http|https|child_process|os|timers)|"undici"/;
    const calls = /\bprocess\.|Date\.now\(|Math\.random\(/;
    const outside = new RegExp(`${modules.source}|${calls.source}`);
    const leaks = inner.filter((path) => outside.test(readFileSync(join("src", path), "utf8")));
    expect(inner.length).toBeGreaterThan(60);
    expect(leaks).toEqual([]);
  });
});

/** `main.ts` and `wiring.ts` stand side by side at the top; so do diag and model at the bottom. */
function isBelow(to: string, from: string): boolean {
  const [lower, upper] = [FLOORS[to] ?? 99, FLOORS[from] ?? -1];
  return lower < upper || (lower === upper && (lower === 7 || lower === 0));
}
