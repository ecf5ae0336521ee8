import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loadProfile } from "../../config/profile.ts";
import { connect } from "../../core/db/database.ts";
import { findInstallation } from "../../core/db/installation.ts";
import type { Db } from "../../core/db/tables.ts";
import type { PartName } from "../../parts/parts.ts";
import type { TelegramServer } from "../../telegram-server/server.ts";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import { urlOf } from "../../test/support/database-url.ts";
import { Book } from "./book.ts";
import * as checks from "./checks.ts";
import { openDatabase } from "./database.ts";
import { Draws } from "./draws.ts";
import { lostAnswers, startFaults } from "./faults.ts";
import { Fire, type Kill } from "./fire.ts";
import { openFront } from "./front.ts";
import { findOrphans } from "./orphans.ts";
import { live } from "./people.ts";
import { openRedis } from "./redis.ts";
import { ServiceManager } from "./service-manager.ts";
import type { Telephone } from "./telephone.ts";
import { moveIn, openTown, profileName, token } from "./town.ts";

export type ChaosOptions = {
  seed: number;
  /** How long it burns: until so many were killed, or for so long. */
  until: { kills: number } | { seconds: number };
  /** Between two kills, on average. */
  gapMs?: number;
  /** False where no redis-server is to be had; events go through PostgreSQL then. */
  withRedis: boolean;
  say?: (line: string) => void;
};

export type ChaosResult = {
  checks: checks.Check[];
  kills: readonly Kill[];
  seconds: number;
  book: Book;
  telephones: readonly Telephone[];
  repetitions: number;
  messages: number;
  faults: number;
  ownEndings: number;
};

const usualGapMs = 1_000;
/** How long people wait for what does not come. */
const patience = { ms: 60_000, longestMs: 240_000 };
const quietWithinMs = 180_000;
const secret = "a-secret-of-the-benchmark";

