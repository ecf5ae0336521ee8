import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import {
  askRequester,
  complaintAtItSupport,
  confirmAndClose,
  fileComplaint,
  issueWorkOrder,
  ticketOf,
} from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "itSupport2", "dataCenter", "infrastructure");
  await desk.settled();
});
afterAll(() => desk.close());

const checks = ["Server", "Aplikasi dari intranet", "Database", "Koneksi intranet", "Kabel data"];
const talk = ["💬 Tambah keterangan", "🕘 Riwayat"];

describe("R01, step by step", () => {
  test("the application and the computer are normal: the requester confirms, help desk closes", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    expect((await ticketOf(desk, ticketId)).state).toBe("verifying");
    await askRequester(desk, "Kata sandi pemohon sudah diatur ulang");
    await confirmAndClose(desk, "Kata sandi diatur ulang");

    expect(desk.newestWords("user")).toContain("Tiket Anda telah selesai");
    const ticket = await ticketOf(desk, ticketId);
    expect(ticket).toMatchObject({ state: "closed", resolution: "Kata sandi diatur ulang", holder: null });
    expect(desk.wordsOf(desk.card("user", ticketId))).toContain("Keadaan: Selesai");
  });

  test("the computer is not normal: a recommendation out of the list needs no note", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Beri rekomendasi");
    await desk.press("itSupport", "Pasang ulang browser");
    await desk.press("itSupport", "Lewati");

    expect((await ticketOf(desk, ticketId)).state).toBe("verifying");
    await askRequester(desk);
    await confirmAndClose(desk);
  });

  test("the recommendation Lainnya needs a note: there is nothing to skip", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Beri rekomendasi");
    await desk.press("itSupport", "Lainnya");

    expect(desk.newestWords("itSupport")).toContain("Penjelasan rekomendasinya?");
    expect(desk.labels(desk.newest("itSupport"))).toEqual(["◀️ Kembali", "✖️ Batal"]);
    await desk.tell("itSupport", "Ganti papan ketik");
    expect((await ticketOf(desk, ticketId)).state).toBe("verifying");
    await askRequester(desk);
    await confirmAndClose(desk);
  });

  test("outside the data center: help desk tells the requester whom to ask, and closes", async () => {
    const ticketId = await complaintAtItSupport(desk, { application: "e-Kinerja BKN" });
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di luar data center");
    await desk.tell("itSupport", "Dikelola BKN");
    await desk.press("helpDesk", "Arahkan pemohon ke pengelola");
    await desk.tell("helpDesk", "Hubungi Helpdesk BKN, 021-80882815");

    expect(desk.newestWords("user")).toBe(
      `T-000${ticketId} · e-Kinerja BKN\nAplikasi ini dikelola pihak lain. Silakan hubungi:\nHubungi Helpdesk BKN, 021-80882815`,
    );
    await desk.press("helpDesk", "Tutup");
    await desk.press("helpDesk", "Pakai: Hubungi Helpdesk BKN");
    expect(await ticketOf(desk, ticketId)).toMatchObject({
      state: "closed",
      resolution: "Hubungi Helpdesk BKN, 021-80882815",
    });
  });

  test("the network: a maintenance that takes longer is announced, the ticket stays with Infrastruktur", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di jaringan: teruskan WO");
    await desk.tell("itSupport", "Terputus sejak pagi");
    await desk.press("infrastructure", "Umumkan perbaikan ke pemohon");
    await desk.tell("infrastructure", "Kabel optik putus, sampai pukul 15.00");

    expect(desk.newestWords("user")).toContain("Jaringan sedang dalam perbaikan.");
    expect(desk.newestWords("user")).toContain("Kabel optik putus, sampai pukul 15.00");
    expect((await ticketOf(desk, ticketId)).holder).toBe("infrastructure");
    await desk.press("infrastructure", "Jaringan diperbaiki");
    await desk.tell("infrastructure", "Kabel disambung");
    await askRequester(desk);
    await confirmAndClose(desk);
    expect((await ticketOf(desk, ticketId)).state).toBe("closed");
  });

  test("the data center: repaired is offered only when all five checks have a result", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di data center: teruskan WO");
    await desk.press("itSupport", "Lewati");
    for (const check of checks) {
      expect(desk.labels(desk.card("dataCenter", ticketId))).not.toContain("Sudah diperbaiki: kembalikan WO");
      await desk.press("dataCenter", `Periksa: ${check}`);
      if (check === "Database") {
        await desk.press("dataCenter", "Tidak sesuai");
        expect(desk.labels(desk.newest("dataCenter"))).not.toContain("Lewati ▶️");
        await desk.tell("dataCenter", "Indeks rusak");
      } else {
        await desk.press("dataCenter", "Sesuai");
        await desk.press("dataCenter", "Lewati");
      }
    }
    expect(desk.wordsOf(desk.card("dataCenter", ticketId))).toContain("❌ Database: Indeks rusak");
    await desk.press("dataCenter", "Sudah diperbaiki");
    await desk.tell("dataCenter", "Indeks dibangun ulang");
    await askRequester(desk, "Indeks database dibangun ulang");
    expect(desk.newestWords("user")).toContain("Apakah sudah normal?");
    await desk.press("user", "Ya, sudah normal");
    await desk.press("helpDesk", "Tutup");
    await desk.press("helpDesk", "Pakai: Indeks database");

    expect(await ticketOf(desk, ticketId)).toMatchObject({
      state: "closed",
      resolution: "Indeks database dibangun ulang",
    });
  });

  test("not in the data center and not the network: the work order comes back to who had it", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di data center: teruskan WO");
    await desk.press("itSupport", "Lewati");
    await desk.press("dataCenter", "Bukan di data center");
    await desk.tell("dataCenter", "Semua server normal");
    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "locating-fault", holder: "it-support" });
    await desk.press("itSupport", "Di jaringan: teruskan WO");
    await desk.press("itSupport", "Lewati");
    await desk.press("infrastructure", "Bukan jaringan");
    await desk.tell("infrastructure", "Jaringan normal");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "locating-fault", holder: "it-support" });
    expect(desk.labels(desk.card("itSupport", ticketId))).toContain("Di luar data center: kembalikan WO");
  });

  test("still bad: the reason goes to IT Support, and the way begins again", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await desk.press("user", "Masih bermasalah");
    await desk.tell("user", "Masih tidak bisa login");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "checking-application", holder: "it-support" });
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).toContain("🔔 Tiket untuk Anda");
    await desk.press("itSupport", "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Masih tidak bisa login");
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await confirmAndClose(desk);
    expect((await ticketOf(desk, ticketId)).state).toBe("closed");
  });
});

