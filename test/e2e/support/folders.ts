import { execFileSync } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Account } from "./ordinary-user.ts";
import { killAllOn } from "./processes.ts";
import { until } from "./until.ts";

/** The checkout that is tested. */
export const checkout = join(import.meta.dirname, "../../..");

export type Folder = AsyncDisposable & { path: string };

/**
 * A folder that goes at the end of the test, with every process that works in it.
 *
 * @param options.owner closed to everybody else; by default root's, and others may pass through, as /var/lib/simpul
 */
export async function temporaryFolder(options: { owner?: Account } = {}): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "simpul-e2e-"));
  await chmod(path, options.owner ? 0o700 : 0o711);
  if (options.owner) await chown(path, options.owner.uid, options.owner.gid);
  return { path, [Symbol.asyncDispose]: () => clear(path) };
}

/** Ends who works in the folder and removes it. */
export async function clear(path: string): Promise<void> {
  await until(`nobody works in ${path}`, async () => {
    await killAllOn(path);
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    return true;
  });
}

/** What git knows of the checkout, as it lies there: like a fresh clone, with what is not committed yet. */
export async function copyCheckout(to: string): Promise<void> {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: checkout });
  for (const file of list.toString().split("\0").filter(Boolean)) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(checkout, file), join(to, file), { preserveTimestamps: true }).catch(unlessDeleted);
  }
}

/** The same with its packages, so that nothing has to be fetched. */
export async function copyInstalledCheckout(to: string, owner: Account): Promise<void> {
  await copyCheckout(to);
  execFileSync("cp", ["-a", join(checkout, "node_modules"), to]);
  execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, to]);
}

function unlessDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
