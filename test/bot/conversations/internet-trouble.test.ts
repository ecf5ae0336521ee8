import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { askRequester, confirmAndClose, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "itSupport2", "infrastructure");
  await desk.settled();
});
afterAll(() => desk.close());

async function fileComplaint(connection = "Wi-Fi"): Promise<number> {
  await desk.tell("user", "/lapor");
  await desk.press("user", "Lapor gangguan internet/intranet");
  await desk.press("user", connection);
  await desk.tell("user", "Gedung B, ruang Sekretariat, lantai 2");
  await desk.tell("user", "Putus setiap beberapa menit");
  await desk.press("user", "Baru saja");
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return id;
}

/** Its work order lies with IT Support, where `itSupport` has taken it. */
async function complaintAtItSupport(): Promise<number> {
  const ticketId = await fileComplaint();
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
  await desk.press("helpDesk", "Lewati");
  await desk.press("itSupport", "Saya kerjakan");
  return ticketId;
}

async function complaintAtInfrastructure(): Promise<number> {
  const ticketId = await complaintAtItSupport();
  await desk.press("itSupport", "Keluhan valid");
  await desk.press("itSupport", "Bukan jaringan lokal: teruskan WO");
  await desk.press("itSupport", "Lewati");
  return ticketId;
}

async function repair(words: string): Promise<void> {
  await desk.press("infrastructure", "Catat perbaikan");
  await desk.tell("infrastructure", words);
}

const labelsOn = (who: "infrastructure" | "itSupport", ticketId: number) => desk.labels(desk.card(who, ticketId));

describe("the form", () => {
  test("asks for the connection by buttons, and for the place with an example", async () => {
    await desk.tell("user", "/lapor");
    await desk.press("user", "Lapor gangguan internet/intranet");
    expect(desk.newestWords("user")).toBe("Lapor gangguan internet/intranet\nJaringan apa yang bermasalah?");
    expect(desk.labels(desk.newest("user"))).toEqual([
      "Internet",
      "Intranet",
      "Internet dan intranet",
      "Wi-Fi",
      "✖️ Batal",
    ]);
    await desk.tell("user", "televisi");
    expect(desk.newestWords("user")).toContain("Jawaban itu tidak ada dalam pilihan.");
    await desk.tell("user", "internet dan intranet");
    expect(desk.newestWords("user")).toContain("(contoh: Gedung B, ruang Sekretariat, lantai 2)");
    await desk.tell("user", "x".repeat(101));
    expect(desk.newestWords("user")).toContain("Teks terlalu panjang: 101 karakter, paling banyak 100.");
    await desk.tell("user", "Aula, lantai 1");
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
    await desk.tell("user", "/batal");
  });

  test("words without a form become the description, and only the rest is asked", async () => {
    await desk.tell("user", "Internet mati sejak tadi");
    await desk.press("user", "Lapor gangguan internet/intranet");
    await desk.press("user", "Intranet");
    await desk.tell("user", "Aula");
    expect(desk.newestWords("user")).toContain("Sejak kapan");
    await desk.press("user", "1 jam lalu");
    await desk.press("user", "Lanjut");
    expect(desk.newestWords("user")).toContain("Jaringan: Intranet");
    expect(desk.newestWords("user")).toContain("Tempat: Aula");
    await desk.press("user", "Kirim");

    const ticket = await desk.db.selectFrom("ticket").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(ticket).toMatchObject({
      procedure: "internet-trouble",
      subject: "intranet",
      answers: { connection: "intranet", place: "Aula", description: "Internet mati sejak tadi" },
    });
  });

  test("the ticket is named by its label, on the card, in the lists and in the queue", async () => {
    const ticketId = await fileComplaint("Internet dan intranet");
    const number = `T-${String(ticketId).padStart(4, "0")}`;

    const card = desk.wordsOf(desk.card("user", ticketId));
    expect(card).toContain(`${number} · Gangguan internet/intranet\nInternet dan intranet\n`);
    expect(card).toContain("Tempat: Gedung B, ruang Sekretariat, lantai 2");
    await desk.tell("user", "/tiket");
    expect(desk.newestWords("user")).toContain(`${number} Internet dan intranet`);
    await desk.tell("helpDesk", "/antrean");
    expect(desk.newestWords("helpDesk")).toContain(`${number} Internet dan intranet`);
  });
});

