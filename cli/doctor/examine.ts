import { stat } from "node:fs/promises";
import type pg from "pg";
import type { Environment, Telegram } from "../../config/env.ts";
import type { Profile } from "../../config/profile.ts";
import { describeFault } from "../../core/db/fault.ts";
import { ServerUnreachable } from "../../core/db/only-one.ts";
import { connectClient } from "../../core/db/postgres/postgres-session.ts";
import { DatabaseStopped, NoDatabase, reachDatabase } from "../../core/db/postgres/reach-database.ts";
import { ForeignFolder, ownAccounts } from "../../core/db/postgres/state-folder.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { judgeAccount } from "./account.ts";
import { judgeClock } from "./clock.ts";
import {
  type DatabaseLook,
  judgeClosed,
  judgeForeign,
  judgeInstallation,
  judgeMigrations,
  judgeNoBot,
  judgeOwnPolling,
  judgeServer,
  judgeUnreachable,
  lookAtDatabase,
} from "./database.ts";
import { type Finding, ok } from "./finding.ts";
import { judgeDisk, judgeFolder, lookAtDisk, lookAtFolder } from "./folder.ts";
import { judgeTarget, lookAtRegister, lookAtTarget, type RegisterLook } from "./hosting.ts";
import { judgeMonitor, lookAtMonitor } from "./monitor.ts";
import { judgeProfile, lookAtProfile } from "./profile.ts";
import { judgeQueues, lookAtQueues } from "./queues.ts";
import { judgeRedis, lookAtRedis } from "./redis.ts";
import { judgeScans, lookAtScans } from "./scans.ts";
import { judgeStaffGroup } from "./staff-group.ts";
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
import {
  judgeClamav,
  judgeDocker,
  judgePulumi,
  judgeTool,
  lookAtClamav,
  lookAtDocker,
  lookAtPulumi,
  lookAtTools,
} from "./tools.ts";

/** Longer than what programs mostly wait after a conflict before they poll again. */
const watchPollingMs = 15_000;

export type ExamineOptions = {
  /** Whoever waits for another for longer is stuck. */
  stuckAfterSeconds?: number;
};

/** Looks at all that an installation needs, and changes nothing: each finding as soon as it is there. */
export async function* examine(environment: Environment, options: ExamineOptions = {}): AsyncGenerator<Finding> {
  const { home, redisUrl } = environment;
  const isRoot = process.getuid?.() === 0;
  yield judgeAccount({ isRoot, hasToken: environment.mode === "telegram" });
  const folder = await examineFolder(home, isRoot);
  yield* folder;
  yield judgeDisk(home, await lookAtDisk(home));

  const profile = lookAtProfile(environment.profile, environment.profilesFolder);
  yield judgeProfile(environment.profile, environment.profilesFolder, profile);
  const targets = profile.ok ? targetsOf(environment, profile.profile) : [];
  const isSound = folder.every(({ grade }) => grade !== "fail");
  const hasUplink = profile.ok && profile.profile.monitoring.uplink.length > 0;
  const database = await examineDatabase(environment, targets, { ...options, hasUplink, mayStart: isSound });
  yield* database.findings;
  if (environment.mode === "telegram") yield* examineTelegram(environment, environment.telegram, database.look);
  else yield ok("Telegram", "off: TELEGRAM_BOT_TOKEN is not set; the playground brings a Bot API server");

  yield judgeRedis(redisUrl === undefined ? undefined : await lookAtRedis(redisUrl));
  yield judgeDocker(await lookAtDocker());
  yield judgePulumi(await lookAtPulumi());
  // What a profile with mistakes names is not known.
  if (profile.ok) yield* examineHosting(environment, targets, database.registers);
  yield judgeClamav(await lookAtClamav(), { isHosting: targets.length > 0 });
  for (const tool of await lookAtTools()) yield judgeTool(tool);
}

async function examineFolder(home: string, isRoot: boolean): Promise<Finding[]> {
  const exists = await stat(home).then(
    () => true,
    (fault: NodeJS.ErrnoException) => fault.code !== "ENOENT",
  );
  return judgeFolder({
    home,
    exists,
    places: exists ? await lookAtFolder(home) : undefined,
    isRoot,
    ownAccounts: ownAccounts(),
  });
}

/** Those on which something is built: in the playground none, unless somebody has asked for it. */
function targetsOf(environment: Environment, { hosting }: Profile): readonly HostingTarget[] {
  const isBuilt = environment.mode === "telegram" || environment.hasDocker;
  return isBuilt ? (hosting?.targets ?? []) : [];
}

