import type { BotOptions } from "../bot/bot.ts";
import { openClient } from "../bot/telegram/client.ts";
import { lookAtGroup } from "../bot/telegram/look-at-group.ts";
import { botIdOf } from "../bot/telegram/receive.ts";
import type { PartEnvironment } from "../config/environment-or-exit.ts";
import { openBotOf, settleIn } from "./bot.ts";
import { openDesk, openFoundation, ownFolder } from "./foundation.ts";
import type { Running } from "./process.ts";
import { codeLines, pagesAt } from "./summary.ts";
import { openWebOf, watchLastPoll } from "./web.ts";
import { dnsOf, pingOf, stacksOf, startWorkerOf } from "./worker.ts";

/** What a measurement or a crash test changes in a bot. */
export type BotExtras = Pick<BotOptions, "at" | "limits">;

/** `npm run bot`, `web`, `worker`: one part of Simpul, beside the others on the database of DATABASE_URL. */
export const parts = { bot: runBot, web: runWeb, worker: runWorker };

export type PartName = keyof typeof parts;

export function isPartName(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}

/** Poller or webhook, inbox handler and sender; a second one handles too, and waits to poll and to send. */
async function runBot(environment: PartEnvironment, running: Running, extras: BotExtras = {}): Promise<string> {
  const { telegram } = environment;
  const foundation = await openFoundation(environment, running, { as: "part", connections: 12 });
  const desk = await openDesk(foundation, running, { worksTasks: false });
  const codes = await settleIn(foundation, desk, environment);
  const filesFolder = await ownFolder(environment, "files", foundation);
  const bot = await openBotOf(foundation, desk, running, { telegram, filesFolder, ...extras });
  bot.start();
  running.closers.push(() => bot.stop());
  return [`Simpul's bot is running (${telegram.webhook ? "webhook" : "long polling"}).`, ...codeLines(codes)].join(
    "\n",
  );
}

/** Pages and the webhook; as many as there are ports. */
async function runWeb(environment: PartEnvironment, running: Running): Promise<string> {
  const { telegram } = environment;
  const foundation = await openFoundation(environment, running, { as: "part", connections: 8 });
  const desk = await openDesk(foundation, running, { worksTasks: false });
  const lastPollAt = watchLastPoll(foundation, running, telegram);
  const filesFolder = await ownFolder(environment, "files", foundation);
  const { port } = await openWebOf(foundation, desk, running, environment, { telegram, lastPollAt, filesFolder });
  return `Simpul's pages are running at ${pagesAt(environment.host, port)}/`;
}

/** Tasks and the clock; of several one seals the journal. */
async function runWorker(environment: PartEnvironment, running: Running): Promise<string> {
  const { token, apiRoot } = environment.telegram;
  const foundation = await openFoundation(environment, running, { as: "part", connections: 8 });
  const desk = await openDesk(foundation, running, { worksTasks: true });
  const filesFolder = await ownFolder(environment, "files", foundation);
  const client = openClient({ token, apiRoot, log: running.log });
  await startWorkerOf(foundation, desk, running, {
    download: (fileId) => client.download(fileId),
    lookAtGroup: (chatId) => lookAtGroup(client, chatId, botIdOf(token)),
    filesFolder,
    ...dnsOf(environment),
    ...stacksOf(environment),
    ping: pingOf(environment),
  });
  return "Simpul's worker is running.";
}
