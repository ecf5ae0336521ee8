import { mkdir, open, readdir, rename, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { connectToRunning } from "../core/db/postgres/embedded-postgres.ts";
import { exists, serverAccount } from "../core/db/postgres/postgres-binaries.ts";
import { passwordName } from "../core/db/postgres/postgres-cluster.ts";
import { checkOwner, giveTo, makeHome } from "../core/db/postgres/state-folder.ts";
import { passphraseName } from "../infra/stacks/passphrase.ts";
import type { Manifest } from "./archive/manifest.ts";
import type { CheckedArchive } from "./archive/read-archive.ts";
import { Refused } from "./refused.ts";

const dataFolder = "postgres";
const dumpName = "database.dump";

/** @throws Refused it holds what a backup of its kind never does, which would be placed over what is no part of it */
export function checkMembers({ database, installation, folders, members }: Manifest): void {
  const own = [`files/${installation}/`, `telegram-server/${installation}/`];
  const mayHold = (path: string) =>
    own.some((folder) => path.startsWith(folder)) ||
    path === passphraseName ||
    (database.kind === "dump" ? path === dumpName : path === passwordName || path.startsWith(`${dataFolder}/`));
  for (const path of [...folders, ...members.map((member) => member.path)]) {
    if (mayHold(path)) continue;
    throw new Refused(`${path} does not belong into a backup of the kind ${database.kind}: take another backup.`);
  }
}

/** @throws Refused something is there, above all a Simpul */
export async function checkEmptyHome(home: string): Promise<void> {
  const found = await readdir(home).catch((fault: NodeJS.ErrnoException): string[] => {
    if (fault.code === "ENOENT") return [];
    if (fault.code === "ENOTDIR") throw new Refused(`${home} is no folder: set SIMPUL_HOME to one that is empty.`);
    throw fault;
  });
  if (found.length === 0) return;
  if (found.includes(dataFolder) && (await connectToRunning(home)) !== undefined) {
    throw new Refused(
      `Simpul is running over ${home}: set SIMPUL_HOME to an empty folder, nothing is restored over another one.`,
    );
  }
  throw new Refused(
    `${home} is not empty: set SIMPUL_HOME to an empty folder, for example SIMPUL_HOME=${home}-restored.`,
  );
}

/** @throws Refused files of that installation are there already */
export async function checkNoFiles(home: string, { installation }: Manifest): Promise<void> {
  for (const folder of [`files/${installation}`, `telegram-server/${installation}`]) {
    if (!(await exists(join(home, folder)))) continue;
    throw new Refused(`${join(home, folder)} is there already: move it away, or set SIMPUL_HOME to another folder.`);
  }
}

/**
 * Everything but a dump, in its place below `home`, with the account and the modes that a start gives it. The database's
 * folder appears last and whole. What was placed goes again when something fails.
 */
export async function placeMembers(home: string, archive: CheckedArchive): Promise<void> {
  const { manifest } = archive;
  await checkOwner(home);
  await makeHome(home);
  await checkSpace(home, manifest);
  // A start removes it when this process was killed, as it does with a database that was not made to its end.
  const unfinished = `${dataFolder}.new-${process.pid}`;
  const placed = new Set<string>();
  const placeOf = (path: string) => (isOfDatabase(path) ? path.replace(dataFolder, unfinished) : path);
  const makeFolder = async (path: string) => {
    const account = isOfDatabase(path) ? serverAccount() : {};
    const parts = placeOf(path).split("/");
    for (const end of parts.keys()) {
      const folder = parts.slice(0, end + 1).join("/");
      if (placed.has(folder)) continue;
      if ((await mkdir(join(home, folder), { recursive: true, mode: 0o700 })) !== undefined) placed.add(folder);
      await giveTo(join(home, folder), account);
    }
  };

  try {
    for (const folder of manifest.folders) await makeFolder(folder);
    for await (const { path, content } of archive.members()) {
      if (path === dumpName) continue;
      if (path.includes("/")) await makeFolder(dirname(path));
      const place = join(home, placeOf(path));
      const file = await open(place, "wx", 0o600);
      placed.add(placeOf(path)); // Only now: what was there before is not ours to remove.
      // What is the database's the server itself brings to the disk before it recovers.
      const flush = !isOfDatabase(path);
      await pipeline(content, file.createWriteStream({ flush }));
      if (isOfDatabase(path) || path === passwordName) await giveTo(place, serverAccount());
    }
    if (manifest.database.kind === "embedded") await rename(join(home, unfinished), join(home, dataFolder));
  } catch (fault) {
    for (const path of [...placed].toReversed()) await rm(join(home, path), { recursive: true, force: true });
    throw fault;
  }
}

async function checkSpace(home: string, { members }: Manifest): Promise<void> {
  const needed = members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize > needed) return;
  throw new Refused(
    `There is no room in ${home}: ${Math.ceil(needed / 1_000_000)} MB are needed. Set SIMPUL_HOME to a folder on another disk.`,
  );
}

function isOfDatabase(path: string): boolean {
  return path === dataFolder || path.startsWith(`${dataFolder}/`);
}
