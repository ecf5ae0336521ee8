import type pg from "pg";
import { z } from "zod";
import { oldestServer } from "../../core/db/database.ts";
import type { Installation } from "../../core/db/installation.ts";
import { lockKey } from "../../core/db/locks.ts";
import {
  type AppliedMigration,
  fitMigrations,
  type MigrationFit,
  readMigrations,
} from "../../core/db/migration-fit.ts";
import { placeLock } from "../../core/db/only-one.ts";
import { deafAfterMs } from "../../core/domain/deafness.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { runAsOwner } from "./folder.ts";

export type ServerLook = { number: number; version: string; encoding: string; now: Date };

export type DatabaseLook = {
  server: ServerLook;
  fit: MigrationFit;
  /** Undefined: a new database. */
  installation: Installation | undefined;
  /** A Simpul holds the poller's lock here. */
  isPolled: boolean;
  /** A part of Simpul works here, beside others; a restore, or a whole Simpul, is none. */
  hasPart: boolean;
  lastPollAt: Date | undefined;
  /** Where the journal's head is pinned; a group that became a supergroup has another id than the environment says. */
  journalChat: number | undefined;
  /** Where the desk works; the same holds. */
  staffGroup: number | undefined;
};

const serverRow = z.object({ number: z.int(), version: z.string(), encoding: z.string(), now: z.date() });

/** Only reads. */
export async function lookAtDatabase(client: pg.Client): Promise<DatabaseLook> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding, clock_timestamp() as now`,
  );
  const applied = await readRows<AppliedMigration>(
    client,
    "migration",
    "select name, sha256 from migration order by name",
  );
  const [installation] = await readRows<Installation>(
    client,
    "installation",
    "select purpose, profile from installation",
  );
  const [journal] = await readRows<{ chat: number }>(
    client,
    "journal_chat",
    "select chat_id::float8 as chat from journal_chat",
  );
  const [group] = await readRows<{ chat: number }>(
    client,
    "staff_group",
    "select chat_id::float8 as chat from staff_group",
  );
  const [poll] = await readRows<{ at: Date | null }>(client, "poller", "select max(last_poll_at) as at from poller");
  return {
    server: serverRow.parse(rows[0]),
    fit: fitMigrations(await readMigrations(), applied),
    installation,
    isPolled: await isLocked(client, "poller"),
    hasPart: await isLocked(client, placeLock, "ShareLock"),
    lastPollAt: poll?.at ?? undefined,
    journalChat: journal?.chat,
    staffGroup: group?.chat,
  };
}

/** None where the table is not there yet. */
async function readRows<Row extends pg.QueryResultRow>(
  client: pg.Client,
  table: string,
  query: string,
): Promise<Row[]> {
  const { rows } = await client.query("select to_regclass($1) as name", [`public.${table}`]);
  return rows[0]?.name === null ? [] : (await client.query<Row>(query)).rows;
}

async function isLocked(client: pg.Client, name: string, mode = "ExclusiveLock"): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_locks where locktype = 'advisory' and granted and objsubid = 1 and mode = $2
       and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = $1::bigint`,
    [lockKey(name), mode],
  );
  return (rowCount ?? 0) > 0;
}

export function judgeServer({ number, version, encoding }: ServerLook): Finding {
  if (number < oldestServer)
    return fail(
      "database",
      `PostgreSQL ${version} is older than 15`,
      "set DATABASE_URL to a server of version 15 or newer, or leave it away: Simpul brings its own",
    );
  if (encoding !== "UTF8")
    return fail(
      "database",
      `its encoding is ${encoding}, not UTF8`,
      "CREATE DATABASE simpul ENCODING 'UTF8' TEMPLATE template0, and name that one in DATABASE_URL",
    );
  return ok("database", `PostgreSQL ${version} answers`);
}

/** Missing: not made yet. Stopped: not started for the sake of looking, since the folder is open to others. */
export function judgeClosed(state: "missing" | "stopped"): Finding {
  if (state === "missing") return ok("database", "not made yet: the first start makes it");
  return warn("database", "does not run, and was not started to look into it", "mend the folder, and run doctor again");
}

/** @param uid whose it is; undefined: not known */
export function judgeForeign(uid: number | undefined): Finding {
  return fail("database", "cannot be looked into: it belongs to another account", runAsOwner(uid));
}

/** @param reason without secrets */
export function judgeUnreachable(reason: string, isEmbedded: boolean): Finding {
  return isEmbedded
    ? fail(
        "database",
        `cannot be looked into: ${reason}`,
        "run doctor as the account that runs Simpul, and see postgres.log in SIMPUL_HOME",
      )
    : fail(
        "database",
        `the server of DATABASE_URL does not let us in: ${reason}`,
        'check host, password and database by hand: psql "$DATABASE_URL" -c "select 1"',
      );
}

export function judgeMigrations(fit: MigrationFit): Finding {
  if (fit.fits) {
    if (fit.pending.length === 0) return ok("migrations", "those of this version");
    return ok("migrations", `older than this version: the next start applies ${fit.pending.length} more`);
  }
  switch (fit.why) {
    case "newer":
      return fail(
        "migrations",
        `the database is newer than this version: it has ${fit.name}`,
        "start the newer version, or restore the backup that was made before the upgrade",
      );
    case "changed":
      return fail(
        "migrations",
        `${fit.name} was changed after it was applied`,
        `git checkout core/db/migrations/${fit.name}`,
      );
    case "skipped":
      return fail(
        "migrations",
        `${fit.skipped} is not applied, and ${fit.name} after it is`,
        "start the version that this database was made with",
      );
  }
}

export function judgeInstallation(made: Installation | undefined, wanted: Installation): Finding {
  if (made === undefined) return ok("installation", "a new one");
  if (made.purpose !== wanted.purpose)
    return fail(
      "installation",
      made.purpose === "telegram"
        ? "the database is a bot's, and no token is set"
        : "the database is the playground's, and a token is set",
      made.purpose === "telegram"
        ? "set TELEGRAM_BOT_TOKEN, or another SIMPUL_HOME or DATABASE_URL"
        : "set another SIMPUL_HOME or DATABASE_URL",
    );
  if (made.profile !== wanted.profile)
    return fail(
      "installation",
      `the database belongs to the profile ${made.profile}`,
      `set SIMPUL_PROFILE=${made.profile}`,
    );
  return ok("installation", `${made.purpose} of ${made.profile}`);
}

const seeLog = 'look for "polling failed" in its log: journalctl -u simpul -n 50 (conflict: another program polls too)';

/** Web or worker run alone. */
export function judgeNoBot(): Finding {
  return fail(
    "polling",
    "a part of Simpul runs here, but no bot: what comes is neither fetched nor handled nor answered",
    "systemctl start simpul@bot (or npm run bot); where it is just starting, run doctor again in a minute",
  );
}

/** Of a Simpul that runs over this database: doctor does not poll beside it. */
export function judgeOwnPolling(lastPollAt: Date | undefined, now: Date): Finding {
  if (lastPollAt === undefined)
    return warn("polling", "a Simpul runs here, and Telegram has not come through yet", seeLog);
  const ageMs = now.getTime() - lastPollAt.getTime();
  const says = `a Simpul runs here; Telegram last came through ${Math.round(ageMs / 1000)} s ago`;
  return ageMs > deafAfterMs ? fail("polling", says, seeLog) : ok("polling", says);
}
