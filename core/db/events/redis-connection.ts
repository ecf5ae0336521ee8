import { Redis, type RedisOptions } from "ioredis";

const connectAgainMs = 250;
const connectWithinMs = 5_000;
/** A command over a connection that is half open; who waits for it holds a transaction open. */
const answerWithinMs = 1_000;
const heartbeatMs = 5_000;

/** A command is refused at once while the server is away, instead of waiting for it; the connection is tried again for ever. */
const options = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  commandTimeout: answerWithinMs,
  connectTimeout: connectWithinMs,
  retryStrategy: () => connectAgainMs,
} satisfies RedisOptions;

/** As ioredis takes it. */
export type RedisAddress = ({ path: string } | { host: string; port: number; tls?: object }) & {
  db: number;
  username?: string;
  password?: string;
};

export type RedisConnection = { redis: Redis; close(): void };

export type RedisConnectionOptions = {
  /** Shown by CLIENT LIST. */
  name: string;
  /** Each time when it is connected, the first time too. */
  onConnected: () => void;
  /** Each failed try to connect, and each loss. */
  onFault: (fault: Error) => void;
};

/** One connection that comes back by itself, also when it was half open. */
export function openRedisConnection(
  url: string,
  { name, onConnected, onFault }: RedisConnectionOptions,
): RedisConnection {
  const redis = new Redis({ ...addressOf(url), ...options, connectionName: name });
  redis.on("ready", onConnected);
  redis.on("error", onFault);
  const heartbeat = setInterval(() => {
    if (redis.status === "ready") redis.ping().catch(() => redis.disconnect(true));
  }, heartbeatMs).unref();
  return {
    redis,
    close() {
      clearInterval(heartbeat);
      redis.disconnect();
    },
  };
}

/**
 * What ioredis is to connect to; it takes `unix:` for the name of a host. With a password a host has to stand in a URL:
 * that of `unix:` is not looked at.
 *
 * @example unix:///run/redis/redis.sock?db=1
 * @example unix://:password@localhost/run/redis/redis.sock
 * @example rediss://simpul:password@redis.labura.go.id:6380/1
 */
export function addressOf(url: string): RedisAddress {
  const { protocol, username, password, hostname, port, pathname, searchParams } = new URL(url);
  const credentials = {
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
  };
  if (protocol === "unix:")
    return { path: decodeURIComponent(pathname), db: Number(searchParams.get("db") ?? 0), ...credentials };
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...credentials,
    ...(protocol === "rediss:" ? { tls: {} } : {}),
  };
}

/**
 * For a log line: a code, or what the server says up to its first quote. Where AUTH is not known (renamed, or a proxy) the server
 * quotes what it was given, and that is the password.
 */
export function describeRedisFault(fault: unknown): string {
  if (!(fault instanceof Error)) return "unknown fault";
  const { code } = fault as NodeJS.ErrnoException;
  return code ?? fault.message.replace(/['"`].*$/s, "…");
}