/** Offices file and work tickets while everything is killed; then it is checked what became of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, until, gapMs = usualGapMs, withRedis, say = () => undefined } = options;
  const begin = Date.now();
  await using folder = await temporaryFolder();
  let burned: Awaited<ReturnType<typeof burn>>;
  {
    await using stack = new AsyncDisposableStack();
    burned = await burn(stack, folder.path, { seed, until, gapMs, withRedis, say });
  }
  const orphans = await findOrphans(folder.path);
  const orphanCheck = {
    name: "no process is left",
    found: `${orphans.length} processes`,
    problems: orphans.map(({ pid, command }) => `${pid}: ${command}`),
  };
  return { ...burned, checks: [...burned.checks, orphanCheck], seconds: (Date.now() - begin) / 1000 };
}

async function burn(
  stack: AsyncDisposableStack,
  folder: string,
  { seed, until, gapMs, withRedis, say }: Required<ChaosOptions>,
): Promise<Omit<ChaosResult, "seconds">> {
  const begin = Date.now();
  const home = join(folder, "home");
  await mkdir(home, { mode: 0o711 });
  const database = stack.use(await openDatabase(join(folder, "database")));
  const redis = withRedis ? stack.use(await openRedis(folder)) : undefined;
  const kills: Kill[] = [];
  const disturbedAt = () => kills.at(-1)?.at ?? 0;
  const { server, apiRoot, people } = stack.use(await openTown(seed, { ...patience, disturbedAt }));
  noteAnswers(server, kills);
  const webs = new Map<string, string>();
  const front = stack.use(await openFront(() => [...webs.values()]));
  let isByWebhook = false;
  const envOf = (part: PartName): Record<string, string> => ({
    DATABASE_URL: urlOf(database.config),
    SIMPUL_PROFILE: profileName,
    SIMPUL_HOME: home,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "error",
    PORT: "0",
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    ...(part === "web" || isByWebhook ? { TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: front.url } : {}),
  });
  const manager = new ServiceManager({ CHAOS_RUN: folder }, envOf, (post, words) => {
    const address = / at (http:\S+?)\/$/.exec(words)?.[1];
    if (address !== undefined) webs.set(post, address);
  });
  stack.defer(async () => void (await manager.close()));
  const parts = ["bot", "bot", "worker", "worker", "web", "web"] as const;
  for (const [index, part] of parts.entries()) manager.add(`${part} ${(index % 2) + 1}`, part);
  await Promise.all(manager.posts.map(({ present }) => present.ready));
  await moveIn(database.config, people);
  say(`the town is awake after ${seconds(begin)}`);

  const book = new Book();
  book.people = people;
  const { catalogue } = loadProfile(profileName);
  const lives = Promise.all(people.map((person) => live(person, { book, catalogue })));
  const faults = startFaults(server, new Draws(seed, "faults"));
  const changeHearing = () => {
    isByWebhook = !isByWebhook;
  };
  const fire = new Fire({ manager, database, redis, changeHearing }, new Draws(seed, "fire"), kills);
  const burnsSince = Date.now();
  const isEnough =
    "kills" in until ? () => kills.length >= until.kills : () => Date.now() - burnsSince > until.seconds * 1000;
  const telling = setInterval(() => say(progress(book, kills, begin)), 20_000);
  stack.defer(async () => clearInterval(telling));
  await fire.killUntil(isEnough, gapMs);
  const happened = faults.end();
  await database.answers();
  say(`the fire is out after ${seconds(begin)}: ${kills.length} kills`);
  const stops = await manager.restartAll();
  kills.push(...stops.map(({ at, post }) => ({ at, what: "everything" as const, victim: `${post}, stopped` })));
  book.close();
  await lives;
  clearInterval(telling);

  const { db, close } = connect(database.config, { as: "owner", max: 2 });
  stack.defer(close);
  const telephones = people.map(({ telephone }) => telephone);
  const quiet = await waitUntilQuiet(db, telephones);
  say(`it is quiet after ${seconds(begin)}`);
  const installation = (await findInstallation(db))?.id ?? "";
  const evidence: checks.Evidence = {
    ...{ db, book, catalogue, telephones, folder },
    filesFolder: join(home, "files", installation),
    interruptions: [...checks.interruptionsOf(kills), ...manager.ownEndings.map(({ at }) => at)],
    lostAnswers: lostAnswers(happened),
  };
  const repetitions = await checks.checkRepetitions(evidence);
  const found = [
    await checks.checkFilings(evidence),
    await checks.checkUpdates(evidence),
    await checks.checkDeeds(evidence),
    await checks.checkStates(evidence),
    checks.checkConfirmations(evidence),
    repetitions,
    await checks.checkDelivered(evidence),
    await checks.checkJournal(evidence),
    checks.checkPatience(evidence),
    checks.checkEndings(manager.ownEndings, database),
    { name: "it comes to rest", found: "", problems: quiet },
  ];
  const ends = [...stops, ...(await manager.close())];
  found.push({
    name: "a part that is told to stop ends with code 0",
    found: `${ends.length} stops`,
    problems: ends.filter(({ code }) => code !== 0).map(({ post, code, signal }) => `${post}: ${code ?? signal}`),
  });
  const messages = telephones.reduce((sum, { sights }) => sum + sights.length, 0);
  const burntKills = kills.filter(({ victim }) => !victim.endsWith("stopped"));
  return {
    ...{ checks: found, kills: burntKills, book, telephones, repetitions: repetitions.repetitions, messages },
    faults: happened.length,
    ownEndings: manager.ownEndings.length,
  };
}

/** At each kill, when somebody was answered again. */
function noteAnswers({ people }: TelegramServer, kills: readonly Kill[]): void {
  let answered = 0;
  people.subscribe((event) => {
    if ((event.type !== "message" && event.type !== "edit") || !event.message.from.is_bot) return;
    for (; answered < kills.length; answered++) Object.assign(kills[answered] ?? {}, { answeredAt: Date.now() });
  });
}

/** Until all that people sent was handled, and all that comes of it is done. @returns what still waits when it takes too long */
async function waitUntilQuiet(db: Db, telephones: readonly Telephone[]): Promise<string[]> {
  const sent = telephones.reduce((sum, { updates }) => sum + updates, 0);
  const giveUpAt = Date.now() + quietWithinMs;
  for (;;) {
    const left = await whatWaits(db, sent);
    if (left.length === 0 || Date.now() > giveUpAt) return left;
    await pause(100);
  }
}

async function whatWaits(db: Db, sent: number): Promise<string[]> {
  const count = async (query: { execute(): Promise<unknown[]> }) => (await query.execute()).length;
  const handled = await count(db.selectFrom("inbox").select("id").where("state", "<>", "pending"));
  const unsaid = await count(db.selectFrom("outbox").select("id").where("state", "=", "pending"));
  const files = await count(db.selectFrom("attachment").select("id").where("state", "=", "waiting"));
  const unsealed = await count(db.selectFrom("journal_unsealed").selectAll().limit(1));
  return [
    ...(handled < sent ? [`${handled} of ${sent} updates were handled`] : []),
    ...(unsaid > 0 ? [`${unsaid} messages wait to be sent`] : []),
    ...(files > 0 ? [`${files} files wait to be fetched`] : []),
    ...(unsealed > 0 ? ["the journal is not sealed"] : []),
  ];
}

function progress({ tickets, steps, inVain }: Book, kills: readonly Kill[], begin: number): string {
  const done = [...steps.values()].reduce((sum, count) => sum + count, 0);
  return `${seconds(begin)}: ${kills.length} kills, ${tickets.size} tickets, ${done} steps, ${inVain.length} waits in vain`;
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}
