import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chat, type ChatPage, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { npmStart } from "./support/simpul.ts";

/** R05 (Perbup Labuhanbatu Utara 2019, annex IV.1) in the browser, from the letter to the notice. */

type Desk = { page: ChatPage; user: Chat; secretariat: Chat; dataCenter: Chat };

const letter = { name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };
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
  const desk = await openDesk(await simpul.isReady());

  await fileLetter(desk);
  await reviewAndDispose(desk);
  await check(desk);
  await approve(desk);
  await install(desk);
  await testApplication(desk);
  await tellOffice(desk);
  await desk.page.picture("hosting-closed");

  expect(desk.page.defects).toEqual([]);
});

async function openDesk(address: string): Promise<Desk> {
  const page = await openChatPage(browser, address, { isForGuide: true });
  const [user, secretariat, dataCenter] = [
    await page.person(labura.user),
    await page.person(labura.nonTechnical),
    await page.person(labura.dataCenter),
  ];
  for (const chat of [user, secretariat, dataCenter]) {
    await chat.begin();
    await chat.sees("Selamat datang");
  }
  return { page, user, secretariat, dataCenter };
}

async function fileLetter({ user }: Desk): Promise<void> {
  await user.press("Ajukan permintaan");
  await user.guidePicture("ajukan-permintaan", "Apa yang Anda perlukan?");
  await user.press("📝 Penitipan aplikasi/server");
  await user.asks("Apa yang dititipkan?");
  await user.press("Aplikasi (hosting)");
  await user.asks("Aplikasi atau server apa?");
  await user.say("Antrean Online");
  await user.asks("Nomor surat permohonan");
  await user.say("555/210/Disdukcapil/2026");
  await user.asks("Tanggal suratnya?");
  await user.press("Kemarin");
  await user.asks("Kirim foto atau PDF surat permohonan");
  await user.sendFile(letter);
  await user.asks("1 berkas diterima");
  await user.press("Lanjut");
  await user.asks("Ceritakan aplikasi atau server ini");
  await user.say("PHP 8 dengan MariaDB, dipakai 40 orang di loket.");
  await user.asks("tugas kedinasan?");
  await user.press("Ya, hanya untuk tugas kedinasan");
  await user.asks("Kirim dokumen pendukung");
  await user.press("Lanjut");
  await user.asks("Periksa kembali");
  await user.press("Kirim");
  expect(await user.sees("T-0001 · Penitipan aplikasi/server")).toContain("Antrean Online");
}

async function reviewAndDispose({ secretariat }: Desk): Promise<void> {
  await secretariat.sees("Tiket untuk tim Anda");
  await secretariat.press("Catat surat");
  await secretariat.asks("Nomor agenda surat masuk?");
  await secretariat.say("1024/2026");
  await secretariat.asks("Apa sifat suratnya?");
  await secretariat.press("Penting");
  await secretariat.asks("Kapan surat diterima?");
  await secretariat.press("Hari ini");
  await secretariat.asks("Catatan tentang suratnya?");
  await secretariat.press("Lewati");
  await secretariat.asks("Periksa kembali");
  await secretariat.press("Kirim");
  await secretariat.sees("Keadaan: Surat dikaji Non-Teknis");
  await secretariat.press("Surat disetujui");
  await secretariat.asks("Catatan hasil kajian?");
  await secretariat.press("Lewati");
  await secretariat.sees("Keadaan: Menunggu disposisi Non-Teknis");
  await secretariat.press("Disposisi");
  await secretariat.asks("Disposisi kepada siapa");
  await secretariat.guidePicture("disposisi", "Disposisi kepada siapa");
  await secretariat.press(labura.dataCenter);
  await secretariat.asks("Apa instruksinya?");
  await secretariat.say("Periksa kelayakannya dan laporkan ke pimpinan.");
  await secretariat.asks("Sampai kapan harus selesai?");
  await secretariat.press("1 minggu lagi");
  await secretariat.sees("Keadaan: Diklasifikasi Data Center");
}

