import pg from "pg";
import { OperatorFault } from "../domain/operator-fault.ts";
import { applicationRole, checkServer } from "./database.ts";
import { lockKey } from "./locks.ts";
import {
  type AppliedMigration,
  explainMisfit,
  fitMigrations,
  type Migration,
  type MigrationFit,
  readMigrations,
} from "./migration-fit.ts";
import { connectClient } from "./postgres/postgres-session.ts";

/** The application may add rows here, and read them, but never change or remove one. */
const appendOnly = [
  ...["journal", "journal_chain", "entry", "work_order_move"],
  ...["approval", "approval_reminder", "decision", "update_freeze"],
  ...["announcement_version", "announcement_office", "announcement_decision", "place_feed"],
  ...["handover", "stack_plan", "foreign_state", "isolation_decision"],
];

const insufficientPrivilege = "42501";

/** The database does not fit this version of Simpul; the text says what to do. */
export class MigrationRefused extends OperatorFault {
  override name = "MigrationRefused";
}

/**
 * Brings the database up to this version: runs each `NNN-name.sql` that it has not seen, in order and each in a
 * transaction, then sets what the application's role may do. Two processes may start at once: one waits.
 *
 * @param owner of the database
 * @returns the names that were run now
 * @throws MigrationRefused the database is newer than this version, or an applied file was changed
 */
export async function migrate(owner: pg.ClientConfig, folder?: string): Promise<string[]> {
  const client = await connectClient(owner, "simpul migrate");
  try {
    await checkServer(client);
    await client.query("select pg_advisory_lock($1)", [lockKey("migrate")]);
    await createApplicationRole(client);
    const pending = pendingOrRefuse(fitMigrations(await readMigrations(folder), await appliedMigrations(client)));
    for (const migration of pending) await run(client, migration);
    await setGrants(client);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * What `migrate` would run, without changing anything.
 *
 * @throws MigrationRefused the database is newer than this version, or an applied file was changed
 */
export async function listPending(owner: pg.ClientConfig, folder?: string): Promise<string[]> {
  const client = await connectClient(owner, "simpul migrations");
  try {
    const { rows } = await client.query("select to_regclass('public.migration') as name");
    const applied = rows[0]?.name === null ? [] : await readApplied(client);
    return pendingOrRefuse(fitMigrations(await readMigrations(folder), applied)).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function appliedMigrations(client: pg.Client): Promise<AppliedMigration[]> {
  await client.query(
    `create table if not exists migration (
       name text primary key,
       sha256 text not null,
       applied_at timestamptz not null default now()
     )`,
  );
  return readApplied(client);
}

/** Of a database that has had migrations. */
async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>("select name, sha256 from migration order by name");
  return rows;
}

function pendingOrRefuse(fit: MigrationFit): Migration[] {
  if (fit.fits) return fit.pending;
  throw new MigrationRefused(explainMisfit(fit));
}

async function run(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await inOneTransaction(client, async () => {
    await client.query(sql);
    await client.query("insert into migration (name, sha256) values ($1, $2)", [name, sha256]);
  }).catch((cause) => {
    throw new Error(`running the migration ${name}: ${cause.message}`, { cause });
  });
}

/** Roles belong to the whole server, so the migration of another database may be making the same one right now. */
async function createApplicationRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${applicationRole}') then
        create role ${applicationRole} nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
    // Before version 16 every member could take the role on; since then it is a right of its own.
    await client.query(`do $$ begin
      if not pg_has_role(current_user, '${applicationRole}',
          case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end) then
        grant ${applicationRole} to current_user;
      end if;
    exception when unique_violation then null;
    end $$`);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError && cause.code === insufficientPrivilege)) throw cause;
    const user = pg.escapeIdentifier(client.user ?? "");
    throw new MigrationRefused(
      `The owner of the database may not create roles. As a superuser run once: CREATE ROLE ${applicationRole} NOLOGIN; GRANT ${applicationRole} TO ${user};`,
      { cause },
    );
  }
}

/** Set anew at every start, so that a table without a line here never stays open or closed by accident. */
async function setGrants(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select tablename as table from pg_tables where schemaname = 'public' and tablename = any($1)`,
    [appendOnly],
  );
  await inOneTransaction(client, async () => {
    // A worker that makes or drops a partition changes the same rows of the catalogue: `lockStates`.
    await client.query("select pg_advisory_xact_lock($1)", [lockKey("monitoring")]);
    await client.query(`
      grant usage on schema public to ${applicationRole};
      grant select, insert, update, delete on all tables in schema public to ${applicationRole};
      grant usage, select on all sequences in schema public to ${applicationRole};
      revoke insert, update, delete on migration from ${applicationRole};
    `);
    for (const { table } of rows) await client.query(`revoke update, delete on ${table} from ${applicationRole}`);
  });
}

async function inOneTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
