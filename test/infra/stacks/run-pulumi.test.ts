import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { atMost } from "../../../core/domain/at-most.ts";
import type { StackContext } from "../../../infra/stacks/context.ts";
import { runPulumi } from "../../../infra/stacks/run-pulumi.ts";
import { temporaryFolder } from "../../e2e/support/folders.ts";

/** As Pulumi 3.255 said it. */
const begunByAnother =
  'error: unable to open bucket postgres:///simpul: failed to create table pulumi_state: pq: duplicate key value violates unique constraint "pg_type_typname_nsp_index" (23505)';

/** Says what it has to say at its first time, and "found" afterwards. */
async function contextOver(home: string, saidFirst: string): Promise<StackContext> {
  const program = join(home, "program");
  const script = `#!/bin/sh
if [ -e second ]; then echo found; exit 0; fi
touch second
cat <<'END' >&2
${saidFirst}
END
exit 255
`;
  await writeFile(program, script, { mode: 0o700 });
  return {
    home,
    tool: { program, env: process.env, project: home },
    limits: { memoryBytes: 2 ** 30, patienceMs: 60_000 },
    passphrase: "only-for-this-test",
    inTurn: atMost(1),
  } as StackContext;
}

const preview = (context: StackContext) => runPulumi(context, "app-x", ["preview"], { doing: "previewing" });

test("whoever opens an empty state beside another one comes again", async () => {
  await using home = await temporaryFolder();
  const context = await contextOver(home.path, begunByAnother);
  expect(await preview(context)).toEqual({ ok: true, value: "found\n" });
});

test("what is refused otherwise is not asked again", async () => {
  await using home = await temporaryFolder();
  const context = await contextOver(home.path, "error: failed to create table pulumi_state: permission denied (42501)");
  await expect(preview(context)).rejects.toThrow("permission denied");
});

test("so many run at once, the others after them", async () => {
  await using home = await temporaryFolder();
  const context = await contextOver(home.path, "");
  await writeFile(context.tool.program, "#!/bin/sh\nmkdir running && sleep 0.2 && rmdir running && echo alone\n");
  const all = ["app-x", "app-y", "app-z"].map((stack) =>
    runPulumi(context, stack, ["preview"], { doing: "previewing" }),
  );
  expect(await Promise.all(all)).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: "alone\n" })));
});

test.each([
  ["error: writing checkpoint: write /var/lib/simpul/pulumi/x: no space left on device", "store-full"],
  ["Error: ENOSPC: no space left on device, write", "store-full"],
  [
    "error: * Unable to start container: Error response from daemon: mkdir /var/lib/docker/x: no space left on device",
    "disk-full",
  ],
])("which disk is full is told by who says so: %s", async (said, reason) => {
  await using home = await temporaryFolder();
  await expect(preview(await contextOver(home.path, said))).rejects.toMatchObject({ reason });
});
