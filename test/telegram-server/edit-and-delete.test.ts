import { describe, expect, test } from "vitest";
import { ani, badRequest, budi, openServer, png, refused } from "./support.ts";

const notModified =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
const yes = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };

async function openWithMessage() {
  const server = await openServer();
  const own = server.people.start(ani);
  const { result } = await server.call("sendMessage", { chat_id: ani, text: "lama", reply_markup: yes });
  const at = { chat_id: ani, message_id: result.message_id as number };
  return { ...server, own, at, edit: (parameters: object) => server.call("editMessageText", { ...at, ...parameters }) };
}

describe("editMessageText", () => {
  test("changes text and keyboard, in the person's chat too", async () => {
    const { edit, people, at, passSeconds } = await openWithMessage();
    passSeconds(60);
    const reply_markup = { inline_keyboard: [[{ text: "Tidak", callback_data: "n" }]] };
    const { result } = await edit({ text: "<b>baru</b>", parse_mode: "HTML", reply_markup });
    expect(result).toMatchObject({ ...{ message_id: at.message_id }, text: "baru", reply_markup });
    expect(result.edit_date - result.date).toBe(60);
    expect(people.messages(ani).map(({ text }) => text)).toEqual(["/start", "baru"]);
    expect(people.messages(ani)[1]?.reply_markup).toEqual(reply_markup);
  });

  test("without a keyboard takes the old one away", async () => {
    const { edit } = await openWithMessage();
    expect((await edit({ text: "lama" })).result).not.toHaveProperty("reply_markup");
  });

  test.each([
    ["the same text and keyboard", { text: "lama", reply_markup: yes }, notModified],
    ["a missing message", { text: "a", message_id: 99 }, "message to edit not found"],
    ["no text", {}, "message text is empty"],
    ["a text of spaces", { text: " " }, "text must be non-empty"],
    ["a text that is too long", { text: "a".repeat(4097) }, "message is too long"],
    [
      "bad HTML",
      { text: "<b>", parse_mode: "HTML" },
      `can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    ["an unknown chat", { text: "a", chat_id: 5 }, "chat not found"],
    ["no message", { text: "a", chat_id: "", message_id: "" }, "message identifier is not specified"],
    ["a reply keyboard", { text: "a", reply_markup: { keyboard: [["Ya"]] } }, "inline keyboard expected"],
  ])("refuses %s", async (_, parameters, reason) => {
    const { edit } = await openWithMessage();
    expect(await edit(parameters)).toEqual(badRequest(reason));
  });

  test("refuses the same text a second time, also after an edit", async () => {
    const { edit, passSeconds } = await openWithMessage();
    expect((await edit({ text: "baru" })).ok).toBe(true);
    passSeconds(5);
    expect(await edit({ text: "baru" })).toEqual(badRequest(notModified));
  });

  test("refuses a message of the person, and one with a reply keyboard", async () => {
    const { edit, own, call } = await openWithMessage();
    expect(await edit({ text: "a", message_id: own.message_id })).toEqual(badRequest("message can't be edited"));
    const sent = await call("sendMessage", { chat_id: ani, text: "?", reply_markup: { keyboard: [["Ya"]] } });
    expect(await edit({ text: "a", message_id: sent.result.message_id })).toEqual(
      badRequest("message can't be edited"),
    );
  });

  test("refuses a photo, and a chat that blocked the bot", async () => {
    const { edit, people, call } = await openWithMessage();
    const { photo } = people.sendPhoto(ani, { bytes: png(8, 8) });
    const sent = await call("sendPhoto", { chat_id: ani, photo: photo?.[0]?.file_id });
    expect(await edit({ text: "a", message_id: sent.result.message_id })).toEqual(
      badRequest("there is no text in the message to edit"),
    );
    people.block(ani);
    expect(await edit({ text: "a" })).toEqual(refused(403, "Forbidden: bot was blocked by the user"));
  });
});

describe("editMessageReplyMarkup", () => {
  test("changes and removes the keyboard", async () => {
    const { call, at, people } = await openWithMessage();
    const reply_markup = { inline_keyboard: [[{ text: "Tidak", callback_data: "n" }]] };
    expect((await call("editMessageReplyMarkup", { ...at, reply_markup })).result).toMatchObject({
      text: "lama",
      reply_markup,
    });
    expect((await call("editMessageReplyMarkup", at)).ok).toBe(true);
    expect(people.messages(ani)[1]).not.toHaveProperty("reply_markup");
  });

  test("refuses what changes nothing, and buttons that are wrong", async () => {
    const { call, at } = await openWithMessage();
    expect(await call("editMessageReplyMarkup", { ...at, reply_markup: yes })).toEqual(badRequest(notModified));
    const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "x".repeat(65) }]] };
    expect(await call("editMessageReplyMarkup", { ...at, reply_markup })).toEqual(badRequest("BUTTON_DATA_INVALID"));
  });
});

describe("editMessageCaption", () => {
  test("changes and removes the caption", async () => {
    const { call, people } = await openWithMessage();
    const { photo } = people.sendPhoto(ani, { bytes: png(8, 8) });
    const sent = await call("sendPhoto", { chat_id: ani, photo: photo?.[0]?.file_id, caption: "lama" });
    const at = { chat_id: ani, message_id: sent.result.message_id };
    expect((await call("editMessageCaption", { ...at, caption: "baru" })).result.caption).toBe("baru");
    expect((await call("editMessageCaption", at)).result).not.toHaveProperty("caption");
    expect(await call("editMessageCaption", { ...at, caption: "a".repeat(1025) })).toEqual(
      badRequest("message caption is too long"),
    );
  });

  test("refuses a message of text", async () => {
    const { call, at } = await openWithMessage();
    expect(await call("editMessageCaption", { ...at, caption: "a" })).toEqual(
      badRequest("there is no caption in the message to edit"),
    );
  });
});

describe("deleteMessage", () => {
  test("deletes the bot's and the person's messages", async () => {
    const { call, at, own, people } = await openWithMessage();
    expect((await call("deleteMessage", at)).result).toBe(true);
    expect((await call("deleteMessage", { ...at, message_id: own.message_id })).result).toBe(true);
    expect(people.messages(ani)).toEqual([]);
    expect(await call("deleteMessage", at)).toEqual(badRequest("message to delete not found"));
  });

  test("works for 48 hours", async () => {
    const { call, at, passSeconds, people } = await openWithMessage();
    const other = await call("sendMessage", { chat_id: ani, text: "lain" });
    passSeconds(48 * 60 * 60);
    expect((await call("deleteMessage", at)).ok).toBe(true);
    passSeconds(1);
    expect(await call("deleteMessage", { ...at, message_id: other.result.message_id })).toEqual(
      badRequest("message can't be deleted for everyone"),
    );
    expect(people.messages(ani)).toHaveLength(2);
  });

  test("needs chat and message, and looks only into that chat", async () => {
    const { call, at } = await openWithMessage();
    expect(await call("deleteMessage", { message_id: 1 })).toEqual(badRequest("chat identifier is not specified"));
    expect(await call("deleteMessage", { chat_id: ani })).toEqual(badRequest("message identifier is not specified"));
    expect(await call("deleteMessage", { ...at, chat_id: budi })).toEqual(badRequest("message to delete not found"));
  });
});
