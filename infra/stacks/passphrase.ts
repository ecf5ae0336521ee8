import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** In the state folder. Without it nothing that Pulumi keeps secret can be read again. */
export const passphraseName = "pulumi.passphrase";

/**
 * The file of the passphrase: the one given, or the installation's own, which is made at its first use and its owner's only.
 *
 * @throws the system's, where a file that is given cannot be read
 */
export async function preparePassphrase(home: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    await readFile(given);
    return given;
  }
  const file = join(home, passphraseName);
  const unfinished = `${file}.new-${randomUUID()}`;
  await writeFile(unfinished, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
  // Two processes that start at once agree on the first one's.
  await link(unfinished, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "EEXIST") throw fault;
  });
  await rm(unfinished);
  return file;
}
