import { chmod, chown, mkdir, open, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { OperatorFault } from "../../domain/operator-fault.ts";
import { type ServerAccount, serverAccount } from "./postgres-binaries.ts";

/** The state folder is that of another account, whose Simpul must find it as it left it; the text says what to do. */
export class ForeignFolder extends OperatorFault {
  override name = "ForeignFolder";
  /** whose it is; undefined: it may not be looked into */
  readonly uid: number | undefined;

  constructor(problem: string, uid?: number) {
    super(`${problem}: run this as the account that runs Simpul, for example ${sudoAs(uid)} npm run …`);
    this.uid = uid;
  }
}

/** The words before a command that make it that account's; `simpul` is the one of docs/operations.md. */
export function sudoAs(uid: number | undefined): string {
  return uid === undefined ? "sudo -u simpul" : `sudo -u '#${uid}'`;
}

/** The ids of whom a state folder and what lies in it may belong to: ours, and as root that of the database's server too. */
export function ownAccounts(): number[] {
  return [process.getuid?.(), serverAccount().uid].filter((uid) => uid !== undefined);
}

/**
 * Before anything is made or changed there: root may do everything, and what it does closes the folder to its owner.
 *
 * @throws ForeignFolder
 */
export async function checkOwner(home: string): Promise<void> {
  const own = ownAccounts();
  for (const path of [home, join(home, "postgres")]) {
    const uid = await ownerOf(path);
    if (uid !== undefined && own.length > 0 && !own.includes(uid))
      throw new ForeignFolder(`The folder ${path} belongs to the user with id ${uid}`, uid);
  }
}

/** Undefined: nothing is there. */
async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EACCES") throw new ForeignFolder(`${path} is closed to this account`);
    throw fault;
  }
}

/** As root the account of the database's server has to pass through. */
export function homeMode(): number {
  return serverAccount().uid === undefined ? 0o700 : 0o711;
}

/**
 * The folder, with those above it, where it is missing; one that is there stays as it is.
 *
 * @returns its real path, by which the database's server knows it too
 */
export async function makeHome(home: string): Promise<string> {
  const first = await mkdir(home, { recursive: true });
  // Those above that were made just now count too: a tight umask closes them to the server's account.
  for (let folder = resolve(home); first && folder.length >= first.length; folder = dirname(folder))
    await chmod(folder, homeMode());
  return realpath(home);
}

export async function giveTo(path: string, { uid, gid }: ServerAccount): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** A rename survives a power cut only when the folder around it is on the disk. */
export async function flushFolder(path: string): Promise<void> {
  await using folder = await open(path);
  await folder.sync();
}
