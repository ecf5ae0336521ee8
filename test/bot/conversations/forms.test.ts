import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, fileComplaint, issueWorkOrder, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());

const questions = ["Aplikasi apa", "Apa yang terjadi", "Sejak kapan", "Kirim foto layar", "Periksa kembali"];

/** Answers the form of a complaint until that question stands. */
async function answerUntil(question: number): Promise<void> {
  await beginComplaint(desk);
  if (question > 0) await desk.tell("user", "SIMPEG");
  if (question > 1) await desk.tell("user", "Tidak bisa login");
  if (question > 2) await desk.press("user", "Baru saja");
  if (question > 3) await desk.press("user", "Lanjut");
}

const countDrafts = async () => (await desk.db.selectFrom("draft").select("id").execute()).length;

describe("the form of a complaint", () => {
  test("is chosen from the menu, which /lapor shows too", async () => {
    await desk.tell("user", "/lapor");
    expect(desk.labels(desk.newest("user")).slice(0, 2)).toEqual([
      "📣 Lapor gangguan aplikasi",
      "📣 Lapor gangguan internet/intranet",
    ]);
    expect(await countDrafts()).toBe(0);
    await desk.press("user", "Lapor gangguan aplikasi");

    expect(desk.newestWords("user")).toContain("Aplikasi apa");
    await desk.tell("user", "/batal");
  });

  test("asks one question a message, with Back and Cancel at each but the first", async () => {
    for (const [index, words] of questions.entries()) {
      await answerUntil(index);
      expect(desk.newestWords("user")).toContain(words);
      const labels = desk.labels(desk.newest("user"));
      expect(labels).toContain("✖️ Batal");
      expect(labels.includes("◀️ Kembali")).toBe(index > 0);
      await desk.tell("user", "/batal");
    }
  });

  test.each(questions.entries().toArray())("is discarded by Cancel at question %i, %s", async (index) => {
    await answerUntil(index);
    await desk.press("user", "Batal");

    expect(desk.newestWords("user")).toBe("Isian dibuang. Ketik /menu untuk memulai lagi.");
    expect(await countDrafts()).toBe(0);
  });

  test.each([1, 2, 3, 4])("goes one question back at question %i", async (index) => {
    await answerUntil(index);
    await desk.press("user", "Kembali");

    expect(desk.newestWords("user")).toContain(questions[index - 1]);
    await desk.tell("user", "/batal");
  });

  test("an answer that was corrected by going back is the one that is filed, the others stay", async () => {
    await answerUntil(4);
    await desk.press("user", "Kembali");
    await desk.press("user", "Kembali");
    await desk.press("user", "Kembali");
    await desk.tell("user", "Layar putih");
    expect(desk.newestWords("user")).toContain("Kirim foto layar");
    await desk.press("user", "Lanjut");
    expect(desk.newestWords("user")).toContain("Keluhan: Layar putih");
    await desk.press("user", "Kirim");

    const ticket = await desk.db.selectFrom("ticket").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(ticket).toMatchObject({ subject: "SIMPEG", answers: { application: "SIMPEG", description: "Layar putih" } });
  });

  test("a question that was answered by a button is replaced by the next in the same message", async () => {
    await answerUntil(2);
    const question = desk.newest("user");
    await desk.press("user", "Baru saja");

    expect(desk.newest("user").message_id).toBe(question.message_id);
    expect(desk.newestWords("user")).toContain("Kirim foto layar");
    await desk.tell("user", "/batal");
  });

  test("a button of a question that has passed changes nothing", async () => {
    await answerUntil(0);
    const first = desk.newest("user");
    await desk.tell("user", "SIPD");

    expect(await desk.pressOn("user", first, "SIMPEG")).toContain("Pertanyaan itu sudah terjawab");
    const draft = await desk.db.selectFrom("draft").selectAll().executeTakeFirstOrThrow();
    expect(draft.answers).toEqual({ application: "SIPD" });
    await desk.tell("user", "/batal");
    expect(await desk.pressOn("user", first, "SIMPEG")).toContain("Isian itu sudah dikirim, dibuang, atau kedaluwarsa");
  });

  test("an answer to a choice may be typed as its label", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.tell("helpDesk", "di jaringan");
    await desk.press("helpDesk", "Lewati");

    const entry = await desk.db
      .selectFrom("entry")
      .selectAll()
      .where("step", "=", "issue-work-order")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(entry.answers).toEqual({ "suspected-place": "network" });
  });

  test("a form whose ticket has moved on meanwhile says who was first, and ends", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    await desk.tell("user", "/batal");
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Aplikasi normal");
    await desk.tell("user", "Sudah tidak perlu");

    expect(desk.newestWords("user")).toMatch(/Sudah didahului: Budi Santoso memeriksa aplikasi: normal/);
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-computer");
    expect(await countDrafts()).toBe(0);
  });
});

