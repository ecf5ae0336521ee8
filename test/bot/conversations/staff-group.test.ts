import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginMachineRun, noteMachinePart } from "../../../core/actions/hosting/machine-progress.ts";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import { writeMessage } from "../../../core/actions/ticket/write-message.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { type GroupDesk, openGroupDesk } from "../../support/staff-group.ts";

let desk: GroupDesk;
beforeAll(async () => {
  desk = await openGroupDesk();
});
afterAll(() => desk.close());

const newestKind = async (ticketId: number) => (await desk.entries(ticketId)).at(-1)?.kind;

describe("a ticket in the staff group", () => {
  test("has a topic of its own, whose title is its number and state and follows it to the end", async () => {
    const ticketId = await desk.file();
    const number = `T-${String(ticketId).padStart(4, "0")}`;

    expect(await desk.topicOf(ticketId)).toMatchObject({
      name: `${number} · Baru, menunggu help desk`,
      isClosed: false,
    });

    await desk.step(ticketId, "cancel", "user", { note: "Sudah normal" });
    expect(await desk.topicOf(ticketId)).toMatchObject({ name: `${number} · Dibatalkan`, isClosed: true });

    await desk.step(ticketId, "reopen", "user", { note: "Rusak lagi" });
    expect(await desk.topicOf(ticketId)).toMatchObject({
      name: `${number} · Baru, menunggu help desk`,
      isClosed: false,
    });
  });

  test("has one message of what a machine does for it, which is edited", async () => {
    const ticketId = await desk.file();
    const ticket = await findTicket(desk.db, ticketId);
    if (ticket === undefined) throw new Error("there is no ticket");
    await desk.act((tx) => beginMachineRun(tx, desk.setting(), { ...ticket, state: "building-application" }));
    await desk.settled();
    const before = await desk.inTopic(ticketId);
    expect(before.at(-1)?.text).toContain("Disetujui, aplikasi sedang dibangun mesin");

    const part = { ticketId, part: "network", isDone: true } as const;
    await desk.act((tx) => noteMachinePart(tx, desk.setting(), part));
    await desk.settled();
    const after = await desk.inTopic(ticketId);
    expect(after).toHaveLength(before.length);
    expect(after.at(-1)?.text).toContain("✅ Jaringan (0 detik)");
  });

  test("says whether what was written to the requester in private reached them", async () => {
    const { id: officeId } = await findOfficeByCode(desk.db, "Disdik");
    const input = {
      ...{ procedure: "application-trouble", draftId: 0 },
      answers: { application: "SIMPEG", description: "Layar putih.", "occurred-at": "kemarin 08.30" },
      onBehalf: { channel: "phone", reporter: { name: "Ibu Rosna", officeId }, contact: "0812-3456-7890" } as const,
    };
    const by = await desk.personOf("helpDesk");
    const filed = await desk.act((tx) => fileTicket(tx, by, desk.setting(), input));
    const ticketId = filed.ok ? filed.value : 0;
    const reply = (id: number) =>
      desk.act((tx) => writeMessage(tx, by, desk.setting(), { ticketId: id, kind: "reply", text: "Sudah bisa?" }));
    await reply(ticketId);
    await desk.settled();
    expect(await desk.newestWordsIn(ticketId)).toContain("⚠️ Untuk pemohon, tetapi belum sampai");

    const other = await desk.file();
    await reply(other);
    await desk.settled();
    expect(await desk.newestWordsIn(other)).toContain("✉️ Terkirim ke pemohon, dari Dewi Lestari");
  });

  test("has one card there, with the buttons of all roles of the present state, and the desk gets none in private", async () => {
    const privateBefore = desk.fromBot("helpDesk").length;
    const ticketId = await desk.file();
    const card = await desk.cardIn(ticketId);

    expect(desk.wordsOf(card)).toMatch(/^Dewi Lestari\n🔔 Tiket untuk \[help-desk\]/);
    expect(desk.labels(card)).toEqual(expect.arrayContaining(["🙋 Saya kerjakan", "✉️ Balas ke pemohon"]));
    expect(desk.fromBot("helpDesk")).toHaveLength(privateBefore);

    expect(await desk.pressIn("helpDesk", card, "🙋 Saya kerjakan")).toBe("");
    const taken = await desk.cardIn(ticketId);
    expect(taken.message_id).toBe(card.message_id);
    expect(desk.wordsOf(taken)).toContain("Dikerjakan oleh: Dewi Lestari");
    expect(desk.labels(taken)).toContain("🙋 Ambil alih");
  });

  test("names who it is given to, so that they are notified", async () => {
    const ticketId = await desk.file();
    await desk.step(ticketId, "issue-work-order", "helpDesk", { "suspected-place": "unknown" });
    await desk.pressIn("itSupport", await desk.cardIn(ticketId), "🙋 Saya kerjakan");
    await desk.pressIn("itSupport", await desk.cardIn(ticketId), "Alihkan ke rekan");
    await desk.pressIn("itSupport", await desk.newestIn(ticketId), "Fadli Tanjung");
    const question = await desk.newestIn(ticketId);
    expect(desk.wordsOf(question)).toMatch(/^Budi Santoso\n/);
    await desk.write("itSupport", ticketId, "Saya cuti besok", { replyTo: question.message_id });

    const card = await desk.seen(ticketId, "Tiket dialihkan kepada Anda");
    expect(desk.wordsOf(card)).toMatch(/^Fadli Tanjung\n/);
    const link = `tg://user?id=${desk.idOf("itSupport2")}`;
    expect(card.entities).toContainEqual(expect.objectContaining({ type: "text_link", url: link }));
    expect(await desk.wordsIn(ticketId)).not.toContain("Tercatat");
  });

  test("a member who is not linked, and a linked one who is not of the desk, press nothing", async () => {
    const ticketId = await desk.file();
    const card = await desk.cardIn(ticketId);

    expect(await desk.pressIn("stranger", card, "🙋 Saya kerjakan")).toContain("belum terdaftar");
    expect(await desk.pressIn("user", card, "🙋 Saya kerjakan")).toContain("Hanya petugas");
    expect(await newestKind(ticketId)).toBe("filed");
  });

  test("the person who presses is checked, not who could see the button", async () => {
    const ticketId = await desk.file();
    const refused = await desk.pressIn("itSupport", await desk.cardIn(ticketId), "🙋 Saya kerjakan");

    expect(refused).toContain("Langkah ini dikerjakan oleh [help-desk]");
    expect(await newestKind(ticketId)).toBe("filed");
  });

  test("of somebody of the desk has no topic: internal notes on it stay from them, in private chats", async () => {
    const ticketId = await desk.file("itSupport");

    await expect(desk.threadOf(ticketId)).rejects.toThrow("has no topic");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Tiket untuk tim Anda");
  });
});

