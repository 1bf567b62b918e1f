/** A column of a table for a terminal. */
export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  readonly side: "left" | "right";
  /** The one that gives way where a line would be too long. */
  readonly shrinks?: true;
}

const GAP = "  ";
const LEAST_WIDTH = 8;

/** Lines of a table, its titles first; with at least one column that shrinks none is too long. */
export function columnLines(columns: readonly Column[], width: number): string[] {
  const natural = columns.map(({ title, cells }) => Math.max(...[title, ...cells].map(lengthOf)));
  const gaps = GAP.length * (columns.length - 1);
  const excess = natural.reduce((sum, one) => sum + one, gaps) - width;
  const widths = columns.map(({ shrinks }, index) => {
    const own = natural[index] ?? 0;
    return shrinks && excess > 0 ? Math.max(LEAST_WIDTH, own - excess) : own;
  });
  const rows = Array.from({ length: (columns[0]?.cells.length ?? 0) + 1 }, (_, row) =>
    columns.map(({ title, cells, side }, index) => {
      const text = cut(row === 0 ? title : (cells[row - 1] ?? ""), widths[index] ?? 0);
      const blanks = " ".repeat((widths[index] ?? 0) - lengthOf(text));
      return side === "left" ? text + blanks : blanks + text;
    }),
  );
  return rows.map((cells) => cells.join(GAP).trimEnd());
}

function cut(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join("")}…`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
