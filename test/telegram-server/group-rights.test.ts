import { expect, test } from "vitest";
import { forum, openForum } from "./forum.ts";
import { ani, badRequest, budi, refused } from "./support.ts";

const group = { id: -4_123, title: "Grup", members: [ani, budi] };
const texts = (updates: { message?: { text?: string } }[]) => updates.map(({ message }) => message?.text);

test("getChat tells that a group is a forum", async () => {
  const { ask } = await openForum();
  expect((await ask("getChat")).result).toMatchObject({ type: "supergroup", is_forum: true, title: forum.title });
});

test("getChatMember and getChatAdministrators tell who is what", async () => {
  const { ask } = await openForum({ groups: [{ ...forum, administrators: [budi] }] });
  expect((await ask("getChatMember", { user_id: ani })).result).toMatchObject({ status: "creator", user: { id: ani } });
  expect((await ask("getChatMember", { user_id: 4242 })).result).toMatchObject({
    status: "administrator",
    can_manage_topics: true,
    can_pin_messages: true,
    can_delete_messages: true,
  });
  const { result } = await ask<{ user: { id: number }; status: string }[]>("getChatAdministrators");
  expect(result.map(({ user, status }) => [user.id, status])).toEqual([
    [ani, "creator"],
    [budi, "administrator"],
    [4242, "administrator"],
  ]);
  expect(await ask("getChatMember", { user_id: "x" })).toEqual(badRequest("invalid user_id specified"));
  expect(await ask("getChatMember", { user_id: 5 })).toEqual(badRequest("user not found"));
  expect(await ask("getChatAdministrators", { chat_id: ani })).toEqual(
    badRequest("there are no administrators in the private chat"),
  );
});

test("who is in no group has left it", async () => {
  const { ask } = await openForum({ groups: [{ ...forum, members: [ani] }] });
  expect((await ask("getChatMember", { user_id: budi })).result).toMatchObject({ status: "left" });
});

test("each change of the bot's rights is told", async () => {
  const { people, news } = await openForum();

  people.setBot(forum.id, { status: "administrator", canManageTopics: false });
  people.setBot(forum.id, { status: "member" });
  people.setBot(forum.id, { status: "kicked" });
  people.setBot(forum.id, { status: "administrator" });

  const changes = (await news()).map(({ my_chat_member }) => my_chat_member);
  expect(changes).toMatchObject([
    {
      chat: { id: forum.id, is_forum: true },
      from: { id: ani },
      old_chat_member: { status: "administrator", can_manage_topics: true },
      new_chat_member: { status: "administrator", can_manage_topics: false, can_pin_messages: true },
    },
    { old_chat_member: { status: "administrator" }, new_chat_member: { status: "member" } },
    { old_chat_member: { status: "member" }, new_chat_member: { status: "kicked", until_date: 0 } },
    { old_chat_member: { status: "kicked" }, new_chat_member: { status: "administrator", can_manage_topics: true } },
  ]);
});

test.each([
  ["createForumTopic", { name: "a" }, "not enough rights to create a topic"],
  ["editForumTopic", { name: "b" }, "not enough rights to edit the topic"],
  ["closeForumTopic", {}, "not enough rights to close or open the topic"],
  ["reopenForumTopic", {}, "not enough rights to close or open the topic"],
  ["deleteForumTopic", {}, "not enough rights to delete the topic"],
  ["pinChatMessage", {}, "not enough rights to manage pinned messages in the chat"],
  ["deleteMessage", {}, "message can't be deleted"],
])("a bot without the right is refused %s", async (method, parameters, reason) => {
  const { ask, people, write } = await openForum();
  const { id } = people.createTopic(ani, forum.id, "a");
  const { message_id } = write("isi", id);
  people.setBot(forum.id, { status: "member" });

  expect(await ask(method, { message_thread_id: id, message_id, ...parameters })).toEqual(badRequest(reason));
});

test("what the bot itself created it may change without the right", async () => {
  const { ask, people, topic } = await openForum();
  const message_thread_id = await topic("a");
  people.setBot(forum.id, { status: "member" });
  for (const method of ["closeForumTopic", "reopenForumTopic", "deleteForumTopic"]) {
    expect(await ask(method, { message_thread_id })).toMatchObject({ ok: true });
  }
});

test("a pin is said in the topic, and the first message of a topic can be neither pinned nor deleted", async () => {
  const { ask, topic, people, write, news } = await openForum();
  const id = await topic("a");
  const { message_id } = write("penting", id);
  await news();

  for (let time = 1; time <= 2; time++) expect((await ask("pinChatMessage", { message_id })).ok).toBe(true);

  const said = { from: { id: 4242 }, message_thread_id: id, pinned_message: { message_id, text: "penting" } };
  expect(await news()).toMatchObject([{ message: said }]);
  expect(people.groupMessages(forum.id, id).at(-1)).toMatchObject(said);
  expect(await ask("pinChatMessage", { message_id: id })).toEqual(badRequest("service messages can't be pinned"));
  expect(await ask("deleteMessage", { message_id: id })).toEqual(badRequest("message can't be deleted"));
  expect((await ask("deleteMessage", { message_id })).ok).toBe(true);
});

test.each([
  ["kicked", forum, "bot was kicked from the supergroup chat"],
  ["left", forum, "bot is not a member of the supergroup chat"],
  ["kicked", group, "bot was kicked from the group chat"],
  ["left", group, "bot is not a member of the group chat"],
] as const)("a bot that %s %o is refused everything, and hears nothing more", async (status, chat, reason) => {
  const { call, people, news } = await openForum({ groups: [forum, group] });
  const { result } = await call("sendMessage", { chat_id: chat.id, text: "a" });
  people.setBot(chat.id, { status });
  await news();

  people.sendText(ani, "/tiket", { groupId: chat.id });

  expect(await news()).toEqual([]);
  const at = { chat_id: chat.id, message_id: result.message_id, text: "b", user_id: ani, action: "typing" };
  for (const method of ["sendMessage", "editMessageText", "deleteMessage", "pinChatMessage", "getChatMember"]) {
    expect(await call(method, at)).toEqual(refused(403, `Forbidden: ${reason}`));
  }
  expect((await call("getChat", at)).status).toBe(chat === forum ? 403 : 200);
  expect(() => people.press(ani, result.message_id, "y", { groupId: chat.id })).toThrow();
});

test("a plain member sees commands and replies to it, an administrator everything", async () => {
  const { ask, people, topic, write, news } = await openForum();
  const id = await topic("a");
  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "Kartu", message_thread_id: id });
  await news();
  const writeAll = () => {
    write("biasa");
    write("biasa di topik bot", id);
    write("/tiket");
    write("/tiket@simpul_bot 1");
    write("/tiket@bot_lain");
    write("bukan /tiket");
    write("balasan", id, result.message_id);
  };

  writeAll();
  expect(texts(await news())).toHaveLength(7);

  people.setBot(forum.id, { status: "member" });
  await news();
  writeAll();
  expect(texts(await news())).toEqual(["/tiket", "/tiket@simpul_bot 1", "balasan"]);
  people.createTopic(budi, forum.id, "pesan layanan");
  expect(await news()).toHaveLength(1);
});
