import { expect, test } from "vitest";
import { forum, openForum } from "./forum.ts";
import { ani, badRequest, budi } from "./support.ts";

type Created = { message_thread_id: number; name: string; icon_color: number };

test("a topic begins with a message about itself, and the bot hears of its own", async () => {
  const { ask, people, updates } = await openForum();

  const { result } = await ask<Created>("createForumTopic", { name: "  T-0001 \n Jaringan  ", icon_color: 16766590 });

  expect(result).toEqual({ message_thread_id: 2, name: "T-0001 Jaringan", icon_color: 16766590 });
  const said = {
    message_id: 2,
    from: { id: 4242, is_bot: true, first_name: "Simpul", username: "simpul_bot" },
    chat: { id: forum.id, title: forum.title, type: "supergroup", is_forum: true },
    date: expect.any(Number),
    message_thread_id: 2,
    is_topic_message: true,
    forum_topic_created: { name: "T-0001 Jaringan", icon_color: 16766590 },
  };
  expect(people.groupMessages(forum.id, 2)).toEqual([said]);
  expect(await updates()).toMatchObject([{ message: said }]);
  expect(people.topics(forum.id)).toMatchObject([{ id: 2, name: "T-0001 Jaringan", isClosed: false }]);
});

test("a name is cut at 128 characters", async () => {
  const { ask } = await openForum();
  expect((await ask<Created>("createForumTopic", { name: "a".repeat(130) })).result.name).toHaveLength(128);
});

test.each([
  ["no name", { name: " " }, "name must be non-empty"],
  ["a colour that is none", { name: "a", icon_color: -1 }, "invalid icon color specified"],
  ["a group without topics", { name: "a", chat_id: -4_123 }, "the chat is not a forum"],
  ["a person", { name: "a", chat_id: ani }, "the chat is not a forum"],
])("createForumTopic refuses %s", async (_, parameters, reason) => {
  const { ask } = await openForum({ groups: [forum, { id: -4_123, title: "Grup" }] });
  expect(await ask("createForumTopic", parameters)).toEqual(badRequest(reason));
});

test("the bot renames, closes and reopens a topic, and each is said in it", async () => {
  const { ask, topic, people } = await openForum();
  const id = await topic("lama");
  const it = { message_thread_id: id };

  for (const [method, more] of [
    ["editForumTopic", { name: "baru" }],
    ["closeForumTopic", {}],
    ["reopenForumTopic", {}],
  ] as const) {
    expect(await ask(method, { ...it, ...more })).toMatchObject({ ok: true, result: true });
  }

  expect(people.groupMessages(forum.id, id).slice(1)).toMatchObject([
    { forum_topic_edited: { name: "baru" }, message_thread_id: id, reply_to_message: { message_id: id } },
    { forum_topic_closed: {} },
    { forum_topic_reopened: {} },
  ]);
  expect(people.topics(forum.id)).toMatchObject([{ name: "baru", isClosed: false }]);
});

test.each([
  ["editForumTopic", { name: "a" }, "TOPIC_NOT_MODIFIED"],
  ["reopenForumTopic", {}, "TOPIC_NOT_MODIFIED"],
  ["closeForumTopic", { message_thread_id: 99 }, "TOPIC_ID_INVALID"],
  ["reopenForumTopic", { message_thread_id: 99 }, "TOPIC_ID_INVALID"],
  ["editForumTopic", { name: "b", message_thread_id: 99 }, "TOPIC_ID_INVALID"],
  ["deleteForumTopic", { message_thread_id: 99 }, "TOPIC_ID_INVALID"],
  ["closeForumTopic", { message_thread_id: 0 }, "invalid forum topic identifier specified"],
])("%s with %o is refused", async (method, parameters, reason) => {
  const { ask, topic } = await openForum();
  const id = await topic("a");
  expect(await ask(method, { message_thread_id: id, ...parameters })).toEqual(badRequest(reason));
});

test("a deleted topic takes its messages and pins along", async () => {
  const { ask, topic, people } = await openForum();
  const id = await topic("a");
  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "isi", message_thread_id: id });
  await ask("pinChatMessage", { message_id: result.message_id });
  await ask("sendMessage", { text: "umum" });

  expect((await ask("deleteForumTopic", { message_thread_id: id })).ok).toBe(true);

  expect(people.groupMessages(forum.id)).toMatchObject([{ text: "umum" }]);
  expect(people.topics(forum.id)).toEqual([]);
  expect((await ask<object>("getChat")).result).not.toHaveProperty("pinned_message");
});