describe("R03, step by step", () => {
  test("the complaint is not valid: the requester is told why and to file a new one, help desk closes", async () => {
    const ticketId = await complaintAtItSupport();
    await desk.press("itSupport", "Keluhan tidak valid");
    expect(desk.labels(desk.newest("itSupport"))).not.toContain("Lewati ▶️");
    await desk.tell("itSupport", "Ruang itu tidak ada. Tuliskan ruang yang benar.");

    expect(desk.newestWords("user")).toBe(
      `T-${String(ticketId).padStart(4, "0")} · Wi-Fi\nKeluhan ini tidak dapat diproses. Mohon buat laporan baru lewat /lapor, dengan memperhatikan:\nRuang itu tidak ada. Tuliskan ruang yang benar.`,
    );
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toMatch(/WO: WO-\d+-1, di \[help-desk\]/);
    await desk.press("helpDesk", "Tutup");
    await desk.press("helpDesk", "Pakai: Ruang itu tidak ada.");
    expect(await ticketOf(desk, ticketId)).toMatchObject({
      state: "closed",
      resolution: "Ruang itu tidak ada. Tuliskan ruang yang benar.",
    });
  });

  test("the local network: IT Support repairs it, the requester confirms, help desk closes", async () => {
    const ticketId = await complaintAtItSupport();
    await desk.press("itSupport", "Keluhan valid");
    await desk.press("itSupport", "Di jaringan lokal pemohon");
    expect(desk.wordsOf(desk.card("user", ticketId))).toContain("Keadaan: Jaringan lokal diperbaiki IT Support");
    await desk.press("itSupport", "Jaringan lokal sudah diperbaiki");
    await desk.tell("itSupport", "Kabel ke switch diganti");
    await askRequester(desk, "Kabel diganti");
    expect(desk.newestWords("user")).toContain("Apakah sudah normal?");
    await confirmAndClose(desk, "Kabel diganti");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "closed", resolution: "Kabel diganti" });
    expect(desk.newestWords("user")).toContain("Tiket Anda telah selesai");
  });

  test("infrastructure announces, repairs and checks, until no problem remains", async () => {
    const ticketId = await complaintAtInfrastructure();
    await desk.press("infrastructure", "Umumkan perbaikan ke pemohon");
    await desk.tell("infrastructure", "Perangkat diganti, sampai pukul 15.00");
    expect(desk.newestWords("user")).toContain(
      "Jaringan sedang dalam perbaikan.\nPerangkat diganti, sampai pukul 15.00",
    );

    expect(labelsOn("infrastructure", ticketId)).not.toContain("Sudah normal: kembalikan WO");
    await repair("Perangkat diganti");
    expect(labelsOn("infrastructure", ticketId)).toContain("Sudah normal: kembalikan WO");
    await desk.press("infrastructure", "Masih ada masalah");
    await desk.tell("infrastructure", "Masih putus-putus");
    expect(labelsOn("infrastructure", ticketId)).not.toContain("Sudah normal: kembalikan WO");
    expect(desk.wordsOf(desk.card("infrastructure", ticketId))).toContain("Catatan: Masih putus-putus");
    await repair("Konektor diganti");
    await desk.press("infrastructure", "Sudah normal: kembalikan WO");
    await desk.press("infrastructure", "Lewati");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "verifying", holder: "it-support" });
    await askRequester(desk);
    await confirmAndClose(desk);
    expect((await ticketOf(desk, ticketId)).state).toBe("closed");
  });

  test("not the local network, not that of infrastructure: the work order comes back to who had it", async () => {
    const ticketId = await complaintAtItSupport();
    await desk.press("itSupport", "Keluhan valid");
    await desk.press("itSupport", "Di jaringan lokal pemohon");
    await desk.press("itSupport", "Ternyata bukan di jaringan lokal");
    await desk.tell("itSupport", "Kabel dan switch baik");
    await desk.press("itSupport", "Bukan jaringan lokal: teruskan WO");
    await desk.press("itSupport", "Lewati");
    await desk.press("infrastructure", "Bukan di jaringan kami");
    await desk.tell("infrastructure", "Semua jalur normal");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "locating-fault", holder: "it-support" });
    expect(labelsOn("itSupport", ticketId)).toContain("Di jaringan lokal pemohon");
    expect(desk.wordsOf(desk.card("itSupport2", ticketId))).toContain("Dikerjakan oleh: Budi Santoso");
  });

  test("still bad: the reason goes to IT Support, which looks anew for where the fault is", async () => {
    const ticketId = await complaintAtItSupport();
    await desk.press("itSupport", "Keluhan valid");
    await desk.press("itSupport", "Di jaringan lokal pemohon");
    await desk.press("itSupport", "Jaringan lokal sudah diperbaiki");
    await desk.tell("itSupport", "Switch dijalankan ulang");
    await askRequester(desk);
    await desk.press("user", "Masih bermasalah");
    await desk.tell("user", "Masih putus");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "locating-fault", holder: "it-support" });
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).toContain("Catatan: Masih putus");
    expect(labelsOn("itSupport", ticketId)).toContain("Bukan jaringan lokal: teruskan WO");
  });
});
