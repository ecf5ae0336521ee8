import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeFinding } from "../../../cli/doctor/finding.ts";
import { judgeQueues, lookAtQueues, type QueuesLook } from "../../../cli/doctor/queues.ts";
import { connect } from "../../../core/db/database.ts";
import { acquireLock, lockKey } from "../../../core/db/locks.ts";
import { emptyDatabase, freshDatabase, type TestDatabase } from "../../support/database.ts";

const calm: QueuesLook = {
  parked: { count: 0, newest: [] },
  dead: { count: 0, newest: [] },
  inbox: { count: 0, oldestSeconds: 0 },
  outbox: { count: 0, oldestSeconds: 0 },
  journal: { count: 0, oldestSeconds: 0 },
  blocker: undefined,
};

describe("what doctor says of the queues", () => {
  const grades = (look: Partial<QueuesLook>, isRunning = true) =>
    judgeQueues({ ...calm, ...look }, isRunning).map(({ grade }) => grade);

  it("nothing where nothing waits, or not for long", () => {
    expect(grades({})).toEqual(["ok", "ok", "ok", "ok"]);
    const few = {
      inbox: { count: 9, oldestSeconds: 60 },
      outbox: { count: 900, oldestSeconds: 300 },
      journal: { count: 9, oldestSeconds: 300 },
    };
    expect(grades(few)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("that updates wait, or messages, or rows of the journal, while a Simpul runs; without one they wait for the start", () => {
    const inbox = { count: 3, oldestSeconds: 61 };
    const outbox = { count: 40, oldestSeconds: 301 };
    const journal = { count: 7, oldestSeconds: 301 };
    expect(grades({ inbox, outbox, journal })).toEqual(["fail", "fail", "fail", "ok"]);
    expect(grades({ inbox, outbox, journal }, false)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("what was put aside, by the number that the log has", () => {
    const [inbox, outbox] = judgeQueues(
      { ...calm, parked: { count: 2, newest: [12, 7] }, dead: { count: 1, newest: [5] } },
      true,
    );
    expect(inbox && describeFinding(inbox)).toMatch(/^warn {2}inbox .*2 updates .*M-12, M-7\n {6}fix: .*"inboxId":12/);
    expect(outbox && describeFinding(outbox)).toMatch(/^warn {2}outbox .*1 messages .*K-5\n {6}fix: .*"outboxId":5/);
  });

  it("who stands in the way, and how to end it", () => {
    const blocker = { pid: 4711, name: "psql", waiting: 3, forSeconds: 95 };
    const [, , , locks] = judgeQueues({ ...calm, blocker }, true);
    expect(locks && describeFinding(locks)).toMatch(
      /^fail {2}locks .*4711 \(psql\).*3 others.*95 s\n.*backend\(4711\)/,
    );
  });
});

describe("what doctor sees in a database", () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = await session("doctor");
  });
  beforeEach(async () => void (await client.query("delete from inbox; delete from outbox")));
  afterAll(async () => {
    await client.end();
    await database.close();
  });

  async function session(name: string): Promise<pg.Client> {
    const opened = new pg.Client({ ...database.config, application_name: name });
    await opened.connect();
    return opened;
  }

  it("nothing in a calm one; undefined in one that has no tables", async () => {
    expect(await lookAtQueues(client)).toEqual(calm);
    const empty = await emptyDatabase();
    const other = new pg.Client(empty.config);
    await other.connect();
    expect(await lookAtQueues(other)).toBeUndefined();
    await other.end();
    await empty.drop();
  });

  it("what is due, not what is planned for later; what is put aside, the newest three by number", async () => {
    await client.query(`
      insert into inbox (bot_id, update_id, chat_key, payload, state, received_at, due_at) values
        (1, 1, 'a', '{}', 'pending', now(), now() - interval '90 s'), (1, 2, 'a', '{}', 'pending', now(), now() + interval '9 s'),
        (1, 3, 'b', '{}', 'handled', now(), now()), (1, 4, 'b', '{}', 'parked', now(), now())`);
    await client.query(`
      insert into outbox (chat_id, message, priority, token, state, created_at, due_at)
      select 1, '{}', 1, 't' || n, case when n < 5 then 'dead' else 'pending' end, now(), now() - interval '400 s'
      from generate_series(1, 6) as n`);

    const look = await lookAtQueues(client);

    expect(look).toMatchObject({ inbox: { count: 1 }, outbox: { count: 2 }, parked: { count: 1 }, dead: { count: 4 } });
    expect(look?.inbox.oldestSeconds).toBeGreaterThanOrEqual(90);
    expect(look?.outbox.oldestSeconds).toBeGreaterThanOrEqual(400);
    expect(look?.dead.newest).toHaveLength(3);
    expect(look?.dead.newest).toEqual(look?.dead.newest.toSorted((one, other) => other - one));
  });

  it("the session that holds a row for which another waits", async () => {
    const [holder, waiter] = [await session("a forgotten psql"), await session("simpul application")];
    await holder.query("begin; lock table ticket in access exclusive mode");
    const waits = waiter.query("select count(*) from ticket");
    let look = await lookAtQueues(client, 0);
    while (look?.blocker === undefined) look = await lookAtQueues(client, 0);

    expect(look.blocker).toMatchObject({ name: "a forgotten psql", waiting: 1 });

    await holder.query("rollback");
    await waits;
    expect((await lookAtQueues(client, 0))?.blocker).toBeUndefined();
    await Promise.all([holder.end(), waiter.end()]);
  });

  it("the session that holds it also where those who wait give up and come again, as Simpul's do", async () => {
    const holder = await session("a forgotten psql");
    await holder.query("begin; lock table ticket in access exclusive mode");
    const application = connect(database.config, { as: "application", max: 1 });
    let isOver = false;
    const waiting = (async () => {
      while (!isOver) {
        const ask = application.db.transaction().execute(async (tx) => {
          await sql`set local lock_timeout = '200ms'`.execute(tx);
          await tx.selectFrom("ticket").select("id").execute();
        });
        await ask.catch(() => undefined);
      }
    })();

    let look = await lookAtQueues(client, 1);
    while (look?.blocker === undefined) look = await lookAtQueues(client, 1);

    expect(look.blocker).toMatchObject({ name: "a forgotten psql", waiting: 1 });
    isOver = true;
    await holder.end();
    await waiting;
    await application.close();
  });

  it("the session that holds an advisory lock for which another waits, as of migrations", async () => {
    const [holder, waiter] = [await session("simpul migrate"), await session("simpul migrate")];
    await holder.query("select pg_advisory_lock($1)", [lockKey("migrate")]);
    const waits = waiter.query("select pg_advisory_lock($1)", [lockKey("migrate")]);
    let look = await lookAtQueues(client, 0);
    while (look?.blocker === undefined) look = await lookAtQueues(client, 0);

    expect(look.blocker).toMatchObject({ name: "simpul migrate", waiting: 1 });

    await holder.end();
    await waits;
    await waiter.end();
  });

  it("a start that does not come to its end, for which others ask again and again", async () => {
    const hung = await acquireLock(database.config, "start", { onLost: () => undefined });
    const stop = new AbortController();
    const isTaken = Promise.withResolvers<void>();
    const other = acquireLock(database.config, "start", {
      signal: stop.signal,
      onLost: () => undefined,
      onTaken: isTaken.resolve,
    }).catch(() => undefined);
    await isTaken.promise;

    expect((await lookAtQueues(client, 0))?.blocker).toMatchObject({ name: "simpul lock start", waiting: 1 });
    expect((await lookAtQueues(client))?.blocker).toBeUndefined();

    stop.abort();
    await other;
    expect((await lookAtQueues(client, 0))?.blocker).toBeUndefined();
    await hung.release();
  });

  it("rows of the journal that nobody seals, by the age of the oldest", async () => {
    await client.query(`
      insert into journal (at, event, subject_kind, subject_id)
      select now() - interval '400 s' * n, 'person-added', 'person', 1 from generate_series(1, 2) as n`);

    const look = await lookAtQueues(client);

    expect(look?.journal.count).toBe(2);
    expect(look?.journal.oldestSeconds).toBeGreaterThanOrEqual(800);
    await database.owner.deleteFrom("journal_unsealed").execute();
  });
});
