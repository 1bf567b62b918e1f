/** Nobody misspells a longer name by accident, and comparing them takes time. */
const LONGEST = 200;

/**
 * The name among `known` that was most likely meant by `typed`, for "Did you mean …?".
 * `undefined` when none is near: at most a third of the letters may differ.
 */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > LONGEST) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const [a, b] = [typed.toLowerCase(), name.toLowerCase()];
    // Of two that are as near, the one with the same letters was meant: they were swapped.
    const distance = editDistance(a, b) - (lettersOf(a) === lettersOf(b) ? 0.5 : 0);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

function lettersOf(name: string): string {
  return [...name].sort().join("");
}

/** ` Did you mean "x"?` with a leading space, or nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const near = nearestName(typed, known);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** Letters to insert, drop, replace or swap with their neighbour to turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + cost,
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) {
        distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length] ?? a.length;
}
