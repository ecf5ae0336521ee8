import { access } from "node:fs/promises";
import type { WatchedStack } from "../../core/db/hosting/watched-stacks.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { inputFileOf } from "../../infra/stack-files.ts";
import { approveInput } from "../../infra/stacks/context.ts";
import { writeWhole } from "../../infra/stacks/write-whole.ts";

/** What a stack was built by. @property isPlanned its file may be a plan's that waits */
export type Standing = Pick<WatchedStack, "input" | "isPlanned">;

export function writeInput(home: string, stack: string, input: string): Promise<void> {
  return writeWhole(inputFileOf(home, stack), input);
}

/** It may be built again by hand. Leaves the file of a plan that waits; after a restore there is none. */
export async function writeStanding(home: string, stack: string, { input, isPlanned }: Standing): Promise<void> {
  await approveInput(home, stack, sha256(input));
  if (isPlanned && (await isThere(inputFileOf(home, stack)))) return;
  await writeInput(home, stack, input);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
