import { styleText } from "node:util";
import type { Check, Checkup } from "../model/checkup.ts";
import { escapeLine } from "./escape.ts";
import { wrap } from "./wrap.ts";

interface CheckupTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const STYLES = { ok: "green", warning: "yellow", error: "red", skipped: "gray" } as const;
const STATUS_WIDTH = "warning".length;
const NAME_WIDTH = "restrictions".length;

/** What `doctor` found, for people: a line a check, the next step under what is wrong. */
export function showCheckup(checkup: Checkup, options: CheckupTextOptions): string {
  const { page, workspace, target } = checkup;
  const name = page.name === null ? "" : ` "${page.name}"`;
  const where = target === "meta" ? "at Meta" : "at a sandbox";
  const lines = [
    escapeLine(`Page ${page.id}${name} ${where}, workspace ${workspace}`),
    "",
    ...checkup.checks.flatMap((check) => checkLines(check, options)),
    "",
    summaryLine(checkup),
  ];
  return `${lines.join("\n")}\n`;
}

function checkLines(check: Check, { color, width }: CheckupTextOptions): string[] {
  const { status, name, found, next, source, code } = check;
  const label = status.padEnd(STATUS_WIDTH);
  const head = `${label}  ${name.padEnd(NAME_WIDTH)}  `;
  const indent = " ".repeat(head.length);
  const lines = [
    ...wrap(found, width, head),
    ...(next === null ? [] : wrap(next, width, `${indent}→ `)),
    ...(source === null && code === null
      ? []
      : [`${indent}${[code, source].filter(Boolean).join("  ")}`]),
  ].map(escapeLine);
  if (!color) return lines;
  const painted = styleText(STYLES[status], label, { validateStream: false });
  return lines.map((line, index) => (index === 0 ? line.replace(label, painted) : line));
}

function summaryLine({ summary }: Checkup): string {
  const { error, warning, ok, skipped } = summary;
  return `Result: errors=${error} warnings=${warning} ok=${ok} skipped=${skipped}`;
}
