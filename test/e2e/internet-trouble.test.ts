import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chat, type ChatPage, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { npmStart } from "./support/simpul.ts";

/** R03 (Perbup Labuhanbatu Utara 2019, annex IV.4) in the browser, for somebody who has only a telephone. */

type Desk = { page: ChatPage; helpDesk: Chat; itSupport: Chat };

const reporter = "Halimah Ritonga";
const result = "Kabel fiber di jalur Dinkes putus; sudah disambung kembali";
const said = "Ibu Halimah, telepon 14.20: internet sudah lancar";

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("trouble that was phoned in is noted, put off, repaired, confirmed by telephone and closed", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const desk = await openDesk(await simpul.isReady());

  await noteReport(desk);
  await issueWorkOrder(desk);
  await analyse(desk);
  await repair(desk);
  await askRequester(desk);
  await confirmByPhone(desk);
  await desk.page.picture("internet-closed");

  expect(desk.page.defects).toEqual([]);
});

async function openDesk(address: string): Promise<Desk> {
  const page = await openChatPage(browser, address, { isForGuide: true });
  const helpDesk = await page.person(labura.helpDesk);
  await helpDesk.begin();
  await helpDesk.sees("Selamat datang");
  await helpDesk.guidePicture("menu-help-desk", "Selamat datang");
  const itSupport = await page.person(labura.itSupport);
  await itSupport.begin();
  await itSupport.sees("Selamat datang");
  return { page, helpDesk, itSupport };
}

async function noteReport({ helpDesk }: Desk): Promise<void> {
  await helpDesk.press("Catat laporan orang lain");
  await helpDesk.asks("Laporan atau permintaan tentang apa?");
  await helpDesk.press("Gangguan internet/intranet");
  await helpDesk.asks("Laporan datang lewat apa?");
  await helpDesk.press("Telepon");
  await helpDesk.asks("Pelapor dari perangkat daerah mana?");
  await helpDesk.say("dinkes");
  await helpDesk.asks("Siapa nama pelapor?");
  await helpDesk.say(reporter);
  await helpDesk.asks("Nomor telepon");
  await helpDesk.say("0812-0000-1234");
  await helpDesk.asks("Jaringan apa yang bermasalah?");
  await helpDesk.press(/^Internet$/);
  await helpDesk.asks("Di mana terjadinya?");
  await helpDesk.say("Gedung A, ruang Farmasi, lantai 1");
  await helpDesk.asks("Apa yang terjadi?");
  await helpDesk.say("Internet mati di seluruh gedung.");
  await helpDesk.asks("Sejak kapan terjadi?");
  await helpDesk.press("1 jam lalu");
  await helpDesk.asks("Kirim foto layar");
  await helpDesk.press("Lanjut");
  await helpDesk.asks("Periksa kembali");
  await helpDesk.press("Kirim");
  const card = await helpDesk.sees("T-0001 · Gangguan internet/intranet");
  expect(card).toContain(`Pemohon: ${reporter} (Dinkes)`);
  expect(card).toContain("Dilaporkan lewat: telepon");
  expect(card).toContain("Kontak: 0812-0000-1234");
  expect(card).toContain("Pemohon tidak dapat dihubungi lewat bot");
  await helpDesk.guidePicture("kartu-help-desk", "T-0001 · Gangguan internet/intranet");
  await helpDesk.press("Lainnya");
  await helpDesk.asks("Apa yang ingin Anda lakukan?");
  await helpDesk.guidePicture("lainnya", "Apa yang ingin Anda lakukan?");
}

async function issueWorkOrder({ helpDesk }: Desk): Promise<void> {
  await helpDesk.press("Terbitkan WO");
  await helpDesk.asks("Catatan untuk IT Support?");
  await helpDesk.press("Lewati");
  await helpDesk.sees("Keadaan: Keluhan dianalisis IT Support");
}

