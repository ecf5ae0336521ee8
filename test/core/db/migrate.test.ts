import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { connect } from "../../../core/db/database.ts";
import { listPending, MigrationRefused, migrate } from "../../../core/db/migrate.ts";
import { lockStates } from "../../../core/db/monitoring/monitor-samples.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../../core/db/postgres/embedded-postgres.ts";
import type { Db } from "../../../core/db/tables.ts";
import { emptyDatabase, freshDatabase, type TestDatabase } from "../../support/database.ts";
import { asUser, databaseOf, makeTemporaryFolder, query, THROW_AWAY } from "../../support/server.ts";

const FIRST = "create table office (id bigint primary key, name text); insert into office values (1, 'Diskominfo');";
const SECOND = "create table journal (id bigint generated always as identity primary key, event text);";

let config: pg.ClientConfig;
let drop: () => Promise<void>;
let folder: string;

beforeEach(async () => {
  ({ config, drop } = await emptyDatabase());
  folder = await makeTemporaryFolder();
  await writeMigration("001-office.sql", FIRST);
  await writeMigration("002-journal.sql", SECOND);
});

afterEach(async () => {
  await drop();
  await rm(folder, { recursive: true });
});

describe("migrating", () => {
  it("runs each file once, in order, and notes it", async () => {
    expect(await migrate(config, folder)).toEqual(["001-office.sql", "002-journal.sql"]);
    expect(await migrate(config, folder)).toEqual([]);
    expect((await query(config, "select name from migration order by applied_at")).rows).toEqual([
      { name: "001-office.sql" },
      { name: "002-journal.sql" },
    ]);
  });

  it("runs only what was added since", async () => {
    await migrate(config, folder);
    await writeMigration("003-rack.sql", "create table rack (id bigint primary key)");
    expect(await migrate(config, folder)).toEqual(["003-rack.sql"]);
  });

  it("runs each file once when two processes start at once", async () => {
    const runs = await Promise.all([migrate(config, folder), migrate(config, folder)]);
    expect(runs.flat().sort()).toEqual(["001-office.sql", "002-journal.sql"]);
    expect((await query(config, "select * from office")).rowCount).toBe(1);
  });

  it("leaves nothing of a file that fails", async () => {
    await writeMigration("003-rack.sql", "create table rack (id bigint primary key); select 1 / 0");
    await expect(migrate(config, folder)).rejects.toThrow("running the migration 003-rack.sql: division by zero");
    expect((await query(config, "select to_regclass('rack') as rack")).rows).toEqual([{ rack: null }]);
    expect((await query(config, "select * from migration")).rowCount).toBe(2);
  });

  it("refuses a database of a newer version", async () => {
    await migrate(config, folder);
    await query(config, "insert into migration (name, sha256) values ('003-newer.sql', '')");
    await expect(migrate(config, folder)).rejects.toThrow(MigrationRefused);
    await expect(migrate(config, folder)).rejects.toThrow("003-newer.sql, which this version of Simpul does not know");
  });

  it("refuses a file that was changed after it was applied", async () => {
    await migrate(config, folder);
    await writeMigration("001-office.sql", `${FIRST} -- changed`);
    await expect(migrate(config, folder)).rejects.toThrow("001-office.sql was changed after it was applied");
  });

  it("refuses a file that was put before an applied one", async () => {
    await migrate(config, folder);
    await writeMigration("001-person.sql", "create table person (id bigint primary key)");
    await expect(migrate(config, folder)).rejects.toThrow("001-person.sql comes before 002-journal.sql");
  });

  it("says what a superuser has to run when the owner may not make roles", async () => {
    const owner = await ownerWithoutRights();
    await expect(migrate(owner, folder)).rejects.toThrow(`GRANT simpul_app TO "${owner.user}"`);
  });

  it("brings an empty database to this version", async () => {
    const ours = await migrate(config);
    expect(ours[0]).toMatch(/^001-/);
    expect(await migrate(config)).toEqual([]);
  });
});

it("tells what it would run, and changes nothing by asking", async () => {
  expect(await listPending(config, folder)).toEqual(["001-office.sql", "002-journal.sql"]);
  expect((await query(config, "select to_regclass('migration') as name")).rows).toEqual([{ name: null }]);

  await migrate(config, folder);

  expect(await listPending(config, folder)).toEqual([]);
});

