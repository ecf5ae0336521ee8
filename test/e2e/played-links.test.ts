import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chat, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { npmStart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

/** R08 in the browser: links of the playground are asked for real, one is cut, and comes back. */

const behindTrunk = "5 kantor dan 5 lainnya";

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

/** The page of /status, which is loaded anew, not faster than somebody presses. */
async function statusSays(chat: Chat, words: string): Promise<void> {
  await chat.say("/status");
  await until(`the status says ${words}`, async () => {
    await pause(1_000);
    if ((await chat.sees("Status jaringan dan aplikasi")).includes(words)) return true;
    await chat.press("🔄 Muat ulang");
    return false;
  });
}

/** Who reports what is known joins it instead. */
async function joins(user: Chat): Promise<void> {
  await user.say("/lapor");
  await user.press("Lapor gangguan internet/intranet");
  const known = await user.sees("Ini sudah diketahui");
  expect(known).toContain("Penyebab: Trunk Telkom");
  await user.press("Saya juga terdampak");
  await user.sees("Anda tercatat juga terdampak");
}

test("a trunk is cut in the playground: one message for all behind it, and one that it is back, to who has joined too", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const chats = await openChatPage(browser, await simpul.isReady());
  const infrastructure = await chats.person(labura.infrastructure);
  await infrastructure.begin();
  await infrastructure.sees("Selamat datang");
  await statusSays(infrastructure, "15 normal");
  const user = await chats.person(labura.user);
  await user.begin();
  await user.sees("Selamat datang");

  await chats.page.getByRole("button", { name: "Gangguan", exact: true }).click();
  const cut = chats.page.getByRole("switch", { name: "Trunk Telkom putus" });
  await cut.check();
  const cutAt = performance.now();
  await infrastructure.sees("🔴 Trunk Telkom terputus");
  const tookMs = performance.now() - cutAt;
  await infrastructure.sees(`⛓ ${behindTrunk} di belakangnya`);
  await statusSays(infrastructure, "11 terputus, 4 normal");
  await joins(user);
  await chats.picture("played-links-cut");

  await cut.uncheck();
  await infrastructure.sees("Trunk Telkom normal kembali setelah");
  await user.sees("Trunk Telkom sudah terhubung kembali sejak");
  await statusSays(infrastructure, "15 normal");
  const column = chats.page.getByRole("region", { name: `Percakapan ${labura.infrastructure}` });
  const messages = column.getByRole("log").locator(".message[data-in]");
  // The one that told of it, which was edited, and the one that it is back.
  expect(await messages.filter({ hasText: "Trunk Telkom normal kembali" }).count()).toBe(2);
  expect(await messages.filter({ hasText: /(?:Link|Kantor) .* (?:terputus|normal kembali)/ }).count()).toBe(0);
  expect(tookMs).toBeLessThan(25_000);
  expect(chats.defects).toEqual([]);
});
