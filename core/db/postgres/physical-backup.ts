import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { connectClient } from "./postgres-session.ts";

/** A server that is being copied, file by file, while it works. Whoever dies in between leaves nothing behind in it. */
export type PhysicalBackup = AsyncDisposable & {
  /** "18.4" */
  serverVersion: string;
  dataDirectory: string;
  /**
   * After the last file of the data directory was copied.
   *
   * @returns the text of `backup_label`, with which the copy recovers, and the segments of `pg_wal` that it needs; they
   *   stay until this backup is disposed of
   */
  stop(): Promise<{ label: string; segments: string[] }>;
};

/**
 * Begins an online backup, as `pg_basebackup` does. A temporary slot keeps the write-ahead log from its beginning on; slot
 * and backup end with this connection.
 *
 * source: PostgreSQL 18, 25.3.3 "Making a Base Backup Using the Low Level API"
 *
 * @param owner a superuser, as ours of the embedded server is
 */
export async function beginPhysicalBackup(owner: pg.ClientConfig): Promise<PhysicalBackup> {
  const client = await connectClient(owner, "simpul backup");
  try {
    await client.query("select pg_create_physical_replication_slot($1, true, true)", [`simpul_backup_${process.pid}`]);
    const { rows } = await client.query<{ first: string; directory: string; version: string }>(
      `select pg_walfile_name(pg_backup_start('simpul', fast => true)) as first,
              current_setting('data_directory') as directory, current_setting('server_version') as version`,
    );
    const [begun] = rows;
    if (begun === undefined) throw new Error("beginning a backup: the server said nothing");
    return {
      serverVersion: begun.version,
      dataDirectory: begun.directory,
      stop: () => stop(client, begun),
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (fault) {
    await client.end();
    throw fault;
  }
}

async function stop(client: pg.Client, { first, directory }: { first: string; directory: string }) {
  const { rows } = await client.query<{ last: string; labelfile: string; spcmapfile: string }>(
    "select pg_walfile_name(lsn) as last, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => false)",
  );
  const [ended] = rows;
  if (ended === undefined) throw new Error("ending a backup: the server said nothing");
  if (ended.spcmapfile.trim() !== "") throw new Error("ending a backup: tablespaces outside the folder are not copied");
  const present = (await readdir(join(directory, "pg_wal"))).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  const segments = present.filter((name) => name >= first && name <= ended.last);
  if (segments[0] !== first || segments.at(-1) !== ended.last) {
    throw new Error(`ending a backup: the write-ahead log from ${first} to ${ended.last} is not there`);
  }
  return { label: ended.labelfile, segments };
}

/** Their contents mean nothing to a copy, but the folders have to be there. source: PostgreSQL 18, 25.3.4 */
const emptied = [
  "pg_dynshmem",
  "pg_notify",
  "pg_replslot",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
  "pg_wal",
];
const leftOut =
  /^(postmaster\.(pid|opts)|backup_label|tablespace_map|backup_manifest|pg_internal\.init)(\..*)?$|^pgsql_tmp/;

/** It says where recovery begins, so it is read after everything else. */
export const controlFile = "global/pg_control";

/** What of a data directory goes into a copy: paths within it, folders before what is in them, the control file last. */
export async function listDataDirectory(directory: string): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  const look = async (below: string) => {
    const entries = await readdir(join(directory, below), { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = join(below, entry.name);
      if (leftOut.test(entry.name)) continue;
      if (entry.isDirectory()) {
        folders.push(path);
        if (!emptied.includes(path)) await look(path);
      } else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink())
        throw new Error(`copying the database: ${path} lies elsewhere, which is not supported`);
    }
  };
  await look("");
  return { folders, files: [...files.filter((path) => path !== controlFile), controlFile] };
}

/** Written whole by the server, yet a read may fall in the middle: read until it is twice the same. */
export async function readControlFile(directory: string): Promise<Buffer> {
  await using file = await open(join(directory, controlFile));
  const read = async () => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return buffer.subarray(0, bytesRead);
  };
  for (let last = await read(); ; ) {
    const next = await read();
    if (next.equals(last)) return next;
    last = next;
  }
}
