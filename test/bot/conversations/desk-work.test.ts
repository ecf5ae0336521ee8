import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { askRequester, complaintAtItSupport, fileComplaint, issueWorkOrder, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "itSupport2", "dataCenter", "leadership");
  await desk.settled();
});
afterAll(() => desk.close());

/** Opens the message with what is seldom done, of the newest card. */
async function more(who: Parameters<TestDesk["press"]>[0], ticketId: number): Promise<void> {
  await desk.pressOn(who, desk.card(who, ticketId), "⋯ Lainnya");
}

describe("waiting", () => {
  test("the desk says for what, until when and why; the requester reads it on the card; going on takes one press", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await more("itSupport", ticketId);
    await desk.press("itSupport", "⏳ Menunggu");
    await desk.press("itSupport", "Vendor/ISP");
    await desk.tell("itSupport", "entah kapan");
    expect(desk.newestWords("itSupport")).toContain("Hari itu tidak terbaca. Contoh: besok, Senin");
    await desk.press("itSupport", "3 hari lagi");
    await desk.tell("itSupport", "Menunggu teknisi ISP");

    for (const who of ["itSupport", "user"] as const) {
      expect(desk.wordsOf(desk.card(who, ticketId))).toMatch(
        /⏳ Menunggu vendor\/ISP, paling lambat .* 08\.00 WIB: Menunggu teknisi ISP/,
      );
    }
    expect(desk.labels(desk.card("user", ticketId))).not.toContain("▶️ Lanjutkan sekarang");
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "▶️ Lanjutkan sekarang");
    expect(desk.wordsOf(desk.card("user", ticketId))).not.toContain("Menunggu vendor");
  });

  test("where it waits for the requester, their answer ends it", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await more("itSupport", ticketId);
    await desk.press("itSupport", "⏳ Menunggu");
    await desk.press("itSupport", "Pemohon");
    await desk.press("itSupport", "Besok");
    await desk.tell("itSupport", "Mohon kirim nama pengguna SIMPEG Anda");

    expect(desk.newestWords("user")).toContain("Petugas menunggu jawaban Anda");
    expect(desk.newestWords("user")).toContain("Mohon kirim nama pengguna SIMPEG Anda");
    await desk.press("user", "💬 Jawab");
    await desk.tell("user", "siti.aminah");
    expect((await ticketOf(desk, ticketId)).pending_on).toBeNull();
    expect(desk.allWords("itSupport")).toContain("siti.aminah");
  });
});

describe("a wrong press", () => {
  test("is taken back with a reason by who pressed, and the right one is pressed", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await more("itSupport", ticketId);
    await desk.press("itSupport", "↩️ Tarik kembali: Aplikasi normal");
    expect(desk.newestWords("itSupport")).toContain("Mengapa ditarik kembali?");
    await desk.tell("itSupport", "Salah tekan");

    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");
    await desk.press("itSupport", "Aplikasi tidak normal");
    expect((await ticketOf(desk, ticketId)).state).toBe("locating-fault");
    await desk.press("itSupport", "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Budi Santoso menarik kembali: Aplikasi normal");
    expect(desk.newestWords("itSupport")).toContain("Salah tekan");
  });

  test("that asked the requester: the question loses its buttons and the requester reads why", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk, "Sudah diperbaiki");
    const question = await desk.sees("user", "Apakah sudah normal?");
    await more("itSupport", ticketId);
    await desk.press("itSupport", "↩️ Tarik kembali: Verifikasi ke pemohon");
    await desk.tell("itSupport", "Belum selesai");

    const asked = desk.fromBot("user").find(({ message_id }) => message_id === question.message_id);
    expect(asked && desk.labels(asked)).toEqual(["🎫 Buka tiket"]);
    expect(asked && desk.wordsOf(asked)).toContain("↩️ Ditarik kembali");
    expect(desk.newestWords("user")).toContain("ditarik kembali oleh petugas");
    expect(desk.newestWords("user")).toContain("Belum selesai");
    expect(await desk.pressOn("user", question, "Ya, sudah normal")).toContain("Tombol ini sudah tidak berlaku");
  });

  test("of the requester is taken back by the requester: the question can be answered again", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await desk.press("user", "Ya, sudah normal");
    await more("user", ticketId);
    await desk.press("user", "↩️ Tarik kembali: Ya, sudah normal");
    await desk.tell("user", "Ternyata belum");

    expect((await ticketOf(desk, ticketId)).state).toBe("awaiting-confirmation");
    await desk.press("user", "Masih bermasalah");
    await desk.tell("user", "Masih putih");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");
  });

  test("of a colleague is not offered", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    await more("itSupport", ticketId);
    expect(desk.labels(desk.newest("itSupport")).filter((label) => label.includes("Tarik kembali"))).toEqual([]);
  });
});

