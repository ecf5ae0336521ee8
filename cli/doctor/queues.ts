import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { z } from "zod";
import { lockKey } from "../../core/db/locks.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** What lies in the queues of a database, and who stands in the way; ages in whole seconds. */
export type QueuesLook = {
  /** Updates that could not be handled, newest first. */
  parked: { count: number; newest: number[] };
  /** Messages that could not be sent, newest first. */
  dead: { count: number; newest: number[] };
  /** Updates and messages whose time has come. */
  inbox: Waiting;
  outbox: Waiting;
  /** Rows of the journal that wait for their place in the chain. */
  journal: Waiting;
  /** A session for which others have waited for longer than any action takes. */
  blocker: { pid: number; name: string; waiting: number; forSeconds: number } | undefined;
};

type Waiting = { count: number; oldestSeconds: number };

/** The alarms of docs/operations.md. */
const inboxWithinSeconds = 60;
const outboxWithinSeconds = 300;
const journalWithinSeconds = 300;
/** Nobody of ours waits so long for a row: actions take milliseconds. For the poller's lock, and such, the server is asked again and again. */
const lockWithinSeconds = 30;
/** Longer together than an update that failed waits for its next try. */
const [mostLooks, lookAgainMs] = [25, 1_000];

const countOf = "count(*)::int as count";
const oldestOf = "coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::int as seconds";
const newestOf = "coalesce((array_agg(id::float8 order by id desc))[1:3], '{}') as newest";

const waitingRow = z.object({ count: z.int(), seconds: z.int() });
const endedRow = z.object({ count: z.int(), newest: z.array(z.int()) });
const blockerRow = z.object({ pid: z.int(), name: z.string(), waiting: z.int(), seconds: z.int() });

/** Only reads. @returns undefined for a database in which there are no queues yet */
export async function lookAtQueues(
  client: pg.Client,
  withinSeconds = lockWithinSeconds,
): Promise<QueuesLook | undefined> {
  const { rows } = await client.query("select to_regclass('public.journal_unsealed') is not null as there");
  if (rows[0]?.there !== true) return undefined;
  return {
    parked: await ended(client, "inbox", "parked"),
    dead: await ended(client, "outbox", "dead"),
    inbox: await waiting(client, "inbox"),
    outbox: await waiting(client, "outbox"),
    journal: await unsealed(client),
    blocker: (await watchForBlocker(client, withinSeconds)) ?? (await findHungStart(client, withinSeconds)),
  };
}

async function waiting(client: pg.Client, table: "inbox" | "outbox"): Promise<Waiting> {
  const due = `from ${table} where state = 'pending' and due_at <= clock_timestamp()`;
  const { rows } = await client.query(`select ${countOf}, ${oldestOf} ${due}`);
  const { count, seconds } = waitingRow.parse(rows[0]);
  return { count, oldestSeconds: seconds };
}

async function unsealed(client: pg.Client): Promise<Waiting> {
  const { rows } = await client.query(
    `select ${countOf}, coalesce(extract(epoch from clock_timestamp() - min(journal.at)), 0)::int as seconds
     from journal_unsealed join journal on journal.id = journal_id`,
  );
  const { count, seconds } = waitingRow.parse(rows[0]);
  return { count, oldestSeconds: seconds };
}

async function ended(client: pg.Client, table: "inbox" | "outbox", state: "parked" | "dead") {
  const { rows } = await client.query(`select ${countOf}, ${newestOf} from ${table} where state = $1`, [state]);
  return endedRow.parse(rows[0]);
}

/** Who waits gives up after a while and comes again: where something has been open for long, it is looked several times. */
async function watchForBlocker(client: pg.Client, withinSeconds: number): Promise<QueuesLook["blocker"]> {
  for (let looks = 1; ; looks++) {
    const blocker = await findBlocker(client, withinSeconds);
    if (blocker !== undefined || looks === mostLooks || !(await isLongOpen(client, withinSeconds))) return blocker;
    await pause(lookAgainMs);
  }
}