describe("who sees what", () => {
  test("buttons stand only with the role that may press them", async () => {
    const ticketId = await fileComplaint(desk);

    const [comment = "", history = ""] = talk;
    const urgent = "🔥 Layanan publik berhenti";
    expect(desk.labels(desk.card("user", ticketId))).toEqual([comment, urgent, history, "Batalkan tiket"]);
    expect(desk.labels(desk.card("helpDesk", ticketId))).toEqual([
      "🙋 Saya kerjakan",
      "Terbitkan WO",
      "✉️ Balas ke pemohon",
      "📝 Catatan internal",
      "🕘 Riwayat",
      "⋯ Lainnya",
    ]);
    await desk.tell("itSupport", `T-${ticketId}`);
    expect(desk.labels(desk.newest("itSupport"))).toEqual([
      ...["✉️ Balas ke pemohon", "📝 Catatan internal", "🕘 Riwayat", "⋯ Lainnya"],
    ]);

    await issueWorkOrder(desk, ticketId);
    expect(desk.labels(desk.card("helpDesk", ticketId))).not.toContain("Terbitkan WO");
    expect(desk.labels(desk.card("itSupport", ticketId))).toContain("Aplikasi normal");
    expect(desk.labels(desk.card("itSupport2", ticketId))).toContain("Aplikasi normal");
    await desk.press("itSupport", "Saya kerjakan");
    expect(desk.labels(desk.card("itSupport2", ticketId))).not.toContain("Aplikasi normal");
    expect(desk.labels(desk.card("itSupport2", ticketId))).toContain("🙋 Ambil alih");
    expect(desk.labels(desk.card("itSupport", ticketId))).toContain("↪️ Alihkan ke rekan");
  });

  test("the requester has one card, edited in place; only the question and the closing notify", async () => {
    const ticketId = await fileComplaint(desk);
    const card = desk.card("user", ticketId);
    const before = desk.fromBot("user").length;

    await issueWorkOrder(desk, ticketId);
    await desk.press("itSupport", "Saya kerjakan");
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    expect(desk.fromBot("user").length).toBe(before);
    expect(desk.card("user", ticketId).message_id).toBe(card.message_id);
    expect(desk.wordsOf(desk.card("user", ticketId))).toContain("IT Support akan memverifikasi ke pemohon");

    await askRequester(desk);
    expect(desk.fromBot("user").length).toBe(before + 1);
    await desk.press("user", "Ya, sudah normal");
    expect(desk.fromBot("user").length).toBe(before + 1);
    await desk.press("helpDesk", "Tutup");
    await desk.tell("helpDesk", "Selesai");
    expect(desk.fromBot("user").length).toBe(before + 2);

    expect(desk.card("user", ticketId).message_id).toBe(card.message_id);
    const cards = desk
      .fromBot("user")
      .filter((message) => desk.wordsOf(message).includes(`Nomor: T-${String(ticketId).padStart(4, "0")}`));
    expect(cards.map(({ message_id }) => message_id)).toEqual([card.message_id]);
  });

  test("the cards of a team are edited when one of them does a step", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    const card = desk.card("itSupport2", ticketId);
    const before = desk.fromBot("itSupport2").length;

    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Aplikasi normal");

    expect(desk.fromBot("itSupport2").length).toBe(before);
    expect(desk.card("itSupport2", ticketId).message_id).toBe(card.message_id);
    expect(desk.wordsOf(desk.card("itSupport2", ticketId))).toContain("Dikerjakan oleh: Budi Santoso");
  });

  test("a card that was sent anew leaves one that says where the new one is", async () => {
    const ticketId = await fileComplaint(desk);
    const former = desk.card("user", ticketId);
    await desk.tell("user", `/tiket T-${ticketId}`);

    const left = desk.fromBot("user").find(({ message_id }) => message_id === former.message_id);
    expect(left && desk.wordsOf(left)).toBe(`T-00${ticketId} · SIMPEG\n⬇️ Kartu terbaru ada di bawah.`);
    expect(desk.labels(left as typeof former)).toEqual([]);
    expect(desk.card("user", ticketId).message_id).toBe(desk.newest("user").message_id);
  });

  test("the question to the requester loses its buttons once it is answered, and says what was answered", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    const question = desk.newest("user");
    await desk.pressOn("user", question, "Ya, sudah normal");

    const answered = desk.fromBot("user").find(({ message_id }) => message_id === question.message_id);
    expect(desk.labels(answered as typeof question)).toEqual(["🎫 Buka tiket"]);
    expect(desk.wordsOf(answered as typeof question)).toMatch(/Ya, sudah normal, \d+ \w+ 2026 \d\d\.\d\d WIB$/);
    expect((await ticketOf(desk, ticketId)).state).toBe("ready-to-close");
  });
});
