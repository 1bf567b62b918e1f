import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests of the command line run what is published, in processes of their own.
    globalSetup: "test/build.ts",
    testTimeout: 60_000,
    // Many tests wait for processes: where there are two cores alone, two files at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
