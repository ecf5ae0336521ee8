import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { forum, openForum } from "./forum.ts";
import { ani, badRequest, budi, openServer, png } from "./support.ts";

const group = { id: -4_123, title: "Grup", members: [ani, budi] };
const inForum = { groupId: forum.id };

test("people write text, replies, photos and documents into topics", async () => {
  const { people, topic, news } = await openForum();
  const topicId = await topic("T-0001");
  await news();

  const first = people.sendText(budi, "Saya cek", { ...inForum, topicId });
  people.sendText(ani, "Baik", { ...inForum, replyTo: first.message_id });
  people.sendPhoto(budi, { bytes: png(8, 6), caption: "Rak", ...inForum, topicId });
  people.sendDocument(budi, { bytes: Buffer.from("a"), name: "a.pdf", mimeType: "", ...inForum, topicId });

  const messages = (await news()).map(({ message }) => message);
  expect(messages).toMatchObject([
    {
      from: { id: budi },
      chat: { id: forum.id },
      text: "Saya cek",
      message_thread_id: topicId,
      is_topic_message: true,
      reply_to_message: { message_id: topicId, forum_topic_created: { name: "T-0001" } },
    },
    { from: { id: ani }, text: "Baik", message_thread_id: topicId, reply_to_message: { text: "Saya cek" } },
    { photo: [{ width: 8 }], caption: "Rak", message_thread_id: topicId },
    { document: { file_name: "a.pdf" }, message_thread_id: topicId },
  ]);
  expect(messages).toEqual(people.groupMessages(forum.id, topicId).slice(1));
  expect(people.messages(ani)).toEqual([]);
});

test("message ids of a supergroup are its own", async () => {
  const { people, ask, topic } = await openForum();
  const own = people.start(ani).message_id;
  const id = await topic("a");
  expect([own, id]).toEqual([1, 2]);
  expect(people.sendText(ani, "b").message_id).toBe(2);
  expect((await ask<{ message_id: number }>("sendMessage", { text: "c" })).result.message_id).toBe(3);
});

test("a press in a group carries the real person, and is answered to them", async () => {
  const { people, ask, call, topic, news } = await openForum();
  const message_thread_id = await topic("a");
  const reply_markup = { inline_keyboard: [[{ text: "Ambil", callback_data: "t.1" }]] };
  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "?", message_thread_id, reply_markup });
  await news();

  const callback_query_id = people.press(budi, result.message_id, "t.1", inForum);

  const [update] = await news();
  expect(update.callback_query).toMatchObject({
    from: { id: budi },
    data: "t.1",
    message: { chat: { id: forum.id }, message_id: result.message_id, message_thread_id },
  });
  await call("answerCallbackQuery", { callback_query_id, text: "Diambil" });
  expect(people.callbackAnswers(budi)).toMatchObject([{ text: "Diambil" }]);
  expect(() => people.press(budi, result.message_id, "lain", inForum)).toThrow("tidak mempunyai tombol");
});

test("an anonymous administrator writes in the group's name", async () => {
  const { people, news } = await openForum();
  people.sendText(ani, "Setuju", { ...inForum, isAnonymous: true });
  expect(await news()).toMatchObject([
    {
      message: {
        from: { id: 1087968824, is_bot: true, username: "GroupAnonymousBot" },
        sender_chat: { id: forum.id, type: "supergroup" },
        text: "Setuju",
      },
    },
  ]);
});

test("an own text in a topic is edited", async () => {
  const { people, topic, news, write } = await openForum();
  const { message_id } = write("salah", await topic("a"));
  await news();
  people.editText(ani, message_id, "benar", inForum);
  expect(await news()).toMatchObject([
    { edited_message: { message_id, text: "benar", edit_date: expect.any(Number) } },
  ]);
  expect(() => people.editText(budi, message_id, "bukan milik saya", inForum)).toThrow();
});

