import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { WatchedStack } from "../../core/db/hosting/watched-stacks.ts";
import { inputFileOf } from "../../infra/stacks/context.ts";

/** What a stack was built by. @property isPlanned its file may be a plan's that waits */
export type Standing = Pick<WatchedStack, "input" | "isPlanned">;

/** Written beside its place and renamed, so that who reads it by hand reads a whole one. */
export async function writeInput(home: string, stack: string, input: string): Promise<void> {
  const file = inputFileOf(home, stack);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, input, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

/** Leaves the file of a plan that waits; after a restore there is none. */
export async function writeStanding(home: string, stack: string, { input, isPlanned }: Standing): Promise<void> {
  if (isPlanned && (await isThere(inputFileOf(home, stack)))) return;
  await writeInput(home, stack, input);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
