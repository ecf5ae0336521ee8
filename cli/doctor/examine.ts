import { stat } from "node:fs/promises";
import type { Environment } from "../../config/env.ts";
import { describeFault } from "../../core/db/fault.ts";
import { judgeAccount } from "./account.ts";
import { judgeClock } from "./clock.ts";
import {
  type DatabaseLook,
  judgeClosed,
  judgeInstallation,
  judgeMigrations,
  judgeOwnPolling,
  judgeServer,
  judgeUnreachable,
  lookAtDatabase,
} from "./database.ts";
import { type Finding, ok } from "./finding.ts";
import { judgeDisk, judgeFolder, lookAtDisk, lookAtFolder } from "./folder.ts";
import { reachDatabase } from "./reach-database.ts";
import { judgeRedis, lookAtRedis } from "./redis.ts";
import {
  type Ask,
  askTelegram,
  judgeChat,
  judgePolling,
  judgeToken,
  judgeWebhook,
  lookAtChat,
  watchPolling,
} from "./telegram.ts";
import { judgeTool, lookAtTools } from "./tools.ts";

/** Longer than what programs mostly wait after a conflict before they poll again. */
const watchPollingMs = 15_000;

/** Looks at all that an installation needs, and changes nothing: each finding as soon as it is there. */
export async function* examine(environment: Environment): AsyncGenerator<Finding> {
  const { home, redisUrl } = environment;
  const isRoot = process.getuid?.() === 0;
  yield judgeAccount({ isRoot, hasToken: environment.mode === "telegram" });
  const folder = await examineFolder(home, isRoot);
  yield* folder;
  yield judgeDisk(home, await lookAtDisk(home));

  const isOpen = folder.some(({ grade }) => grade === "fail");
  const database = await examineDatabase(environment, isOpen);
  yield* database.findings;
  if (environment.mode === "telegram") yield* examineTelegram(environment, environment.telegram, database.look);
  else yield ok("Telegram", "off: TELEGRAM_BOT_TOKEN is not set; the playground brings a Bot API server");

  yield judgeRedis(redisUrl === undefined ? undefined : await lookAtRedis(redisUrl));
  for (const tool of await lookAtTools()) yield judgeTool(tool);
}

async function examineFolder(home: string, isRoot: boolean): Promise<Finding[]> {
  const exists = await stat(home).then(
    () => true,
    (fault: NodeJS.ErrnoException) => fault.code !== "ENOENT",
  );
  return judgeFolder({ home, exists, places: exists ? await lookAtFolder(home) : undefined, isRoot });
}

type DatabaseExamined = { findings: Finding[]; look?: DatabaseLook };

/** @param isOpen the folder is open to others; a start of the embedded server would close it, and doctor changes nothing */
async function examineDatabase(environment: Environment, isOpen: boolean): Promise<DatabaseExamined> {
  const isEmbedded = environment.databaseUrl === undefined;
  try {
    await using database = await reachDatabase({ ...environment, mayStart: !isOpen });
    if (database.state !== "open") return { findings: [judgeClosed(database.state)] };
    const askedAt = new Date();
    const look = await lookAtDatabase(database.client);
    const clock = { whose: "the database", theirs: look.server.now, askedAt, answeredAt: new Date(), unitMs: 0 };
    const wanted = { purpose: environment.mode, profile: environment.profile };
    const findings = [
      judgeServer(look.server),
      judgeMigrations(look.fit),
      judgeInstallation(look.installation, wanted),
      judgeClock(clock),
    ];
    return { findings, look };
  } catch (fault) {
    return { findings: [judgeUnreachable(describeFault(fault), isEmbedded)] };
  }
}

async function* examineTelegram(
  { journalChat }: Pick<Environment, "journalChat">,
  telegram: { token: string; apiRoot: string },
  database: DatabaseLook | undefined,
): AsyncGenerator<Finding> {
  const ask = askTelegram(telegram);
  const answer = await ask("getMe");
  const { finding, bot } = judgeToken(answer, telegram.apiRoot);
  yield finding;
  if (answer.clock !== undefined) yield judgeClock(answer.clock);
  if (bot === undefined) return;

  const webhook = judgeWebhook(await ask("getWebhookInfo"), telegram.apiRoot);
  yield webhook;
  if (webhook.grade !== "fail") yield await examinePolling(ask, database);
  const chatId = database?.journalChat ?? journalChat;
  if (chatId === undefined) return;
  yield judgeChat(await lookAtChat(ask, "TELEGRAM_JOURNAL_CHAT", chatId, bot.id), bot.username);
}

async function examinePolling(ask: Ask, database: DatabaseLook | undefined): Promise<Finding> {
  if (database?.isPolled) return judgeOwnPolling(database.lastPollAt, database.server.now);
  return judgePolling(await watchPolling(ask, watchPollingMs));
}