describe("what the desk writes in a topic", () => {
  test("is an internal note, and never reaches the requester", async () => {
    const ticketId = await desk.file();
    const before = desk.fromBot("user").length;
    const inTopic = (await desk.inTopic(ticketId)).length;

    await desk.write("itSupport", ticketId, "Pemohon ini sering salah kata sandi");

    expect((await desk.entries(ticketId)).at(-1)).toMatchObject({
      kind: "internal-note",
      answers: { note: "Pemohon ini sering salah kata sandi" },
    });
    expect(desk.fromBot("user")).toHaveLength(before);
    expect(desk.allWords("user")).not.toContain("sering salah");
    // It is kept without a word: an answer to each would drown the talk.
    expect(await desk.inTopic(ticketId)).toHaveLength(inTopic);
  });

  test("as a reply to a colleague, or to the card, is internal too; of the card that is said", async () => {
    const ticketId = await desk.file();
    const colleague = await desk.write("itSupport", ticketId, "Sudah dicek servernya?");
    await desk.write("helpDesk", ticketId, "Belum, dia galak sekali", { replyTo: colleague.message_id });
    expect(await newestKind(ticketId)).toBe("internal-note");

    const card = await desk.cardIn(ticketId);
    await desk.write("helpDesk", ticketId, "Nanti saya telepon", { replyTo: card.message_id });

    expect(await newestKind(ticketId)).toBe("internal-note");
    expect(await desk.newestWordsIn(ticketId)).toContain("Disimpan sebagai catatan internal");
    expect(desk.allWords("user")).not.toMatch(/galak|telepon/);
  });

  test("as a reply to the requester's words that the bot brought there goes to the requester, and is marked as sent", async () => {
    const ticketId = await desk.file();
    const mirrored = await desk.comment(ticketId, "Masih layar putih");
    const written = await desk.write("itSupport", ticketId, "Coba muat ulang", { replyTo: mirrored.message_id });

    expect(desk.newestWords("user")).toContain("Coba muat ulang");
    expect(await newestKind(ticketId)).toBe("reply");
    const sent = await desk.newestIn(ticketId);
    expect(desk.wordsOf(sent)).toContain("✉️ Terkirim ke pemohon");
    expect(sent.reply_to_message?.message_id).toBe(written.message_id);
  });

  test("after /balas goes to the requester; without words the command is refused with an example", async () => {
    const ticketId = await desk.file();
    await desk.write("helpDesk", ticketId, "/balas Sudah kami perbaiki");
    expect(desk.newestWords("user")).toContain("Sudah kami perbaiki");
    expect(await desk.newestWordsIn(ticketId)).toContain("✉️ Terkirim ke pemohon");

    const before = desk.fromBot("user").length;
    await desk.write("helpDesk", ticketId, "/balas@simpul_bot");
    expect(await desk.newestWordsIn(ticketId)).toContain("Contoh: /balas Sudah kami perbaiki");
    await desk.write("helpDesk", ticketId, "/menu");
    expect(await desk.newestWordsIn(ticketId)).toContain("hanya ada /balas");
    expect(desk.fromBot("user")).toHaveLength(before);
  });

  test("as a reply to an internal note that the bot brought there stays internal", async () => {
    const ticketId = await desk.file();
    await desk.tell("itSupport", `T-${ticketId}`);
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "📝 Catatan internal");
    await desk.tell("itSupport", "Rahasia dapur");
    const note = await desk.seen(ticketId, "Rahasia dapur");
    await desk.write("helpDesk", ticketId, "Jangan sampai bocor", { replyTo: note.message_id });

    expect(await newestKind(ticketId)).toBe("internal-note");
    expect(desk.allWords("user")).not.toMatch(/Rahasia|bocor/);
  });

  test("of who could not be reached is said to be kept, not to be sent", async () => {
    const ticketId = await desk.file("otherOffice");
    desk.server.people.block(desk.idOf("otherOffice"));
    await desk.settled();
    await desk.write("helpDesk", ticketId, "/balas Silakan dicoba");

    expect(await desk.newestWordsIn(ticketId)).toContain("belum sampai");
    desk.server.people.unblock(desk.idOf("otherOffice"));
    await desk.settled();
  });

  test("with photos of one album is one note, and with /balas one answer", async () => {
    const ticketId = await desk.file();
    const place = { groupId: desk.groupId, topicId: await desk.threadOf(ticketId) };
    const photo = (mediaGroupId: string, caption?: string) =>
      desk.server.people.sendPhoto(desk.idOf("itSupport"), {
        ...{ bytes: picture, mediaGroupId, ...place },
        ...(caption === undefined ? {} : { caption }),
      });
    photo("a", "Layar sebelum dan sesudah");
    photo("a");
    photo("a");
    await desk.settled();
    expect((await desk.entries(ticketId)).map(({ kind }) => kind)).toEqual(["filed", "internal-note"]);
    const files = await desk.db.selectFrom("attachment").select("entry_id").where("ticket_id", "=", ticketId).execute();
    expect(new Set(files.map(({ entry_id }) => entry_id)).size).toBe(1);
    expect(files).toHaveLength(3);

    photo("b", "/balas Ini hasilnya");
    photo("b");
    await desk.settled();
    expect((await desk.entries(ticketId)).map(({ kind }) => kind)).toEqual(["filed", "internal-note", "reply"]);
    expect((await desk.wordsIn(ticketId)).match(/Terkirim ke pemohon/g)).toHaveLength(1);
    expect(desk.newestWords("user")).toContain("Ini hasilnya");
  });
});

