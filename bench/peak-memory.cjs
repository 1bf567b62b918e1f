// Loaded before a program: writes the most memory that its process ever held, in MB, to a file.

const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1_000);
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(peakMb));
});
