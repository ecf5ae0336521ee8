import { randomBytes } from "node:crypto";
import type pg from "pg";
import { connect } from "../../core/db/database.ts";
import type { Db } from "../../core/db/tables.ts";
import { databaseOf, query } from "./server.ts";

export type TestDatabase = {
  /** The owner of this database. */
  config: pg.ClientConfig;
  /** As the application: without the rights that the owner has. */
  db: Db;
  owner: Db;
  close(): Promise<void>;
};

/** A database of one's own with all migrations and no rows; one for each test file. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { server, template } = await findServer();
  const { config, drop } = await createDatabase(server, template);
  return openDatabase(config, drop);
}

/** @param drop what becomes of it in the end */
export function openDatabase(config: pg.ClientConfig, drop: () => Promise<void>): TestDatabase {
  const application = connect(config, { as: "application", max: 10 });
  const owner = connect(config, { as: "owner", max: 2 });
  return {
    config,
    db: application.db,
    owner: owner.db,
    async close() {
      await application.close();
      await owner.close();
      await drop();
    },
  };
}

/** A database in which nothing is, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ config: pg.ClientConfig; drop(): Promise<void> }> {
  return createDatabase((await findServer()).server, "template0");
}

/** Asked when it is needed: a benchmark has an office, too, and a server of its own. */
async function findServer() {
  const { inject } = await import("vitest");
  return inject("postgres");
}

async function createDatabase(server: pg.ClientConfig, template: string) {
  const name = `simpul_test_${randomBytes(6).toString("hex")}`;
  // Half of what writing the copy into the log costs.
  await query(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    config: databaseOf(server, name),
    drop: async () => void (await query(server, `drop database ${name} with (force)`)),
  };
}
