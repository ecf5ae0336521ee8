import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { hashProgram, listProgramFiles } from "../../../infra/stacks/program-hash.ts";

test("the program is where it begins and what that imports, and nothing of what runs it", async () => {
  const files = await listProgramFiles();
  expect(files).toEqual(
    expect.arrayContaining([
      "infra/index.ts",
      "infra/components/container.ts",
      "infra/stack-input.ts",
      "core/domain/hosting/sealed-secret.ts",
      "core/domain/ipam/prefix.ts",
    ]),
  );
  expect(files.every((file) => existsSync(file))).toBe(true);
  expect(files.filter((file) => file.startsWith("infra/stacks/"))).toEqual([]);
});

test("it has one hash as long as nothing changes", async () => {
  expect(await hashProgram()).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashProgram()).toBe(await hashProgram());
});
