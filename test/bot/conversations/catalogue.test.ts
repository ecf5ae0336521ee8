import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "infrastructure", "leadership");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => void (await desk.db.deleteFrom("draft").execute()));

async function newestTicket(): Promise<number> {
  const { id } = await desk.db
    .selectFrom("ticket")
    .select((row) => row.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(id);
}

/** Asks for Wi-Fi in the chat, question by question. */
async function askForWiFi(description = "Rapat camat di aula"): Promise<number> {
  await desk.tell("user", "/permintaan");
  await desk.press("user", "📝 Akses Wi-Fi");
  await desk.tell("user", "3");
  await desk.tell("user", description);
  await desk.press("user", "Ya, hanya untuk tugas kedinasan");
  await desk.press("user", "Kirim");
  return newestTicket();
}

describe("the list of requests", () => {
  test("is one button of the menu, and shows what can be asked for with its target, page by page", async () => {
    await desk.tell("user", "/menu");
    expect(desk.labels(desk.newest("user"))).toEqual([
      "📣 Lapor gangguan aplikasi",
      "📣 Lapor gangguan internet/intranet",
      "📝 Ajukan permintaan",
      "📶 Status jaringan",
      "🎫 Tiket saya",
      "🔎 Cari tiket",
      "⚠️ Laporkan kelemahan",
      "❓ Bantuan",
    ]);

    await desk.press("user", "📝 Ajukan permintaan");

    expect(desk.newestWords("user")).toContain("Penambahan titik jaringan\nTitik kabel (LAN)");
    expect(desk.newestWords("user")).toContain("Akses Wi-Fi, target 1 jam\nAkun, perangkat & <titik akses>");
    expect(desk.newestWords("user")).toContain("Buka situs yang diblokir, target 2 hari kerja");
    const all = async () => desk.labels(desk.newest("user")).filter((label) => label.startsWith("📝"));
    const first = await all();
    await desk.press("user", "Berikutnya");
    const second = await all();
    expect(first).toHaveLength(6);
    expect([...first, ...second]).toEqual([
      "📝 Penambahan titik jaringan",
      expect.stringContaining("📝 Penitipan"),
      "📝 Pengecualian dari ketentuan",
      "📝 Akses Wi-Fi",
      "📝 Buka situs yang diblokir",
      "📝 Akses VPN",
      "📝 Komputer atau printer",
      "📝 Permintaan lain",
    ]);
    expect(desk.newestWords("user")).toContain("Permintaan lain, target 30 menit");
  });

  test("takes words that came without a form, and keeps them", async () => {
    await desk.tell("user", "Minta <b>Wi-Fi</b> untuk tamu & panitia");
    await desk.press("user", "📝 Jadikan permintaan …");
    await desk.press("user", "📝 Akses Wi-Fi");
    await desk.tell("user", "12");
    await desk.press("user", "Ya, hanya untuk tugas kedinasan");
    expect(desk.newestWords("user")).toContain("Keterangan: Minta <b>Wi-Fi</b> untuk tamu & panitia");
    await desk.press("user", "Kirim");

    const ticket = await ticketOf(desk, await newestTicket());
    expect(ticket).toMatchObject({
      ...{ procedure: "short-request", item: "wi-fi", subject: "Akses Wi-Fi" },
      answers: { devices: "12", description: "Minta <b>Wi-Fi</b> untuk tamu & panitia", "official-duty": "accepted" },
    });
    expect(desk.newestWords("user")).toContain("Keterangan: Minta <b>Wi-Fi</b> untuk tamu & panitia");
  });

  test("asks again for words that say nothing", async () => {
    await desk.tell("user", "/permintaan");
    await desk.press("user", "📝 Akses Wi-Fi");
    await desk.tell("user", "3");
    await desk.tell("user", "x");

    expect(desk.newestWords("user")).toContain(
      "Terlalu singkat: tulis sedikitnya 5 huruf, seperti contoh pada pertanyaannya.",
    );
    await desk.tell("user", "Rapat");
    expect(desk.newestWords("user")).toContain("tugas kedinasan");
  });
});

describe("a short request", () => {
  test("goes from the requester to the entry's team and back, and is closed", async () => {
    const ticketId = await askForWiFi();
    expect(desk.newestWords("user")).toContain("Permintaan layanan\nAkses Wi-Fi");
    expect(desk.newestWords("user")).toContain("Target: 1 jam");

    const card = desk.card("helpDesk", ticketId);
    expect(desk.labels(card).filter((label) => /WO|Tolak/.test(label))).toEqual([
      "★ Terbitkan WO ke Infrastruktur",
      "Terbitkan WO ke IT Support",
      "Terbitkan WO ke Data Center",
      "Tolak permintaan",
    ]);
    expect(desk.wordsOf(card)).toContain("Pengelola: Diskominfo, [infrastructure]");
    expect(desk.wordsOf(card)).toContain("Tugas kedinasan: Ya, hanya untuk tugas kedinasan");
    await desk.pressOn("helpDesk", card, "Terbitkan WO ke Infrastruktur");
    await desk.press("helpDesk", "Lewati");

    await desk.press("infrastructure", "Sudah dikerjakan");
    expect(desk.newestWords("infrastructure")).toContain(
      "Jangan tulis kata sandi di sini; sampaikan lewat telepon atau langsung.",
    );
    await desk.tell("infrastructure", "Tiga <perangkat> didaftarkan");
    expect(desk.newestWords("user")).toContain("Tiga <perangkat> didaftarkan\nApakah permintaan Anda sudah terpenuhi?");

    await desk.press("user", "Belum terpenuhi");
    await desk.tell("user", "Baru dua yang tersambung");
    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "working-infrastructure" });
    await desk.press("infrastructure", "Sudah dikerjakan");
    await desk.tell("infrastructure", "Yang ketiga juga");
    await desk.press("user", "Ya, sudah terpenuhi");
    await desk.press("helpDesk", "Tutup");
    await desk.press("helpDesk", "Pakai: Yang ketiga juga");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "closed", resolution: "Yang ketiga juga" });
    expect(desk.newestWords("user")).toContain("Tiket Anda telah selesai. Hasil akhir:\nYang ketiga juga");
  });

  test("is told what was approved, with its condition", async () => {
    await desk.tell("user", "/permintaan");
    await desk.press("user", "Berikutnya");
    await desk.press("user", "📝 Akses VPN");
    await desk.tell("user", "Server SIMPEG");
    await desk.tell("user", "Pemeliharaan dari rumah");
    await desk.press("user", "Kirim");
    const ticketId = await newestTicket();
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Minta persetujuan");
    await desk.press("helpDesk", "Lewati");
    await desk.press("leadership", "✅ Setujui");
    expect(desk.newestWords("leadership")).toContain("Dikirim ke pemohon.");
    await desk.tell("leadership", "Hanya jam kerja");

    expect(desk.allWords("user")).toContain("Permintaan Anda disetujui.");
    expect(desk.allWords("user")).toContain("Hanya jam kerja");
  });

  test("is not closed with what the requester said on the telephone, but with what was done", async () => {
    const ticketId = await askForWiFi("Rapat koordinasi");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO ke Infrastruktur");
    await desk.press("helpDesk", "Lewati");
    await desk.pressOn("infrastructure", desk.card("infrastructure", ticketId), "Sudah dikerjakan");
    await desk.tell("infrastructure", "Tiga perangkat didaftarkan");
    await desk.tell("helpDesk", `T-${String(ticketId).padStart(4, "0")}`);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "📞 Sudah terpenuhi (lewat telepon)");
    await desk.tell("helpDesk", "Siti, telepon 10.00: sudah bisa");
    await desk.press("helpDesk", "Tutup");
    expect(desk.labels(desk.newest("helpDesk"))).toContain("Pakai: Tiga perangkat didaftarkan");
    expect(desk.labels(desk.newest("helpDesk")).join()).not.toContain("sudah bisa");
    await desk.press("helpDesk", "Pakai: Tiga perangkat didaftarkan");
  });

  test("is shown as it was filed when its entry was taken out of the catalogue", async () => {
    const ticketId = await askForWiFi("Pelatihan operator desa");
    await desk.db.updateTable("ticket").set({ item: "gone" }).where("id", "=", ticketId).execute();

    await desk.tell("helpDesk", `T-${String(ticketId).padStart(4, "0")}`);

    const card = desk.card("helpDesk", ticketId);
    expect(desk.wordsOf(card)).toContain("Permintaan layanan\nAkses Wi-Fi");
    expect(desk.wordsOf(card)).toContain("Pelatihan operator desa");
    expect(desk.labels(card)).toContain("Terbitkan WO ke Infrastruktur");
    await desk.tell("user", "/tiket");
    expect(desk.newestWords("user")).toContain("Akses Wi-Fi");
  });
});

