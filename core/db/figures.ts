import { sql } from "kysely";
import { listTargetFigures, type TargetFigures } from "./monitoring/target-figures.ts";
import type { Db, Tx } from "./tables.ts";

/** How the desk stands at one moment, in numbers. No words of people but the names of what is watched. */
export type Figures = {
  inbox: { pending: number; parked: number; oldestPendingAt: Date | null };
  /** Due: may go now; what waits for a later moment is pending too. */
  outbox: { pending: number; dead: number; oldestDueAt: Date | null };
  openTickets: { procedure: string; state: string; count: number }[];
  journal: { unsealed: number; chainNumber: number };
  /** What is not completed, by queue and pg-boss's state. */
  tasks: { queue: string; state: string; count: number }[];
  targets: TargetFigures[];
  /** Checks that began late, since the monitor's start. */
  lateChecks: number;
  /** How long a query that does nothing takes there and back. */
  roundTripMs: number;
};

const answerWithinMs = 5_000;

/** Each query goes by an index to the few rows that it counts; for whoever asks every few seconds. */
export function readFigures(db: Db, now: Date): Promise<Figures> {
  return db
    .transaction()
    .setAccessMode("read only")
    .execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(answerWithinMs)}`.execute(tx);
      return {
        roundTripMs: await measureRoundTrip(tx),
        inbox: await countInbox(tx),
        outbox: await countOutbox(tx, now),
        openTickets: await countOpenTickets(tx),
        journal: await countJournal(tx),
        tasks: await countTasks(tx),
        targets: await listTargetFigures(tx, now),
        lateChecks: await countLateChecks(tx),
      };
    });
}

async function measureRoundTrip(tx: Tx): Promise<number> {
  const start = performance.now();
  await sql`select`.execute(tx);
  return performance.now() - start;
}

async function countInbox(tx: Tx): Promise<Figures["inbox"]> {
  const { rows } = await sql<Figures["inbox"]>`
    select pending, parked, "oldestPendingAt"
    from (select count(*) as pending, min(received_at) as "oldestPendingAt" from inbox where state = 'pending') as waiting,
         (select count(*) as parked from inbox where state = 'parked') as put_aside`.execute(tx);
  return only(rows);
}

async function countOutbox(tx: Tx, now: Date): Promise<Figures["outbox"]> {
  const { rows } = await sql<Figures["outbox"]>`
    select pending, dead, "oldestDueAt"
    from (select count(*) as pending, min(due_at) filter (where due_at <= ${now}) as "oldestDueAt"
          from outbox where state = 'pending') as waiting,
         (select count(*) as dead from outbox where state = 'dead') as given_up`.execute(tx);
  return only(rows);
}

function countOpenTickets(tx: Tx): Promise<Figures["openTickets"]> {
  return tx
    .selectFrom("ticket")
    .select((expression) => ["procedure", "state", expression.fn.countAll<number>().as("count")])
    .where("holder", "is not", null)
    .groupBy(["procedure", "state"])
    .execute();
}

async function countJournal(tx: Tx): Promise<Figures["journal"]> {
  const { rows } = await sql<Figures["journal"]>`
    select (select count(*) from journal_unsealed) as unsealed,
           (select coalesce(max(number), 0) from journal_chain) as "chainNumber"`.execute(tx);
  return only(rows);
}

/** pg-boss removes completed ones after days, so there are never many. */
async function countTasks(tx: Tx): Promise<Figures["tasks"]> {
  const { rows } = await sql<Figures["tasks"][number]>`
    select name as queue, state::text as state, count(*) as count from pgboss.job
    where state <> 'completed' and name not like '\\_\\_%'
    group by name, state`.execute(tx);
  return rows;
}

async function countLateChecks(tx: Tx): Promise<number> {
  const row = await tx.selectFrom("monitor_look").select("late_checks").executeTakeFirst();
  return row?.late_checks ?? 0;
}

function only<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("counting: no row came back");
  return row;
}
