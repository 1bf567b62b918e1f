import { Presets, SingleBar } from "cli-progress";
import type { ProgressBar } from "../../ports/progress-bar.ts";

/** Columns for the words beside the bar. */
const WORDS_WIDTH = 84;

/** Goes there and takes away what stands in the line. */
const START_OF_LINE = "\r\x1b[K";

/** A bar in the last line of a terminal; it goes away when it is cleared. */
export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  const columns = stream.columns || 80;
  const bar = new SingleBar(
    {
      stream,
      format: "{bar} {percentage}% {words}",
      barsize: Math.min(40, Math.max(8, columns - WORDS_WIDTH)),
      fps: 5,
      clearOnComplete: true,
      // A signal asks the apply for a clean stop; the bar must not hear it first.
      gracefulExit: false,
    },
    Presets.rect,
  );
  let isWords = false;
  return {
    draw: ({ done, total, words }) => {
      if (total === null) {
        isWords = true;
        stream.write(`${START_OF_LINE}${words.slice(0, columns - 1)}`);
        return;
      }
      const payload = { words };
      if (!bar.isActive) bar.start(total, done, payload);
      bar.setTotal(total);
      bar.update(done, payload);
    },
    clear: () => {
      if (isWords) stream.write(START_OF_LINE);
      isWords = false;
      if (bar.isActive) bar.stop();
    },
  };
}