describe("assigning by name", () => {
  test("the help desk and leadership choose a member of the team; a second form that comes late is refused", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    await desk.tell("leadership", `T-${ticketId}`);
    await more("leadership", ticketId);
    await desk.press("leadership", "👤 Tugaskan ke");
    await more("helpDesk", ticketId);
    await desk.press("helpDesk", "👤 Tugaskan ke");
    await desk.press("helpDesk", "Fadli Tanjung");
    await desk.press("helpDesk", "Lewati");

    expect(desk.wordsOf(desk.card("itSupport2", ticketId))).toContain("🔔 Tiket dialihkan kepada Anda");
    await desk.press("leadership", "Budi Santoso");
    await desk.press("leadership", "Lewati");
    expect(desk.newestWords("leadership")).toContain("baru saja diberikan kepada Fadli Tanjung");
  });
});

describe("urgency", () => {
  test("the requester says that a public service stands still; the desk sees it on the card and in the queue", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("user", desk.card("user", ticketId), "🔥 Layanan publik berhenti");
    await desk.tell("user", "Pelayanan KTP, antrean 40 orang");

    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(
      "🔥 MENDESAK: layanan publik berhenti: Pelayanan KTP, antrean 40 orang",
    );
    expect(desk.labels(desk.card("user", ticketId))).not.toContain("🔥 Layanan publik berhenti");
    await desk.tell("helpDesk", "/antrean");
    expect(desk.newestWords("helpDesk")).toMatch(/^Antrean\s+🔥 T-/);
    await more("helpDesk", ticketId);
    await desk.press("helpDesk", "🔥 Hapus tanda mendesak");
    await desk.tell("helpDesk", "Loket sudah jalan");
    expect((await ticketOf(desk, ticketId)).is_urgent).toBe(false);
  });
});

describe("filing for somebody who phoned", () => {
  test("asks channel, office, name and contact, then what the procedure asks; the desk sees how to reach them", async () => {
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📞 Catat laporan orang lain");
    await desk.press("helpDesk", "Gangguan aplikasi");
    await desk.press("helpDesk", "Telepon");
    await desk.tell("helpDesk", "Dinkes");
    await desk.tell("helpDesk", "Pak Rahmat");
    await desk.tell("helpDesk", "0812-3456-7890");
    await desk.press("helpDesk", "SIMPEG");
    await desk.tell("helpDesk", "Tidak bisa masuk");
    await desk.press("helpDesk", "1 jam lalu");
    await desk.press("helpDesk", "Lanjut");
    expect(desk.newestWords("helpDesk")).toMatch(/Pelapor: Pak Rahmat[\s\S]*Kontak: 0812-3456-7890/);
    await desk.press("helpDesk", "Kirim");

    const { id } = await desk.db
      .selectFrom("ticket")
      .select("id")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    const card = desk.wordsOf(desk.card("helpDesk", id));
    expect(card).toContain("Pemohon: Pak Rahmat (Dinkes)");
    expect(card).toContain("Dilaporkan lewat: telepon");
    expect(card).toContain("Kontak: 0812-3456-7890");
    expect(card).toContain("Pemohon tidak dapat dihubungi lewat bot");

    // Later: the one who phoned is Rina, who is in the register.
    await more("helpDesk", id);
    await desk.press("helpDesk", "🔗 Hubungkan pemohon");
    expect(desk.newestWords("helpDesk")).toContain("Siapa Pak Rahmat dalam daftar orang?");
    await desk.press("helpDesk", "Rina Wulandari");
    expect(desk.wordsOf(desk.card("colleague", id))).toContain("📞 Help desk mencatat laporan Anda");
    expect(desk.wordsOf(desk.card("colleague", id))).not.toContain("0812-3456-7890");
  });

  test("whose name the register knows is offered first", async () => {
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📞 Catat laporan orang lain");
    await desk.press("helpDesk", "Gangguan aplikasi");
    await desk.press("helpDesk", "Loket");
    await desk.tell("helpDesk", "Dinkes");
    await desk.tell("helpDesk", "siti");
    expect(desk.labels(desk.newest("helpDesk"))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Siti Aminah/), "Bukan, orang lain"]),
    );
    await desk.press("helpDesk", "Siti Aminah");
    await desk.press("helpDesk", "Lewati");
    await desk.press("helpDesk", "SIPD");
    await desk.tell("helpDesk", "Lambat");
    await desk.press("helpDesk", "Baru saja");
    await desk.press("helpDesk", "Lanjut");
    await desk.press("helpDesk", "Kirim");

    const ticket = await desk.db
      .selectFrom("ticket")
      .selectAll()
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(ticket).toMatchObject({ channel: "counter", subject: "SIPD" });
    expect(desk.wordsOf(desk.card("user", ticket.id))).toContain("📞 Help desk mencatat laporan Anda");
  });

  test("is for the help desk: others are not offered it, and a button of a former one is refused", async () => {
    await desk.tell("itSupport", "/menu");
    expect(desk.labels(desk.newest("itSupport"))).not.toContain("📞 Catat laporan orang lain");
    await desk.tell("helpDesk", "/menu");
    const menu = desk.newest("helpDesk");
    await desk.db.deleteFrom("person_role").where("role", "=", "help-desk").execute();
    expect(await desk.pressOn("helpDesk", menu, "📞 Catat laporan orang lain")).toContain("[help-desk]");
  });
});
