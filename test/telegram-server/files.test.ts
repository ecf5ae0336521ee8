import { describe, expect, test } from "vitest";
import { pictureIn } from "../../telegram-server/picture.ts";
import { ani, badRequest, form, openServer, png, refused, token } from "./support.ts";

async function openWithAni() {
  const server = await openServer();
  server.people.start(ani);
  const upload = (method: string, fields: Record<string, string | File>) =>
    server.request(method, form({ chat_id: String(ani), ...fields }));
  const download = async (fileId: string) => {
    const { result } = await server.call("getFile", { file_id: fileId });
    return await fetch(`${server.url}file/bot${token}/${result.file_path}`);
  };
  return { ...server, upload, download };
}

const file = (bytes: Uint8Array<ArrayBuffer> | string, name: string) => new File([bytes], name);
const picture = (sizeBytes?: number) => file(new Uint8Array(png(800, 600, sizeBytes)), "foto.png");

describe("sendPhoto", () => {
  test("stores an upload, with sizes, caption and reply", async () => {
    const { upload, download } = await openWithAni();
    const { result } = await upload("sendPhoto", {
      photo: picture(),
      caption: "<i>Rak</i>",
      parse_mode: "HTML",
      reply_parameters: JSON.stringify({ message_id: 1 }),
    });
    expect(result).toMatchObject({
      photo: [{ width: 800, height: 600, file_size: 64 }],
      caption: "Rak",
      caption_entities: [{ type: "italic", offset: 0, length: 3 }],
      reply_to_message: { message_id: 1 },
    });
    const response = await download(result.photo[0].file_id);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png(800, 600));
  });

  test("takes an upload by attach:// and a file by its id", async () => {
    const { upload, call } = await openWithAni();
    const attached = await upload("sendPhoto", { photo: "attach://lampiran", lampiran: picture() });
    const again = await call("sendPhoto", { chat_id: ani, photo: attached.result.photo[0].file_id });
    expect(again.result.photo).toEqual(attached.result.photo);
  });

  test.each([
    ["no photo", {}, "there is no photo in the request"],
    ["an attachment that is missing", { photo: "attach://tidak" }, "there is no photo in the request"],
    ["an empty file", { photo: file("", "a.png") }, "file must be non-empty"],
    ["what is no picture", { photo: file("teks", "a.png") }, "IMAGE_PROCESS_FAILED"],
    [
      "11 MB",
      { photo: picture(11 * 2 ** 20) },
      "file of size 11534336 bytes is too big for a photo; the maximum size is 10485760 bytes",
    ],
    ["a picture too large", { photo: file(new Uint8Array(png(9000, 1001)), "a.png") }, "PHOTO_INVALID_DIMENSIONS"],
    ["a picture too narrow", { photo: file(new Uint8Array(png(2100, 100)), "a.png") }, "PHOTO_INVALID_DIMENSIONS"],
    ["a caption too long", { photo: picture(), caption: "a".repeat(1025) }, "message caption is too long"],
    [
      "an unknown id",
      { photo: "AgACnothing" },
      "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ],
    ["an address", { photo: "https://example.go.id/a.png" }, "failed to get HTTP URL content"],
  ])("refuses %s", async (_, fields: Record<string, string | File>, reason) => {
    const { upload } = await openWithAni();
    expect(await upload("sendPhoto", fields)).toEqual(badRequest(reason));
  });

  test("refuses a document's id", async () => {
    const { upload } = await openWithAni();
    const { result } = await upload("sendDocument", { document: file("a", "a.txt") });
    expect(await upload("sendPhoto", { photo: result.document.file_id })).toEqual(
      badRequest("can't use file of type Document as Photo"),
    );
  });

  test("stores nothing for a chat that blocked the bot", async () => {
    const { upload, people } = await openWithAni();
    people.block(ani);
    expect(await upload("sendPhoto", { photo: picture() })).toEqual(
      refused(403, "Forbidden: bot was blocked by the user"),
    );
  });
});

