import { expect } from "vitest";
import type { Chat, ChatPage } from "./chat-page.ts";
import { labura } from "./labura.ts";

/** What R04 and R05 have in common: the letter, its disposition, the check list, leadership's word, and the notice. */

export type LetterDesk = { page: ChatPage; user: Chat; secretariat: Chat; dataCenter: Chat };

const letter = { name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };

export async function openLetterDesk(page: ChatPage): Promise<LetterDesk> {
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

/** @param wanted.service as its button says @param wanted.wishes buttons of what the profile offers, in order @param wanted.domain wished; absent: none @param wanted.file of the application; absent: it is not asked for one */
export async function fileLetter(
  { user }: LetterDesk,
  wanted: { service: string; application: string; wishes?: string[]; domain?: string; file?: typeof letter },
): Promise<void> {
  await user.press("Ajukan permintaan");
  await user.guidePicture("ajukan-permintaan", "Apa yang Anda perlukan?");
  await user.press("📝 Penitipan aplikasi/server");
  await user.asks("Apa yang dititipkan?");
  await user.press(wanted.service);
  await user.asks("Aplikasi atau server apa?");
  await user.say(wanted.application);
  for (const wish of wanted.wishes ?? []) await user.press(wish);
  await user.asks("Nama domain apa yang diinginkan?");
  if (wanted.domain === undefined) await user.press("Lewati");
  else await user.say(wanted.domain);
  await user.asks("Nomor surat permohonan");
  await user.say("555/210/Disdukcapil/2026");
  await user.asks("Tanggal suratnya?");
  await user.press("Kemarin");
  await user.asks("Kirim foto atau PDF surat permohonan");
  await user.sendFile(letter);
  await user.asks("1 berkas diterima");
  await user.press("Lanjut");
  await user.asks("Ceritakan aplikasi atau server ini");
  await user.say("Dipakai 40 orang di loket.");
  await user.asks("tugas kedinasan?");
  await user.press("Ya, hanya untuk tugas kedinasan");
  if (wanted.file !== undefined) {
    await user.asks("Mesin memeriksanya.");
    await user.sendFile(wanted.file);
    await user.asks("1 berkas diterima");
    await user.press("Lanjut");
  }
  await user.asks("Kirim dokumen pendukung");
  await user.press("Lanjut");
  await user.asks("Periksa kembali");
  await user.press("Kirim");
  expect(await user.sees("T-0001 · Penitipan aplikasi/server")).toContain(wanted.application);
}

export async function reviewAndDispose({ secretariat }: LetterDesk): Promise<void> {
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

/** Classifies the request, and finds everything right. @param as the end of the button */
export async function classifyAndCheck(
  { dataCenter }: LetterDesk,
  { as, checks }: { as: "hosting" | "colocation"; checks: readonly string[] },
): Promise<void> {
  expect(await dataCenter.sees("T-0001 · Penitipan aplikasi/server")).toContain("Batas waktu:");
  await dataCenter.press(`Klasifikasi: ${as}`);
  await dataCenter.asks("Catatan klasifikasi?");
  await dataCenter.press("Lewati");
  await tickAll(dataCenter, "Periksa", checks);
}

/** Every item of a check list passes. @param verb before the item on its button */
export async function tickAll(chat: Chat, verb: string, items: readonly string[]): Promise<void> {
  await chat.sees(`Daftar periksa (0 dari ${items.length})`);
  for (const [index, item] of items.entries()) {
    await chat.press(`${verb}: ${item}`);
    await chat.asks("Apa hasilnya?");
    await chat.press(/^Sesuai$/);
    await chat.asks("Apa yang ditemukan");
    await chat.press("Lewati");
    await chat.sees(`Daftar periksa (${index + 1} dari ${items.length})`);
  }
}

export async function reportChecks({ dataCenter }: LetterDesk, conclusion: string): Promise<void> {
  await dataCenter.press("Laporkan ke pimpinan");
  await dataCenter.asks("Apa kesimpulan dan saran Anda");
  await dataCenter.say(conclusion);
  await dataCenter.sees("Keadaan: Menunggu rekomendasi pimpinan");
}

/** @returns what leadership was asked */
export async function approve({ page, dataCenter }: LetterDesk): Promise<string> {
  const leadership = await page.person(labura.leadership);
  await leadership.begin();
  const asked = await leadership.sees("Persetujuan diminta");
  await leadership.guidePicture("setujui", "Persetujuan diminta");
  await leadership.press("Setujui");
  await leadership.asks("Catatan untuk Data Center?");
  await leadership.press("Lewati");
  await leadership.sees("Disetujui");
  // It comes beside the card, and would stand below the next question.
  await dataCenter.sees("Persetujuan yang Anda minta: disetujui");
  return asked;
}

/** The secretariat passes on what was reported. */
export async function tellOffice({ page }: LetterDesk, notice: string): Promise<void> {
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
