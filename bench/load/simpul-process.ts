/** All of Simpul but its pages, in the composition of `npm start`. Argument: "limited", or "unlimited" for no limits of sending. */
import { environmentOrExit } from "../../config/environment-or-exit.ts";
import { openBotOf } from "../../parts/bot.ts";
import { openDesk, openFoundation, ownFolder } from "../../parts/foundation.ts";
import { runProcess } from "../../parts/process.ts";
import { dnsOf, pingOf, stacksOf, startWorkerOf } from "../../parts/worker.ts";

const noLimits = { overallPerSecond: Infinity, perPrivateChatPerSecond: Infinity, perGroupPerMinute: Infinity };
const limits = process.argv[2] === "unlimited" ? { limits: noLimits } : {};

const environment = environmentOrExit();
await runProcess(environment, async (running) => {
  if (environment.mode !== "telegram") throw new Error("measuring: TELEGRAM_BOT_TOKEN is not set");
  const foundation = await openFoundation(environment, running, { as: "whole", connections: 12 });
  const desk = await openDesk(foundation, running, { worksTasks: true });
  const filesFolder = await ownFolder(environment, "files", foundation);
  const bot = await openBotOf(foundation, desk, running, { telegram: environment.telegram, filesFolder, ...limits });
  await startWorkerOf(foundation, desk, running, {
    ...bot,
    filesFolder,
    ...dnsOf(environment),
    ...stacksOf(environment),
    ping: pingOf(environment),
  });
  bot.start();
  running.closers.push(() => bot.stop());
  return "ready";
});
