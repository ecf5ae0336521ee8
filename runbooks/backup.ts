import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type pg from "pg";
import { $, quote } from "zx";
import type { Environment } from "../config/env.ts";
import { readServerVersion } from "../core/db/postgres/contents.ts";
import {
  beginPhysicalBackup,
  controlFile,
  listDataDirectory,
  readControlFile,
} from "../core/db/postgres/physical-backup.ts";
import { exists } from "../core/db/postgres/postgres-binaries.ts";
import { passwordName } from "../core/db/postgres/postgres-cluster.ts";
import { reachDatabase } from "../core/db/postgres/reach-database.ts";
import { passphraseName } from "../infra/stacks/passphrase.ts";
import type { Manifest } from "./archive/manifest.ts";
import { type ArchiveWriter, openArchive } from "./archive/write-archive.ts";
import { readInstalled } from "./installed.ts";
import { connectionOf, findTool } from "./postgres-tools.ts";
import { Refused } from "./refused.ts";
import { step } from "./step.ts";

export const summary = "copies database and files into one archive, while Simpul runs or not";
export const parameters = "[TO_FOLDER]";
export const mostParameters = 1;

/** What of the database is in an archive, and the folders in it that hold no file. */
type Kept = Pick<Manifest, "database" | "folders">;

/** @param given the folder of the archive, by default `backups` in the state folder */
export async function run(environment: Environment, [given]: readonly string[]): Promise<void> {
  const { home, databaseUrl } = environment;
  const now = new Date();

  step(databaseUrl === undefined ? `reach the database in ${home}` : "reach the server of DATABASE_URL");
  await using database = await reachDatabase(environment);
  const { id: installation, profile, purpose, journal } = await readInstalled(database.config);
  const folder = given === undefined ? join(home, "backups") : resolve(process.env.INIT_CWD ?? ".", given);
  // A typing error, or a disk that is not mounted, is not to fill this one unseen.
  if (given !== undefined && !(await exists(folder))) {
    throw new Refused(
      `There is no folder ${folder}: make it first, or mount it; for example mkdir -m 0700 ${quote(folder)}`,
    );
  }
  const path = join(folder, `simpul-${profile}-${compact(now)}.tar`);
  await using archive = await openArchive(path);

  const kept =
    databaseUrl === undefined
      ? await copyCluster(archive, database.config, home)
      : await dumpDatabase(archive, database.config, databaseUrl, `${path}.dump.unfinished-${process.pid}`);

  // After the database: each file that a row names is there by then, and stays under its hash.
  step("copy the files");
  await copyFolder(archive, home, `files/${installation}`, (name) => !["incoming", "uploads"].includes(name));
  // After the database too: so it knows more than the database, as the real Telegram does after a restore.
  if (purpose === "playground") {
    await copyFolder(archive, home, `telegram-server/${installation}`, (name) => !/\.(part|new)$/.test(name));
  }

  // The secrets in Pulumi's state, which is in the database, are of use with it only.
  await archive.addFile(passphraseName, join(home, passphraseName));

  step("write the manifest");
  const about = { format: "simpul-backup", version: 1, madeAt: now.toISOString() } as const;
  const { sizeBytes } = await archive.finish({ ...about, profile, purpose, installation, journal, ...kept });

  process.stdout.write(`
Backup ${path}, ${megabytes(sizeBytes)} MB; the journal in it has at least ${journal.number} rows.
It is a secret: it holds people's data${databaseUrl === undefined ? " and the database's password" : ""}. Copy it to another machine, and try it out:
  SIMPUL_HOME=/an/empty/folder npm run runbook -- restore ${quote(path)}
`);
}

/** The embedded database, physically: it has no pg_dump. */
async function copyCluster(archive: ArchiveWriter, owner: pg.ClientConfig, home: string): Promise<Kept> {
  step("begin the backup in the server");
  await using backup = await beginPhysicalBackup(owner);
  const data = backup.dataDirectory;

  step("copy the data directory");
  const { folders, files } = await listDataDirectory(data);
  for (const file of files) {
    if (file === controlFile) await archive.addBytes(`postgres/${file}`, await readControlFile(data));
    else await archive.addFile(`postgres/${file}`, join(data, file));
  }

  step("end the backup in the server, and copy its write-ahead log");
  const { label, segments } = await backup.stop();
  await archive.addBytes("postgres/backup_label", Buffer.from(label));
  for (const segment of segments) {
    const isThere = await archive.addFile(`postgres/pg_wal/${segment}`, join(data, "pg_wal", segment));
    if (!isThere) throw new Error(`copying the write-ahead log: ${segment} is gone`);
  }
  await archive.addFile(passwordName, join(home, passwordName));
  const database = { kind: "embedded", server: backup.serverVersion } as const;
  return { database, folders: folders.map((each) => `postgres/${each}`) };
}

/** A server of one's own, by its own tool. */
async function dumpDatabase(
  archive: ArchiveWriter,
  owner: pg.ClientConfig,
  databaseUrl: string,
  dump: string,
): Promise<Kept> {
  step("find pg_dump");
  const server = await readServerVersion(owner);
  const pgDump = await findTool("pg_dump", server);

  step("dump the database");
  const { address, env } = connectionOf(databaseUrl);
  try {
    await $({ env })`umask 077 && pg_dump --format=custom --dbname=${address} --file=${dump}`;
    await archive.addFile("database.dump", dump);
  } finally {
    await rm(dump, { force: true });
  }
  return { database: { kind: "dump", server, pgDump }, folders: [] };
}

/** Regular files only, in and below it. */
async function copyFolder(
  archive: ArchiveWriter,
  home: string,
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const entries = await readdir(join(home, folder), { withFileTypes: true }).catch(emptyWhenMissing);
  for (const entry of entries) {
    if (!isWanted(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) await copyFolder(archive, home, path, isWanted);
    if (entry.isFile()) await archive.addFile(path, join(home, path));
  }
}

function emptyWhenMissing(fault: NodeJS.ErrnoException): [] {
  if (fault.code === "ENOENT") return [];
  throw fault;
}

/** 20261125T141500Z */
function compact(now: Date): string {
  return now.toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "");
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