test("who is no member can do nothing in a group", async () => {
  const { people } = await openForum({ groups: [{ ...forum, members: [ani] }] });
  expect(people.groups(ani).map(({ id }) => id)).toEqual([forum.id]);
  expect(people.groups(budi)).toEqual([]);
  expect(() => people.sendText(budi, "a", inForum)).toThrow("bukan anggota");
  expect(() => people.createTopic(budi, forum.id, "a")).toThrow("bukan anggota");
  expect(() => people.sendText(ani, "a", { ...inForum, topicId: 99 })).toThrow("Tidak ada topik");
});

test("the commands of a group are for its members", async () => {
  const { call, people } = await openForum();
  const set = (type: string, command: string) =>
    call("setMyCommands", { commands: [{ command, description: "b" }], scope: { type, chat_id: forum.id } });
  await set("all_group_chats", "grup");
  await set("all_chat_administrators", "admin");
  const menus = () => [ani, budi].map((person) => people.groupCommands(person, forum.id).map(({ command }) => command));
  expect(menus()).toEqual([["admin"], ["grup"]]);
  expect((await set("chat", "ini")).ok).toBe(true);
  expect(menus()).toEqual([["ini"], ["ini"]]);
});

test("a group becomes a supergroup with another id", async () => {
  const { call, people, news } = await openForum({ groups: [group] });
  await call("sendMessage", { chat_id: group.id, text: "lama" });

  const newId = people.migrateGroup(group.id, { isForum: true });

  expect(newId).toBeLessThan(-1_000_000_000_000);
  expect(await news()).toMatchObject([
    { my_chat_member: { chat: { id: newId }, new_chat_member: { status: "administrator" } } },
    { message: { chat: { id: group.id, type: "group" }, from: { id: ani }, migrate_to_chat_id: newId } },
    {
      message: {
        chat: { id: newId, type: "supergroup", title: "Grup", is_forum: true },
        sender_chat: { id: newId },
        migrate_from_chat_id: group.id,
      },
    },
  ]);
  for (const method of ["sendMessage", "editMessageText", "pinChatMessage", "createForumTopic"]) {
    expect(await call(method, { chat_id: group.id, text: "a", message_id: 1, name: "a" })).toEqual({
      ...badRequest("group chat was upgraded to a supergroup chat"),
      parameters: { migrate_to_chat_id: newId },
    });
  }
  expect((await call("sendMessage", { chat_id: newId, text: "baru" })).ok).toBe(true);
  expect((await call("createForumTopic", { chat_id: newId, name: "a" })).ok).toBe(true);
  expect(people.groups(ani).map(({ id }) => id)).toEqual([newId]);
  expect(() => people.sendText(ani, "a", { groupId: group.id })).toThrow("sudah menjadi supergrup");
  expect(() => people.migrateGroup(group.id)).toThrow("sudah supergrup");
});

test("topics, rights, migrated groups and ids are there again after a restart", async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "telegram-server-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open = () => openServer({ folder, groups: [forum, group] });
  const first = await open();
  const kept = first.people.createTopic(ani, forum.id, "tetap");
  first.people.closeTopic(ani, forum.id, kept.id);
  const gone = first.people.createTopic(ani, forum.id, "hilang");
  first.people.deleteTopic(forum.id, gone.id);
  first.people.setBot(forum.id, { status: "administrator", canPinMessages: false });
  const newId = first.people.migrateGroup(group.id, { isForum: true });
  const before = first.people.groupMessages(forum.id);
  await first.close();
  await (await open()).close(); // the journal was shortened once in between

  const second = await open();

  expect(second.people.groupMessages(forum.id)).toEqual(before);
  expect(second.people.topics(forum.id)).toEqual([{ ...kept, isClosed: true }]);
  expect((await second.call("getChatMember", { chat_id: forum.id, user_id: 4242 })).result).toMatchObject({
    can_pin_messages: false,
    can_manage_topics: true,
  });
  expect(second.people.groups(budi).map(({ id }) => id)).toEqual([forum.id, newId]);
  expect(second.people.sendText(ani, "a", inForum).message_id).toBeGreaterThan(gone.id);
});
