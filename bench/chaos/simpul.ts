import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PartName } from "../../parts/parts.ts";
import { urlOf } from "../../test/support/database-url.ts";
import { type Database, openDatabase } from "./database.ts";
import { openFront } from "./front.ts";
import { openRedis, type RedisServer } from "./redis.ts";
import { ServiceManager } from "./service-manager.ts";
import { profileName, token } from "./town.ts";

const parts = ["bot", "bot", "worker", "worker", "web", "web"] as const satisfies PartName[];
const secret = "a-secret-of-the-benchmark";

/** All that can be killed. */
export type Simpul = {
  home: string;
  database: Database;
  redis: RedisServer | undefined;
  manager: ServiceManager;
  /** Bots that start from now on hear the other way: by polling, or by the webhook. */
  changeHearing: () => void;
};

/** Two of each part of Simpul, running, over a database and a Redis of their own; they are closed with the stack. */
export async function openSimpul(
  stack: AsyncDisposableStack,
  { folder, apiRoot, withRedis }: { folder: string; apiRoot: string; withRedis: boolean },
): Promise<Simpul> {
  const home = join(folder, "home");
  await mkdir(home, { mode: 0o711 });
  const database = stack.use(await openDatabase(join(folder, "database")));
  const redis = withRedis ? stack.use(await openRedis(folder)) : undefined;
  const webs = new Map<string, string>();
  const front = stack.use(await openFront(() => [...webs.values()]));
  let isByWebhook = false;
  const envOf = (part: PartName) => ({
    DATABASE_URL: urlOf(database.config),
    SIMPUL_PROFILE: profileName,
    SIMPUL_HOME: home,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    LOG_LEVEL: "error",
    PORT: "0",
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    ...(part === "web" || isByWebhook ? { TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: front.url } : {}),
  });
  const manager = new ServiceManager({ CHAOS_RUN: folder }, envOf, (post, words) => {
    const address = / at (http:\S+?)\/$/.exec(words)?.[1];
    if (address !== undefined) webs.set(post, address);
  });
  stack.defer(async () => void (await manager.close()));
  for (const [index, part] of parts.entries()) manager.add(`${part} ${(index % 2) + 1}`, part);
  await Promise.all(manager.posts.map(({ present }) => present.ready));
  const changeHearing = () => {
    isByWebhook = !isByWebhook;
  };
  return { home, database, redis, manager, changeHearing };
}
