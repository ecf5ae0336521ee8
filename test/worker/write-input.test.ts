import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inputFileOf } from "../../infra/stacks/context.ts";
import { writeInput, writeStanding } from "../../worker/hosting/write-input.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";

test("the file of a plan that waits is left, but for one that a restore has not brought back", async () => {
  await using home = await temporaryFolder();
  const text = () => readFileSync(inputFileOf(home.path, "app-x"), "utf8");
  const stand = (isPlanned: boolean) => writeStanding(home.path, "app-x", { input: "what stands", isPlanned });

  await stand(true);
  expect(text()).toBe("what stands");
  await writeInput(home.path, "app-x", "a plan's");
  await stand(true);
  expect(text()).toBe("a plan's");
  await stand(false);
  expect(text()).toBe("what stands");
});