describe("an edited message in a topic", () => {
  const edit = async (who: "helpDesk", messageId: number, text: string) => {
    desk.server.people.editText(desk.idOf(who), messageId, text, { groupId: desk.groupId });
    await desk.settled();
  };

  test("corrects the note that it was, and never sends it, also with /balas before it", async () => {
    const ticketId = await desk.file();
    const before = desk.fromBot("user").length;
    const note = await desk.write("helpDesk", ticketId, "Pemohon galk");
    await edit("helpDesk", note.message_id, "Pemohon galak");
    expect((await desk.entries(ticketId)).map(({ kind }) => kind)).toEqual(["filed", "internal-note", "corrected"]);

    await edit("helpDesk", note.message_id, "/balas Pemohon galak");
    expect(await desk.newestWordsIn(ticketId)).toContain("Catatan tidak menjadi balasan");
    expect(desk.fromBot("user")).toHaveLength(before);
    expect(desk.allWords("user")).not.toContain("galak");
  });

  test("of a reply is corrected in the requester's message too", async () => {
    const ticketId = await desk.file();
    const answered = await desk.write("helpDesk", ticketId, "/balas Sudah slesai");
    await edit("helpDesk", answered.message_id, "/balas Sudah selesai");

    const told = desk.fromBot("user").map(desk.wordsOf);
    expect(told.filter((words) => words.includes("Sudah selesai"))).toHaveLength(1);
    expect(told.join()).not.toMatch(/slesai|\/balas/);
  });
});

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
