import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { openSession, type Session } from "../postgres/postgres-session.ts";
import type { Db } from "../tables.ts";
import { writeMessage } from "./event-message.ts";
import type { Events, EventsOptions, Rate } from "./events.ts";
import { foldRepeated } from "./fold-repeated.ts";
import { Subscribers } from "./subscribers.ts";

const channel = "simpul";
const connectAgainMs = 250;

/** Events over Postgres: LISTEN on a connection of its own, and an unlogged table for the rates. */
export async function openPostgresEvents({ config, db, onFault }: Omit<EventsOptions, "redis">): Promise<Events> {
  const subscribers = new Subscribers(onFault);
  let isClosed = false;
  let session = await listen();

  async function listen(): Promise<Session> {
    const name = "simpul events";
    const opened = await openSession(config, { name, prepare: `listen ${channel}`, onLost: () => void listenAgain() });
    opened.client.on("notification", ({ payload = "" }) => subscribers.receive(payload));
    return opened;
  }

  async function listenAgain(): Promise<void> {
    while (!isClosed) {
      try {
        session = await listen();
        break;
      } catch {
        await pause(connectAgainMs); // The server is still away.
      }
    }
    if (isClosed) await session.close();
    else subscribers.callAll();
  }

  return {
    publish: foldRepeated((topic, payload) => notify(db, topic, payload)),
    subscribe: (topic, listener) => subscribers.add(topic, listener),
    takeToken: (bucket, rate) => takePostgresToken(db, bucket, rate),
    async close() {
      isClosed = true;
      await session.close();
    },
  };
}

async function notify(db: Db, topic: string, payload: unknown): Promise<void> {
  await sql`select pg_notify(${channel}, ${writeMessage(topic, payload)})`.execute(db);
}

/** One statement, so that two processes never take the same token. A refused one changes nothing. */
export async function takePostgresToken(
  db: Db,
  bucket: string,
  { perMinute, burst = perMinute }: Rate,
): Promise<boolean> {
  const refilled = sql`least(${burst}::float8, held.tokens + ${perMinute / 60}::float8
    * greatest(0, extract(epoch from clock_timestamp() - held.refilled_at)::float8))`;
  const { rows } = await sql`
    insert into rate_bucket as held (bucket, tokens, refilled_at)
    select ${bucket}, ${burst}::float8 - 1, clock_timestamp() where ${burst}::float8 >= 1
    on conflict (bucket) do update set tokens = ${refilled} - 1, refilled_at = clock_timestamp()
    where ${refilled} >= 1
    returning bucket`.execute(db);
  return rows.length === 1;
}
