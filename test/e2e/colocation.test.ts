import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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
} from "./support/letter.ts";
import { npmStart } from "./support/simpul.ts";

/** R04 (Perbup Labuhanbatu Utara 2019, annex IV.1) in the browser: from the letter to the handover record, with place, cable, address and name. */

const checks = [
  "Ketersediaan rak",
  "Ketersediaan catu daya",
  "Kondisi server dan aplikasi",
  "Kualitas software, OS, database",
  "Lainnya",
];
const place = "DC A1 U40-41";
const notice = "Server dapat diakses dari intranet lewat siak.labura.go.id.";

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test("a server is asked for by letter, gets a place, is received, mounted, cabled and addressed, and its office told", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const page = await openChatPage(browser, await simpul.isReady());
  const desk = await openLetterDesk(page);

  await fileLetter(desk, { service: "Server (colocation)", application: "Server SIAK", domain: "siak" });
  await reviewAndDispose(desk);
  await classifyAndCheck(desk, { as: "colocation", checks });
  await reservePlace(desk);
  await reportChecks(desk, "Layak: rak dan daya cukup.");
  expect(await approve(desk)).toContain(place);
  await receive(desk);
  await mount(desk);
  await setAddress(desk);
  await report(desk);
  await tellOffice(desk, notice);
  await page.picture("colocation-closed");

  expect(page.defects).toEqual([]);
});

/** Not reported before there is a place, whose power has to suffice. */
async function reservePlace({ dataCenter }: LetterDesk): Promise<void> {
  await dataCenter.press("Pesan tempat di rak");
  await dataCenter.asks("Berapa unit tinggi");
  await dataCenter.say("0");
  await dataCenter.asks("Tingginya sedikitnya setengah U");
  await dataCenter.say("2");
  await dataCenter.asks("seluruh kedalaman");
  await dataCenter.press("Seluruh kedalaman");
  await dataCenter.asks("Berapa watt");
  await dataCenter.say("350");
  await dataCenter.asks("Pada berapa jalur daya");
  await dataCenter.press("Dua (A dan B)");
  await dataCenter.asks("Tempat yang cocok");
  await dataCenter.press(place);
  await dataCenter.asks("Port switch mana");
  await dataCenter.press("SW-DC-1 port 1");
  await dataCenter.asks("Periksa kembali");
  await dataCenter.press("Kirim");
  await dataCenter.sees(`${place} (dipesan)`);
}

/** The record of the handover is printed, to be signed by both. */
async function receive({ dataCenter }: LetterDesk): Promise<void> {
  await dataCenter.sees("Keadaan: Disetujui, server akan diterima Data Center");
  await dataCenter.press("Terima server (BAST)");
  await answer(dataCenter, [
    ["Nomor berita acara", "045/12/BAST/2026"],
    ["Tanggal berita acara", "hari ini"],
    ["akan disebut apa", "SRV-SIAK"],
    ["merek dan tipenya", "Dell PowerEdge R740"],
    ["nomor serinya", "7XK2A93"],
    ["port jaringannya", "4"],
    ["kelengkapan dan keadaannya", "2 kabel daya, 1 rel"],
  ]);
  await dataCenter.asks("Siapa yang menyerahkan?");
  await dataCenter.press("Lewati");
  await dataCenter.asks("Kirim pindaian BAST");
  await dataCenter.press("Lanjut");
  await dataCenter.asks("Periksa kembali");
  await dataCenter.press("Kirim");
  expect(await dataCenter.sees("Keadaan: Server dipasang IT Support")).toContain(`${place}, SRV-SIAK`);
  await dataCenter.press("Lainnya");
  await dataCenter.press("Cetak BAST");
  expect((await dataCenter.document("BAST-045-12-BAST-2026.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
}

/** The cable to the reserved port is laid with the mounting, and its labels are printed. */
async function mount({ page }: LetterDesk): Promise<void> {
  const itSupport = await page.person(labura.itSupport);
  await itSupport.begin();
  await itSupport.press("Antrean (1)");
  await itSupport.press("T-0001");
  await itSupport.press("Server terpasang: teruskan WO");
  await itSupport.asks("Apa yang dipasang?");
  await itSupport.say("Server dan kabel jaringan.");
  await itSupport.asks("Kirim dokumen pendukung");
  await itSupport.press("Lanjut");
  expect(await itSupport.sees("Keadaan: Alamat IP diatur Infrastruktur")).toContain("K-0001 DC.A1.40:1/DC.A1.42:1");
  await itSupport.say("/kabel K-0001");
  await itSupport.press("Cetak label");
  expect((await itSupport.document(/label.*\.pdf/i)).subarray(0, 5).toString()).toBe("%PDF-");
}

async function setAddress({ page }: LetterDesk): Promise<void> {
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.begin();
  await infrastructure.press("Antrean (1)");
  await infrastructure.press("T-0001");
  await infrastructure.press("Alamat IP diatur: kembalikan WO");
  await infrastructure.asks("Dari prefix mana alamatnya?");
  await infrastructure.press("203.0.113.0/28");
  await infrastructure.asks("Alamat tertentu?");
  await infrastructure.say("203.0.113.5");
  await infrastructure.asks("Nama domain yang menuju alamat itu?");
  await infrastructure.press("siak.labura.go.id");
  await infrastructure.asks("Catatan tentang alamatnya?");
  await infrastructure.press("Lewati");
  await infrastructure.asks("Periksa kembali");
  await infrastructure.press("Kirim");
  expect(await infrastructure.sees("Keadaan: Laporan pemasangan di Data Center")).toContain("203.0.113.5");
}

/** The rack is looked at as a picture. */
async function report({ page }: LetterDesk): Promise<void> {
  const dataCenter = await page.person(labura.dataCenter);
  await dataCenter.say("/rak");
  await dataCenter.press("DC");
  await dataCenter.press("A1");
  await dataCenter.press("Gambar rak");
  expect((await dataCenter.document("rak-DC-A1.svg")).toString()).toContain("SRV-SIAK");
  await page.picture("colocation-rack");
  await dataCenter.press("Laporkan pemasangan selesai");
  await dataCenter.asks("Dari mana sudah dapat diakses?");
  await dataCenter.press("Intranet saja");
  await dataCenter.asks("Bagaimana hasil tes aksesnya?");
  await dataCenter.say(notice);
  await dataCenter.sees("Keadaan: Selesai dipasang");
}

async function answer(chat: Chat, answers: readonly (readonly [question: string, words: string])[]): Promise<void> {
  for (const [question, words] of answers) {
    await chat.asks(question);
    await chat.say(words);
  }
}