describe("the application's role", () => {
  let db: Db;

  beforeEach(async () => {
    await migrate(config, folder);
    ({ db } = connect(config, { as: "application", max: 1 }));
  });

  afterEach(() => db.destroy());

  it("reads and writes rows", async () => {
    await sql`insert into office values (2, 'Dinas Kesehatan')`.execute(db);
    await sql`update office set name = 'Dinkes' where id = 2`.execute(db);
    await sql`delete from office where id = 1`.execute(db);
    expect((await sql`select * from office`.execute(db)).rows).toEqual([{ id: 2, name: "Dinkes" }]);
  });

  it("adds to the journal and reads it", async () => {
    await sql`insert into journal (event) values ('ticket-filed')`.execute(db);
    expect((await sql`select event from journal`.execute(db)).rows).toEqual([{ event: "ticket-filed" }]);
  });

  it.each([
    "update journal set event = 'nothing'",
    "delete from journal",
    "truncate journal",
    "drop table journal",
    "alter table journal disable trigger all",
    "update migration set sha256 = ''",
    "delete from migration",
    "insert into migration (name, sha256) values ('900-own.sql', '')",
    "create table mine (id bigint)",
  ])("is refused: %s", async (statement) => {
    await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: "42501" });
  });

  describe("in the database of this version", () => {
    let fresh: TestDatabase;
    beforeAll(async () => {
      fresh = await freshDatabase();
      return fresh.close;
    });

    it.each([
      "update journal set event = ''",
      "delete from journal",
      "truncate journal cascade",
      "alter table journal disable trigger all",
      "update journal_chain set hash = hash",
      "delete from journal_chain",
      "truncate journal_chain",
      "drop table journal_chain",
      "drop trigger journal_is_sealed_later on journal",
      "set session_replication_role = replica",
    ])("is refused: %s", async (statement) => {
      await expect(sql.raw(statement).execute(fresh.db)).rejects.toMatchObject({ code: "42501" });
    });

    it("adds to the journal and to its chain", async () => {
      const [row] = (
        await sql<{ id: number }>`insert into journal (at, event, subject_kind, subject_id)
          values (now(), 'tested', 'ticket', 1) returning id`.execute(fresh.db)
      ).rows;
      await sql`insert into journal_chain values (1, ${row?.id}, ${Buffer.alloc(32)})`.execute(fresh.db);
      expect((await sql`select number from journal_chain`.execute(fresh.db)).rows).toEqual([{ number: 1 }]);
    });
  });
});

describe("on a server that has no role for the application", () => {
  let server: EmbeddedPostgres;

  beforeEach(async () => {
    const home = await makeTemporaryFolder();
    server = await openEmbeddedPostgres({ home, ...THROW_AWAY });
    return async () => {
      await server.stop();
      await rm(home, { recursive: true });
    };
  });

  it("databases may migrate at once, although all make that role, and their owner need not be a superuser", async () => {
    await query(server.config, "create role office login createrole password 'office'");
    const names = ["a", "b", "c", "d"];
    for (const name of names) await query(server.config, `create database ${name} owner office`);
    const owners = names.map((name) => asUser(databaseOf(server.config, name), "office", "office"));

    const runs = await Promise.all(owners.map((owner) => migrate(owner, folder)));
    expect(runs.map((run) => run.length)).toEqual([2, 2, 2, 2]);

    for (const owner of owners) {
      const { db } = connect(owner, { as: "application", max: 1 });
      onTestFinished(() => db.destroy());
      expect((await sql`select current_user as name from office`.execute(db)).rows).toEqual([{ name: "simpul_app" }]);
    }
  });
});

it("grants nothing while a worker makes partitions, whose rows of the catalogue it would change as well", async () => {
  const { db } = connect(config, { as: "owner", max: 1 });
  onTestFinished(() => db.destroy());
  const granted = Promise.withResolvers<string[]>();
  await db.transaction().execute(async (tx) => {
    await lockStates(tx);
    migrate(config, folder).then(granted.resolve, granted.reject);
    const waiting =
      "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
    await expect.poll(async () => (await query(config, waiting)).rowCount).toBe(1);
  });
  expect(await granted.promise).toHaveLength(2);
});

async function writeMigration(name: string, text: string) {
  await writeFile(join(folder, name), text);
}

/** Owns the database but nothing else; the role of the application exists already. */
async function ownerWithoutRights() {
  const user = `simpul_poor_${randomBytes(4).toString("hex")}`;
  await query(config, `create role ${user} login password 'poor'`);
  await query(config, `do $$ begin execute format('alter database %I owner to ${user}', current_database()); end $$`);
  onTestFinished(async () => void (await query(inject("postgres").server, `drop role ${user}`)));
  return asUser(config, user, "poor");
}
