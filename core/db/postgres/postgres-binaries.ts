import { execFile } from "node:child_process";
import { chmod, cp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** The programs of one PostgreSQL; `pg_ctl` is not needed, see embedded-postgres.ts. */
export type PostgresBinaries = {
  initdb: string;
  postgres: string;
};

/** Whom the server runs as. Without ids: as who started us. */
export type ServerAccount = {
  uid?: number;
  gid?: number;
};

const nobodyAccount: ServerAccount = { uid: 65534, gid: 65534 };

const binariesPackage = z.object({ initdb: z.string(), postgres: z.string() });

/** PostgreSQL refuses to run as root, so that root's server runs as nobody. */
export function serverAccount(): ServerAccount {
  return process.getuid?.() === 0 ? nobodyAccount : {};
}

/**
 * The binaries that npm installed for this machine, or a copy of them below `home` where the server's account
 * cannot reach those: root's checkout below a folder of mode 0700.
 */
export async function findBinaries(home: string, account: ServerAccount): Promise<PostgresBinaries> {
  const installed = await installedBinaries();
  if (account.uid === undefined) return installed;
  const isReachable = await run(installed.postgres, ["--version"], { ...account, cwd: "/" }).then(
    () => true,
    () => false,
  );
  return isReachable ? installed : copyBinaries(installed, home);
}

/** Of the server that comes along, e.g. "18.4". */
export async function embeddedVersion(): Promise<string> {
  const { postgres } = await installedBinaries();
  const { stdout } = await run(postgres, ["--version"]);
  return /[\d.]+/.exec(stdout)?.[0] ?? "";
}

async function installedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return binariesPackage.parse(await import(name));
  } catch (cause) {
    throw new Error(
      `loading the database's programs: the package ${name} is not installed. Run npm ci, or set DATABASE_URL to a PostgreSQL server of version 15 or newer.`,
      { cause },
    );
  }
}

async function copyBinaries(installed: PostgresBinaries, home: string): Promise<PostgresBinaries> {
  const target = join(home, `postgres-${await embeddedVersion()}`);
  const bin = join(target, "bin");
  const copied = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  if (await exists(target)) return copied;

  const unfinished = `${target}.new-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(dirname(dirname(installed.postgres)), unfinished, { recursive: true, verbatimSymlinks: true });
  await makeReadable(unfinished);
  await renameUnlessTaken(unfinished, target);
  return copied;
}

/** Installed under a tight umask, files are closed to others wherever they are copied to. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o700) | 0o055);
  }
}

/** Two processes may make the same folder at once: the first one's stays, and the other's is removed. */
export async function renameUnlessTaken(unfinished: string, target: string): Promise<void> {
  try {
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "EEXIST");
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
