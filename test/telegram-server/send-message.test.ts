import { describe, expect, test } from "vitest";
import { ani, badRequest, budi, openServer, refused } from "./support.ts";

async function openWithAni() {
  const server = await openServer();
  server.people.start(ani);
  return { ...server, send: (parameters: object) => server.call("sendMessage", { chat_id: ani, ...parameters }) };
}

const keyboard = (...buttons: unknown[]) => ({ inline_keyboard: [buttons] });

describe("sendMessage", () => {
  test("gives the whole message", async () => {
    const { send } = await openWithAni();
    const reply_markup = keyboard(
      { text: "Ya", callback_data: "y" },
      { text: "Situs", url: "https://example.go.id/a" },
    );
    const answer = await send({
      text: "Tiket <b>7</b>",
      parse_mode: "HTML",
      reply_markup,
      reply_parameters: { message_id: 1 },
    });
    const aniUser = {
      id: ani,
      is_bot: false,
      first_name: "Ani",
      last_name: "Wijaya",
      username: "ani_w",
      language_code: "id",
    };
    const chat = { id: ani, first_name: "Ani", last_name: "Wijaya", username: "ani_w", type: "private" };
    expect(answer).toEqual({
      status: 200,
      ok: true,
      result: {
        message_id: 2,
        from: { id: 4242, is_bot: true, first_name: "Simpul", username: "simpul_bot" },
        chat,
        date: Date.parse("2026-11-22T02:00:00Z") / 1000,
        text: "Tiket 7",
        entities: [{ type: "bold", offset: 6, length: 1 }],
        reply_to_message: {
          message_id: 1,
          from: aniUser,
          chat,
          date: Date.parse("2026-11-22T02:00:00Z") / 1000,
          text: "/start",
          entities: [{ type: "bot_command", offset: 0, length: 6 }],
        },
        reply_markup,
      },
    });
  });

  test("counts ids upwards over all chats", async () => {
    const { send, people, call } = await openWithAni();
    people.start(budi);
    expect((await send({ text: "a" })).result.message_id).toBe(3);
    expect((await call("sendMessage", { chat_id: budi, text: "b" })).result.message_id).toBe(4);
  });

  test("shows a reply keyboard to the person, not to the bot", async () => {
    const { send, people } = await openWithAni();
    const reply_markup = { keyboard: [["Ya", { text: "Tidak" }]], resize_keyboard: true };
    expect((await send({ text: "?", reply_markup })).result.reply_markup).toBeUndefined();
    expect(people.messages(ani).at(-1)?.reply_markup).toEqual(reply_markup);
  });

  test("trims the text and drops rows without buttons", async () => {
    const { send } = await openWithAni();
    const reply_markup = { inline_keyboard: [[], [{ text: "Ya", callback_data: "y" }]] };
    const { result } = await send({ text: " \n halo\u0007dunia \n", reply_markup });
    expect(result.text).toBe("halo dunia");
    expect(result.reply_markup).toEqual(keyboard({ text: "Ya", callback_data: "y" }));
    expect((await send({ text: "a", reply_markup: { inline_keyboard: [[]] } })).result.reply_markup).toBeUndefined();
  });

  test.each([
    ["no text", {}, "message text is empty"],
    ["an empty text", { text: "" }, "message text is empty"],
    ["a text of spaces", { text: " \n " }, "text must be non-empty"],
    ["tags around nothing", { text: "<b></b>", parse_mode: "HTML" }, "text must be non-empty"],
    ["4097 characters", { text: "a".repeat(4097) }, "message is too long"],
    ["more than 32 KiB", { text: "a".repeat(32769) }, "text is too long"],
    ["MarkdownV2", { text: "*a*", parse_mode: "MarkdownV2" }, "unsupported parse_mode"],
    ["no chat", { text: "a", chat_id: "" }, "chat_id is empty"],
    ["an unknown chat", { text: "a", chat_id: 5 }, "chat not found"],
    ["a person's @name", { text: "a", chat_id: "@ani_w" }, "chat not found"],
    ["a topic", { text: "a", message_thread_id: 3 }, "message thread not found"],
    ["a reply to nothing", { text: "a", reply_parameters: { message_id: 99 } }, "message to be replied not found"],
    ["a reply to nothing, the old way", { text: "a", reply_to_message_id: 99 }, "message to be replied not found"],
    ["a reply without message_id", { text: "a", reply_parameters: { quote: "x" } }, `can't find field "message_id"`],
    ["a reply that is a list", { text: "a", reply_parameters: [] }, "object expected as reply parameters"],
    ["a markup that is a list", { text: "a", reply_markup: [] }, "object expected as reply markup"],
    [
      "a keyboard of one level",
      { text: "a", reply_markup: { inline_keyboard: [{ text: "a", callback_data: "b" }] } },
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      "a button that is a text",
      { text: "a", reply_markup: keyboard("Ya") },
      "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ],
    [
      "a button without text",
      { text: "a", reply_markup: keyboard({ callback_data: "b" }) },
      `can't parse inline keyboard button: Can't find field "text"`,
    ],
    [
      "a button that does nothing",
      { text: "a", reply_markup: keyboard({ text: "Ya" }) },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      "a button with an empty text",
      { text: "a", reply_markup: keyboard({ text: "", callback_data: "b" }) },
      "inline keyboard button text must be non-empty",
    ],
    [
      "65 bytes of callback data",
      { text: "a", reply_markup: keyboard({ text: "Ya", callback_data: `${"é".repeat(32)}x` }) },
      "BUTTON_DATA_INVALID",
    ],
    [
      "a button to localhost",
      { text: "a", reply_markup: keyboard({ text: "Ya", url: "http://localhost/" }) },
      "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
    ],
    [
      "101 buttons",
      { text: "a", reply_markup: keyboard(...Array(101).fill({ text: "a", callback_data: "b" })) },
      "reply markup is too long",
    ],
    [
      "an entity of unknown type",
      { text: "a", entities: [{ type: "loud", offset: 0, length: 1 }] },
      "can't parse MessageEntity: Unsupported type specified",
    ],
  ])("refuses %s", async (_, parameters, reason) => {
    const { send, people } = await openWithAni();
    expect(await send(parameters)).toEqual(badRequest(reason));
    expect(people.messages(ani)).toHaveLength(1);
  });

  test("takes exactly 4096 characters and 64 bytes of callback data", async () => {
    const { send } = await openWithAni();
    const text = `<b>${"😀".repeat(4096)}</b>`;
    const reply_markup = keyboard({ text: "Ya", callback_data: "é".repeat(32) });
    expect((await send({ text, parse_mode: "HTML", reply_markup })).ok).toBe(true);
  });

  test("sends without the reply where that is allowed", async () => {
    const { send } = await openWithAni();
    const { result } = await send({
      text: "a",
      reply_parameters: { message_id: 99, allow_sending_without_reply: true },
    });
    expect(result.text).toBe("a");
    expect(result).not.toHaveProperty("reply_to_message");
  });

  test("is refused to a person who never started the bot", async () => {
    const { call } = await openWithAni();
    expect(await call("sendMessage", { chat_id: budi, text: "a" })).toEqual(
      refused(403, "Forbidden: bot can't initiate conversation with a user"),
    );
  });

  test("is refused to a person who blocked the bot, until they unblock it", async () => {
    const { send, people } = await openWithAni();
    people.block(ani);
    expect(await send({ text: "a" })).toEqual(refused(403, "Forbidden: bot was blocked by the user"));
    people.unblock(ani);
    expect((await send({ text: "a" })).ok).toBe(true);
  });
});
