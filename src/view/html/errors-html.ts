import type { HtmlNode } from "../../bubble/html-node.ts";
import { barHtml, type Ink } from "./bar.ts";
import { tableHtml } from "./table.ts";

/** One way in which deliveries went wrong. */
interface ErrorKind {
  /** As `posthorn.report/1` names it. */
  readonly class: string;
  readonly code: number | null;
  readonly subcode: number | null;
  /** Meta's words, or ours where Meta said nothing. */
  readonly message: string;
  readonly count: number;
}

/** What went wrong, the most frequent first, in Meta's words; at least one kind. */
export function errorsHtml(errors: readonly ErrorKind[]): HtmlNode {
  const whole = Math.max(...errors.map((one) => one.count));
  return tableHtml({
    caption: "Deliveries that were not sent, by class, with Meta's words",
    columns: [
      { title: "Class" },
      { title: "Deliveries", kind: "number" },
      { title: "Share", kind: "bars" },
      { title: "Code" },
      { title: "Words", kind: "words" },
    ],
    rows: errors.map((error) => ({
      cells: [
        error.class,
        error.count,
        [barHtml([{ ink: inkOf(error), length: error.count }], { whole })],
        codeText(error),
        error.message,
      ],
    })),
  });
}

function inkOf({ class: kind }: ErrorKind): Ink {
  if (kind === "unknown") return "unknown";
  return ["released", "due again", "in flight"].includes(kind) ? "open" : "failed";
}

function codeText({ code, subcode }: ErrorKind): string {
  if (code === null) return "none";
  return subcode === null ? String(code) : `${code}/${subcode}`;
}
