import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/support/prerequisites.ts", "test/support/cluster.ts"],
    // Each test starts whole programs, and mostly waits for a chat's limit of one message a second: three at a time.
    maxWorkers: 3,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