test("the bot writes into a topic; what replies to nothing is told as a reply to the topic's first message", async () => {
  const { ask, topic, people } = await openForum();
  const id = await topic("T-0001");

  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "Kartu", message_thread_id: id });

  expect(result).toMatchObject({
    message_thread_id: id,
    is_topic_message: true,
    reply_to_message: { message_id: id, forum_topic_created: { name: "T-0001" } },
  });
  const reply = await ask("sendMessage", { text: "balas", reply_parameters: { message_id: result.message_id } });
  expect(reply.result).toMatchObject({ message_thread_id: id, reply_to_message: { text: "Kartu" } });
  expect(people.groupMessages(forum.id, id).map(({ text }) => text)).toEqual([undefined, "Kartu", "balas"]);
});

test("General has no thread, and cannot be named", async () => {
  const { ask, people } = await openForum();
  expect((await ask<object>("sendMessage", { text: "umum" })).result).not.toHaveProperty("message_thread_id");
  expect(await ask("sendMessage", { text: "umum", message_thread_id: 1 })).toEqual(
    badRequest("message thread not found"),
  );
  expect(people.groupMessages(forum.id, 1)).toMatchObject([{ text: "umum" }]);
});

test("a reply across topics is told as one to elsewhere", async () => {
  const { ask, topic } = await openForum();
  const [one, two] = [await topic("satu"), await topic("dua")];
  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "a", message_thread_id: one });

  const reply_parameters = { message_id: result.message_id };
  const reply = await ask("sendMessage", { text: "b", message_thread_id: two, reply_parameters });

  expect(reply.result).toMatchObject({
    message_thread_id: two,
    reply_to_message: { message_id: two },
    external_reply: { message_id: result.message_id },
  });
});

test("a topic deleted by hand is gone for the bot, which is not told", async () => {
  const { ask, topic, people, news } = await openForum();
  const id = await topic("a");
  const { result } = await ask<{ message_id: number }>("sendMessage", { text: "isi", message_thread_id: id });
  await news();

  people.deleteTopic(forum.id, id);

  expect(await news()).toEqual([]);
  const thread = { message_thread_id: id };
  expect(await ask("sendMessage", { text: "a", ...thread })).toEqual(badRequest("message thread not found"));
  expect(await ask("closeForumTopic", thread)).toEqual(badRequest("TOPIC_ID_INVALID"));
  expect(await ask("editMessageText", { text: "a", message_id: result.message_id })).toEqual(
    badRequest("message to edit not found"),
  );
  expect(() => people.deleteTopic(forum.id, id)).toThrow("Tidak ada topik");
});

test("into a closed topic writes who may manage topics or created it, and nobody else", async () => {
  const { ask, people, write } = await openForum();
  const { id } = people.createTopic(ani, forum.id, "milik Ani");
  people.closeTopic(ani, forum.id, id);
  const send = () => ask("sendMessage", { text: "a", message_thread_id: id });

  expect((await send()).ok).toBe(true);
  people.setBot(forum.id, { status: "administrator", canManageTopics: false });
  expect(await send()).toEqual(badRequest("TOPIC_CLOSED"));
  expect(write("boleh", id).text).toBe("boleh");
  expect(() => people.sendText(budi, "tidak", { groupId: forum.id, topicId: id })).toThrow("ditutup");

  people.reopenTopic(ani, forum.id, id);
  expect((await send()).ok).toBe(true);
});

test("people create, rename, close and reopen topics, and the bot hears of each", async () => {
  const { people, news } = await openForum();
  const { id } = people.createTopic(budi, forum.id, "Rapat");
  people.renameTopic(budi, forum.id, id, "Rapat pagi");
  people.closeTopic(ani, forum.id, id);
  people.reopenTopic(ani, forum.id, id);

  expect(await news()).toMatchObject([
    { message: { from: { id: budi }, forum_topic_created: { name: "Rapat" }, message_thread_id: id } },
    { message: { from: { id: budi }, forum_topic_edited: { name: "Rapat pagi" } } },
    { message: { from: { id: ani }, forum_topic_closed: {} } },
    { message: { from: { id: ani }, forum_topic_reopened: {} } },
  ]);
  const { id: other } = people.createTopic(ani, forum.id, "milik Ani");
  expect(() => people.closeTopic(budi, forum.id, other)).toThrow("Hanya pembuat topik dan admin");
});