test("a request with approval is decided by leadership, whose reason the requester reads", async () => {
  await desk.tell("user", "/permintaan");
  await desk.press("user", "📝 Buka situs yang diblokir");
  await desk.tell("user", "www.contoh.com");
  await desk.tell("user", "Memantau harga bahan pokok");
  await desk.tell("user", "kemarin");
  expect(desk.hasButton("user", "Lewati")).toBe(false);
  desk.server.people.sendDocument(desk.idOf("user"), {
    ...{ name: "surat.pdf", mimeType: "application/pdf", bytes: Buffer.from("%PDF-") },
  });
  await desk.settled();
  await desk.press("user", "Lanjut");
  expect(desk.newestWords("user")).toContain("Surat permintaan: 1 berkas");
  await desk.press("user", "Kirim");
  const ticketId = await newestTicket();

  const card = desk.card("helpDesk", ticketId);
  expect(desk.wordsOf(card)).toContain("Pengelola: PT Penyaring (0812-000)");
  expect(desk.wordsOf(desk.card("user", ticketId))).not.toContain("0812-000");
  await desk.pressOn("helpDesk", card, "Minta persetujuan pimpinan");
  await desk.press("helpDesk", "Lewati");
  const asked = await desk.sees("leadership", "Persetujuan diminta");
  expect(desk.wordsOf(asked)).toContain("www.contoh.com");
  expect(desk.wordsOf(asked)).toContain("Memantau harga bahan pokok");
  expect(desk.wordsOf(asked)).toContain("oleh Dewi Lestari");
  await desk.pressOn("leadership", asked, "Tolak dengan alasan");
  await desk.tell("leadership", "Pakai data dinas perdagangan");

  expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "closed", item: "open-blocked-site" });
  expect(desk.newestWords("user")).toContain("Permintaan Anda tidak disetujui. Alasan:\nPakai data dinas perdagangan");
  expect(desk.allWords("helpDesk")).toContain("Persetujuan yang Anda minta: ditolak");
  await desk.tell("user", `T-${String(ticketId).padStart(4, "0")}`);
  expect(desk.newestWords("user")).toContain("Keadaan: Selesai, tidak disetujui");
});

