import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { approvedFileOf, inputFileOf } from "../../infra/stack-files.ts";
import { removeInput } from "../../infra/stacks/context.ts";
import { writeInput, writeStanding } from "../../worker/hosting/write-input.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";

test("what stands may be built again by hand, and no plan that waits", async () => {
  await using home = await temporaryFolder();
  const approved = () => readFileSync(approvedFileOf(home.path, "app-x"), "utf8").trim();

  await writeInput(home.path, "app-x", "a plan's");
  expect(approved).toThrow("ENOENT");
  await writeStanding(home.path, "app-x", { input: "what stands", isPlanned: true });
  expect(approved()).toBe(sha256("what stands"));
  await writeInput(home.path, "app-x", "another plan's");
  expect(approved()).toBe(sha256("what stands"));
  await removeInput(home.path, "app-x");
  expect(approved).toThrow("ENOENT");
});

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
