import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { PersonEvent } from "../../telegram-server/server.ts";
import { ani, badRequest, openServer } from "./support.ts";

const group = { id: -4_123, title: "Jurnal" };
const open = (options = {}) => openServer({ groups: [group], ...options });

type Chat = { type: string; title: string; pinned_message?: { message_id: number; text: string } };

test("the bot writes into a group, and everybody in it reads the same", async () => {
  const { call, people } = await open();

  const { result } = await call("sendMessage", { chat_id: group.id, text: "<b>Halo</b>", parse_mode: "HTML" });

  expect(result.chat).toEqual({ id: group.id, type: "group", title: "Jurnal" });
  expect(people.groupMessages(group.id)).toEqual([result]);
  expect(people.messages(ani)).toEqual([]);
});

test("a reply in a group is one to a message of that group", async () => {
  const { call } = await open();
  const first = await call("sendMessage", { chat_id: group.id, text: "satu" });

  const reply = { message_id: first.result.message_id };
  const second = await call("sendMessage", { chat_id: group.id, text: "dua", reply_parameters: reply });

  expect(second.result.reply_to_message).toMatchObject({ text: "satu" });
  const nothing = { message_id: 99 };
  expect(await call("sendMessage", { chat_id: group.id, text: "tiga", reply_parameters: nothing })).toEqual(
    badRequest("message to be replied not found"),
  );
});

test("the pinned message that was sent last is the chat's", async () => {
  const { call } = await open();
  const pinned = async () => (await call<Chat>("getChat", { chat_id: group.id })).result;
  expect(await pinned()).toMatchObject({ type: "group", title: "Jurnal" });
  expect((await pinned()).pinned_message).toBeUndefined();
  const [one, two] = [
    (await call("sendMessage", { chat_id: group.id, text: "satu" })).result.message_id,
    (await call("sendMessage", { chat_id: group.id, text: "dua" })).result.message_id,
  ];

  await call("pinChatMessage", { chat_id: group.id, message_id: two, disable_notification: true });
  expect(await call("pinChatMessage", { chat_id: group.id, message_id: one })).toMatchObject({
    ok: true,
    result: true,
  });

  expect((await pinned()).pinned_message).toMatchObject({ message_id: two, text: "dua" });
});

test("a pin of the person's chat is told by getChat too, until the message is deleted", async () => {
  const { call, people } = await open();
  people.start(ani);
  const { result } = await call("sendMessage", { chat_id: ani, text: "penting" });
  await call("pinChatMessage", { chat_id: ani, message_id: result.message_id });
  expect((await call<Chat>("getChat", { chat_id: ani })).result.pinned_message?.text).toBe("penting");

  await call("deleteMessage", { chat_id: ani, message_id: result.message_id });

  expect((await call<Chat>("getChat", { chat_id: ani })).result.pinned_message).toBeUndefined();
});

test("a pin is refused for what is not there", async () => {
  const { call } = await open();
  expect(await call("pinChatMessage", { chat_id: group.id, message_id: 5 })).toEqual(
    badRequest("message to pin not found"),
  );
  expect(await call("pinChatMessage", { chat_id: -1, message_id: 5 })).toEqual(badRequest("chat not found"));
  expect(await call("pinChatMessage", { message_id: 5 })).toEqual(badRequest("chat_id is empty"));
  expect(await call("pinChatMessage", { chat_id: ani, message_id: 5 })).toMatchObject({ status: 403 });
});

test("the bot edits and deletes what it wrote, and everybody hears of it", async () => {
  const { call, people } = await open();
  const events: PersonEvent[] = [];
  people.subscribe((event) => events.push(event));
  const { message_id } = (await call("sendMessage", { chat_id: group.id, text: "satu" })).result;

  await call("editMessageText", { chat_id: group.id, message_id, text: "dua" });
  expect(people.groupMessages(group.id)).toMatchObject([{ text: "dua" }]);
  expect((await call("deleteMessage", { chat_id: group.id, message_id })).ok).toBe(true);

  expect(people.groupMessages(group.id)).toEqual([]);
  expect(events).toMatchObject([
    { type: "group-message", groupId: group.id, message: { text: "satu" } },
    { type: "group-edit", groupId: group.id, message: { text: "dua" } },
    { type: "group-delete", groupId: group.id, messageId: message_id },
  ]);
});

test("nothing is known of a group that is not there", async () => {
  const { people } = await open();
  expect(() => people.groupMessages(-1)).toThrow("Tidak ada grup");
});

test.each([[{ id: 5, title: "A" }], [{ id: -4_123, title: "A", isForum: true }]])(
  "a group %o is not one",
  async (wrong) => {
    await expect(open({ groups: [wrong] })).rejects.toThrow(RangeError);
  },
);

test("messages and pins of a group are there again after a restart", async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "telegram-server-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const first = await open({ folder });
  const { message_id } = (await first.call("sendMessage", { chat_id: group.id, text: "satu" })).result;
  await first.call("pinChatMessage", { chat_id: group.id, message_id });
  await first.close();

  const reopened = await open({ folder });
  await reopened.close();
  const second = await open({ folder }); // the journal was shortened once in between

  expect((await second.call<Chat>("getChat", { chat_id: group.id })).result.pinned_message).toMatchObject({
    message_id,
  });
});
