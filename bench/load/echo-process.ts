/** What is compared with: a bot as telegraf's own example has it, without a database. Arguments: apiRoot, token. */
import { Telegraf } from "telegraf";

const [apiRoot = "", token = ""] = process.argv.slice(2);
const bot = new Telegraf(token, { telegram: { apiRoot } });
bot.on("text", (context) => context.reply(context.message.text));
process.once("SIGTERM", () => bot.stop());
await bot.launch(() => console.log("ready"));
