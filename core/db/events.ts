import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { z } from "zod";
import { openSession, type Session } from "./postgres-session.ts";
import type { Db } from "./tables.ts";

const channel = "simpul";
const connectAgainMs = 250;
/** NOTIFY takes 8000 bytes with its end. */
const longestMessageBytes = 7_999;

/** What one process tells the others: "look again". Nothing is kept, and no state is read from it. */
export type Events = {
  /**
   * Tells every process, this one too. Without a payload, calls that come while one is under way become one more.
   *
   * @throws RangeError the payload is larger than what an event carries (8 kB): send an id instead
   */
  publish(topic: string, payload?: unknown): Promise<void>;
  /**
   * @param listener gets the payload; called with `undefined` too after a lost connection, since something may have
   *   been missed: look again then
   * @returns ends the subscription
   */
  subscribe(topic: string, listener: Listener): () => void;
  /** Whether one more of this kind is allowed now, counted over all processes. */
  takeToken(bucket: string, rate: Rate): Promise<boolean>;
  close(): Promise<void>;
};

export type Listener = (payload: unknown) => void | Promise<void>;

export type Rate = {
  perMinute: number;
  /** At once, after a pause; `perMinute` where not given. */
  burst?: number;
};

export type EventsOptions = {
  config: pg.ClientConfig;
  db: Db;
  /** A listener threw, or something unreadable came. */
  onFault: (fault: unknown) => void;
};

/** Events over Postgres: LISTEN on a connection of its own, and an unlogged table for the rates. */
export async function openEvents({ config, db, onFault }: EventsOptions): Promise<Events> {
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
    takeToken: (bucket, rate) => takeToken(db, bucket, rate),
    async close() {
      isClosed = true;
      await session.close();
    },
  };
}

async function notify(db: Db, topic: string, payload: unknown): Promise<void> {
  const message = JSON.stringify({ topic, payload });
  const sizeBytes = Buffer.byteLength(message);
  if (sizeBytes > longestMessageBytes)
    throw new RangeError(`publishing ${topic}: ${sizeBytes} bytes are more than an event carries; send an id`);
  await sql`select pg_notify(${channel}, ${message})`.execute(db);
}

/** One statement, so that two processes never take the same token. A refused one changes nothing. */
async function takeToken(db: Db, bucket: string, { perMinute, burst = perMinute }: Rate): Promise<boolean> {
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

type Publish = Events["publish"];

/** While a bare event is under way, any number of further ones of its topic become a single one after it. */
function foldRepeated(publish: Publish): Publish {
  const underWay = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();

  const send = (topic: string) => {
    const sent = publish(topic).finally(() => underWay.delete(topic));
    underWay.set(topic, sent);
    return sent;
  };

  const sendAfter = (topic: string, current: Promise<void>) => {
    const follow = () => {
      next.delete(topic);
      return send(topic);
    };
    const sent = current.then(follow, follow);
    next.set(topic, sent);
    return sent;
  };

  return (topic, payload) => {
    if (payload !== undefined) return publish(topic, payload);
    const current = underWay.get(topic);
    return current ? (next.get(topic) ?? sendAfter(topic, current)) : send(topic);
  };
}

const notification = z.object({ topic: z.string(), payload: z.unknown().optional() });

class Subscribers {
  #byTopic = new Map<string, Set<Listener>>();
  #onFault: (fault: unknown) => void;

  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  add(topic: string, listener: Listener): () => void {
    const listeners = this.#byTopic.get(topic) ?? new Set();
    this.#byTopic.set(topic, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  receive(text: string): void {
    try {
      const { topic, payload } = notification.parse(JSON.parse(text));
      this.#call(topic, payload);
    } catch (fault) {
      this.#onFault(fault);
    }
  }

  callAll(): void {
    for (const topic of this.#byTopic.keys()) this.#call(topic, undefined);
  }

  #call(topic: string, payload: unknown): void {
    for (const listener of this.#byTopic.get(topic) ?? [])
      Promise.try(listener, payload).catch((fault) => this.#onFault(fault));
  }
}