async function* examineHosting(
  { mode }: Environment,
  targets: readonly HostingTarget[],
  registers: Registers = new Map(),
): AsyncGenerator<Finding> {
  if (targets.length === 0) {
    const why = mode === "telegram" ? "" : ", or SIMPUL_PLAYGROUND_DOCKER is not 1";
    yield ok("hosting", `off: the profile names no hosts${why}`);
  }
  const looks = await Promise.all(targets.map(lookAtTarget));
  for (const [index, target] of targets.entries()) {
    const look = looks[index];
    if (look !== undefined) yield* judgeTarget(target, look, registers.get(target.name));
  }
}

type DatabaseOptions = ExamineOptions & { hasUplink: boolean };

/** By the names of the hosts. */
type Registers = ReadonlyMap<string, RegisterLook | undefined>;

type DatabaseExamined = { findings: Finding[]; look?: DatabaseLook; registers?: Registers };

/** @param options.mayStart the embedded server; the start of one would mend the folder, and doctor changes nothing */
async function examineDatabase(
  environment: Environment,
  targets: readonly HostingTarget[],
  { mayStart, ...options }: DatabaseOptions & { mayStart: boolean },
): Promise<DatabaseExamined> {
  try {
    await using database = await reachDatabase({ ...environment, mayStart });
    const client = await connectClient(database.config, "simpul doctor");
    try {
      return await examineServer(environment, client, targets, options);
    } finally {
      await client.end();
    }
  } catch (fault) {
    return { findings: [judgeNoDatabase(fault, environment.databaseUrl === undefined)] };
  }
}

async function examineServer(
  environment: Environment,
  client: pg.Client,
  targets: readonly HostingTarget[],
  { stuckAfterSeconds, hasUplink }: DatabaseOptions,
): Promise<DatabaseExamined> {
  const askedAt = new Date();
  const look = await lookAtDatabase(client);
  const clock = { whose: "the database", theirs: look.server.now, askedAt, answeredAt: new Date(), unitMs: 0 };
  const wanted = { purpose: environment.mode, profile: environment.profile };
  const queues = await lookAtQueues(client, stuckAfterSeconds);
  const scans = await lookAtScans(client);
  const monitor = await lookAtMonitor(client);
  const isRunning = look.isPolled || look.hasPart;
  const findings = [
    judgeServer(look.server),
    judgeMigrations(look.fit),
    judgeInstallation(look.installation, wanted),
    judgeClock(clock),
    ...(queues === undefined ? [] : judgeQueues(queues, isRunning)),
    ...(scans === undefined ? [] : [judgeScans(scans)]),
    ...(monitor === undefined ? [] : [judgeMonitor(monitor, { isRunning, hasUplink, now: look.server.now })]),
  ];
  const registers = new Map<string, RegisterLook | undefined>();
  for (const target of targets) registers.set(target.name, await lookAtRegister(client, target));
  return { findings, look, registers };
}

function judgeNoDatabase(fault: unknown, isEmbedded: boolean): Finding {
  if (fault instanceof NoDatabase) return judgeClosed("missing");
  if (fault instanceof DatabaseStopped) return judgeClosed("stopped");
  if (fault instanceof ForeignFolder) return judgeForeign(fault.uid);
  return judgeUnreachable(describeFault(fault instanceof ServerUnreachable ? fault.cause : fault), isEmbedded);
}

async function* examineTelegram(
  { journalChat, staffGroup }: Pick<Environment, "journalChat" | "staffGroup">,
  telegram: Telegram,
  database: DatabaseLook | undefined,
): AsyncGenerator<Finding> {
  const ask = askTelegram(telegram);
  const answer = await ask("getMe");
  const { finding, bot } = judgeToken(answer, telegram.apiRoot);
  yield finding;
  if (answer.clock !== undefined) yield judgeClock(answer.clock);
  if (bot === undefined) return;

  const wish = { url: telegram.webhook?.url, isRunning: database?.isPolled ?? false, now: new Date() };
  const webhook = judgeWebhook(await ask("getWebhookInfo"), wish);
  yield webhook;
  const mayPoll = telegram.webhook === undefined && webhook.grade === "ok";
  if (wish.isRunning || database?.hasPart || mayPoll) yield await examinePolling(ask, database);
  const chatId = database?.journalChat ?? journalChat;
  if (chatId !== undefined)
    yield judgeChat(await lookAtChat(ask, "TELEGRAM_JOURNAL_CHAT", chatId, bot.id), bot.username);
  const groupId = database?.staffGroup ?? staffGroup;
  if (groupId !== undefined)
    yield judgeStaffGroup(await lookAtChat(ask, "TELEGRAM_STAFF_GROUP", groupId, bot.id), bot.username);
}

async function examinePolling(ask: Ask, database: DatabaseLook | undefined): Promise<Finding> {
  if (database?.isPolled) return judgeOwnPolling(database.lastPollAt, database.server.now);
  if (database?.hasPart) return judgeNoBot();
  return judgePolling(await watchPolling(ask, watchPollingMs));
}
