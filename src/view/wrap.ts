/**
 * Text in lines of at most `width` columns: the first begins with `first`, the others with as many
 * blanks. A list is parted between its entries alone, a text between its words. What is longer than
 * a line stands alone on its own.
 */
export function wrap(text: string | readonly string[], width: number, first = ""): string[] {
  const indent = " ".repeat([...first].length);
  const room = Math.max(20, width - indent.length);
  const parts = typeof text === "string" ? text.split(/\s+/) : text;
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && [...joined].length <= room) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line, index) => (index === 0 ? first : indent) + line);
}
