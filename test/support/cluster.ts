import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import type { TestProject } from "vitest/node";
import { connect } from "../../core/db/database.ts";
import { migrate } from "../../core/db/migrate.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import { isAlive } from "../../core/db/postgres/postgres-cluster.ts";
import { installTasks } from "../../core/db/tasks.ts";
import { databaseOf, makeTemporaryFolder, query, TEMPORARY_PREFIX, THROW_AWAY } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner of the throw-away server, and the name of the database that holds all migrations. */
    postgres: { server: pg.ClientConfig; template: string };
  }
}

/** One server for all tests: ours, or that of TEST_DATABASE_URL (an older PostgreSQL, say). */
export default async function startCluster(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const cluster = given
    ? { config: { connectionString: given }, remove: async () => undefined }
    : await startThrowAwayCluster();
  const template = `simpul_template_${randomBytes(6).toString("hex")}`;
  try {
    await query(cluster.config, `create database ${template} encoding 'UTF8' template template0`);
    await migrate(databaseOf(cluster.config, template));
    await installTasksIn(databaseOf(cluster.config, template));
  } catch (error) {
    await cluster.remove();
    throw error;
  }
  project.provide("postgres", { server: cluster.config, template });

  return async () => {
    if (given) await query(cluster.config, `drop database ${template} with (force)`);
    await cluster.remove();
  };
}

async function installTasksIn(config: pg.ClientConfig): Promise<void> {
  const { pool, close } = connect(config, { as: "owner", max: 2 });
  await installTasks(pool);
  await close();
}

async function startThrowAwayCluster() {
  await removeLeftOvers();
  const home = await makeTemporaryFolder();
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const { config, stop } = await openEmbeddedPostgres({ home, ...THROW_AWAY });
    return {
      config,
      async remove() {
        await stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Of runs that were killed. Their servers end by themselves within a minute: PostgreSQL looks for its folder. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${TEMPORARY_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 10 });
  }
}
