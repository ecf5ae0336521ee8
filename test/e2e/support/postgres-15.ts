import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { temporaryFolder } from "./folders.ts";
import { ordinaryUser } from "./ordinary-user.ts";
import { until } from "./until.ts";

export const postgres15Folder = "/usr/lib/postgresql/15/bin";

/** A port that a program chose for itself is taken seldom; below those that the system hands out. */
const ports = Array.from({ length: 5 }, (_, index) => 21_000 + ((process.pid + index * 997) % 9_000));
const password = "only-for-this-test";

/** Debian's PostgreSQL 15 with an empty database, whose owner may create roles and is no superuser. */
export async function openPostgres15(): Promise<AsyncDisposable & { url: string }> {
  const owner = ordinaryUser();
  const folder = await temporaryFolder({ owner });
  const asOwner = { ...owner, cwd: folder.path, env: { LC_ALL: "C.UTF-8" } };
  const data = join(folder.path, "data");
  const passwordFile = join(folder.path, "password");
  writeFileSync(passwordFile, password);
  const initdb = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "-N"];
  execFileSync(join(postgres15Folder, "initdb"), initdb, { ...asOwner, stdio: "pipe" });

  for (const port of ports) {
    const options = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder.path}`];
    const args = ["-D", data, ...options.flatMap((option) => ["-c", option])];
    const server = spawn(join(postgres15Folder, "postgres"), args, { ...asOwner, stdio: "ignore" });
    if (!(await isListening(server, data, port))) continue;
    await createDatabase(port);
    return {
      url: `postgres://simpul_owner:${password}@127.0.0.1:${port}/simpul`,
      async [Symbol.asyncDispose]() {
        server.kill("SIGINT");
        if (server.exitCode === null) await once(server, "exit");
        await folder[Symbol.asyncDispose]();
      },
    };
  }
  await folder[Symbol.asyncDispose]();
  throw new Error(`PostgreSQL 15 could listen on none of the ports ${ports.join(", ")}`);
}

/** @returns false where it ended, because somebody else has the port */
function isListening(server: ChildProcess, data: string, port: number): Promise<boolean> {
  return until(`PostgreSQL 15 listens on port ${port}`, async () => {
    if (server.exitCode !== null) return { listens: false };
    const client = superuser(port);
    try {
      await client.connect();
      // Another test's may have the port; ours ends then.
      const { rows } = await client.query("show data_directory");
      return rows[0]?.data_directory === data ? { listens: true } : undefined;
    } catch {
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  }).then(({ listens }) => listens);
}

async function createDatabase(port: number): Promise<void> {
  const client = superuser(port);
  await client.connect();
  await client.query(`create role simpul_owner login createrole password '${password}'`);
  await client.query("create database simpul owner simpul_owner");
  await client.end();
}

function superuser(port: number): pg.Client {
  return new pg.Client({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres" });
}
