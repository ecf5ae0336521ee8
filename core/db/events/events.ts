import type pg from "pg";
import type { Db } from "../tables.ts";
import { openPostgresEvents } from "./postgres-events.ts";
import { openRedisEvents } from "./redis-events.ts";

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
  /** A listener threw, something unreadable came, or Redis is away. */
  onFault: (fault: unknown) => void;
  /** Absent: over Postgres. */
  redis?: RedisPlace | undefined;
};

export type RedisPlace = {
  /** redis://, rediss:// or unix://, with its password */
  url: string;
  /** The installation's id: two may share one Redis and do not hear each other. */
  installation: string;
};

/** Over Redis where there is one, else over Postgres. */
export function openEvents({ redis, ...options }: EventsOptions): Promise<Events> {
  return redis === undefined ? openPostgresEvents(options) : openRedisEvents({ ...options, redis });
}