async function isLongOpen(client: pg.Client, withinSeconds: number): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and xact_start < clock_timestamp() - make_interval(secs => $1)
     limit 1`,
    [withinSeconds],
  );
  return rows.length > 0;
}

/** The one for which most wait: they have waited for long, or what it does is open for long. */
async function findBlocker(client: pg.Client, withinSeconds: number): Promise<QueuesLook["blocker"]> {
  const { rows } = await client.query(
    `select holder.pid, holder.application_name as name, count(distinct waits.pid)::int as waiting,
            max(extract(epoch from clock_timestamp() - least(waits.query_start, holder.xact_start)))::int as seconds
     from pg_stat_activity as waits
     cross join lateral unnest(pg_blocking_pids(waits.pid)) as blocking (pid)
     join pg_stat_activity as holder on holder.pid = blocking.pid
     where waits.datname = current_database() and waits.wait_event_type = 'Lock'
       and least(waits.query_start, holder.xact_start) < clock_timestamp() - make_interval(secs => $1)
     group by holder.pid, holder.application_name
     order by waiting desc
     limit 1`,
    [withinSeconds],
  );
  if (rows[0] === undefined) return undefined;
  const { seconds, ...found } = blockerRow.parse(rows[0]);
  return { ...found, forSeconds: seconds };
}

/** Who prepares the database at a start, for which every other start waits by asking again and again. */
async function findHungStart(client: pg.Client, withinSeconds: number): Promise<QueuesLook["blocker"]> {
  const { rows } = await client.query(
    `select holder.pid, holder.application_name as name, count(others.pid)::int as waiting,
            extract(epoch from clock_timestamp() - holder.backend_start)::int as seconds
     from pg_locks join pg_stat_activity as holder using (pid)
     join pg_stat_activity as others
       on others.application_name = holder.application_name and others.datname = holder.datname and others.pid <> holder.pid
     where locktype = 'advisory' and granted and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = $1::bigint
       and holder.backend_start < clock_timestamp() - make_interval(secs => $2)
     group by holder.pid, holder.application_name, holder.backend_start`,
    [lockKey("start"), withinSeconds],
  );
  if (rows[0] === undefined) return undefined;
  const { seconds, ...found } = blockerRow.parse(rows[0]);
  return { ...found, forSeconds: seconds };
}

/** @param isRunning a Simpul works on this database; without one it is right that things wait */
export function judgeQueues(look: QueuesLook, isRunning: boolean): Finding[] {
  return [
    judgeInbox(look, isRunning),
    judgeOutbox(look, isRunning),
    judgeJournal(look, isRunning),
    judgeLocks(look.blocker),
  ];
}

const restart = "systemctl restart simpul; what waits is kept";

function judgeInbox({ inbox, parked }: QueuesLook, isRunning: boolean): Finding {
  const what = "inbox";
  if (isRunning && inbox.oldestSeconds > inboxWithinSeconds)
    return fail(what, `${inbox.count} updates wait, the oldest for ${inbox.oldestSeconds} s`, restart);
  if (parked.count > 0)
    return warn(
      what,
      `${parked.count} updates could not be handled and are put aside, the latest: ${references("M", parked.newest)}`,
      `look into the log by the number: journalctl -u simpul | grep '"inboxId":${parked.newest[0]}\\b'`,
    );
  return ok(what, inbox.count === 0 ? "empty" : `${inbox.count} updates wait`);
}

function judgeOutbox({ outbox, dead }: QueuesLook, isRunning: boolean): Finding {
  const what = "outbox";
  if (isRunning && outbox.oldestSeconds > outboxWithinSeconds)
    return fail(
      what,
      `${outbox.count} messages wait, the oldest for ${outbox.oldestSeconds} s: Telegram is away or slows us down, or nobody sends`,
      `journalctl -u simpul -n 50 says which; where it says nothing: ${restart}`,
    );
  if (dead.count > 0)
    return warn(
      what,
      `${dead.count} messages could not be sent, the latest: ${references("K", dead.newest)}`,
      `look into the log by the number: journalctl -u simpul | grep '"outboxId":${dead.newest[0]}\\b'`,
    );
  return ok(what, outbox.count === 0 ? "empty" : `${outbox.count} messages wait`);
}

function judgeJournal({ journal }: QueuesLook, isRunning: boolean): Finding {
  const what = "journal";
  if (isRunning && journal.oldestSeconds > journalWithinSeconds)
    return fail(
      what,
      `${journal.count} rows wait for their place in the chain, the oldest for ${journal.oldestSeconds} s: nobody seals`,
      `see that a worker runs: systemctl start simpul@worker, where the parts run alone; else ${restart}`,
    );
  return ok(what, journal.count === 0 ? "sealed" : `${journal.count} rows wait to be sealed`);
}

function judgeLocks(blocker: QueuesLook["blocker"]): Finding {
  if (blocker === undefined) return ok("locks", "nobody waits");
  const { pid, name, waiting: count, forSeconds } = blocker;
  return fail(
    "locks",
    `session ${pid} (${name || "without a name"}) holds what ${count} others wait for, since ${forSeconds} s`,
    `unless it is a start or a migration that goes on, end it: psql "$DATABASE_URL" -c "select pg_terminate_backend(${pid})"; or, with the database that Simpul brings, ${restart}`,
  );
}

function references(letter: "M" | "K", ids: readonly number[]): string {
  return ids.map((id) => `${letter}-${id}`).join(", ");
}