describe("a draft", () => {
  test("outlives a restart of the bot", async () => {
    await answerUntil(2);
    await desk.restartBot();
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");

    expect(desk.newestWords("user")).toContain("Keluhan: Tidak bisa login");
    await desk.tell("user", "/batal");
  });

  test.each([
    ["/tiket", "Tiket saya"],
    ["/menu", "Pilih di bawah ini"],
    ["/lapor", "Pilih di bawah ini"],
    ["/bantuan", "Balas (reply) kartu tiket"],
    ["/perintahaneh", "Perintah itu tidak dikenal"],
    ["/tiket bukan-nomor", "Nomor tiket itu tidak terbaca"],
    ["/MENU@simpul_bot", "Pilih di bawah ini"],
  ])("stays as it is when %s comes in the middle of the form", async (command, reply) => {
    await answerUntil(1);
    await desk.tell("user", command);
    expect(desk.newestWords("user")).toContain(reply);
    await desk.tell("user", "Tidak bisa login");

    expect(desk.newestWords("user")).toContain("Sejak kapan");
    const draft = await desk.db.selectFrom("draft").selectAll().executeTakeFirstOrThrow();
    expect(draft.answers).toEqual({ application: "SIMPEG", description: "Tidak bisa login" });
    await desk.tell("user", "/batal");
  });

  test("goes on where it was when the same form is begun again", async () => {
    await answerUntil(2);
    await beginComplaint(desk);

    expect(desk.newestWords("user")).toContain("Sejak kapan");
    expect(await countDrafts()).toBe(1);
    await desk.tell("user", "/batal");
  });

  test("of two the other one is reminded of, resumed, and discarded", async () => {
    const ticketId = await fileComplaint(desk);
    await answerUntil(1);
    await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
    await desk.tell("user", "Terjadi juga di komputer lain");

    expect(desk.allWords("user")).toContain("✅ Terkirim.");
    expect(desk.newestWords("user")).toBe("Masih ada isian yang belum selesai: Lapor gangguan aplikasi.");
    await desk.press("user", "Lanjutkan");
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
    await desk.tell("user", "Layar putih");
    expect(desk.newestWords("user")).toContain("Sejak kapan");
    await desk.tell("user", "/batal");
    expect(await countDrafts()).toBe(0);
    expect(desk.newestWords("user")).toBe("Isian dibuang. Ketik /menu untuk memulai lagi.");
  });

  test("/batal without one says so", async () => {
    await desk.tell("user", "/batal");
    expect(desk.newestWords("user")).toBe("Tidak ada isian yang sedang berjalan.");
  });

  test("of one person is not that of another", async () => {
    await answerUntil(1);
    await desk.tell("colleague", "Halo");

    expect(desk.newestWords("colleague")).toContain("Pesan ini untuk apa?");
    await desk.press("colleague", "Bukan apa-apa");
    await desk.tell("user", "/batal");
  });
});

test("going back offers the answer that was given", async () => {
  await desk.press("user", "Lapor gangguan aplikasi");
  await desk.press("user", "SIPD");
  await desk.tell("user", "Tidak bisa menyimpan data");
  await desk.press("user", "1 jam lalu");
  await desk.press("user", "Kembali");
  await desk.press("user", "Tetap");
  await desk.press("user", "Kembali");
  await desk.press("user", "Kembali");

  expect(desk.labels(desk.newest("user"))).toContain("Pakai: Tidak bisa menyimpan data");
  await desk.press("user", "Pakai: Tidak bisa menyimpan data");
  await desk.press("user", "Batal");
});