/** A wrong press is taken back on the way. */
async function analyse({ itSupport }: Desk): Promise<void> {
  await itSupport.sees("Tiket untuk tim Anda");
  await itSupport.press("Saya kerjakan");
  await itSupport.sees(`Dikerjakan oleh: ${labura.itSupport}`);
  await itSupport.press("Keluhan valid");
  await itSupport.sees("Keadaan: Letak gangguan ditentukan IT Support");
  await itSupport.press("Di jaringan lokal pemohon");
  await itSupport.sees("Keadaan: Jaringan lokal diperbaiki IT Support");

  await itSupport.press("Lainnya");
  await itSupport.asks("Apa yang ingin Anda lakukan?");
  await itSupport.press("Tarik kembali: Di jaringan lokal pemohon");
  await itSupport.asks("Mengapa ditarik kembali?");
  await itSupport.say("Salah tekan: seluruh gedung mati, bukan satu ruang.");
  await itSupport.sees("Keadaan: Letak gangguan ditentukan IT Support");
  await itSupport.press("Bukan jaringan lokal: teruskan WO");
  await itSupport.asks("Catatan untuk Infrastruktur?");
  await itSupport.say("Switch gedung hidup, uplink mati.");
  await itSupport.sees("Keadaan: Diperbaiki Infrastruktur");
}

/** The ticket waits once on the way. */
async function repair({ page }: Desk): Promise<void> {
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.begin();
  await infrastructure.press("Antrean (1)");
  await infrastructure.press("T-0001");
  await infrastructure.press("Saya kerjakan");
  await infrastructure.sees(`Dikerjakan oleh: ${labura.infrastructure}`);

  await infrastructure.press("Lainnya");
  await infrastructure.press("Menunggu …");
  await infrastructure.asks("Menunggu siapa atau apa?");
  await infrastructure.press("Vendor/ISP");
  await infrastructure.asks("Sampai kapan paling lambat?");
  await infrastructure.press("Besok");
  await infrastructure.asks("Mengapa menunggu?");
  await infrastructure.say("ISP mengirim teknisi untuk menyambung kabel.");
  await infrastructure.sees("Menunggu vendor/ISP, paling lambat");
  await infrastructure.guidePicture("menunggu", "Menunggu vendor/ISP, paling lambat");
  await infrastructure.press("Lanjutkan sekarang");

  await infrastructure.press("Catat perbaikan, lalu periksa");
  await infrastructure.asks("Apa yang diperbaiki?");
  await infrastructure.say("Kabel fiber disambung kembali oleh ISP.");
  await infrastructure.sees("Keadaan: Hasil perbaikan diperiksa Infrastruktur");
  await infrastructure.press("Sudah normal: kembalikan WO");
  await infrastructure.asks("Catatan untuk IT Support?");
  await infrastructure.press("Lewati");
  await infrastructure.sees("Keadaan: IT Support akan memverifikasi ke pemohon");
}

async function askRequester({ itSupport }: Desk): Promise<void> {
  await itSupport.press("Verifikasi ke pemohon");
  await itSupport.asks("Apa hasil analisis dan tindakannya?");
  await itSupport.say(result);
  await itSupport.sees("Keadaan: Menunggu konfirmasi pemohon");
}

async function confirmByPhone({ helpDesk, itSupport }: Desk): Promise<void> {
  await helpDesk.sees("Keadaan: Menunggu konfirmasi pemohon");
  await helpDesk.guidePicture("lewat-telepon", "Keadaan: Menunggu konfirmasi pemohon");
  await helpDesk.press("Sudah normal (lewat telepon)");
  await helpDesk.asks("Siapa yang dihubungi");
  await helpDesk.say(said);
  await helpDesk.sees("Keadaan: Menunggu ditutup help desk");
  await helpDesk.press(/^Tutup$/);
  await helpDesk.asks("Tuliskan hasil analisis akhir");
  await helpDesk.say(result);
  const closed = await helpDesk.sees("Keadaan: Selesai");
  expect(closed).toContain(`Hasil akhir: ${result}`);
  await itSupport.sees("Keadaan: Selesai");

  await helpDesk.press("Riwayat");
  expect(await helpDesk.sees("Riwayat T-0001")).toContain(said);
}