async function check({ dataCenter }: Desk): Promise<void> {
  expect(await dataCenter.sees("T-0001 · Penitipan aplikasi/server")).toContain("Batas waktu:");
  await dataCenter.press("Klasifikasi: hosting");
  await dataCenter.asks("Catatan klasifikasi?");
  await dataCenter.press("Lewati");
  await dataCenter.sees("Daftar periksa (0 dari 6)");
  for (const [index, item] of checks.entries()) {
    await dataCenter.press(`Periksa: ${item}`);
    await dataCenter.asks("Apa hasilnya?");
    await dataCenter.press(/^Sesuai$/);
    await dataCenter.asks("Apa yang ditemukan");
    await dataCenter.press("Lewati");
    await dataCenter.sees(`Daftar periksa (${index + 1} dari 6)`);
  }
  await dataCenter.guidePicture("daftar-periksa", "Daftar periksa (6 dari 6)");
  await dataCenter.press("Laporkan ke pimpinan");
  await dataCenter.asks("Apa kesimpulan dan saran Anda");
  await dataCenter.say("Layak dipasang di server aplikasi 2.");
  await dataCenter.sees("Keadaan: Menunggu rekomendasi pimpinan (hosting)");
}

async function approve({ page, dataCenter }: Desk): Promise<void> {
  const leadership = await page.person(labura.leadership);
  await leadership.begin();
  expect(await leadership.sees("Persetujuan diminta")).toContain(checks[4]);
  await leadership.guidePicture("setujui", "Persetujuan diminta");
  await leadership.press("Setujui");
  await leadership.asks("Catatan untuk Data Center?");
  await leadership.press("Lewati");
  await leadership.sees("Disetujui");
  await dataCenter.sees("Keadaan: Disetujui, aplikasi dipasang Data Center");
}

async function install({ page, dataCenter }: Desk): Promise<void> {
  await dataCenter.press("Aplikasi terpasang: terbitkan WO");
  await dataCenter.asks("Di mana dan bagaimana");
  await dataCenter.say("Server aplikasi 2, kontainer antrean.");
  await dataCenter.sees("Keadaan: Alamat IP diatur Infrastruktur");
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.begin();
  await infrastructure.press("Antrean (1)");
  await infrastructure.press("T-0001");
  await infrastructure.press("Alamat IP diatur: teruskan WO");
  await infrastructure.asks("Alamat IP apa yang diberikan?");
  await infrastructure.press("IP lokal");
  await infrastructure.asks("Alamat IP-nya?");
  await infrastructure.say("10.10.5");
  await infrastructure.asks("Alamat IP itu tidak terbaca");
  await infrastructure.say("10.10.5.20");
  await infrastructure.asks("Catatan tentang alamatnya?");
  await infrastructure.press("Lewati");
  await infrastructure.sees("Keadaan: Aplikasi dites IT Support");
}

async function testApplication({ page, dataCenter }: Desk): Promise<void> {
  const itSupport = await page.person(labura.itSupport);
  await itSupport.begin();
  await itSupport.press("Antrean (1)");
  await itSupport.press("T-0001");
  for (const [index, item] of tests.entries()) {
    await itSupport.press(`Tes: ${item}`);
    await itSupport.asks("Apa hasilnya?");
    await itSupport.press(/^Sesuai$/);
    await itSupport.asks("Apa yang ditemukan");
    await itSupport.press("Lewati");
    await itSupport.sees(`Daftar periksa (${index + 1} dari 4)`);
  }
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

async function tellOffice({ page }: Desk): Promise<void> {
  // The page shows so many columns at once: those of the beginning are opened again.
  const secretariat = await page.person(labura.nonTechnical);
  await secretariat.press("Beri tahu pemohon: selesai");
  await secretariat.asks("Tuliskan pemberitahuannya");
  await secretariat.press("Pakai:");
  await secretariat.sees("Keadaan: Selesai");
  const user = await page.person(labura.user);
  expect(await user.sees("Pemasangan sudah selesai dan dapat dipakai")).toContain(notice);
  expect(await user.sees("Keadaan: Selesai")).toContain(`Hasil akhir: ${notice}`);
}
