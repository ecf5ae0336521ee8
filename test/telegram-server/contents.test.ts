import { describe, expect, test } from "vitest";
import { PersonRefusal, type SentMedia } from "../../telegram-server/server.ts";
import { ani, badRequest, form, openServer, png, token } from "./support.ts";

const bytes = Buffer.from("suara atau gambar");
const ids = { file_id: expect.any(String), file_unique_id: expect.any(String), file_size: bytes.length };
const size = { durationSeconds: 7, width: 640, height: 360 };
const film = { duration: 7, width: 640, height: 360, file_name: "a.mp4", mime_type: "video/mp4", ...ids };

describe("a person", () => {
  test.each<[SentMedia, object]>([
    [
      { kind: "voice", bytes, durationSeconds: 7, caption: "Dengar" },
      { voice: { duration: 7, mime_type: "audio/ogg", ...ids }, caption: "Dengar" },
    ],
    [
      { kind: "video", bytes, name: "a.mp4", ...size, caption: "Lihat" },
      { video: film, caption: "Lihat" },
    ],
    [
      { kind: "video_note", bytes, durationSeconds: 7, width: 240, height: 240 },
      { video_note: { duration: 7, length: 240, ...ids } },
    ],
    [
      { kind: "audio", bytes, name: "a.mp3", durationSeconds: 7, title: "Rekaman", performer: "Ani" },
      {
        audio: { duration: 7, file_name: "a.mp3", mime_type: "audio/mpeg", title: "Rekaman", performer: "Ani", ...ids },
      },
    ],
    [
      { kind: "animation", bytes, name: "a.mp4", ...size },
      { animation: film, document: { file_name: "a.mp4", mime_type: "video/mp4", ...ids } },
    ],
  ])("sends %o", async (media, content) => {
    const { people, updates, call, url } = await openServer();
    const message = people.sendMedia(ani, media);
    expect(message).toMatchObject(content);
    expect(await updates()).toMatchObject([{ message: content }]);

    const { file_id } = message[media.kind] as { file_id: string };
    const { result } = await call("getFile", { file_id });
    const download = await fetch(`${url}file/bot${token}/${result.file_path}`);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  });

  test("sends a pin on the map and a place", async () => {
    const { people, updates } = await openServer();
    const here = { latitude: 2.5671, longitude: 99.8006 };
    people.sendLocation(ani, here);
    people.sendVenue(ani, { ...here, title: "Kantor Camat", address: "Aek Kanopan" });
    expect((await updates()).map(({ message }) => message)).toMatchObject([
      { location: here },
      { venue: { location: here, title: "Kantor Camat", address: "Aek Kanopan" }, location: here },
    ]);
    expect(() => people.sendLocation(ani, { latitude: 91, longitude: 0 })).toThrow(PersonRefusal);
  });

  test("sends an album of pictures, videos and documents as one message each", async () => {
    const { people, updates } = await openServer();
    const album = { mediaGroupId: "g" };
    people.sendPhoto(ani, { bytes: png(8, 6), ...album });
    people.sendMedia(ani, { kind: "video", bytes, ...album });
    people.sendDocument(ani, { bytes, name: "a.pdf", mimeType: "", ...album });
    const groups = (await updates()).map(({ message }) => message.media_group_id);
    expect(groups).toEqual(["g", "g", "g"]);
  });

  test("edits the caption of an own file, and takes it away", async () => {
    const { people, updates } = await openServer();
    const { message_id } = people.sendPhoto(ani, { bytes: png(8, 6), caption: "salah" });
    const file = people.messages(ani)[0]?.photo;
    people.editText(ani, message_id, "benar /a");
    people.editText(ani, message_id, "");
    const [, changed, emptied] = await updates();
    expect(changed.edited_message).toMatchObject({
      message_id,
      photo: file,
      caption: "benar /a",
      caption_entities: [{ type: "bot_command", offset: 6 }],
      edit_date: expect.any(Number),
    });
    expect(emptied.edited_message).not.toHaveProperty("caption");
    const pin = people.sendLocation(ani, { latitude: 1, longitude: 1 });
    expect(() => people.editText(ani, pin.message_id, "a")).toThrow("Hanya teks dan keterangan");
  });

  test("is refused an empty file", async () => {
    const { people } = await openServer();
    expect(() => people.sendMedia(ani, { kind: "voice", bytes: Buffer.alloc(0) })).toThrow("kosong");
  });
});

describe("the bot", () => {
  const file = new File([new Uint8Array(bytes)], "a.mp4", { type: "video/mp4" });

  test.each([
    ["sendVoice", { voice: file, duration: "7", caption: "<b>a</b>", parse_mode: "HTML" }, "voice"],
    ["sendVideo", { video: file, duration: "7", width: "640", height: "360" }, "video"],
    ["sendVideoNote", { video_note: file, duration: "7", length: "240" }, "video_note"],
    ["sendAudio", { audio: file, duration: "7", title: "Rekaman" }, "audio"],
    ["sendAnimation", { animation: file, duration: "7" }, "animation"],
  ] as const)("uploads by %s, and sends it again by its file_id", async (method, fields, kind) => {
    const { request, call, people } = await openServer();
    people.start(ani);
    const sent = await request(method, form({ chat_id: String(ani), ...fields }));
    expect(sent.result[kind]).toMatchObject({ duration: 7, ...ids });
    const again = await call(method, { chat_id: ani, [kind]: sent.result[kind].file_id });
    expect(again.result[kind]).toEqual(sent.result[kind]);
    expect(people.messages(ani)).toHaveLength(3);
  });

  test("sends back what people sent, which stays what it is", async () => {
    const { call, people } = await openServer();
    const { voice } = people.sendMedia(ani, { kind: "voice", bytes, durationSeconds: 7 });
    expect((await call("sendVoice", { chat_id: ani, voice: voice?.file_id })).result.voice).toEqual(voice);
    expect((await call("sendDocument", { chat_id: ani, document: voice?.file_id })).result.voice).toEqual(voice);
    expect(await call("sendPhoto", { chat_id: ani, photo: voice?.file_id })).toEqual(
      badRequest("can't use file of type VoiceNote as Photo"),
    );
  });

  test("sends a location", async () => {
    const { call, people } = await openServer();
    people.start(ani);
    const { result } = await call("sendLocation", { chat_id: ani, latitude: 2.5671, longitude: 99.8006 });
    expect(result.location).toEqual({ latitude: 2.5671, longitude: 99.8006 });
  });

  test.each([
    ["sendVoice", {}, "there is no voice in the request"],
    ["sendVideoNote", {}, "there is no video note in the request"],
    ["sendLocation", { longitude: 1 }, "latitude is empty"],
    ["sendLocation", { latitude: 1 }, "longitude is empty"],
    ["sendLocation", { latitude: 91, longitude: 1 }, "invalid location specified"],
  ])("is refused %s with %o", async (method, parameters, reason) => {
    const { call, people } = await openServer();
    people.start(ani);
    expect(await call(method, { chat_id: ani, ...parameters })).toEqual(badRequest(reason));
  });
});