describe("sendDocument", () => {
  test("stores an upload with its name and the type that its name says", async () => {
    const { upload, download } = await openWithAni();
    const { result } = await upload("sendDocument", { document: file("%PDF", "Berita acara.PDF"), caption: "BA" });
    expect(result).toMatchObject({
      document: { file_name: "Berita acara.PDF", mime_type: "application/pdf", file_size: 4 },
      caption: "BA",
    });
    expect(await (await download(result.document.file_id)).text()).toBe("%PDF");
  });

  test.each([
    ["no document", {}, badRequest("there is no document in the request")],
    ["an empty file", { document: file("", "a.txt") }, badRequest("file must be non-empty")],
    [
      "more than 50 MB",
      { document: file(new Uint8Array(50 * 2 ** 20 + 1), "a.bin") },
      refused(413, "Request Entity Too Large"),
    ],
  ])("refuses %s", async (_, fields: Record<string, string | File>, answer) => {
    const { upload } = await openWithAni();
    expect(await upload("sendDocument", fields)).toEqual(answer);
  });

  test("refuses a photo's id", async () => {
    const { upload } = await openWithAni();
    const { result } = await upload("sendPhoto", { photo: picture() });
    expect(await upload("sendDocument", { document: result.photo[0].file_id })).toEqual(
      badRequest("can't use file of type Photo as Document"),
    );
  });
});

describe("getFile", () => {
  test("gives a path below photos or documents", async () => {
    const { call, people } = await openWithAni();
    const sent = people.sendDocument(ani, { bytes: Buffer.from("isi"), name: "a.txt", mimeType: "text/plain" });
    const file_id = sent.document?.file_id;
    expect((await call("getFile", { file_id })).result).toEqual({
      file_id,
      file_unique_id: sent.document?.file_unique_id,
      file_size: 3,
      file_path: "documents/file_0.txt",
    });
    const photo = people.sendPhoto(ani, { bytes: png(8, 8) }).photo?.[0];
    expect((await call("getFile", { file_id: photo?.file_id })).result.file_path).toBe("photos/file_1.png");
  });

  test("refuses what is missing, unknown or above 20 MB", async () => {
    const { call, people } = await openWithAni();
    expect(await call("getFile")).toEqual(badRequest("file_id not specified"));
    expect(await call("getFile", { file_id: "BQACnothing" })).toEqual(badRequest("invalid file_id"));
    const large = (sizeBytes: number) =>
      people.sendDocument(ani, { bytes: Buffer.alloc(sizeBytes), name: "a.bin", mimeType: "" }).document?.file_id;
    expect((await call("getFile", { file_id: large(20 * 2 ** 20) })).ok).toBe(true);
    expect(await call("getFile", { file_id: large(20 * 2 ** 20 + 1) })).toEqual(badRequest("file is too big"));
  });
});

describe("a download", () => {
  test("needs the token and a path that is there", async () => {
    const { url, people, call } = await openWithAni();
    const sent = people.sendDocument(ani, { bytes: Buffer.from("isi"), name: "a.txt", mimeType: "text/plain" });
    const { result } = await call("getFile", { file_id: sent.document?.file_id });
    expect((await fetch(`${url}file/bot1:wrong/${result.file_path}`)).status).toBe(401);
    expect((await fetch(`${url}file/bot${token}/documents/file_9.txt`)).status).toBe(404);
    expect((await fetch(`${url}file/bot${token}/..%2F..%2Fpackage.json`)).status).toBe(404);
    expect((await fetch(`${url}file/bot${token}/${result.file_path}`)).status).toBe(200);
  });
});

test.each([
  ["PNG", png(3, 2), { mimeType: "image/png", width: 3, height: 2 }],
  ["GIF", Buffer.from("GIF89a\x03\0\x02\0", "latin1"), { mimeType: "image/gif", width: 3, height: 2 }],
  [
    "JPEG",
    Buffer.from("ffd8ffe000044a46ffc0000b080002000301011100ffd9", "hex"),
    { mimeType: "image/jpeg", width: 3, height: 2 },
  ],
  [
    "WebP",
    Buffer.from("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x02\0\0\x01\0\0", "latin1"),
    { mimeType: "image/webp", width: 3, height: 2 },
  ],
  ["a cut PNG", png(3, 2).subarray(0, 20), undefined],
  ["a cut JPEG", Buffer.from("ffd8ffe000", "hex"), undefined],
  ["a text", Buffer.from("GIF or PNG, who knows?"), undefined],
  ["nothing", Buffer.alloc(0), undefined],
])("the size of %s is read", (_, bytes, expected) => {
  expect(pictureIn(bytes)).toEqual(expected);
});
