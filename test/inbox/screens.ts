import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { expect } from "vitest";

const STORED = "test/inbox/screens";

/** Browsers round heights differently by a pixel or two, and smooth glyphs a little differently. */
const MAX_SIZE_DIFFERENCE = 2;
const MAX_CHANGED_SHARE = 0.02;

/**
 * Compares a screenshot with the stored one of that name. `UPDATE_SCREENS=1` stores it instead.
 */
export function expectScreen(name: string, shot: Buffer): void {
  const path = join(STORED, `${name}.png`);
  if (process.env["UPDATE_SCREENS"] === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, shot);
    return;
  }
  expect(existsSync(path), `${path} is missing: run with UPDATE_SCREENS=1 and look at it`).toBe(
    true,
  );
  const [stored, seen] = [PNG.sync.read(readFileSync(path)), PNG.sync.read(shot)];
  const sizes = `stored ${stored.width} x ${stored.height}, seen ${seen.width} x ${seen.height}`;
  const widths = Math.abs(stored.width - seen.width);
  const heights = Math.abs(stored.height - seen.height);
  expect(Math.max(widths, heights), sizes).toBeLessThanOrEqual(MAX_SIZE_DIFFERENCE);
  const changed = changedShare(stored, seen);
  const shown = changed <= MAX_CHANGED_SHARE ? "" : keep(name, shot);
  expect(changed, `${path} looks different; seen: ${shown}`).toBeLessThanOrEqual(MAX_CHANGED_SHARE);
}

/** Of the part that both have. */
function changedShare(one: PNG, other: PNG): number {
  const width = Math.min(one.width, other.width);
  const height = Math.min(one.height, other.height);
  const [first, second] = [cropped(one, width, height), cropped(other, width, height)];
  const changed = pixelmatch(first.data, second.data, undefined, width, height, { threshold: 0.2 });
  return changed / (width * height);
}

function cropped(image: PNG, width: number, height: number): PNG {
  const part = new PNG({ width, height });
  PNG.bitblt(image, part, 0, 0, width, height, 0, 0);
  return part;
}

function keep(name: string, shot: Buffer): string {
  const path = join(tmpdir(), `posthorn-screen-${name}.png`);
  writeFileSync(path, shot);
  return path;
}
