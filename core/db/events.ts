import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { z } from "zod";
import type { Database } from "./database.ts";
import { openSession, type Session } from "./postgres-session.ts";

const CHANNEL = "simpul";
const CONNECT_AGAIN_MS = 250;
/** NOTIFY takes 8000 bytes with its end. */
const LONGEST_MESSAGE_BYTES = 7_999;

/** What one process tells the others: "look again". Nothing is kept, and no state is read from it. */
export interface Events {
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
}

export type Listener = (payload: unknown) => void | Promise<void>;

export interface Rate {
  perMinute: number;
  /** At once, after a pause; `perMinute` where not given. */
  burst?: number;
}

export interface EventsOptions {
  config: pg.ClientConfig;
  db: Database;
  /** A listener threw, or something unreadable came. */
  onFault: (fault: unknown) => void;
}

/** Events over Postgres: LISTEN on a connection of its own, and an unlogged table for the rates. */
export async function openEvents({ config, db, onFault }: EventsOptions): Promise<Events> {
  const subscribers = openSubscribers(onFault);
  const closed = new AbortController();
  let session = await listen();

  async function listen(): Promise<Session> {
    const opened = await openSession(config, { name: "simpul events", onLost: () => void listenAgain() });
    opened.client.on("notification", ({ payload }) => subscribers.receive(payload));
    await opened.client.query(`listen ${CHANNEL}`);
    return opened;
  }

  async function listenAgain(): Promise<void> {
    while (!closed.signal.aborted) {
      try {
        session = await listen();
        subscribers.callAll();
        return;
      } catch {
        await pause(CONNECT_AGAIN_MS); // The server is still away.
      }
    }
  }

  return {
    publish: foldRepeated((topic, payload) => notify(db, topic, payload)),
    subscribe: subscribers.add,
    takeToken: (bucket, rate) => takeToken(db, bucket, rate),
    async close() {
      closed.abort();
      await session.close();
    },
  };
}
