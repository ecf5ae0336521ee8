import { describe, expect, it } from "vitest";
import { chatKeyOf, update } from "../../../bot/telegram/update.ts";

const siti = { id: 1001, is_bot: false, first_name: "Siti" };
const group = { id: -100200, type: "supergroup", title: "Staf" };

describe("the chat within which an update keeps its order", () => {
  it.each([
    ["a private chat", { message: { chat: { id: 1001, type: "private" } } }, "1001"],
    ["an edited message", { edited_message: { chat: { id: 1001 } } }, "1001"],
    ["a press on a button", { callback_query: { message: { chat: { id: 1001 } } } }, "1001"],
    ["a block of the bot", { my_chat_member: { chat: { id: 1001 } } }, "1001"],
    ["a group without topics", { message: { chat: group, message_thread_id: 7 } }, "-100200"],
    ["a topic", { message: { chat: group, message_thread_id: 7, is_topic_message: true } }, "-100200:7"],
    [
      "a press in a topic",
      { callback_query: { message: { chat: group, message_thread_id: 7, is_topic_message: true } } },
      "-100200:7",
    ],
    ["a press without a message", { callback_query: { id: "1" } }, "other"],
    ["an unknown kind", { poll: { id: "1" } }, "other"],
    ["what cannot be read", { message: { chat: "somewhere" } }, "other"],
  ])("%s", (_what, payload, key) => {
    expect(chatKeyOf({ update_id: 1, ...payload })).toBe(key);
  });
});

describe("the schema of updates", () => {
  it("keeps what the bot reads and drops the rest", () => {
    const message = { message_id: 5, date: 1, chat: { id: 1001, type: "private", first_name: "Siti" }, text: "halo" };

    expect(update.parse({ update_id: 1, message: { ...message, from: { ...siti, language_code: "id" } } })).toEqual({
      update_id: 1,
      message: { message_id: 5, date: 1, chat: { id: 1001, type: "private" }, text: "halo", from: siti },
    });
  });

  it("reads a press on a message of which only the place is known", () => {
    const press = { id: "1", from: siti, data: "t.0", message: { message_id: 5, date: 0, chat: group } };

    expect(update.parse({ update_id: 1, callback_query: press }).callback_query?.message).toMatchObject({
      message_id: 5,
      chat: group,
    });
  });

  it("lets a kind pass that it does not know", () => {
    expect(update.parse({ update_id: 1, poll: {} })).toEqual({ update_id: 1 });
  });

  it("refuses a message without a chat", () => {
    expect(update.safeParse({ update_id: 1, message: { message_id: 5, date: 1 } }).success).toBe(false);
  });
});
