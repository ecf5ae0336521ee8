import { lstat, readdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sudoAs } from "../../core/db/postgres/state-folder.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** One place in the state folder, or the folder itself. */
export type Place = { path: string; mode: number; uid: number };

/** As root the account of the database's server passes through the folder. */
const openToOthers = 0o077;
const openToOthersForRoot = 0o066;

/** What lies in the state folder and nobody else may read. Programs that were copied there are no secret. */
const secretNames =
  /^(postgres|postgres\.password|postgres\.log|run|files|telegram-server|pulumi|pulumi\.passphrase|stacks)$/;

/** The folder first, then what is secret in it; undefined: not made yet, or closed to this account. */
export async function lookAtFolder(home: string): Promise<Place[] | undefined> {
  try {
    const names = (await readdir(home)).filter((name) => secretNames.test(name)).sort();
    return await Promise.all([home, ...names.map((name) => join(home, name))].map(lookAt));
  } catch {
    return undefined;
  }
}

async function lookAt(path: string): Promise<Place> {
  const { mode, uid } = await lstat(path);
  return { path, mode: mode & 0o777, uid };
}

export type FolderLook = {
  home: string;
  exists: boolean;
  places: readonly Place[] | undefined;
  isRoot: boolean;
  /** Ids of whom the folder and what is in it may belong to, our own first; none where the system has no ids. */
  ownAccounts: readonly number[];
};

export function judgeFolder({ home, exists, places, isRoot, ownAccounts }: FolderLook): Finding[] {
  if (!exists) return [ok("folder", `${home} is not there yet: the first start makes it`)];
  if (places === undefined)
    return [fail("folder", `${home} is closed to this account`, "run doctor as the account that runs Simpul")];
  const foreign = places.find(({ uid }) => ownAccounts.length > 0 && !ownAccounts.includes(uid));
  if (foreign !== undefined) return [judgeOwner(foreign, home, ownAccounts[0])];
  const findings = places.flatMap((place) => judgePlace(place, place.path === home, isRoot));
  return findings.length > 0 ? findings : [ok("folder", `${home} can be read by no other account`)];
}

/** Whose folder or database it is runs Simpul; what else is another's in one's own folder came there by mistake. */
function judgeOwner({ path, uid }: Place, home: string, ownAccount: number | undefined): Finding {
  const says = `${path} belongs to the user with id ${uid}`;
  if ([home, join(home, "postgres")].includes(path)) return fail("folder", says, runAsOwner(uid));
  return fail("folder", says, `sudo chown -R ${ownAccount} ${quote(path)}`);
}

/** @param uid undefined: not known */
export function runAsOwner(uid: number | undefined): string {
  return `run doctor as the account that runs Simpul: ${sudoAs(uid)} npm run doctor`;
}

function judgePlace({ path, mode }: Place, isHome: boolean, isRoot: boolean): Finding[] {
  const isRootsHome = isHome && isRoot;
  if ((mode & (isRootsHome ? openToOthersForRoot : openToOthers)) === 0) return [];
  const fix = `chmod ${isRootsHome ? "711" : "go-rwx"} ${quote(path)}`;
  return [fail("folder", `${path} is open to others (mode ${mode.toString(8)})`, fix)];
}

function quote(path: string): string {
  return /^[\w/.-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

const almostFullBytes = 512 * 2 ** 20;
const littleBytes = 2 * 2 ** 30;
const littleShare = 0.05;

/** Of the disk on which the folder lies, or will lie. */
export async function lookAtDisk(home: string): Promise<{ freeBytes: number; sizeBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(home);
    return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
  } catch (fault) {
    if (dirname(home) === home) throw fault;
    return lookAtDisk(dirname(home));
  }
}

/** PostgreSQL stops at a full disk, and so does all work. */
export function judgeDisk(home: string, { freeBytes, sizeBytes }: { freeBytes: number; sizeBytes: number }): Finding {
  const says = `${megabytes(freeBytes)} free of ${megabytes(sizeBytes)} for ${home}`;
  const fix = `make room (du -xsh ${quote(home)}/*), or move the folder to a larger disk: docs/operations.md, "Moving to another machine"`;
  if (freeBytes < almostFullBytes) return fail("disk", `nearly full: ${says}`, fix);
  if (freeBytes < littleBytes || freeBytes < sizeBytes * littleShare) return warn("disk", says, fix);
  return ok("disk", says);
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MB`;
}
