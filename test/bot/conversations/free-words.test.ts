import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, complaintAtItSupport, fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "officer", "helpDesk", "itSupport", "itSupport2");
  await desk.settled();
});
afterAll(() => desk.close());

/** No ticket is open, so that a test says how many are. */
beforeEach(async () => {
  await desk.db
    .updateTable("ticket")
    .set({ holder: null, assignee_id: null, state: "cancelled", ended_at: new Date(), changed_at: new Date() })
    .execute();
  await desk.db.deleteFrom("draft").execute();
});

const lastEntry = () => desk.db.selectFrom("entry").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();

describe("words without a form", () => {
  test("are asked about, and become the description of a new ticket", async () => {
    await desk.tell("user", "SIMPEG tidak bisa dibuka sejak pagi");
    expect(desk.newestWords("user")).toBe("SIMPEG tidak bisa dibuka sejak pagi\nPesan ini untuk apa?");
    expect(desk.labels(desk.newest("user"))).toEqual([
      "📣 Lapor gangguan aplikasi",
      "📣 Lapor gangguan internet/intranet",
      "📝 Jadikan permintaan …",
      "✖️ Bukan apa-apa",
    ]);
    await desk.press("user", "Lapor gangguan aplikasi");
    await desk.press("user", "SIMPEG");
    expect(desk.newestWords("user")).toContain("Sejak kapan");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Kirim");

    const ticket = await desk.db.selectFrom("ticket").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(ticket.answers).toMatchObject({ description: "SIMPEG tidak bisa dibuka sejak pagi" });
  });

  test("several messages are kept together", async () => {
    await desk.tell("user", "SIMPEG rusak");
    await desk.tell("user", "sejak pagi");
    await desk.press("user", "Lapor gangguan aplikasi");

    const draft = await desk.db.selectFrom("draft").selectAll().executeTakeFirstOrThrow();
    expect(draft.answers).toEqual({ description: "SIMPEG rusak\nsejak pagi" });
  });

  test("go to an open ticket when the person says so", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.tell("user", "Sekarang malah lebih lambat");
    await desk.press("user", `Tambahkan ke T-${String(ticketId).padStart(4, "0")}`);

    expect(await lastEntry()).toMatchObject({ kind: "comment", answers: { note: "Sekarang malah lebih lambat" } });
    expect(desk.newestWords("user")).toBe("✅ Terkirim.");
    expect(desk.newestWords("helpDesk")).toContain("Keterangan dari pemohon, Siti Aminah");
  });

  test("of the office's system officer are not said to be the requester's", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("officer", desk.card("officer", ticketId), "Tambah keterangan");
    await desk.tell("officer", "Loket berhenti");

    expect(desk.newestWords("helpDesk")).toContain("Keterangan dari kantor pemohon, Marlina Purba\nLoket berhenti");
  });

  test("with several open tickets it is asked which one is meant", async () => {
    const first = await fileComplaint(desk, { application: "SIMPEG" });
    const second = await fileComplaint(desk, { application: "SIPD" });
    await desk.tell("user", "Masih rusak");

    const number = (id: number) => `T-${String(id).padStart(4, "0")}`;
    expect(desk.labels(desk.newest("user"))).toEqual([
      "📣 Lapor gangguan aplikasi",
      "📣 Lapor gangguan internet/intranet",
      "📝 Jadikan permintaan …",
      `💬 Tambahkan ke ${number(second)} · SIPD`,
      `💬 Tambahkan ke ${number(first)} · SIMPEG`,
      "✖️ Bukan apa-apa",
    ]);
    await desk.press("user", `Tambahkan ke ${number(first)}`);
    expect(await lastEntry()).toMatchObject({ ticket_id: first, kind: "comment" });
  });

  test("that meant nothing are forgotten", async () => {
    await desk.tell("user", "Selamat pagi");
    await desk.press("user", "Bukan apa-apa");

    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
    expect(desk.newestWords("user")).toContain("Isian dibuang");
  });
});

