import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Redis } from "ioredis";
import { temporaryFolder } from "./folders.ts";
import { until } from "./until.ts";

export const redisServer = "/usr/bin/redis-server";

export type TestRedis = AsyncDisposable & {
  /** For REDIS_URL. */
  url: string;
  client: Redis;
  start(): Promise<void>;
  /** With -9; nothing of it is kept. */
  kill(): Promise<void>;
};

/** Debian's Redis behind a unix socket, with nothing in it. */
export async function openRedis(options: { password?: string } = {}): Promise<TestRedis> {
  const folder = await temporaryFolder();
  const socket = join(folder.path, "redis.sock");
  const { password } = options;
  const client = new Redis({ path: socket, lazyConnect: true, ...(password === undefined ? {} : { password }) });
  client.on("error", () => undefined); // while it is killed
  let server: ChildProcess | undefined;

  const kill = async () => {
    if (server === undefined) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
    server = undefined;
  };
  const start = async () => {
    const credentials = password === undefined ? [] : ["--requirepass", password];
    const args = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder.path, ...credentials];
    server = spawn(redisServer, args, { stdio: "ignore" });
    await until("Redis answers", () => client.ping().catch(() => undefined));
  };

  await start();
  return {
    url: `unix://${password === undefined ? "" : `:${password}@localhost`}${socket}`,
    client,
    start,
    kill,
    async [Symbol.asyncDispose]() {
      client.disconnect();
      await kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}
