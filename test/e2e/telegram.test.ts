import { expect, test } from "vitest";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { temporaryFolder } from "./support/folders.ts";
import { npmStart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

const token = `4242:${"a-token-of-this-test".repeat(2)}`;
const administrator = 1001;
const stranger = 1002;

test("with a token the administrator links by the code on the terminal, and the start after a stop goes on", async () => {
  await using telegram = await openTelegram();
  await using home = await temporaryFolder();
  const env = { SIMPUL_HOME: home.path, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url };
  await using first = npmStart({ env });
  const address = await first.isReady();

  const code = /send the bot {2}\/start (\S+)/.exec(first.output())?.[1];
  telegram.people.start(stranger);
  telegram.people.sendText(administrator, `/start ${code}`);
  await telegram.sees(administrator, "Selamat datang");
  telegram.people.sendText(administrator, "/orang");
  await telegram.sees(administrator, "Orang dan peran");
  await telegram.sees(stranger, "belum terdaftar");
  expect((await fetch(new URL("playground", address))).status).toBe(404);
  first.interrupt();
  expect(await first.hasEnded()).toEqual({ code: 0, signal: null });

  await using second = npmStart({ env });
  await second.isReady();
  expect(second.output()).not.toContain(code);
  telegram.people.sendText(administrator, "/menu");
  await until("the administrator gets the menu again", () =>
    telegram.words(administrator).at(-1)?.includes("Meja layanan"),
  );
});

test("the playground does not open a database that a token has used", async () => {
  await using telegram = await openTelegram();
  await using home = await temporaryFolder();
  const env = { SIMPUL_HOME: home.path };
  await using used = npmStart({ env: { ...env, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url } });
  await used.isReady();
  used.interrupt();
  await used.hasEnded();

  await using playground = npmStart({ env });
  const { code } = await playground.hasEnded();

  expect(code).not.toBe(0);
  expect(playground.output()).toContain("a bot's token has used this database, so the playground does not open it");
});

test("with a token the playground's database is not opened", async () => {
  await using telegram = await openTelegram();
  await using home = await temporaryFolder();
  const env = { SIMPUL_HOME: home.path };
  await using playground = npmStart({ env });
  await playground.isReady();
  playground.interrupt();
  await playground.hasEnded();

  await using withToken = npmStart({ env: { ...env, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url } });
  const { code } = await withToken.hasEnded();

  expect(code).not.toBe(0);
  expect(withToken.output()).toContain("this is the playground's database, so it is not opened with a token");
});

/** What stands in for Telegram: our Bot API server, in this process. */
async function openTelegram() {
  const server = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [
      { id: administrator, firstName: "Melati" },
      { id: stranger, firstName: "Ucok" },
    ],
  });
  const { url } = await server.listen(0, "127.0.0.1");
  const { people } = server;
  const words = (person: number) =>
    people.messages(person).flatMap((message) => (message.from.is_bot ? (message.text ?? []) : []));
  return {
    url,
    people,
    words,
    sees: (person: number, text: string) =>
      until(
        () => `${person} sees "${text}"; the chat ends: ${words(person).slice(-2).join(" | ")}`,
        () => words(person).some((each) => each.includes(text)),
      ),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
