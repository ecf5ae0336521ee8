import { join } from "node:path";
import { loadProfile } from "../../config/profile.ts";
import { connect } from "../../core/db/database.ts";
import { findInstallation } from "../../core/db/installation.ts";
import type { FaultHit, TelegramServer } from "../../telegram-server/server.ts";
import { temporaryFolder } from "../../test/support/installation.ts";
import { Book } from "./book.ts";
import { type Check, checkAll, checkStops, interruptionsOf } from "./checks.ts";
import { Draws } from "./draws.ts";
import { lostAnswers, startFaults } from "./faults.ts";
import { Fire, type Kill } from "./fire.ts";
import { checkOrphans } from "./orphans.ts";
import { live } from "./people.ts";
import { becomeQuiet } from "./quiet.ts";
import type { PartStop } from "./service-manager.ts";
import { openSimpul, type Simpul } from "./simpul.ts";
import type { Telephone } from "./telephone.ts";
import { moveIn, openTown, profileName, type Town } from "./town.ts";

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
  checks: Check[];
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
const tellEveryMs = 20_000;

/** Offices file and work tickets while everything is killed; then it is checked what became of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const begin = Date.now();
  const folder = await temporaryFolder();
  try {
    const result = await runIn(folder.path, { gapMs: usualGapMs, say: () => undefined, ...options });
    const checks = [...result.checks, await checkOrphans(folder.path)];
    return { ...result, checks, seconds: (Date.now() - begin) / 1000 };
  } finally {
    await folder.remove();
  }
}

async function runIn(folder: string, options: Required<ChaosOptions>): Promise<Omit<ChaosResult, "seconds">> {
  const { seed, withRedis, say } = options;
  await using stack = new AsyncDisposableStack();
  const kills: Kill[] = [];
  const town = stack.use(await openTown(seed, { ...patience, disturbedAt: () => kills.at(-1)?.at ?? 0 }));
  noteAnswers(town.server, kills);
  const simpul = await openSimpul(stack, { folder, apiRoot: town.apiRoot, withRedis });
  await moveIn(simpul.database.config, town.people);
  say("the town is awake");
  const book = new Book(town.people);
  const burned = await burn(town, simpul, book, kills, options);
  const telephones = town.people.map(({ telephone }) => telephone);
  return {
    ...(await lookAt(folder, simpul, book, telephones, { ...burned, kills })),
    ...{ kills, book, telephones, faults: burned.happened.length, ownEndings: simpul.manager.ownEndings.length },
    messages: telephones.reduce((sum, { sights }) => sum + sights.length, 0),
  };
}

type Burned = { happened: FaultHit[]; stops: PartStop[] };

/** People live, and things are killed; then all is restarted once, and people finish what they are doing. */
async function burn(
  { server, people }: Town,
  { manager, database, ...victims }: Simpul,
  book: Book,
  kills: Kill[],
  { seed, until, gapMs, say }: Required<ChaosOptions>,
): Promise<Burned> {
  const begin = Date.now();
  const { catalogue } = loadProfile(profileName);
  const telling = setInterval(() => say(progress(book, kills, begin)), tellEveryMs);
  const lives = Promise.all(people.map((person) => live(person, { book, catalogue })));
  const faults = startFaults(server, new Draws(seed, "faults"));
  const fire = new Fire({ manager, database, ...victims }, seed, kills);
  const isEnough =
    "kills" in until ? () => kills.length >= until.kills : () => Date.now() - begin > until.seconds * 1000;
  await fire.killUntil(isEnough, gapMs);
  const happened = faults.end();
  await database.answers();
  say(`the fire is out; ${progress(book, kills, begin)}`);
  const stops = await manager.restartAll();
  book.close();
  await lives;
  clearInterval(telling);
  return { happened, stops };
}

/** When all is quiet: what people know, beside what the database holds. */
async function lookAt(
  folder: string,
  { database, manager, home }: Simpul,
  book: Book,
  telephones: readonly Telephone[],
  { happened, stops, kills }: Burned & { kills: readonly Kill[] },
): Promise<Pick<ChaosResult, "checks" | "repetitions">> {
  const { db, close } = connect(database.config, { as: "owner", max: 2 });
  try {
    const sent = telephones.reduce((sum, { updates }) => sum + updates, 0);
    const rest = await becomeQuiet(db, sent);
    const { checks, repetitions } = await checkAll({
      ...{ db, book, telephones, folder, catalogue: loadProfile(profileName).catalogue },
      filesFolder: join(home, "files", (await findInstallation(db))?.id ?? ""),
      interruptions: [...interruptionsOf(kills), ...manager.ownEndings.map(({ at }) => at)],
      lostAnswers: lostAnswers(happened),
      ...{ ownEndings: manager.ownEndings, outages: database.outages },
    });
    return { checks: [...checks, rest, checkStops([...stops, ...(await manager.close())])], repetitions };
  } finally {
    await close();
  }
}

/** At each kill, when somebody was answered again. */
function noteAnswers({ people }: TelegramServer, kills: readonly Kill[]): void {
  let answered = 0;
  people.subscribe((event) => {
    if ((event.type !== "message" && event.type !== "edit") || !event.message.from.is_bot) return;
    for (; answered < kills.length; answered++) Object.assign(kills[answered] ?? {}, { answeredAt: Date.now() });
  });
}

function progress({ tickets, steps, inVain }: Book, kills: readonly Kill[], begin: number): string {
  const done = [...steps.values()].reduce((sum, count) => sum + count, 0);
  const seconds = Math.round((Date.now() - begin) / 1000);
  return `${seconds} s: ${kills.length} kills, ${tickets.size} tickets, ${done} steps, ${inVain.length} waits in vain`;
}
