import { test } from "vitest";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { openChromium } from "./support/chromium.ts";

const ani = 1001;

test.for([
  ["wide", { width: 1480, height: 940 }],
  ["narrow", { width: 390, height: 844 }],
] as const)("faults are switched on, watched and ended on the %s page", async ([, viewport], { expect }) => {
  const server = await openTelegramServer({
    token: "4242:any",
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [{ id: ani, firstName: "Ani" }],
  });
  await using _server = { [Symbol.asyncDispose]: () => server.close() };
  const { url } = await server.listen(0, "127.0.0.1");
  server.people.start(ani);
  const say = async () => (await fetch(`${url}bot4242:any/sendMessage?chat_id=${ani}&text=halo`)).status;
  await using browser = await openChromium();
  const page = await browser.newPage({ viewport, locale: "id-ID", timezoneId: "Asia/Jakarta" });
  const defects: string[] = [];
  page.on("pageerror", (error) => defects.push(error.message));
  await page.goto(`${url}playground`);
  const panel = page.getByRole("complementary", { name: "Gangguan" });
  const happened = panel.getByRole("region", { name: "Yang terjadi" });

  await page.getByRole("button", { name: "Gangguan" }).click();
  await panel.getByLabel("Seberapa sering: Orang memblokir bot").selectOption("sekali saja");
  await panel.getByRole("switch", { name: "Orang memblokir bot" }).check();
  await panel.getByLabel("Kode: Server Telegram rusak").selectOption("504");
  await panel.getByRole("switch", { name: "Server Telegram rusak" }).check();
  await expect
    .poll(() => server.faults.plan()?.rules)
    .toEqual([
      { kind: "block", next: 1 },
      { kind: "server-error", status: 504 },
    ]);
  expect([await say(), await say()]).toEqual([403, 504]);

  await expect
    .poll(() => happened.getByRole("listitem").allInnerTexts())
    .toEqual([
      expect.stringMatching(/Server Telegram rusak\s+sendMessage · Ani/),
      expect.stringMatching(/Orang memblokir bot\s+sendMessage · Ani/),
    ]);
  await panel.getByRole("button", { name: "Akhiri semua gangguan" }).click();
  await expect.poll(() => panel.getByRole("switch", { checked: true }).count()).toBe(0);
  expect(await say()).toBe(200);
  await panel.getByRole("button", { name: "Tutup panel gangguan" }).click();
  expect(await panel.isVisible()).toBe(false);
  expect(defects).toEqual([]);
});
