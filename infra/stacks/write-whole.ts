import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Beside its place and renamed, so that who reads it by hand reads a whole one. Its owner's only. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}
