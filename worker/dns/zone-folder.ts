import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flushFolder } from "../../core/db/postgres/state-folder.ts";

/** Read by a name server, which is another account: what is in it everybody may ask for anyway. */
const folderMode = 0o755;
const fileMode = 0o644;

/** The list of the zones, for the configuration of the name server. */
const listName = "zones.conf";
const ending = ".zone";

export async function makeZoneFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Whatever the umask says.
  await chmod(folder, folderMode);
}

export function zonePath(folder: string, zone: string): string {
  return join(folder, `${zone}${ending}`);
}

export async function hasZone(folder: string, zone: string): Promise<boolean> {
  try {
    return (await stat(zonePath(folder, zone))).isFile();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw fault;
  }
}

/** Beside its place, on the disk; `putInPlace` or `remove` is next. */
export async function writeBeside(path: string, text: string): Promise<string> {
  const beside = `${path}.new`;
  await writeFile(beside, text, { flush: true });
  await chmod(beside, fileMode);
  return beside;
}

/** Who reads the file finds the former or the new one, whole. */
export async function putInPlace(folder: string, beside: string, path: string): Promise<void> {
  await rename(beside, path);
  await flushFolder(folder);
}

export async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Takes away the files of zones that are no more, and lists those that are there as BIND and PowerDNS read it. */
export async function listZonesInFolder(folder: string, zones: readonly string[]): Promise<void> {
  const wanted = new Set(zones.map((zone) => `${zone}${ending}`));
  const there = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const list = there
    .filter((name) => wanted.has(name))
    .sort()
    .map((name) => `zone "${name.slice(0, -ending.length)}" { type master; file "${name}"; };\n`)
    .join("");
  const path = join(folder, listName);
  await putInPlace(folder, await writeBeside(path, list), path);
  for (const name of there.filter((each) => !wanted.has(each))) await remove(join(folder, name));
}