describe("a reply to a card", () => {
  test("is the requester's comment at once, whichever tickets are open", async () => {
    const first = await fileComplaint(desk, { application: "SIMPEG" });
    await fileComplaint(desk, { application: "SIPD" });
    await desk.tell("user", "Yang ini sudah pulih sebentar", desk.card("user", first).message_id);

    expect(await lastEntry()).toMatchObject({
      ticket_id: first,
      kind: "comment",
      answers: { note: "Yang ini sudah pulih sebentar" },
    });
    expect(desk.newestWords("user")).toBe("✅ Terkirim.");
  });

  test("is a comment also in the middle of a form, which stays", async () => {
    const ticketId = await fileComplaint(desk);
    await beginComplaint(desk);
    await desk.tell("user", "Keterangan", desk.card("user", ticketId).message_id);

    expect(await lastEntry()).toMatchObject({ ticket_id: ticketId, kind: "comment" });
    await desk.tell("user", "SIPD");
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
  });

  test("to a card that has moved, or to a notice of the ticket, finds the same ticket", async () => {
    const ticketId = await fileComplaint(desk);
    const former = desk.card("user", ticketId);
    await desk.tell("user", `T-${ticketId}`);
    await desk.tell("user", "Lewat kartu lama", former.message_id);
    expect(await lastEntry()).toMatchObject({ ticket_id: ticketId, answers: { note: "Lewat kartu lama" } });

    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Balas ke pemohon");
    await desk.tell("helpDesk", "Mohon tunggu");
    await desk.tell("user", "Baik", desk.newest("user").message_id);
    expect(await lastEntry()).toMatchObject({ ticket_id: ticketId, kind: "comment", answers: { note: "Baik" } });
  });

  test("to the card of a closed ticket is refused with the reason", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.press("user", "Batalkan tiket");
    await desk.tell("user", "Salah lapor");
    await desk.tell("user", "Terima kasih", desk.card("user", ticketId).message_id);

    expect(desk.newestWords("user")).toContain("Tiket ini sudah selesai");
  });

  test("of staff is asked about: internal or to the requester", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.tell("helpDesk", "Sedang kami periksa", desk.card("helpDesk", ticketId).message_id);

    expect(desk.newestWords("helpDesk")).toContain("untuk siapa pesan ini?");
    expect(desk.labels(desk.newest("helpDesk"))).toEqual([
      "📝 Catatan internal",
      "✉️ Kirim ke pemohon",
      "✖️ Bukan apa-apa",
    ]);
    await desk.press("helpDesk", "Kirim ke pemohon");
    expect(desk.newestWords("user")).toContain("✉️ Balasan petugas\nSedang kami periksa");
    expect(desk.newestWords("helpDesk")).toBe("✅ Terkirim.");
    await desk.press("user", "Jawab");
    await desk.tell("user", "Terima kasih, ditunggu");
    expect(desk.newestWords("helpDesk")).toContain("Terima kasih, ditunggu");
  });

  test("of staff to their own ticket is a comment", async () => {
    const ticketId = await fileComplaint(desk, { by: "itSupport" });
    await desk.tell("itSupport", "Ini keterangan saya", desk.card("itSupport", ticketId).message_id);

    expect(await lastEntry()).toMatchObject({ ticket_id: ticketId, kind: "comment" });
  });
});

describe("an internal note", () => {
  const secret = "RAHASIA-7731";

  test("never reaches the requester: not in the chat, not in the history, not on the card", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.tell("itSupport", `${secret} lewat kartu`, desk.card("itSupport", ticketId).message_id);
    await desk.press("itSupport", "Catatan internal");
    expect(desk.newestWords("itSupport")).toContain("Catatan internal disimpan. Pemohon tidak melihatnya.");
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Catatan internal");
    await desk.tell("itSupport", `${secret} lewat tombol`);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Catatan internal");
    await desk.tell("helpDesk", `${secret} dari help desk`);
    expect(desk.allWords("itSupport")).toContain(`${secret} dari help desk`);

    await desk.tell("user", `T-${ticketId}`);
    await desk.press("user", "Riwayat");
    await desk.tell("user", "/tiket");

    expect(JSON.stringify(desk.server.people.messages(desk.idOf("user")))).not.toContain(secret);
    await desk.press("itSupport", "Riwayat");
    expect(desk.allWords("itSupport")).toContain(`${secret} lewat tombol`);
  });

  test("is not what a closing note is suggested from", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di luar data center");
    await desk.tell("itSupport", "Dikelola BKN");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Arahkan pemohon");
    await desk.tell("helpDesk", "Hubungi BKN");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Catatan internal");
    await desk.tell("helpDesk", secret);
    await desk.press("helpDesk", "Tutup");

    expect(desk.labels(desk.newest("helpDesk"))).toContain("Pakai: Hubungi BKN");
    expect(desk.labels(desk.newest("helpDesk")).join()).not.toContain(secret);
    await desk.press("helpDesk", "Pakai: Hubungi BKN");
    expect((await ticketOf(desk, ticketId)).resolution).toBe("Hubungi BKN");
  });
});
