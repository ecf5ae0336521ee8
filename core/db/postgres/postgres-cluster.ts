import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { OperatorFault } from "../../domain/operator-fault.ts";
import {
  exists,
  findBinaries,
  type PostgresBinaries,
  renameUnlessTaken,
  type ServerAccount,
  serverAccount,
} from "./postgres-binaries.ts";
import { checkOwner, flushFolder, giveTo, homeMode, makeHome } from "./state-folder.ts";

const run = promisify(execFile);

export const ownerRole = "simpul_owner";

/** In the home folder. */
export const passwordName = "postgres.password";

/** The file name of the socket takes 14 bytes, and macOS allows 103 for both. */
const longestSocketDirectory = 88;

/** Nothing of the caller's: neither its secrets nor a PGPORT. macOS wants a locale that it knows. */
export const serverEnv = { PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C" };

/** What lies in a home folder and what is needed to start the server over it. */
export type Cluster = {
  home: string;
  /** `home/postgres`, PostgreSQL's data directory. */
  data: string;
  log: string;
  /** Where a server that we start listens; one that runs already may listen elsewhere. */
  socketDirectory: string;
  password: string;
  account: ServerAccount;
  binaries: PostgresBinaries;
};

/**
 * Makes what is missing in `home`; the data directory appears there only when it is complete.
 *
 * @throws ForeignFolder it belongs to another account; nothing was changed
 */
export async function prepareCluster(givenHome: string, initdbArguments: string[]): Promise<Cluster> {
  await checkOwner(givenHome);
  const account = serverAccount();
  const home = await makeHome(givenHome);
  await chmod(home, homeMode());
  await checkReachable(home, account);
  const binaries = await findBinaries(home, account);
  const passwordFile = await preparePassword(home, account);
  const cluster = {
    home,
    data: join(home, "postgres"),
    log: join(home, "postgres.log"),
    password: await readFile(passwordFile, "utf8"),
    account,
    binaries,
  };
  await removeUnfinished(home);
  if (!(await exists(cluster.data))) await initialise(cluster, [`--pwfile=${passwordFile}`, ...initdbArguments]);
  return { ...cluster, socketDirectory: await prepareSocketDirectory(cluster) };
}

/** What the running server, or the last one, wrote into its `postmaster.pid`. */
export type ServerRecord = {
  pid: number;
  socketDirectory: string;
};

/** Undefined: none, or not written to the end, or that of a folder from which this one was copied. */
export async function readServerRecord(data: string): Promise<ServerRecord | undefined> {
  const text = await readFile(recordFile(data), "utf8").catch(() => "");
  const [pid, directory, , , socketDirectory] = text.split("\n");
  return directory === data && socketDirectory ? { pid: Number(pid), socketDirectory } : undefined;
}

/**
 * How to reach the server that runs over that folder, without making anything there.
 *
 * @returns undefined: none runs, or one that is not ours
 */
export async function findRunningServer(
  givenHome: string,
): Promise<{ password: string; socketDirectory: string } | undefined> {
  const home = await realpath(givenHome);
  const record = await readServerRecord(join(home, "postgres"));
  if (record === undefined || !isAlive(record.pid)) return undefined;
  if (!(await isPrivate(record.socketDirectory, serverAccount()))) return undefined;
  const password = await readFile(join(home, passwordName), "utf8");
  return { password, socketDirectory: record.socketDirectory };
}

export function recordFile(data: string): string {
  return join(data, "postmaster.pid");
}

/** Nobody else may listen in it: a stranger's server would be told our password. */
export async function isPrivate(directory: string, account: ServerAccount): Promise<boolean> {
  const found = await stat(directory).catch(() => undefined);
  return found !== undefined && found.uid === (account.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0;
}

/**
 * As root the server runs as another account, which has to get to its folder.
 *
 * @throws OperatorFault it may not enter a folder above
 */
export async function checkReachable(home: string, { uid } = serverAccount()): Promise<void> {
  if (uid === undefined) return;

  for (let folder = dirname(home); folder !== dirname(folder); folder = dirname(folder)) {
    const above = await stat(folder).catch(undefinedWhenMissing);
    if (above !== undefined && (above.mode & 0o001) === 0 && above.uid !== uid)
      throw new OperatorFault(
        `Preparing the database in ${home}: started as root its server runs as user ${uid}, who may not enter ${folder}. Set SIMPUL_HOME to a folder that others may pass through, such as /var/lib/simpul.`,
      );
  }
}

/** Folders that are made later are made so that the server may pass. */
function undefinedWhenMissing(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== "ENOENT") throw fault;
}

/** Two processes that start at once agree on the first one's password. */
async function preparePassword(home: string, account: ServerAccount): Promise<string> {
  const file = join(home, passwordName);
  if (await exists(file)) return file;
  const unfinished = `${file}.new-${process.pid}`;
  await writeFile(unfinished, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  await giveTo(unfinished, account);
  await link(unfinished, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(unfinished);
  return file;
}

/** What processes left behind that died before their rename. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^postgres.*\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(home, name), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function initialise(cluster: Omit<Cluster, "socketDirectory">, extraArguments: string[]): Promise<void> {
  const { home, data, account, binaries } = cluster;
  const unfinished = `${data}.new-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await giveTo(unfinished, account);
  const settings = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", ...extraArguments];
  try {
    await run(binaries.initdb, ["-D", unfinished, "-U", ownerRole, ...settings], {
      ...account,
      cwd: home,
      env: serverEnv,
    });
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? cause.stderr : cause;
    throw new Error(`preparing the database in ${home}: initdb said ${said}`, { cause });
  }
  await renameUnlessTaken(unfinished, data);
  await flushFolder(home);
}

async function prepareSocketDirectory(cluster: Omit<Cluster, "socketDirectory">): Promise<string> {
  const { home, data, account } = cluster;
  const last = (await readServerRecord(data))?.socketDirectory;
  if (last && (await isPrivate(last, account))) return last;

  const directory = isUsable(join(home, "run")) ? join(home, "run") : await mkdtemp(temporaryPrefix());
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o700);
  await giveTo(directory, account);
  return directory;
}

function temporaryPrefix(): string {
  const prefix = join(tmpdir(), "simpul-");
  return isUsable(`${prefix}XXXXXX`) ? prefix : "/tmp/simpul-";
}

/** The server takes a list of directories with quotes and commas; plain ones need no quoting. */
function isUsable(directory: string): boolean {
  return directory.length <= longestSocketDirectory && /^[\w/.-]+$/.test(directory);
}
