import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "itSupport2", "administrator", "administrator2");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

async function openPerson(name: string): Promise<void> {
  await desk.tell("administrator", "/orang");
  await desk.press("administrator", "Cari");
  await desk.tell("administrator", name.slice(0, 8));
  await desk.press("administrator", name);
}

const inChat = () => desk.newestWords("administrator");

describe("moving somebody to another office", () => {
  test("says what it leads to, and asks once more; the person is told and sees the old tickets no longer", async () => {
    const ticketId = await fileComplaint(desk, { by: "colleague" });
    const card = desk.card("colleague", ticketId);
    await openPerson("Rina Wulandari");
    await desk.press("administrator", "Pindah kantor");
    expect(inChat()).toContain("Rina Wulandari pindah ke perangkat daerah mana?");
    await desk.tell("administrator", "komunikasi");
    expect(inChat()).toContain("Tiket yang dilaporkannya tetap milik kantor lama.");
    expect(inChat()).toContain("Perangkat daerah: Dinas Komunikasi dan Informatika");
    await desk.press("administrator", "Kirim");

    expect(inChat()).toContain(
      "Perangkat daerah: Dinas Komunikasi dan Informatika\nPeran: [user]\nTelegram: terhubung",
    );
    expect(desk.newestWords("colleague")).toContain("Anda sekarang terdaftar di Dinas Komunikasi dan Informatika.");
    expect(await desk.pressOn("colleague", card, "Batalkan tiket")).toContain("Tiket itu tidak ada");
    await desk.tell("colleague", "/tiket");
    expect(desk.newestWords("colleague")).toContain("Anda belum punya tiket");
    await desk.tell("colleague", "Laptop saya rusak");
    expect(desk.labels(desk.newest("colleague")).filter((label) => label.includes("Tambahkan ke"))).toEqual([]);
    await desk.tell("helpDesk", `T-${ticketId}`);
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Pemohon tidak lagi di kantor ini");
  });

  test("to where they are already is refused, and asked again", async () => {
    await openPerson("Rina Wulandari");
    await desk.press("administrator", "Pindah kantor");
    await desk.tell("administrator", "Diskominfo");
    await desk.press("administrator", "Kirim");
    expect(inChat()).toContain("Orang itu sudah di perangkat daerah tersebut.");
    expect(inChat()).toContain("pindah ke perangkat daerah mana?");
  });
});

describe("taking somebody out of the register", () => {
  test("gives the work back to the team, unlinks the account, and shows when and why", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.press("helpDesk", "Belum diketahui");
    await desk.press("helpDesk", "Lewati");
    await desk.pressOn("itSupport2", desk.card("itSupport2", ticketId), "Saya kerjakan");
    await openPerson("Fadli Tanjung");
    await desk.press("administrator", "Nonaktifkan");
    await desk.tell("administrator", "Kontrak berakhir");
    expect(inChat()).toContain("Semua perannya berakhir, akun Telegram diputuskan");
    await desk.press("administrator", "Kirim");

    expect(inChat()).toMatch(/Peran: tidak ada\nTelegram: belum terhubung\n🚪 Dinonaktifkan Melati Nainggolan, \d+/);
    expect(inChat()).toContain("Kontrak berakhir");
    expect(desk.labels(desk.newest("administrator"))).toEqual([
      "↩️ Aktifkan kembali",
      "✏️ Perbaiki nama/NIP",
      "◀️ Daftar orang",
    ]);
    expect(desk.newestWords("itSupport2")).toContain("Akun Telegram ini tidak lagi terhubung");
    expect((await ticketOf(desk, ticketId)).assignee_id).toBeNull();
    const card = desk.card("itSupport", ticketId);
    expect(desk.wordsOf(card)).toContain("🔔 Tiket kembali ke tim Anda: yang mengerjakannya tidak bertugas lagi");
    await desk.pressOn("itSupport", card, "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Melati Nainggolan mengembalikan tiket ke tim");
  });

  test("is taken back: a user again, and nothing else", async () => {
    await openPerson("Fadli Tanjung");
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "🚪 Fadli Tanjung");
    await desk.press("administrator", "Aktifkan kembali");
    expect(inChat()).toContain("Peran: [user]\nTelegram: belum terhubung");
  });

  test("is not offered for oneself, and refused for an old button", async () => {
    await openPerson("Melati Nainggolan");
    expect(desk.labels(desk.newest("administrator")).join()).not.toMatch(/Nonaktifkan|Pindah kantor/);
  });

  test("of an administrator is announced to the other one", async () => {
    const { id } = await desk.db
      .selectFrom("person")
      .select("id")
      .where("name", "=", "Budi Santoso")
      .executeTakeFirstOrThrow();
    const grant = { person_id: id, role: "leadership", granted_by: null, granted_at: new Date() } as const;
    await desk.db.insertInto("person_role").values(grant).execute();
    await openPerson("Budi Santoso");
    await desk.press("administrator", "Nonaktifkan");
    await desk.press("administrator", "Lewati");
    await desk.press("administrator", "Kirim");
    expect(desk.newestWords("administrator2")).toContain(
      "Melati Nainggolan menonaktifkan Budi Santoso. Peran yang berakhir: [it-support], [leadership].",
    );
  });
});
