import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { OperatorFault } from "../../domain/operator-fault.ts";
import { tryLockPatiently } from "../locks.ts";
import { exists } from "./postgres-binaries.ts";
import {
  type Cluster,
  findRunningServer,
  isPrivate,
  ownerRole,
  prepareCluster,
  readServerRecord,
  recordFile,
  serverEnv,
} from "./postgres-cluster.ts";
import { connectClient, openSession, type Session } from "./postgres-session.ts";

const socketPort = 5432; // only a part of the socket's name
const longestLogBytes = 8 * 1024 * 1024;
const cannotConnectNow = "57P03";

/** For one small office on one small machine; parallel queries would ask /dev/shm for memory that a container lacks. */
const serverSettings = {
  listen_addresses: "",
  port: socketPort,
  unix_socket_permissions: "0700",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  max_parallel_workers_per_gather: 0,
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // What the server logs of a failed statement is personal data; the caller gets the error and logs it.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

export type EmbeddedPostgresOptions = {
  /** The folder of the data directory, the password, the socket and the log. */
  home: string;
  database?: string;
  /** The server was lost while it was in use, and did not come back within `patienceMs`. */
  onLost?: (fault: Error) => void;
  patienceMs?: number;
  /** Over ours, by the server's names. */
  settings?: Record<string, string>;
  initdbArguments?: string[];
};

export type EmbeddedPostgres = {
  /** For the owner of everything; connections are over a unix socket. */
  config: pg.ClientConfig;
  /** The server ran already: the process that had started it died. */
  attached: boolean;
  stop(): Promise<void>;
};

/** Another Simpul runs over the same folder. */
export class AlreadyRunning extends OperatorFault {
  override name = "AlreadyRunning";
}

/**
 * Our own PostgreSQL over a folder: made at the first start, started when it does not run, and taken over when the
 * process that had started it was killed. While it is open no other Simpul can open the folder, and a server that
 * dies is started again.
 *
 * `postgres` is started directly: `pg_ctl` would put the paths through a shell, and leave a killed server behind as
 * a zombie where process 1 does not wait for its children, and PostgreSQL takes that for a server that runs.
 *
 * @throws AlreadyRunning
 * @throws ForeignFolder it belongs to another account
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { home, database = "simpul", initdbArguments = [], onLost } = options;
  const cluster = await prepareCluster(home, initdbArguments);
  let session: Session | undefined;
  let recovery: Promise<void> | undefined;
  let isStopping = false;

  const hold = async () => {
    const server = await reachServer(cluster, options, () => {
      if (session && !isStopping) recovery = recover();
      session = undefined;
    });
    await lockFolder(server.session, home);
    session = server.session;
    return server;
  };

  const recover = async () => {
    try {
      await hold();
    } catch (fault) {
      onLost?.(fault instanceof Error ? fault : new Error(String(fault)));
    }
  };

  const { socketDirectory, isOurs, session: first } = await hold();
  cluster.socketDirectory = socketDirectory; // The same one after a recovery: the pools know no other.
  await createDatabase(first.client, database);

  return {
    config: { ...ownerConfig(cluster, socketDirectory), database },
    attached: !isOurs,
    async stop() {
      isStopping = true;
      await recovery;
      if (!session) return;
      const held = session;
      await stopServer(cluster.data);
      await held.close();
      if (dirname(socketDirectory) !== cluster.home) await rm(socketDirectory, { recursive: true, force: true });
    },
  };
}

/**
 * The server that runs over that folder now, for who works beside the Simpul that started it.
 *
 * @returns undefined: none runs, or it just stops
 */
export async function connectToRunning(home: string, database = "simpul"): Promise<pg.ClientConfig | undefined> {
  const running = await findRunningServer(home);
  if (running === undefined) return undefined;
  const config = { ...ownerConfig(running, running.socketDirectory), database };
  const giveUpAt = performance.now() + 15_000;
  for (;;) {
    try {
      const client = await connectClient(config, "simpul command");
      await client.end();
      return config;
    } catch (error) {
      if (nobodyListens(error)) return undefined;
      const isRecovering = error instanceof pg.DatabaseError && error.code === cannotConnectNow;
      if (!isRecovering || performance.now() > giveUpAt) throw error;
    }
    await pause(50);
  }
}

type ReachedServer = {
  session: Session;
  socketDirectory: string;
  /** Started here and not found running. */
  isOurs: boolean;
};

/** Connects, and starts the server where none listens; one that still recovers or just dies is waited for. */
async function reachServer(
  cluster: Cluster,
  { patienceMs = 15_000, settings = {} }: EmbeddedPostgresOptions,
  onLost: () => void,
): Promise<ReachedServer> {
  const giveUpAt = performance.now() + patienceMs;
  let server: ChildProcess | undefined;
  for (;;) {
    const socketDirectory = await findSocketDirectory(cluster);
    try {
      const config = ownerConfig(cluster, socketDirectory);
      const session = await openSession(config, { name: "simpul one per folder", onLost });
      return { session, socketDirectory, isOurs: isRunning(server) };
    } catch (error) {
      if (!mayPass(error) || performance.now() > giveUpAt) throw await explainStart(cluster, error);
      if (nobodyListens(error) && !isRunning(server)) {
        // Ours ended at once: processes of one that was killed still hold the folder, mostly.
        if (server) await pause(200);
        server = await startServer(cluster, { ...serverSettings, ...settings });
      }
    }
    await pause(20);
  }
}

async function lockFolder(session: Session, home: string): Promise<void> {
  if (await tryLockPatiently(session.client, "one Simpul per folder")) return;
  await session.close();
  throw new AlreadyRunning(
    `Simpul is already running over ${home}: stop that one first, or set SIMPUL_HOME to another folder.`,
  );
}

async function startServer(cluster: Cluster, settings: Record<string, string | number>): Promise<ChildProcess> {
  const { data, log, account, binaries, socketDirectory } = cluster;
  const all = { ...settings, unix_socket_directories: socketDirectory };
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  await shortenLog(log);
  await using file = await open(log, "a", 0o600);
  const server = spawn(binaries.postgres, ["-D", data, ...options], {
    ...account,
    cwd: "/",
    env: serverEnv,
    detached: true, // It outlives us and the terminal's Ctrl+C: only `stop` ends it.
    stdio: ["ignore", file.fd, file.fd],
  });
  await once(server, "spawn");
  server.unref();
  return server;
}

/** Fast shutdown: sessions are ended, everything is on the disk. */
async function stopServer(data: string): Promise<void> {
  const record = await readServerRecord(data);
  if (!record) return;
  process.kill(record.pid, "SIGINT");
  const giveUpAt = performance.now() + 60_000;
  while (await exists(recordFile(data))) {
    if (performance.now() > giveUpAt) throw new Error(`stopping the database: process ${record.pid} does not end`);
    await pause(10);
  }
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
}

function ownerConfig({ password }: Pick<Cluster, "password">, socketDirectory: string): pg.ClientConfig {
  return { host: socketDirectory, port: socketPort, user: ownerRole, password, database: "postgres" };
}

/** The running server's, if there is one: its record says so in its fifth line. */
async function findSocketDirectory({ data, account, socketDirectory }: Cluster): Promise<string> {
  const record = await readServerRecord(data);
  return record && (await isPrivate(record.socketDirectory, account)) ? record.socketDirectory : socketDirectory;
}

function isRunning(server: ChildProcess | undefined): boolean {
  return server !== undefined && server.exitCode === null && server.signalCode === null;
}

/** What the server itself refuses is final, but for a start or a stop that is under way. */
function mayPass(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.code === cannotConnectNow;
}

function nobodyListens(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ECONNREFUSED");
}

async function explainStart({ home, log }: Cluster, cause: unknown): Promise<Error> {
  const lines = (await readFile(log, "utf8").catch(() => "")).trimEnd().split("\n").slice(-8);
  return new Error(`starting the database in ${home}: ${cause}. Its log ends with:\n  ${lines.join("\n  ")}`, {
    cause,
  });
}

async function shortenLog(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > longestLogBytes) await rename(log, `${log}.1`);
}
