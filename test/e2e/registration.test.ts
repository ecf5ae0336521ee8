import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chat, type ChatPage, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { npmStart } from "./support/simpul.ts";

/** From the poster on the wall to the first ticket, in the browser. */

const officeName = "Dinas Kependudukan dan Pencatatan Sipil";
/** Invented: born on 1990-01-01, appointed in 2015-01. */
const nip = "199001012015011042";

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("somebody registers by the poster of an office, is approved there and files a ticket", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const page = await openChatPage(browser, await simpul.isReady(), { isForGuide: true });
  const officer = await page.person(labura.systemOfficer);
  await officer.begin();
  await officer.sees("Selamat datang");

  const link = await makePoster(page);
  const applicant = await page.person(labura.stranger);
  await register(applicant, link);
  await approve(officer);
  await applicant.sees(`Selamat datang, ${labura.stranger}`);
  await page.picture("registration-1-approved");
  await applicant.guidePicture("menu-pengguna", "Selamat datang");
  await fileComplaint(applicant);
  await findInOffice(officer);
  await page.picture("registration-2-filed");

  expect(page.defects).toEqual([]);
});

/** @returns the link behind the poster's code */
async function makePoster(page: ChatPage): Promise<string> {
  const administrator = await page.person(labura.administrator);
  await administrator.begin();
  await administrator.press("Orang dan peran");
  await administrator.press("Poster pendaftaran");
  await administrator.asks("Poster untuk perangkat daerah mana?");
  await administrator.say("Disdukcapil");
  const words = await administrator.sees(`Poster pendaftaran ${officeName}`);
  const document = await administrator.document(/^poster-Dinas-Kependudukan/);
  expect(document.subarray(0, 5).toString()).toBe("%PDF-");
  await administrator.guidePicture("poster", `Poster pendaftaran ${officeName}`);
  await administrator.press("Daftar orang");
  await administrator.press(labura.user);
  await administrator.sees("Perangkat daerah:");
  await administrator.guidePicture("orang", "Perangkat daerah:");

  const link = /https:\/\/t\.me\/\S+/.exec(words)?.[0];
  if (link === undefined) throw new Error(`the poster has no link: ${words}`);
  return link;
}

async function register(applicant: Chat, link: string): Promise<void> {
  await applicant.openLink(link);
  await applicant.asks("Berapa NIP Anda?");
  await applicant.say("1990010120150110");
  await applicant.asks("NIP terdiri dari 18 angka, yang Anda ketik 16. Contoh: ");
  await applicant.say("19900101 201501 1 042");
  await applicant.asks("Siapa nama lengkap Anda");
  await applicant.say(labura.stranger);
  await applicant.asks("Periksa kembali");
  await applicant.sees(`NIP: ${nip}`);
  await applicant.guidePicture("pendaftaran", "Periksa kembali");
  await applicant.press("Kirim");
  await applicant.sees("Menunggu persetujuan kantor Anda");
}

async function approve(officer: Chat): Promise<void> {
  const words = await officer.sees("Pendaftaran baru");
  expect(words).toContain(`Nama: ${labura.stranger}`);
  expect(words).toContain(`NIP: ${nip}`);
  expect(words).toContain(`Kantor: ${officeName}`);
  await officer.guidePicture("persetujuan", "Pendaftaran baru");
  await officer.press("Setujui");
  await officer.sees(`Disetujui ${labura.systemOfficer}`);
}

async function fileComplaint(user: Chat): Promise<void> {
  await user.press("Lapor gangguan aplikasi");
  await user.asks("Aplikasi apa yang bermasalah?");
  await user.press("SIPD");
  await user.asks("Apa yang terjadi?");
  await user.say("Tidak bisa menyimpan anggaran, muncul pesan 504.");
  await user.asks("Sejak kapan terjadi?");
  await user.press("Baru saja");
  await user.asks("Kirim foto layar");
  await user.press("Lanjut");
  await user.asks("Periksa kembali");
  await user.press("Kirim");
  await user.sees("Tiket Anda sudah diterima");
  await user.guidePicture("kartu-pemohon", "Tiket Anda sudah diterima");
}

async function findInOffice(officer: Chat): Promise<void> {
  await officer.sees("Tiket baru dari kantor Anda");
  await officer.press("Tiket kantor");
  await officer.sees(`T-0001 SIPD (${labura.stranger})`);
}
