import { describe, expect, test } from "vitest";
import { type PersonEvent, PersonRefusal } from "../../telegram-server/server.ts";
import { ani, budi, openServer, png } from "./support.ts";

describe("a person", () => {
  test("starts with and without a payload", async () => {
    const { people, setStartPayload } = await openServer({
      people: [{ id: ani, firstName: "Ani", startPayload: "kode-1" }],
    });
    expect(people.standing(ani)).toEqual({ started: false, blocked: false });
    expect(people.start(ani).text).toBe("/start kode-1");
    expect(people.standing(ani)).toEqual({ started: true, blocked: false });
    setStartPayload(ani, "kode-2");
    expect(people.start(ani)).toMatchObject({
      text: "/start kode-2",
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    });
    expect(people.start(ani, "kode-3").text).toBe("/start kode-3");
    setStartPayload(ani, undefined);
    expect(people.start(ani).text).toBe("/start");
    expect(() => setStartPayload(ani, "dengan spasi")).toThrow(RangeError);
    expect(() => people.start(ani, "dengan spasi")).toThrow(PersonRefusal);
  });

  test("opens the chat with any message", async () => {
    const { people, call } = await openServer();
    people.sendText(ani, "halo");
    expect((await call("sendMessage", { chat_id: ani, text: "a" })).ok).toBe(true);
  });

  test("sends photos of an album, documents, replies and other content", async () => {
    const { people, updates } = await openServer();
    const first = people.sendPhoto(ani, { bytes: png(8, 6), caption: "Rak /a", mediaGroupId: "g" });
    people.sendDocument(ani, { bytes: Buffer.from("a"), name: "../a.pdf", mimeType: "x", replyTo: first.message_id });
    people.sendMessage(ani, { location: { latitude: 2.3, longitude: 99.6 } });
    const messages = (await updates()).map(({ message }: { message: object }) => message);
    expect(messages).toMatchObject([
      {
        media_group_id: "g",
        photo: [{ width: 8, height: 6, file_size: 64 }],
        caption: "Rak /a",
        caption_entities: [{ type: "bot_command", offset: 4, length: 2 }],
      },
      {
        document: { file_name: "a.pdf", mime_type: "application/pdf", file_size: 1 },
        reply_to_message: { message_id: first.message_id },
      },
      { location: { latitude: 2.3, longitude: 99.6 } },
    ]);
    expect(messages).toEqual(people.messages(ani));
  });

  test("edits an own text, for 48 hours", async () => {
    const { people, updates, call, passSeconds } = await openServer();
    const { message_id } = people.sendText(ani, "salah");
    passSeconds(48 * 60 * 60);
    people.editText(ani, message_id, "benar");
    const [, update] = [null, ...(await updates())];
    expect(update.edited_message).toMatchObject({ message_id, text: "benar" });
    expect(people.messages(ani)).toEqual([update.edited_message]);
    passSeconds(1);
    expect(() => people.editText(ani, message_id, "lagi")).toThrow(PersonRefusal);
    const sent = await call("sendMessage", { chat_id: ani, text: "dari bot" });
    expect(() => people.editText(ani, sent.result.message_id, "a")).toThrow(PersonRefusal);
    expect(people.messages(ani).map(({ text }) => text)).toEqual(["benar", "dari bot"]);
  });

  test("blocks and unblocks, each told once", async () => {
    const { people, updates } = await openServer();
    people.start(ani);
    people.block(ani);
    people.block(ani);
    expect(() => people.sendText(ani, "a")).toThrow(PersonRefusal);
    people.unblock(ani);
    people.sendText(ani, "kembali");
    const [, blocked, unblocked, ...rest] = await updates();
    expect(blocked.my_chat_member).toMatchObject({
      chat: { id: ani },
      from: { id: ani },
      old_chat_member: { user: { id: 4242 }, status: "member" },
      new_chat_member: { user: { id: 4242 }, status: "kicked" },
    });
    expect(unblocked.my_chat_member.new_chat_member.status).toBe("member");
    expect(rest).toHaveLength(1);
  });

  test("restarts a blocked bot by START", async () => {
    const { people, updates } = await openServer();
    people.start(ani);
    people.block(ani);
    people.start(ani);
    expect(people.standing(ani)).toEqual({ started: true, blocked: false });
    const kinds = (await updates()).map((update: object) => Object.keys(update)[1]);
    expect(kinds).toEqual(["message", "my_chat_member", "my_chat_member", "message"]);
  });

  test("hears of messages, edits and deletions in the own chat", async () => {
    const { people, call } = await openServer();
    people.start(ani);
    people.start(budi);
    const events: PersonEvent[] = [];
    const end = people.subscribe((event) => events.push(event));
    const { result } = await call("sendMessage", { chat_id: ani, text: "a" });
    const at = { chat_id: ani, message_id: result.message_id };
    await call("editMessageText", { ...at, text: "b" });
    await call("deleteMessage", at);
    end();
    await call("sendMessage", { chat_id: ani, text: "tidak didengar" });
    expect(events).toMatchObject([
      { type: "message", personId: ani, message: { text: "a" } },
      { type: "edit", personId: ani, message: { text: "b" } },
      { type: "delete", personId: ani, messageId: result.message_id },
    ]);
  });

  test.each<[string, (people: Awaited<ReturnType<typeof openServer>>["people"]) => unknown]>([
    ["an empty text", (people) => people.sendText(ani, " \n")],
    ["4097 characters", (people) => people.sendText(ani, "a".repeat(4097))],
    ["a caption too long", (people) => people.sendPhoto(ani, { bytes: png(8, 8), caption: "a".repeat(1025) })],
    ["a photo that is none", (people) => people.sendPhoto(ani, { bytes: Buffer.from("teks") })],
    ["an empty file", (people) => people.sendDocument(ani, { bytes: Buffer.alloc(0), name: "a", mimeType: "" })],
    ["a reply to nothing", (people) => people.sendText(ani, "a", { replyTo: 99 })],
    ["a message with an own date", (people) => people.sendMessage(ani, { date: 1 })],
    ["a block before START", (people) => people.block(ani)],
    ["a person who is not there", (people) => people.sendText(5, "a")],
  ])("is refused %s", async (_, act) => {
    const { people, updates } = await openServer();
    expect(() => act(people)).toThrow(PersonRefusal);
    expect(await updates()).toEqual([]);
  });
});
