import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    globalSetup: ["test/support/cluster.ts"],
    // One more than processors: each of them waits for PostgreSQL for a part of its time.
    maxWorkers: 3,
    // Files of one process share their modules, which halves the time; each has databases, folders and ports of its own.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes much sooner; a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});
