import { describe, expect, test } from "vitest";
import { PersonRefusal } from "../../telegram-server/server.ts";
import { ani, badRequest, budi, openServer } from "./support.ts";

const tooOld = badRequest("query is too old and response timeout expired or query ID is invalid");

async function openWithButton() {
  const server = await openServer();
  server.people.start(ani);
  const reply_markup = {
    inline_keyboard: [
      [
        { text: "Ya", callback_data: "y" },
        { text: "Situs", url: "https://a.id/" },
      ],
    ],
  };
  const { result } = await server.call("sendMessage", { chat_id: ani, text: "?", reply_markup });
  await server.updates({ offset: -1 });
  const [last] = await server.updates();
  await server.updates({ offset: last.update_id + 1 });
  return { ...server, message: result, answer: (parameters: object) => server.call("answerCallbackQuery", parameters) };
}

describe("a press", () => {
  test("is told with the message, the data and who pressed", async () => {
    const { people, message, updates } = await openWithButton();
    const id = people.press(ani, message.message_id, "y");
    const [update] = await updates();
    expect(update.callback_query).toEqual({
      id,
      from: people.messages(ani)[0]?.from,
      message,
      chat_instance: expect.any(String),
      data: "y",
    });
  });

  test("is refused where no button on the message says it now", async () => {
    const { people, message, call } = await openWithButton();
    expect(() => people.press(ani, message.message_id, "n")).toThrow(PersonRefusal);
    expect(() => people.press(budi, message.message_id, "y")).toThrow(PersonRefusal);
    await call("editMessageReplyMarkup", { chat_id: ani, message_id: message.message_id });
    expect(() => people.press(ani, message.message_id, "y")).toThrow(PersonRefusal);
  });

  test("can be forged with any data, and on a message that is gone", async () => {
    const { people, message, updates, call } = await openWithButton();
    people.pressRaw(ani, message.message_id, "forged");
    await call("deleteMessage", { chat_id: ani, message_id: message.message_id });
    people.pressRaw(ani, message.message_id, "y");
    const [first, second] = await updates();
    expect(first.callback_query.data).toBe("forged");
    expect(second.callback_query.message).toMatchObject({ message_id: message.message_id, date: 0 });
    expect(second.callback_query.message).not.toHaveProperty("text");
  });
});

describe("answerCallbackQuery", () => {
  test("is shown to who pressed", async () => {
    const { people, message, answer } = await openWithButton();
    const id = people.press(ani, message.message_id, "y");
    expect((await answer({ callback_query_id: id, text: "Tersimpan", show_alert: true })).result).toBe(true);
    const shown = { type: "callback-answer", personId: ani, callbackQueryId: id, text: "Tersimpan", showAlert: true };
    expect(people.callbackAnswers(ani)).toEqual([shown]);
    expect(people.callbackAnswers(budi)).toEqual([]);
  });

  test("counts once", async () => {
    const { people, message, answer } = await openWithButton();
    const id = people.press(ani, message.message_id, "y");
    await answer({ callback_query_id: id });
    expect((await answer({ callback_query_id: id, text: "lagi" })).ok).toBe(true);
    expect(people.callbackAnswers(ani)).toHaveLength(1);
  });

  test("is refused for an unknown id, without one, and after 15 seconds", async () => {
    const { people, message, answer, passSeconds } = await openWithButton();
    expect(await answer({ callback_query_id: "17" })).toEqual(tooOld);
    expect(await answer({})).toEqual(tooOld);
    const id = people.press(ani, message.message_id, "y");
    passSeconds(16);
    expect(await answer({ callback_query_id: id })).toEqual(tooOld);
    expect(people.callbackAnswers(ani)).toEqual([]);
  });

  test("is refused above 200 characters", async () => {
    const { people, message, answer } = await openWithButton();
    const callback_query_id = people.press(ani, message.message_id, "y");
    expect(await answer({ callback_query_id, text: "a".repeat(201) })).toEqual(badRequest("MESSAGE_TOO_LONG"));
    expect((await answer({ callback_query_id, text: "a".repeat(200) })).ok).toBe(true);
  });
});
