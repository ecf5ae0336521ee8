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

/** The help desk notes it for somebody, up to the last look. @returns the message with the reporter's name */
async function noteComplaint(office: string, reporter: string, match?: string, channel = "Telepon") {
  await desk.tell("helpDesk", "/menu");
  await desk.press("helpDesk", "Catat laporan orang lain");
  await desk.tell("helpDesk", "gangguan aplikasi");
  await desk.press("helpDesk", channel);
  await desk.tell("helpDesk", office);
  const name = await desk.tell("helpDesk", reporter);
  if (match !== undefined) await desk.press("helpDesk", match);
  await desk.tell("helpDesk", "0812-1111-2222");
  await desk.tell("helpDesk", "SIMPEG");
  await desk.tell("helpDesk", "Tidak bisa login");
  await desk.press("helpDesk", "Baru saja");
  await desk.press("helpDesk", "Lanjut");
  expect(desk.newestWords("helpDesk")).toContain(isLastLook);
  return name;
}

async function change(who: "user" | "helpDesk", label: string): Promise<void> {
  await desk.press(who, "✏️ Ubah");
  await desk.press(who, label);
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

  test("an edit of an earlier message while one answer is being changed leaves that question open", async () => {
    await beginComplaint(desk);
    const application = await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Tidak bisa login");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await change("user", "Keluhan");
    desk.server.people.editText(desk.idOf("user"), application.message_id, "SIPD");
    await desk.settled();
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
    await desk.tell("user", "Layar putih");

    expect(desk.newestWords("user")).toContain("Aplikasi: SIPD");
    expect(desk.newestWords("user")).toContain("Keluhan: Layar putih");
  });

  test("a file that was sent by mistake is taken out", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Tidak bisa login");
    await desk.press("user", "Baru saja");
    desk.server.people.sendDocument(desk.idOf("user"), {
      ...{ bytes: Buffer.from("keliru"), name: "keliru.pdf", mimeType: "application/pdf" },
    });
    await desk.settled();
    await desk.press("user", "Lanjut");
    expect(desk.newestWords("user")).toContain("Lampiran: 1 berkas");
    await change("user", "Lampiran");
    await desk.press("user", "🗑 Hapus berkas");
    expect(desk.hasButton("user", "🗑 Hapus berkas")).toBe(false);
    await desk.press("user", "Lanjut");

    expect(desk.newestWords("user")).toContain("Lampiran: tidak ada");
  });

  test("a form that has expired meanwhile is gone, and says so", async () => {
    await complaintAtLastLook();
    await desk.db
      .updateTable("draft")
      .set({ expires_at: new Date(0) })
      .execute();
    expect(await desk.pressAndRead("user", "✏️ Ubah")).toContain("Isian itu sudah");
  });

  test("who reports is looked up anew when their name is changed", async () => {
    await noteComplaint("Diskominfo", "Ratna", "Bukan, orang lain");
    await change("helpDesk", "Pelapor");
    await desk.tell("helpDesk", "Budi Santoso");
    expect(desk.newestWords("helpDesk")).toContain("Apakah pelapor salah satu dari mereka?");
    await desk.press("helpDesk", "Budi Santoso");
    expect(desk.newestWords("helpDesk")).toContain(isLastLook);
    await desk.press("helpDesk", "Kirim");

    const named = await desk.db.selectFrom("person").select("id").where("name", "=", "Budi Santoso").execute();
    expect(named).toHaveLength(1);
    const { requester_id } = await desk.db
      .selectFrom("ticket")
      .select("requester_id")
      .where("id", "=", await newestTicketId())
      .executeTakeFirstOrThrow();
    expect(requester_id).toBe(named[0]?.id);
  });

  test("also when the message with the name is edited", async () => {
    const name = await noteComplaint("Diskominfo", "Ibu Rosna");
    desk.server.people.editText(desk.idOf("helpDesk"), name.message_id, "Budi Santoso");
    await desk.settled();
    expect(desk.newestWords("helpDesk")).toContain("Apakah pelapor salah satu dari mereka?");
    await desk.press("helpDesk", "Budi Santoso");
    expect(desk.newestWords("helpDesk")).toContain(isLastLook);
  });

  test("an optional answer is left out by a button that says so", async () => {
    await noteComplaint("Disdik", "Ibu Rosna", undefined, "Loket");
    await change("helpDesk", "Kontak");
    expect(desk.labels(desk.newest("helpDesk"))).toContain("🗑 Hapus jawaban");
    await desk.press("helpDesk", "🗑 Hapus jawaban");
    expect(desk.newestWords("helpDesk")).toContain("Kontak: tidak diisi");
  });

  test("another kind of request asks all of its own questions, the files too", async () => {
    await noteComplaint("Disdik", "Ibu Rosna");
    await change("helpDesk", "Jenis");
    await desk.tell("helpDesk", "penitipan");
    await desk.press("helpDesk", "Aplikasi (hosting)");
    await desk.press("helpDesk", "Lewati");
    await desk.tell("helpDesk", "555/210/2026");
    await desk.press("helpDesk", "Kemarin");
    expect(desk.newestWords("helpDesk")).toContain("surat permohonan");
  });

  test("what a change brings up is asked before it", async () => {
    await noteComplaint("Disdik", "Ibu Rosna");
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
