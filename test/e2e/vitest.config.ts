import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The longest begin first, so that none of them is left alone in the end; those that keep a processor busy (engines of Docker,
 * Pulumi) beside those that mostly wait.
 */
const longest = [
  "hosting-kills",
  "colocation",
  "staff-group",
  "hosting-changes",
  "hosting",
  "runtimes",
  "start-and-stop",
  "vendor-access",
  "backup",
  "hosting-watch",
  "doctor",
  "hosting-playground",
  "hosting-by-machine",
  "fresh-clone",
  "parts",
  "application-trouble",
  "infra",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = longest.indexOf(basename(moduleId, ".test.ts"));
      return place === -1 ? longest.length : place;
    };
    return files.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/support/prerequisites.ts", "test/support/cluster.ts"],
    sequence: { sequencer: LongestFirst },
    // Each test starts whole programs, and mostly waits for a chat's limit of one message a second: three at a time.
    maxWorkers: 3,
    testTimeout: 420_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
