import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { npmStart } from "./support/simpul.ts";

/** A file over 20 MB by the page of its link, in the browser, over a line that is cut. */

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("30 MB come over a cut line and a reload, and are a file of the ticket", async () => {
  const bytes = randomBytes(30 * 2 ** 20);
  await using home = await temporaryFolder();
  const path = join(home.path, "situs.zip");
  await writeFile(path, bytes);
  await using simpul = npmStart({ env: { SIMPUL_HOME: join(home.path, "home") } });
  const chat = await openChatPage(browser, await simpul.isReady());
  const user = await chat.person(labura.user);
  await user.begin();
  await user.press("Lapor gangguan aplikasi");
  await user.asks("Aplikasi apa yang bermasalah?");
  await user.press("SIMPEG");
  await user.asks("Apa yang terjadi?");
  await user.say("Situs kosong setelah dipindahkan.");
  await user.asks("Sejak kapan terjadi?");
  await user.press("Baru saja");
  await user.asks("Kirim foto layar");
  await user.press("Berkas lebih dari 20 MB");
  await user.sees("Unggah berkas");
  const link = await chat.page.locator('a[href*="/upload/"]').last().getAttribute("href");

  const page = await browser.newPage({ viewport: { width: 800, height: 700 }, locale: "id-ID" });
  const defects: string[] = [];
  page.on("pageerror", (error) => defects.push(error.message));
  page.on("console", (message) =>
    defects.push(...(/Content Security Policy/.test(message.text()) ? [message.text()] : [])),
  );
  const parts = await cutLine(page);
  await page.goto(link ?? "");
  await page.getByLabel("Pilih berkas").setInputFiles(path);
  await page.getByRole("button", { name: "Unggah" }).click();
  await parts.hasStopped;
  await page.screenshot({ path: join(import.meta.dirname, "output/upload-1-on-the-way.png") });
  await page.reload();
  await page.getByText("Pilih berkas itu lagi untuk melanjutkan").waitFor();
  await page.screenshot({ path: join(import.meta.dirname, "output/upload-2-goes-on.png") });
  await page.getByLabel("Pilih berkas").setInputFiles(path);
  await page.getByRole("button", { name: "Unggah" }).click();
  await page.getByText("Berkas sudah diterima dan disimpan").waitFor();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await page.getByText(sha256).waitFor();
  await page.screenshot({ path: join(import.meta.dirname, "output/upload-3-arrived.png") });

  await user.sees(sha256);
  await user.asks("1 berkas diterima");
  await user.press("Lanjut");
  await user.asks("Periksa kembali");
  await user.press("Kirim");
  await user.sees("Tiket Anda sudah diterima");
  await user.press("Lampiran (1)");
  expect((await user.document("situs.zip")).equals(bytes)).toBe(true);
  expect([...chat.defects, ...defects]).toEqual([]);
});

/** The second part of all is cut on its way, and from the fourth on none goes out until the page is loaded anew. */
async function cutLine(page: Page): Promise<{ hasStopped: Promise<void> }> {
  const { promise: hasStopped, resolve: stop } = Promise.withResolvers<void>();
  let parts = 0;
  await page.route("**/upload/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    parts += 1;
    if (parts === 2) return route.abort("connectionreset");
    if (parts === 4) return stop();
    return route.continue();
  });
  return { hasStopped };
}
