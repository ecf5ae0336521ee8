import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());
afterEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const isLastLook = "Periksa kembali, lalu tekan Kirim.";

async function complaintAtLastLook(): Promise<void> {
  await beginComplaint(desk);
  await desk.tell("user", "SIMPEG");
  await desk.tell("user", "Tidak bisa login");
  await desk.press("user", "Baru saja");
  await desk.press("user", "Lanjut");
  expect(desk.newestWords("user")).toContain(isLastLook);
}

const newestTicketId = async () =>
  Number((await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow()).id);

describe("at the last look", () => {
  test("one answer is changed, and the last look follows without the other questions", async () => {
    await complaintAtLastLook();
    await desk.press("user", "✏️ Ubah");
    expect(desk.newestWords("user")).toContain("Jawaban mana yang ingin Anda ubah?");
    await desk.press("user", "Keluhan");
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
    await desk.tell("user", "Layar putih");

    expect(desk.newestWords("user")).toContain(isLastLook);
    expect(desk.newestWords("user")).toContain("Keluhan: Layar putih");
    await desk.press("user", "Kirim");
    expect((await ticketOf(desk, await newestTicketId())).answers).toMatchObject({
      application: "SIMPEG",
      description: "Layar putih",
    });
  });

  test("an answer that is refused is asked again, and the last look still follows", async () => {
    await complaintAtLastLook();
    await desk.press("user", "✏️ Ubah");
    await desk.press("user", "Waktu kejadian");
    await desk.tell("user", "entah");
    expect(desk.newestWords("user")).toContain("Waktu itu tidak terbaca.");
    await desk.press("user", "1 jam lalu");
    expect(desk.newestWords("user")).toContain(isLastLook);
  });

  test.each(["Keluhan", "Aplikasi"])(
    "Back leads from the question for %s to the last look, with the answer as it was",
    async (label) => {
      await complaintAtLastLook();
      await desk.press("user", "✏️ Ubah");
      await desk.press("user", label);
      await desk.press("user", "Kembali");

      expect(desk.newestWords("user")).toContain(isLastLook);
      expect(desk.newestWords("user")).toContain("Keluhan: Tidak bisa login");
      await desk.press("user", "Kembali");
      expect(desk.newestWords("user")).toContain("Kirim foto layar");
    },
  );

  test("a button of a last look that has passed changes nothing", async () => {
    await complaintAtLastLook();
    const lastLook = desk.newest("user");
    const data = desk.buttonsOf(lastLook).find(({ text }) => text === "✏️ Ubah")?.callback_data ?? "";
    await desk.press("user", "Kembali");

    expect(await desk.pressData("user", lastLook.message_id, data)).toContain("Pertanyaan itu sudah terjawab.");
    expect(desk.newestWords("user")).toContain("Kirim foto layar");
  });

  test("what a change brings up is asked before it", async () => {
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "Catat laporan orang lain");
    await desk.tell("helpDesk", "gangguan aplikasi");
    await desk.press("helpDesk", "Telepon");
    await desk.tell("helpDesk", "Disdik");
    await desk.tell("helpDesk", "Ibu Rosna");
    await desk.tell("helpDesk", "0812-1111-2222");
    await desk.tell("helpDesk", "SIMPEG");
    await desk.tell("helpDesk", "Tidak bisa login");
    await desk.press("helpDesk", "Baru saja");
    await desk.press("helpDesk", "Lanjut");
    await desk.press("helpDesk", "✏️ Ubah");
    await desk.press("helpDesk", "Jenis");
    await desk.tell("helpDesk", "gangguan internet");

    expect(desk.newestWords("helpDesk")).toContain("Jaringan apa yang bermasalah?");
    await desk.press("helpDesk", "Wi-Fi");
    expect(desk.newestWords("helpDesk")).toContain("Di mana terjadinya?");
    await desk.tell("helpDesk", "Ruang guru");
    expect(desk.newestWords("helpDesk")).toContain(isLastLook);
  });
});

describe("a step with many answers", () => {
  test("is looked at once more before it is stored, and one answer is changed there", async () => {
    await desk.tell("user", "/permintaan");
    await desk.press("user", "Penambahan titik jaringan");
    await desk.press("user", "Titik kabel");
    await desk.tell("user", "Gedung B, lantai 2");
    await desk.press("user", "3");
    await desk.tell("user", "Komputer baru");
    await desk.press("user", "Ya, hanya untuk tugas kedinasan");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Kirim");
    const id = await newestTicketId();
    await desk.pressOn("helpDesk", desk.card("helpDesk", id), "Terbitkan WO");
    await desk.press("helpDesk", "Lewati");
    await desk.pressOn("itSupport", desk.card("itSupport", id), "Catat hasil survei");
    await desk.press("itSupport", "Lewati");
    await desk.tell("itSupport", "Dinding timur");
    await desk.press("itSupport", "3");
    await desk.tell("itSupport", "Switch 8 port");
    await desk.press("itSupport", "Lewati");
    await desk.press("itSupport", "Lanjut");

    expect(desk.newestWords("itSupport")).toContain(isLastLook);
    expect(desk.newestWords("itSupport")).toContain("Kebutuhan perangkat: Switch 8 port");
    expect((await ticketOf(desk, id)).state).toBe("surveying");
    await desk.press("itSupport", "✏️ Ubah");
    await desk.press("itSupport", "Jumlah titik hasil survei");
    await desk.press("itSupport", "4");
    expect(desk.newestWords("itSupport")).toContain("Jumlah titik hasil survei: 4");
    await desk.press("itSupport", "Kirim");

    expect((await ticketOf(desk, id)).state).toBe("recommending");
    expect(desk.newestWords("itSupport")).toContain("Jumlah titik hasil survei: 4");
  });
});
