import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { askRequester, complaintAtItSupport, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "officer", "otherOffice", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());

const analysis = "Sandi Bu Siti diatur ulang";
/** The longest ones, on a busy machine. */
const patient = { timeout: 60_000 };
const answers = ["Ya, sudah normal", "Masih bermasalah"];

async function askedTicket(): Promise<number> {
  const ticketId = await complaintAtItSupport(desk, { description: "Sandi saya ditolak" });
  await desk.press("itSupport", "Aplikasi normal");
  await desk.press("itSupport", "Komputer pemohon normal");
  await askRequester(desk, analysis);
  return ticketId;
}

/** The clock strikes when that ticket has to be looked at next, whichever day that is. */
async function strike(ticketId: number): Promise<void> {
  const { wakes_at } = await ticketOf(desk, ticketId);
  if (wakes_at === null) throw new Error(`the clock knows nothing of ticket ${ticketId}`);
  await desk.wakeAt(wakes_at);
}

const number = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;
/** That message as it stands now. */
const again = (who: CastName, { message_id }: Message) =>
  desk.fromBot(who).find((message) => message.message_id === message_id) as Message;

describe("a question that the requester does not answer", () => {
  test("comes again with its buttons, says who else may answer and when it ends, and the old one points down", async () => {
    const ticketId = await askedTicket();
    const question = desk.newest("user");

    await strike(ticketId);

    const reminder = desk.newest("user");
    expect(reminder.message_id).not.toBe(question.message_id);
    expect(desk.labels(reminder)).toEqual([...answers, "🎫 Buka tiket"]);
    expect(desk.wordsOf(reminder)).toMatch(
      new RegExp(`rekan satu perangkat daerah dapat menjawab dengan mengirim ${number(ticketId)} ke bot ini`),
    );
    expect(desk.wordsOf(reminder)).toMatch(/tiket ditutup otomatis pada \d+ \w+ 20\d\d \d\d\.\d\d WIB/);
    expect(desk.wordsOf(again("user", question))).toContain("⬇️ Pertanyaan ini diulang di bawah.");
    expect(desk.labels(again("user", question))).toEqual([]);
  });

  test("is closed by rule, and the requester is told how to open it again", patient, async () => {
    const ticketId = await askedTicket();
    for (let strikes = 0; strikes < 3; strikes += 1) await strike(ticketId);

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "closed", resolution: analysis, wakes_at: null });
    expect(desk.newestWords("user")).toContain("Tiket ditutup karena pertanyaan kami tidak dijawab.");
    expect(desk.newestWords("user")).toContain(analysis);
    expect(desk.labels(desk.newest("user"))).toEqual([
      "⭐ 1",
      "⭐ 2",
      "⭐ 3",
      "⭐ 4",
      "⭐ 5",
      "Buka kembali",
      "🎫 Buka tiket",
    ]);
    expect(desk.allWords("user")).toMatch(/➡️ Ditutup tanpa jawaban, Sistem, \d+ \w+ 20\d\d/);

    await desk.tell("helpDesk", number(ticketId));
    expect(desk.newestWords("helpDesk")).toContain("ditutup");
    await desk.press("helpDesk", "Riwayat");
    expect(desk.newestWords("helpDesk")).toMatch(/Sistem mengulang pertanyaan ke pemohon/);
    expect(desk.newestWords("helpDesk")).toMatch(/Sistem menutup WO dan tiket karena pemohon tidak menjawab/);
    expect(desk.newestWords("helpDesk")).not.toContain("reached");

    await desk.press("user", "Buka kembali");
    await desk.tell("user", "Masih ditolak");
    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "filed", holder: "help-desk", wakes_at: null });
  });
});

