import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, complaintAtItSupport, fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const numberOf = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;

async function edit(who: CastName, message: Message, text: string): Promise<void> {
  desk.server.people.editText(desk.idOf(who), message.message_id, text);
  await desk.settled();
}

async function answers() {
  const draft = await desk.db.selectFrom("draft").select("answers").orderBy("id", "desc").executeTakeFirst();
  return draft?.answers;
}

describe("an edit of an answer, while the form is open", () => {
  test("corrects it, and shows it to be checked", async () => {
    await beginComplaint(desk);
    const message = await desk.tell("user", "SIMPEGG");
    await edit("user", message, "SIMPEG");

    expect(await answers()).toEqual({ application: "SIMPEG" });
    expect(desk.newestWords("user")).toContain("✏️ Aplikasi diubah: SIMPEG");
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
    await desk.tell("user", "Tidak bisa login");
    expect(await answers()).toEqual({ application: "SIMPEG", description: "Tidak bisa login" });
  });

  test("shows all answers again when they were being checked", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    const message = await desk.tell("user", "Tidak bisa");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await edit("user", message, "Tidak bisa login");

    expect(desk.newestWords("user")).toContain("Periksa kembali, lalu tekan Kirim.");
    expect(desk.newestWords("user")).toContain("Keluhan: Tidak bisa login");
    await desk.press("user", "Kirim");
    expect(desk.wordsOf(desk.newest("user"))).toContain("Tidak bisa login");
  });

  test("that is no right answer changes nothing, and says why", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Tidak bisa login");
    const message = await desk.tell("user", "kemarin 14.00");
    const before = await answers();
    await edit("user", message, "entah");

    expect(await answers()).toEqual(before);
    expect(desk.newestWords("user")).toContain(
      "⚠️ Perubahan pada Waktu kejadian tidak disimpan: Waktu itu tidak terbaca.",
    );
    expect(desk.newestWords("user")).not.toContain("diubah:");
    expect(desk.newestWords("user")).toContain("Kirim foto layar");
  });

  test("of an answer that was given anew by going back is read no more", async () => {
    await beginComplaint(desk);
    const message = await desk.tell("user", "SIMPEG");
    await desk.press("user", "Kembali");
    await desk.tell("user", "SIPD");
    await edit("user", message, "SIMDA");

    expect(await answers()).toMatchObject({ application: "SIPD" });
    expect(desk.newestWords("user")).toContain("Perubahan pesan ini tidak dibaca");
  });

  test("of one of several messages without a form changes its part alone", async () => {
    const first = await desk.tell("user", "Internet mati");
    await desk.tell("user", "sejak pagi");
    await edit("user", first, "Wi-Fi mati");

    expect(desk.newestWords("user")).toBe("Wi-Fi mati\nsejak pagi\nPesan ini untuk apa?");
    await desk.press("user", "Lapor gangguan aplikasi");
    await edit("user", first, "Aplikasi mati");
    expect(await answers()).toEqual({ description: "Aplikasi mati\nsejak pagi" });
  });
});

describe("an edit of what is part of a ticket", () => {
  test("of a comment: told again in the same message, and both stand in the history", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const message = await desk.tell("user", "Sejak kemarin", desk.card("user", ticketId).message_id);
    const had = desk.fromBot("itSupport").length;
    expect(desk.newestWords("itSupport")).toContain("Sejak kemarin");
    await edit("user", message, "Sejak <pagi> ini");

    expect(desk.newestWords("user")).toBe("✏️ Perubahan tersimpan. Versi sebelumnya tetap ada di riwayat tiket.");
    expect(desk.fromBot("itSupport").length).toBe(had);
    expect(desk.newestWords("itSupport")).toBe(
      `${numberOf(ticketId)} · SIMPEG\n💬 Keterangan dari pemohon, Siti Aminah\nSejak <pagi> ini (diubah)`,
    );
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Siti Aminah mengubah pesannya\n   Sejak <pagi> ini");
    expect(desk.newestWords("itSupport")).toContain("Siti Aminah menambah keterangan (diubah)\n   Sejak kemarin");
  });

  test("of a reply of the desk: the requester sees the new words in the same message", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Balas ke pemohon");
    const message = await desk.tell("itSupport", "Kami datang besok");
    const had = desk.fromBot("user").length;
    await edit("itSupport", message, "Kami datang lusa");

    expect(desk.fromBot("user").length).toBe(had);
    expect(desk.newestWords("user")).toContain("Kami datang lusa (diubah)");
    expect(desk.allWords("user")).not.toContain("Kami datang besok");
  });

  test("of the words that it was filed with: the card shows the new ones, marked", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    const message = await desk.tell("user", "Tidak bisa login");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Kirim");
    await edit("user", message, "Tidak bisa masuk");

    const ticket = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    expect((await ticketOf(desk, ticket.id)).answers).toMatchObject({ description: "Tidak bisa masuk" });
    expect(desk.wordsOf(desk.card("helpDesk", ticket.id))).toContain("Keluhan: Tidak bisa masuk (diubah)");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticket.id), "Riwayat");
    expect(desk.newestWords("helpDesk")).toContain(
      "Siti Aminah mengubah pesannya\n   Keluhan: Tidak bisa masuk\n   semula: Tidak bisa login",
    );
  });

  test("of an internal note stays with the desk", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Catatan internal");
    const message = await desk.tell("itSupport", "Rahasia satu");
    await edit("itSupport", message, "Rahasia dua");

    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Rahasia dua");
    await desk.pressOn("user", desk.card("user", ticketId), "Riwayat");
    expect(desk.allWords("user")).not.toContain("Rahasia");
  });

  test("of a ticket that has ended is refused with a sentence", async () => {
    const ticketId = await fileComplaint(desk);
    const message = await desk.tell("user", "Sejak kemarin", desk.card("user", ticketId).message_id);
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    await desk.tell("user", "Tidak jadi");
    await edit("user", message, "Sejak pagi");
    expect(desk.newestWords("user")).toContain("⚠️ Tiket ini sudah selesai.");
  });

  test("of the note of a step is refused with a sentence", async () => {
    await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di luar data center");
    const message = await desk.tell("itSupport", "Dikelola BKN");
    await edit("itSupport", message, "Dikelola BKD");
    expect(desk.newestWords("itSupport")).toContain("⚠️ Catatan langkah yang sudah dikerjakan tidak berubah");
  });
});

test("the question that was answered by typing loses its buttons, the next one has them", async () => {
  await beginComplaint(desk);
  const first = desk.newest("user").message_id;
  await desk.tell("user", "SIMPEG");
  const second = desk.newest("user").message_id;
  const message = (id: number) => desk.fromBot("user").find(({ message_id }) => message_id === id);

  expect(desk.labels(message(first) ?? desk.newest("user"))).toEqual([]);
  expect(desk.labels(message(second) ?? desk.newest("user"))).toContain("◀️ Kembali");
  await desk.press("user", "Kembali");
  expect(desk.newest("user").message_id).toBe(second);
  await desk.tell("user", "SIPD");
  expect(desk.labels(message(second) ?? desk.newest("user"))).toEqual([]);
});

test("the last question of a form that typing ends loses its buttons too", async () => {
  const ticketId = await fileComplaint(desk);
  await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
  const question = desk.newest("user").message_id;
  await desk.tell("user", "Sejak kemarin");
  const asked = desk.fromBot("user").find(({ message_id }) => message_id === question);
  expect(desk.labels(asked ?? desk.newest("user"))).toEqual([]);
});
