import { afterEach, beforeEach, expect, test } from "vitest";
import { openBot, TokenRefused } from "../../bot/bot.ts";
import { roles } from "../../core/domain/people/roles.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { testRules } from "../support/rules.ts";
import { openTestTelegram, silent, type TestTelegram, TOKEN } from "./support.ts";

let database: TestDatabase;
let telegram: TestTelegram;
beforeEach(async () => {
  database = await freshDatabase();
  telegram = await openTestTelegram();
});
afterEach(async () => {
  await telegram.close();
  await database.close();
});

function botWith(token: string, apiRoot = telegram.url) {
  return openBot({
    token,
    apiRoot,
    config: database.config,
    db: database.db,
    events: {
      publish: async () => undefined,
      subscribe: () => () => undefined,
      takeToken: async () => true,
      close: async () => undefined,
    },
    office: {
      regency: "Kabupaten Uji",
      zone: "Asia/Jakarta",
      zoneLabel: "WIB",
      roles: Object.fromEntries(roles.map((role) => [role, role])) as Record<(typeof roles)[number], string>,
      applications: [],
      catalogue: [],
      maintainers: { applications: [], devices: [] },
      addressQuarantineDays: 30,
      addressSilentDays: 30,
      monitoring: testRules.monitoring,
      hasPages: false,
      names: testRules.names,
      districts: testRules.districts,
    },
    setting: (now) => ({ now, rules: testRules, tasks: { enqueue: async () => undefined } }),
    filesFolder: "unused",
    log: silent,
  });
}

test("a token that Telegram does not know is told at the start, without the token", async () => {
  const wrong = "123456:a-token-that-is-not-known-here-at-all";

  const checked = botWith(wrong).checkToken();

  await expect(checked).rejects.toBeInstanceOf(TokenRefused);
  await expect(checked).rejects.not.toThrow(wrong);
});

test("a good token is taken, and so is one that Telegram cannot be asked about now", async () => {
  await expect(botWith(TOKEN).checkToken()).resolves.toBeUndefined();
  await expect(botWith(TOKEN, "http://127.0.0.1:1/").checkToken()).resolves.toBeUndefined();
});