describe("a colleague of the requester", () => {
  test("learns nothing of the ticket before the first reminder, and somebody of another office never", async () => {
    const ticketId = await askedTicket();
    await desk.tell("colleague", number(ticketId));
    expect(desk.newestWords("colleague")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");

    await strike(ticketId);
    await desk.tell("otherOffice", number(ticketId));
    expect(desk.newestWords("otherOffice")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");
  });

  test("sees what is needed to answer, and nothing else", async () => {
    const ticketId = await askedTicket();
    await strike(ticketId);

    await desk.tell("colleague", number(ticketId));

    const shown = desk.newestWords("colleague");
    expect(shown).toContain(`${number(ticketId)} · SIMPEG`);
    expect(shown).toContain("Pemohon: Dinas Kesehatan");
    expect(shown).toContain("Apakah sudah normal?");
    expect(shown).not.toMatch(/Sandi|Siti|Aminah/);
    expect(desk.labels(desk.newest("colleague"))).toEqual(answers);
  });

  test("answers, and everybody who was asked sees who did", async () => {
    const ticketId = await askedTicket();
    await strike(ticketId);
    const [toUser, toOfficer] = [desk.newest("user"), desk.newest("officer")];
    expect(desk.labels(toOfficer)).toEqual([...answers, "🎫 Buka tiket"]);
    await desk.tell("colleague", number(ticketId));
    const first = desk.newest("colleague");
    await desk.tell("colleague", number(ticketId));
    const toColleague = desk.newest("colleague");

    await desk.press("colleague", "Ya, sudah normal");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "ready-to-close", wakes_at: null });
    for (const [who, message] of [
      ["user", toUser],
      ["officer", toOfficer],
    ] as const) {
      expect(desk.wordsOf(again(who, message))).toMatch(/➡️ Ya, sudah normal, Rina Wulandari, \d+ \w+ 20\d\d/);
      expect(desk.labels(again(who, message))).toEqual(["🎫 Buka tiket"]);
    }
    for (const message of [first, toColleague]) {
      expect(desk.wordsOf(again("colleague", message))).toMatch(/➡️ Ya, sudah normal, \d+ \w+ 20\d\d/);
      expect(desk.labels(again("colleague", message))).toEqual([]);
    }
    await desk.tell("colleague", number(ticketId));
    expect(desk.newestWords("colleague")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");
  });

  test("who presses after another one is told who was first", async () => {
    const ticketId = await askedTicket();
    await strike(ticketId);
    await desk.tell("colleague", number(ticketId));
    const shown = desk.newest("colleague");
    const data = desk.buttonsOf(shown).find(({ text }) => text === "Ya, sudah normal")?.callback_data ?? "";
    await desk.press("officer", "Ya, sudah normal");

    expect(await desk.pressData("colleague", shown.message_id, data)).toContain(
      "Sudah didahului: Marlina Purba menyatakan sudah normal",
    );
    expect((await ticketOf(desk, ticketId)).state).toBe("ready-to-close");
  });

  test("says what is still bad, is thanked, and the desk reads who said so", async () => {
    const ticketId = await askedTicket();
    await strike(ticketId);
    await desk.tell("colleague", number(ticketId));
    await desk.press("colleague", "Masih bermasalah");
    await desk.tell("colleague", "Sandi baru juga ditolak");

    expect(desk.newestWords("colleague")).toBe("✅ Terkirim.");
    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "checking-application", wakes_at: null });
    await desk.press("itSupport", "Riwayat");
    expect(desk.newestWords("itSupport")).toMatch(/Rina Wulandari menyatakan masih bermasalah/);
    expect(desk.newestWords("itSupport")).toContain("Sandi baru juga ditolak");
  });

  test("who replies to the question is asked what the words are, and gets no way into the ticket", async () => {
    const ticketId = await askedTicket();
    await strike(ticketId);
    await desk.tell("colleague", number(ticketId));
    await desk.tell("colleague", "Sudah normal", desk.newest("colleague").message_id);

    expect(desk.newestWords("colleague")).toContain("Pesan ini untuk apa?");
    expect(desk.labels(desk.newest("colleague")).join()).not.toMatch(/Catatan internal|Kirim ke pemohon|T-\d/);
    await desk.press("colleague", "Bukan apa-apa");
  });
});

describe("the help desk on the phone", () => {
  test("notes who said so, and the requester sees it", async () => {
    const ticketId = await askedTicket();
    const question = desk.newest("user");
    await desk.tell("helpDesk", number(ticketId));
    await desk.press("helpDesk", "📞 Sudah normal (lewat telepon)");
    expect(desk.newestWords("helpDesk")).toContain("Siapa yang dihubungi, lewat apa, kapan, dan apa katanya?");
    await desk.tell("helpDesk", "Bu Siti, telepon, 14.30: sudah bisa masuk");

    expect((await ticketOf(desk, ticketId)).state).toBe("ready-to-close");
    expect(desk.wordsOf(again("user", question))).toMatch(/➡️ 📞 Sudah normal \(lewat telepon\), Dewi Lestari, \d+/);
    expect(desk.labels(again("user", question))).toEqual(["🎫 Buka tiket"]);
  });

  test("is asked to phone where the requester has blocked the bot", patient, async () => {
    const ticketId = await askedTicket();
    desk.server.people.block(desk.idOf("user"));
    await desk.settled();
    const before = desk.fromBot("user").length;

    await strike(ticketId);

    expect(desk.fromBot("user").length).toBe(before);
    expect(desk.newestWords("helpDesk")).toContain(
      "📞 Ada pertanyaan untuk pemohon, yang tidak dapat dihubungi lewat bot.",
    );
    await desk.press("helpDesk", "Buka tiket");
    await desk.press("helpDesk", "📞 Masih bermasalah (lewat telepon)");
    await desk.tell("helpDesk", "Bu Siti, telepon, 14.30: masih ditolak");
    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "checking-application", wakes_at: null });
    await desk.press("helpDesk", "Riwayat");
    expect(desk.newestWords("helpDesk")).toMatch(/Sistem meminta help desk menelepon pemohon/);
  });
});