test("the help desk files a request for somebody who phoned", async () => {
  await desk.tell("helpDesk", "/menu");
  await desk.press("helpDesk", "Catat laporan orang lain");
  await desk.tell("helpDesk", "permintaan lain");
  await desk.press("helpDesk", "Telepon");
  await desk.tell("helpDesk", "Disdik");
  await desk.tell("helpDesk", "Ibu Rosna");
  await desk.tell("helpDesk", "0812-1111");
  await desk.tell("helpDesk", "Meja komputer dipindah ke ruang baru");
  await desk.press("helpDesk", "Kirim");

  expect(await ticketOf(desk, await newestTicket())).toMatchObject({
    ...{ procedure: "short-request", item: "other", subject: "Permintaan lain", channel: "phone" },
  });
});

describe("misuse of what is for official duties only (R64)", () => {
  test("is recorded by the desk, told to leadership, and not seen by the requester", async () => {
    const ticketId = await askForWiFi("Rapat pimpinan di aula");
    await desk.pressOn("infrastructure", await opened("infrastructure", ticketId), "⋯ Lainnya");
    await desk.press("infrastructure", "🚩 Catat penyalahgunaan");
    await desk.tell("infrastructure", "Dipakai menambang kripto");

    expect(desk.newestWords("leadership")).toContain(
      "🚩 Syahrul Munthe mencatat penyalahgunaan:\nDipakai menambang kripto",
    );
    expect(desk.allWords("user")).not.toContain("kripto");
    await desk.pressOn("user", await opened("user", ticketId), "Riwayat");
    expect(desk.newestWords("user")).not.toContain("penyalahgunaan");
    await desk.pressOn("helpDesk", await opened("helpDesk", ticketId), "Riwayat");
    expect(desk.newestWords("helpDesk")).toContain("mencatat penyalahgunaan");
    const { event, details } = await desk.db
      .selectFrom("journal")
      .select(["event", "details"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect([event, Object.keys(details)]).toEqual(["misuse-recorded", ["entryId"]]);
  });

  test("is not offered to IT support, nor to the requester", async () => {
    const ticketId = await askForWiFi("Rapat staf di aula");
    await desk.pressOn("itSupport", await opened("itSupport", ticketId), "Riwayat");
    await desk.pressOn("itSupport", await opened("itSupport", ticketId), "⋯ Lainnya");
    expect(desk.labels(desk.newest("itSupport"))).toEqual(["🔗 Kaitkan perangkat", "🎫 Buka tiket"]);
    expect(desk.labels(await opened("user", ticketId))).not.toContain("⋯ Lainnya");
  });

  async function opened(who: "infrastructure" | "itSupport" | "helpDesk" | "user", ticketId: number) {
    await desk.tell(who, `T-${String(ticketId).padStart(4, "0")}`);
    return desk.card(who, ticketId);
  }
});

describe("who maintains an application (R65)", () => {
  test("of a vendor: the desk reads how to reach it, and the help desk refers the requester at once", async () => {
    const ticketId = await fileComplaint(desk, { application: "sipd" });
    const card = desk.card("helpDesk", ticketId);
    expect(desk.wordsOf(card)).toContain("Pengelola: Kementerian Dalam Negeri (021-345000)");
    expect(desk.wordsOf(desk.card("user", ticketId))).toContain("Pengelola: Kementerian Dalam Negeri");
    expect(desk.wordsOf(desk.card("user", ticketId))).not.toContain("021-345000");

    await desk.pressOn("helpDesk", card, "Terbitkan WO");
    expect(desk.labels(desk.newest("helpDesk"))[0]).toBe("Di luar data center");
    await desk.press("helpDesk", "Batal");
    await desk.pressOn("helpDesk", card, "Arahkan langsung ke pengelola");
    await desk.tell("helpDesk", "Hubungi helpdesk SIPD Kemendagri");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "ready-to-close" });
    expect(desk.newestWords("user")).toContain("Aplikasi ini dikelola pihak lain. Silakan hubungi:");
  });

  test("of the Dinas: nobody is referred elsewhere", async () => {
    const ticketId = await fileComplaint(desk, { application: "SIMPEG" });
    const card = desk.card("helpDesk", ticketId);

    expect(desk.wordsOf(card)).toContain("Pengelola: Diskominfo, [data-center]");
    expect(desk.labels(card)).not.toContain("Arahkan langsung ke pengelola");
    await desk.pressOn("helpDesk", card, "Terbitkan WO");
    expect(desk.labels(desk.newest("helpDesk"))[0]).toBe("Belum diketahui");
  });

  test("that no register knows: the card says so, and both ways are open", async () => {
    const ticketId = await fileComplaint(desk, { application: "Aplikasi <baru>" });
    const card = desk.card("helpDesk", ticketId);

    expect(desk.wordsOf(card)).toContain("Pengelola: belum terdaftar");
    expect(desk.labels(card)).toEqual(expect.arrayContaining(["Terbitkan WO", "Arahkan langsung ke pengelola"]));
  });
});
