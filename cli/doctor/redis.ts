import { describeRedisFault, openRedisConnection } from "../../core/db/events/redis-connection.ts";
import { type Finding, fail, ok } from "./finding.ts";

/** Undefined: it answered. Else why not, without its password. */
export type RedisLook = { fault: string | undefined };

const answerWithinMs = 5_000;

/** Connects and asks for nothing. */
export async function lookAtRedis(url: string): Promise<RedisLook> {
  const tried = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => tried.resolve("no answer in time"), answerWithinMs);
  const connection = openRedisConnection(url, {
    name: "simpul-doctor",
    onConnected: () => tried.resolve(undefined),
    onFault: (fault) => tried.resolve(describeRedisFault(fault)),
  });
  try {
    return { fault: await tried.promise };
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** @param look undefined: REDIS_URL is not set */
export function judgeRedis(look: RedisLook | undefined): Finding {
  if (look === undefined) return ok("Redis", "off: REDIS_URL is not set, PostgreSQL carries the events");
  if (look.fault === undefined) return ok("Redis", "answers");
  return fail(
    "Redis",
    `the server of REDIS_URL does not answer (${look.fault}); Simpul goes on without it`,
    'check address and password: redis-cli -u "$REDIS_URL" ping; or leave REDIS_URL away',
  );
}
