import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../support/server.ts";
import { type Chat, type ChatPage, isUpdatingPictures, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { checkout, temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { openPostgres15 } from "./support/postgres-15.ts";
import { npmStart } from "./support/simpul.ts";

/** R01 (Perbup Labuhanbatu Utara 2019, annex IV.2) in the browser, by the way through the data center. */

type Desk = { page: ChatPage; user: Chat; helpDesk: Chat; itSupport: Chat };

const playgroundPicture = join(checkout, "docs/images/playground.png");
const finding = "Layanan aplikasi SIMPEG mati karena disk penuh";
const result = "Disk server SIMPEG penuh; log lama dipindahkan dan layanan dijalankan ulang";

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("a complaint is filed, worked and closed in the playground, on a PostgreSQL 15 that DATABASE_URL names", async () => {
  await using home = await temporaryFolder();
  await using postgres = await openPostgres15();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path, DATABASE_URL: postgres.url } });
  const desk = await openDesk(await simpul.isReady());

  await fileComplaint(desk);
  await issueWorkOrder(desk);
  await beginWork(desk);
  await desk.page.picture("trouble-1-at-work");
  if (isUpdatingPictures) await desk.page.picture("playground", playgroundPicture);
  await workInDataCenter(desk);
  await desk.page.picture("trouble-2-repaired");
  await confirmAndClose(desk);
  await desk.page.picture("trouble-3-closed");

  const { rows } = await query({ connectionString: postgres.url }, "select state, resolution from ticket");
  expect(rows).toEqual([{ state: "closed", resolution: result }]);
  expect(desk.page.defects).toEqual([]);
});

async function openDesk(address: string): Promise<Desk> {
  const page = await openChatPage(browser, address, { isForGuide: true });
  const user = await page.person(labura.user);
  await user.begin();
  await user.sees("Selamat datang");
  const helpDesk = await page.person(labura.helpDesk);
  await helpDesk.begin();
  const itSupport = await page.person(labura.itSupport);
  await itSupport.begin();
  return { page, user, helpDesk, itSupport };
}

async function fileComplaint({ user }: Desk): Promise<void> {
  await user.press("Lapor gangguan aplikasi");
  await user.sees("Aplikasi apa yang bermasalah?");
  await user.press("SIMPEG");
  await user.sees("Apa yang terjadi?");
  await user.say(
    "SIMPEG tidak bisa dibuka sejak pagi, muncul pesan 502 Bad Gateway. Berkas kenaikan pangkat tertunda.",
  );
  await user.sees("Sejak kapan terjadi?");
  await user.press("Baru saja");
  await user.sees("Kirim foto layar");
  await user.sendFile({ name: "layar.png", mimeType: "image/png", buffer: await pictureOfTheError() });
  await user.sees("1 berkas diterima");
  await user.press("Lanjut");
  await user.sees("Periksa kembali");
  await user.press("Kirim");
  await user.sees("Tiket Anda sudah diterima");
}

async function issueWorkOrder({ helpDesk }: Desk): Promise<void> {
  await helpDesk.sees("Tiket untuk tim Anda");
  await helpDesk.press("Terbitkan WO");
  await helpDesk.sees("Di mana kira-kira gangguannya?");
  await helpDesk.press("Di data center");
  await helpDesk.sees("Catatan untuk IT Support?");
  await helpDesk.say("Tiga SKPD lain melaporkan hal yang sama pagi ini.");
  await helpDesk.sees("Aplikasi diperiksa IT Support");
}

async function beginWork({ itSupport }: Desk): Promise<void> {
  await itSupport.sees("Tiket untuk tim Anda");
  await itSupport.press("Saya kerjakan");
  await itSupport.sees(`Dikerjakan oleh: ${labura.itSupport}`);
  await itSupport.press("Aplikasi tidak normal");
  await itSupport.sees("Letak gangguan ditentukan IT Support");
}

async function workInDataCenter({ page, itSupport }: Desk): Promise<void> {
  await itSupport.press("Di data center: teruskan WO");
  await itSupport.sees("Catatan untuk Data Center?");
  await itSupport.press("Lewati");
  await itSupport.sees("Diperiksa Data Center");

  const dataCenter = await page.person(labura.dataCenter);
  await dataCenter.begin();
  await dataCenter.press("Antrean (1)");
  await dataCenter.press("T-0001");
  await dataCenter.press("Periksa: Server");
  await dataCenter.sees("Bagaimana hasil pemeriksaannya?");
  await dataCenter.press("Tidak sesuai");
  await dataCenter.sees("Apa yang ditemukan?");
  await dataCenter.say(finding);
  await dataCenter.sees("❌ Server");
  for (const check of ["Aplikasi dari intranet", "Database", "Koneksi intranet", "Kabel data"]) {
    await dataCenter.press(`Periksa: ${check}`);
    await dataCenter.sees("Bagaimana hasil pemeriksaannya?");
    await dataCenter.press(/^Sesuai$/);
    await dataCenter.sees("Apa yang ditemukan?");
    await dataCenter.press("Lewati");
    await dataCenter.sees(`✅ ${check}`);
  }
  await dataCenter.press("Sudah diperbaiki");
  await dataCenter.sees("Apa yang diperbaiki?");
  await dataCenter.say("Log lama dipindahkan ke penyimpanan DRC, layanan dijalankan ulang");
  await dataCenter.sees("IT Support akan memverifikasi ke pemohon");
}

async function confirmAndClose({ user, helpDesk, itSupport }: Desk): Promise<void> {
  await itSupport.press("Verifikasi ke pemohon");
  await itSupport.sees("Apa hasil analisis dan tindakannya?");
  await itSupport.say(result);
  await itSupport.sees("Menunggu konfirmasi pemohon");

  await user.sees("Apakah sudah normal?");
  await user.guidePicture("sudah-normal", "Apakah sudah normal?");
  await user.press("Ya, sudah normal");
  await helpDesk.press(/^Tutup$/);
  await helpDesk.sees("Tuliskan hasil analisis akhir");
  await helpDesk.press(`Pakai: ${result.slice(0, 20)}`);
  await helpDesk.sees("Keadaan: Selesai");
  await user.sees("Tiket Anda telah selesai");
  await user.sees("Keadaan: Selesai");
}

/** What the user photographs. */
async function pictureOfTheError(): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 640, height: 300 } });
  await page.setContent(
    `<body style="font-family: sans-serif; background: #f4f4f4; text-align: center; padding-top: 4rem">
       <h1>502 Bad Gateway</h1><p>simpeg.labura.go.id</p><hr><small>nginx</small>`,
  );
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
