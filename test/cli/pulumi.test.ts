import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../support/command.ts";
import { temporaryFolder } from "../support/installation.ts";

test("where no Simpul was started there is no state for Pulumi, and nothing is made", async () => {
  const { path, remove } = await temporaryFolder();
  const home = join(path, "home");

  const { code, stderr } = await runProgram("cli/pulumi.ts", ["preview"], { SIMPUL_HOME: home });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`There is no database in ${home}`) });
  expect(await readdir(path)).toEqual([]);
  await remove();
});
