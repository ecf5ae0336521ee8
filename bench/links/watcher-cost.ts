import { sql } from "kysely";
import type { Db } from "../../core/db/tables.ts";
import type { Child } from "../load/child.ts";
import { cpuTimeOfPostgres } from "../load/cpu-time.ts";
import type { WatcherSaid } from "../load/watcher-process.ts";

/** What who watches has cost since it began; of PostgreSQL statements and vacuum, writing in the background, and its log. */
export type Cost = { monitorMs: number; fpingMs: number; backendsMs: number; writersMs: number; logBytes: number };

export async function costUntilNow(watcher: Child, home: string, db: Db): Promise<Cost> {
  const { ownMs, childrenMs } = await watcher.ask<WatcherSaid>({});
  const { rows } = await sql<{ bytes: number }>`select (pg_current_wal_lsn() - '0/0')::float8 as bytes`.execute(db);
  const postgres = await cpuTimeOfPostgres(home);
  return { monitorMs: ownMs, fpingMs: childrenMs, ...postgres, logBytes: rows[0]?.bytes ?? 0 };
}

export async function countBursts(db: Db, since: Date): Promise<number> {
  const { rows } = await sql<{ bursts: number }>`
    select count(*)::int as bursts from monitor_sample where at >= ${since} and sent > 1`.execute(db);
  return rows[0]?.bursts ?? 0;
}
