import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GroupDesk, openGroupDesk } from "../../support/staff-group.ts";

let desk: GroupDesk;
beforeAll(async () => {
  desk = await openGroupDesk();
});
afterAll(() => desk.close());

const kinds = async (ticketId: number) => (await desk.entries(ticketId)).map(({ kind }) => kind);

describe("a form that is begun in a topic", () => {
  test("goes on in that topic, names who is asked, and is answered by a reply to the question", async () => {
    const ticketId = await desk.file();
    await desk.pressIn("helpDesk", await desk.cardIn(ticketId), "✉️ Balas ke pemohon");
    const question = await desk.newestIn(ticketId);
    expect(desk.wordsOf(question)).toMatch(/^Dewi Lestari\n/);
    expect(desk.wordsOf(question)).toContain("Jawab dengan membalas (reply) pesan ini");

    await desk.write("helpDesk", ticketId, "Silakan coba lagi", { replyTo: question.message_id });

    expect(desk.newestWords("user")).toContain("Silakan coba lagi");
    expect(await desk.newestWordsIn(ticketId)).toContain("Terkirim ke pemohon");
    expect(await kinds(ticketId)).toEqual(["filed", "reply"]);
  });

  test("is not answered by a plain message, which stays an internal note, and that is said", async () => {
    const ticketId = await desk.file();
    const before = desk.fromBot("user").length;
    await desk.pressIn("helpDesk", await desk.cardIn(ticketId), "✉️ Balas ke pemohon");
    await desk.write("helpDesk", ticketId, "Orang ini marah-marah terus");

    expect(await kinds(ticketId)).toEqual(["filed", "internal-note"]);
    expect(await desk.newestWordsIn(ticketId)).toContain("Untuk menjawab pertanyaan bot, balas (reply)");
    expect(desk.fromBot("user")).toHaveLength(before);
  });

  test("is not answered, pressed or thrown away by a colleague", async () => {
    const ticketId = await desk.file();
    await desk.pressIn("helpDesk", await desk.cardIn(ticketId), "✉️ Balas ke pemohon");
    const question = await desk.newestIn(ticketId);
    await desk.write("itSupport", ticketId, "Saya yang jawab", { replyTo: question.message_id });

    expect(await desk.newestWordsIn(ticketId)).toContain("Isian itu milik rekan Anda");
    expect(await desk.pressIn("itSupport", question, "Batal")).toContain("Isian itu milik rekan Anda");
    expect(await kinds(ticketId)).toEqual(["filed"]);
    await desk.write("helpDesk", ticketId, "Ini jawaban saya", { replyTo: question.message_id });
    expect(desk.newestWords("user")).toContain("Ini jawaban saya");
  });

  test("is another one than in the private chat, and than in the topic of another ticket", async () => {
    const [one, other] = [await desk.file(), await desk.file()];
    await desk.pressIn("helpDesk", await desk.cardIn(one), "📝 Catatan internal");
    const question = await desk.newestIn(one);
    await desk.write("helpDesk", other, "Catatan untuk tiket lain");
    await desk.tell("helpDesk", "/batal");

    expect(desk.newestWords("helpDesk")).toContain("Tidak ada isian yang sedang berjalan");
    expect(await kinds(one)).toEqual(["filed"]);
    expect(await kinds(other)).toEqual(["filed", "internal-note"]);
    await desk.write("helpDesk", one, "Sudah dicatat", { replyTo: question.message_id });
    expect(await kinds(one)).toEqual(["filed", "internal-note"]);
  });

  test("does a step, after which the one card of the topic shows the new state", async () => {
    const ticketId = await desk.file();
    const card = await desk.cardIn(ticketId);
    await desk.pressIn("helpDesk", card, "Terbitkan WO");
    await desk.pressIn("helpDesk", await desk.newestIn(ticketId), "Belum diketahui");
    await desk.pressIn("helpDesk", await desk.newestIn(ticketId), "Lewati");

    expect(desk.wordsOf(await desk.cardIn(ticketId))).toContain("🔔 Tiket untuk [it-support]");
    expect((await desk.topicOf(ticketId))?.name).toContain("Aplikasi diperiksa IT Support");
    const refused = await desk.pressIn("itSupport", await desk.cardIn(ticketId), "Aplikasi normal");
    expect(refused).toBe("");
    expect((await desk.topicOf(ticketId))?.name).toContain("Komputer");
  });
});

describe("who is not of the desk", () => {
  test("gets one hint, and nothing of theirs is kept", async () => {
    const ticketId = await desk.file();
    await desk.write("user", ticketId, "Saya pemohonnya");
    await desk.write("user", ticketId, "Halo?");
    await desk.write("stranger", ticketId, "/balas Halo");

    expect(await kinds(ticketId)).toEqual(["filed"]);
    expect((await desk.wordsIn(ticketId)).match(/tidak terdaftar sebagai petugas/g)).toHaveLength(2);
    expect(await desk.db.selectFrom("attachment").select("id").execute()).toEqual([]);
  });

  test("is an anonymous administrator too, whom nobody can know: refused each time, with what to do", async () => {
    const ticketId = await desk.file();
    const message = await desk.write("administrator", ticketId, "/balas Selesai", { isAnonymous: true });
    await desk.write("administrator", ticketId, "Catatan", { isAnonymous: true });

    expect(await kinds(ticketId)).toEqual(["filed"]);
    const all = await desk.inTopic(ticketId);
    const hints = all.filter((each) => desk.wordsOf(each).includes("Matikan dahulu pilihan anonim"));
    expect(hints).toHaveLength(2);
    expect(hints[0]?.reply_to_message?.message_id).toBe(message.message_id);
  });
});

describe("the rest of the group", () => {
  test("is not read: General, and topics that members made; a command gets one sentence", async () => {
    const own = desk.server.people.createTopic(desk.idOf("helpDesk"), desk.groupId, "Kopi darat");
    const before = (await desk.db.selectFrom("entry").select("id").execute()).length;
    for (const where of [{ groupId: desk.groupId }, { groupId: desk.groupId, topicId: own.id }]) {
      desk.server.people.sendText(desk.idOf("helpDesk"), "Siapa pesan kopi?", where);
      desk.server.people.sendText(desk.idOf("helpDesk"), "/balas Saya", where);
    }
    await desk.settled();

    const said = desk.server.people.groupMessages(desk.groupId).filter(({ from, text }) => from.is_bot && text);
    const hints = said.filter(({ text = "" }) => text.includes("Perintah dipakai di chat pribadi"));
    expect(hints).toHaveLength(1);
    expect(await desk.db.selectFrom("entry").select("id").execute()).toHaveLength(before);
  });

  test("a topic of a ticket that is closed or renamed by hand follows its ticket again", async () => {
    const ticketId = await desk.file();
    const threadId = await desk.threadOf(ticketId);
    const { people } = desk.server;
    const owner = desk.idOf("administrator");
    people.closeTopic(owner, desk.groupId, threadId);
    people.renameTopic(owner, desk.groupId, threadId, "Punya Bu Siti");
    await desk.settled();

    const number = `T-${String(ticketId).padStart(4, "0")}`;
    expect(await desk.topicOf(ticketId)).toMatchObject({
      name: `${number} · Baru, menunggu help desk`,
      isClosed: false,
    });
  });
});
