import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanDump } from "../support/applications.ts";
import { type Chat, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import {
  approve,
  classifyAndCheck,
  fileLetter,
  type LetterDesk,
  openLetterDesk,
  reportChecks,
  reviewAndDispose,
  tellOffice,
  tickAll,
} from "./support/letter.ts";
import { npmStart } from "./support/simpul.ts";

/** R05 (Perbup Labuhanbatu Utara 2019, annex IV.1) in the browser, from the letter to the notice. */

const checks = [
  "Legalitas software dan database",
  "Jenis aplikasi (desktop/website)",
  "Database",
  "Kelengkapan (web server, add-ons)",
  "Celah keamanan aplikasi",
  "Lainnya",
];
const tests = ["Tes aplikasi", "Tes dari internet", "Tes dari intranet", "Tes lainnya"];
const notice = "Aplikasi dapat dibuka di https://antrean.labura.go.id dari intranet dan internet.";

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("an application is asked for by letter, checked, approved, installed, tested, and its office told", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const page = await openChatPage(browser, await simpul.isReady(), { isForGuide: true });
  const desk = await openLetterDesk(page);

  const file = { name: "antrean.sql", mimeType: "application/sql", buffer: Buffer.from(cleanDump) };
  await fileLetter(desk, { service: "Aplikasi (hosting)", application: "Antrean Online", domain: "antrean", file });
  await reviewAndDispose(desk);
  await classifyAndCheck(desk, { as: "hosting", checks });
  await desk.dataCenter.guidePicture("daftar-periksa", "Daftar periksa (6 dari 6)");
  await judgeMachineChecks(desk);
  await reportChecks(desk, "Layak dipasang di server aplikasi 2.");
  const asked = await approve(desk);
  expect(asked).toContain(checks[4]);
  expect(asked).toContain("🤖 Pemeriksaan mesin (4): 2 sesuai, 2 dinyatakan sesuai oleh petugas");
  await install(desk);
  await testApplication(desk);
  await tellOffice(desk, notice);
  await page.picture("hosting-closed");

  expect(page.defects).toEqual([]);
});

/** What the machine found right is accepted; what it could not check is decided with a reason. */
async function judgeMachineChecks({ page, dataCenter }: LetterDesk): Promise<void> {
  await dataCenter.press("🤖 Pemeriksaan mesin (4 belum diputuskan)");
  await dataCenter.sees("📄 antrean.sql");
  await page.picture("machine-checks");
  for (const check of ["Dump utuh dan aman", "Kata sandi bawaan"]) {
    await dataCenter.press(`✅ ${check} · putuskan`);
    await dataCenter.press("👍 Setuju:");
    await dataCenter.sees(`${check}: Sesuai → Sesuai menurut`);
  }
  await overrule(dataCenter, "Malware", "clamav belum punya daftar malware");
  await dataCenter.sees("4 pemeriksaan, 1 belum diputuskan");
  await dataCenter.press("🤖 Pemeriksaan mesin (1 belum diputuskan)");
  await overrule(dataCenter, "Dump dapat dimuat", "profil kantor ini belum menyebut host");
  await dataCenter.sees("4 pemeriksaan, semua diputuskan");
}

async function overrule(chat: Chat, check: string, why: string): Promise<void> {
  await chat.press(`❔ ${check} · putuskan`);
  await chat.sees(why);
  await chat.press("✅ Sesuai, karena…");
  await chat.asks("Mengapa?");
  await chat.say("Sudah dicoba di server uji.");
}

/** The address is the next of the prefix, and the name that the office wished leads there. */
async function install({ page, dataCenter }: LetterDesk): Promise<void> {
  await dataCenter.sees("Keadaan: Disetujui, aplikasi dipasang Data Center");
  await dataCenter.press("Aplikasi terpasang: terbitkan WO");
  await dataCenter.asks("Di mana dan bagaimana");
  await dataCenter.say("Server aplikasi 2, kontainer antrean.");
  await dataCenter.sees("Keadaan: Alamat IP diatur Infrastruktur");
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.begin();
  await infrastructure.press("Antrean (1)");
  await infrastructure.press("T-0001");
  await infrastructure.press("Alamat IP diatur: teruskan WO");
  await infrastructure.asks("Dari prefix mana alamatnya?");
  await infrastructure.press("10.10.5.0/24");
  await infrastructure.asks("Alamat tertentu?");
  await infrastructure.say("10.10.5");
  await infrastructure.asks("Alamat IP itu tidak terbaca");
  await infrastructure.press("Lewati");
  await infrastructure.asks("Nama domain yang menuju alamat itu?");
  await infrastructure.press("antrean.labura.go.id");
  await infrastructure.asks("Catatan tentang alamatnya?");
  await infrastructure.press("Lewati");
  await infrastructure.asks("Periksa kembali");
  await infrastructure.press("Kirim");
  const card = await infrastructure.sees("Keadaan: Aplikasi dites IT Support");
  expect(card).toContain("Alamat IP: 10.10.5.1");
  expect(card).toContain("Nama domain: antrean.labura.go.id");
}

async function testApplication({ page, dataCenter }: LetterDesk): Promise<void> {
  const itSupport = await page.person(labura.itSupport);
  await itSupport.begin();
  await itSupport.press("Antrean (1)");
  await itSupport.press("T-0001");
  await tickAll(itSupport, "Tes", tests);
  await itSupport.press("Tes selesai: kembalikan WO");
  await itSupport.asks("Catatan hasil tes?");
  await itSupport.press("Lewati");
  await itSupport.sees("Keadaan: Laporan pemasangan di Data Center");
  await dataCenter.press("Laporkan aplikasi terpasang");
  await dataCenter.asks("Dari mana sudah dapat diakses?");
  await dataCenter.press("Intranet dan internet");
  await dataCenter.asks("Bagaimana hasilnya?");
  await dataCenter.say(notice);
  await dataCenter.sees("Keadaan: Selesai dipasang");
}
