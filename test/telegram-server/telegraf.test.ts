import { Telegram } from "telegraf";
import { expect, test } from "vitest";
import { ani, openServer, png, token } from "./support.ts";

async function openWithTelegraf() {
  const server = await openServer();
  server.people.start(ani);
  return { ...server, telegram: new Telegram(token, { apiRoot: server.url, webhookReply: false }) };
}

test("telegraf sends messages with keyboards", async () => {
  const { telegram, people } = await openWithTelegraf();
  const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };
  const sent = await telegram.sendMessage(ani, "<b>halo</b>", { parse_mode: "HTML", reply_markup });
  expect(sent.text).toBe("halo");
  expect(people.press(ani, sent.message_id, "y")).toMatch(/^\d+$/);
});

test("telegraf uploads a photo and a document from memory, with a keyboard", async () => {
  const { telegram, people } = await openWithTelegraf();
  const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };
  await telegram.sendPhoto(ani, { source: png(8, 6), filename: "a.png" }, { caption: "Rak", reply_markup });
  await telegram.sendDocument(ani, { source: Buffer.from("%PDF"), filename: "a.pdf" });
  expect(people.messages(ani).slice(1)).toMatchObject([
    { caption: "Rak", photo: [{ width: 8, height: 6 }], reply_markup },
    { document: { file_name: "a.pdf", mime_type: "application/pdf", file_size: 4 } },
  ]);
});

test("telegraf finds a file's address", async () => {
  const { telegram, people } = await openWithTelegraf();
  const sent = people.sendDocument(ani, { bytes: Buffer.from("isi"), name: "a.txt", mimeType: "text/plain" });
  const link = await telegram.getFileLink(sent.document?.file_id ?? "");
  expect(await (await fetch(link)).text()).toBe("isi");
});

test("telegraf throws a refusal with Telegram's words", async () => {
  const { telegram } = await openWithTelegraf();
  await expect(telegram.sendMessage(5, "a")).rejects.toMatchObject({
    code: 400,
    description: "Bad Request: chat not found",
  });
});
