import type { Redis } from "ioredis";
import { dayInMilliseconds } from "../../domain/durations.ts";
import { writeMessage } from "./event-message.ts";
import type { Events, EventsOptions, Rate, RedisPlace } from "./events.ts";
import { foldRepeated } from "./fold-repeated.ts";
import { takePostgresToken } from "./postgres-events.ts";
import { describeRedisFault, openRedisConnection } from "./redis-connection.ts";
import { Subscribers } from "./subscribers.ts";

/** Redis does not answer. Nothing stands still: events reach this process only, and rates are counted in Postgres. */
export class RedisAway extends Error {
  override name = "RedisAway";
}

/**
 * Events over Redis: a channel, and a bucket for each rate, named after the installation.
 *
 * Redis may be away, also at the start: an event then reaches the listeners of this process, others find their work a second
 * later, and a token comes out of the bucket in Postgres, which all processes share as well. (To refuse would lock out
 * who is right, to allow would let strangers in without end.) At each such change a bucket is full once more.
 */
export async function openRedisEvents(options: Omit<EventsOptions, "redis"> & { redis: RedisPlace }): Promise<Events> {
  const { redis: place, db, onFault } = options;
  const prefix = `simpul:${place.installation}:`;
  const channel = `${prefix}events`;
  const subscribers = new Subscribers(onFault);
  /** Connected, or found away. */
  const listeningTried = Promise.withResolvers<void>();
  const askingTried = Promise.withResolvers<void>();
  let isAway = false;
  let wasListening = false;

  const noteAway = (fault: unknown) => {
    listeningTried.resolve();
    askingTried.resolve();
    if (isAway) return;
    isAway = true;
    onFault(new RedisAway(`the server of REDIS_URL does not answer (${describeRedisFault(fault)})`));
  };

  /** Only both are back: what still fails over the other one would be told anew. */
  const noteBack = () => {
    if (listening.redis.status === "ready" && asking.redis.status === "ready") isAway = false;
  };

  const listen = async () => {
    await listening.redis.subscribe(channel);
    if (wasListening) subscribers.callAll();
    wasListening = true;
    noteBack();
    listeningTried.resolve();
  };

  const listening = openRedisConnection(place.url, {
    name: "simpul-events",
    onConnected: () => void listen().catch(noteAway),
    onFault: noteAway,
  });
  listening.redis.on("message", (_channel: string, text: string) => subscribers.receive(text));
  const asking = openRedisConnection(place.url, {
    name: "simpul",
    onConnected: () => {
      noteBack();
      askingTried.resolve();
    },
    onFault: noteAway,
  });
  await Promise.all([listeningTried.promise, askingTried.promise]);

  return {
    publish: foldRepeated(async (topic, payload) => {
      const message = writeMessage(topic, payload);
      await asking.redis.publish(channel, message).catch((fault: unknown) => {
        noteAway(fault);
        subscribers.receive(message);
      });
    }),
    subscribe: (topic, listener) => subscribers.add(topic, listener),
    takeToken: (bucket, rate) =>
      takeRedisToken(asking.redis, `${prefix}rate:${bucket}`, rate).catch((fault: unknown) => {
        noteAway(fault);
        return takePostgresToken(db, bucket, rate);
      }),
    async close() {
      listening.close();
      asking.close();
    },
  };
}

/** As long as the nightly clean-up keeps a bucket in Postgres. */
const longestKeptMs = dayInMilliseconds;

/** One script, so that two processes never take the same token. A bucket goes when it is full again; a refused token changes nothing. */
const takeOne = `
  local perSecond, burst, longestKeptMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] + time[2] / 1000000
  local held = redis.call('HMGET', KEYS[1], 'tokens', 'refilledAt')
  local tokens = burst
  if held[1] then tokens = math.min(burst, held[1] + perSecond * math.max(0, now - held[2])) end
  if tokens < 1 then return 0 end
  redis.call('HSET', KEYS[1], 'tokens', tokens - 1, 'refilledAt', string.format('%.6f', now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(math.min(longestKeptMs, (burst - tokens + 1) / perSecond * 1000)))
  return 1`;

async function takeRedisToken(redis: Redis, key: string, { perMinute, burst = perMinute }: Rate): Promise<boolean> {
  return (await redis.eval(takeOne, 1, key, perMinute / 60, burst, longestKeptMs)) === 1;
}
