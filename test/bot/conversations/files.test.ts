import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Fault, Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, complaintAtItSupport, fileComplaint } from "./complaints.ts";

let desk: TestDesk;
let getFileFault: Fault | undefined;

beforeAll(async () => {
  desk = await openDesk({
    intercept: async ({ method }) => (method === "getFile" ? getFileFault : undefined),
  });
  await desk.link("user", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

/** A PNG as far as its header goes, each of its own. */
function picture(seed: number): Buffer {
  const bytes = Buffer.alloc(512, seed);
  bytes.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  bytes.writeUInt32BE(40, 16);
  bytes.writeUInt32BE(30, 20);
  return bytes;
}

async function sendPhoto(who: CastName, seed: number, extra: { caption?: string; mediaGroupId?: string } = {}) {
  desk.server.people.sendPhoto(desk.idOf(who), { bytes: picture(seed), ...extra });
  await desk.settled();
}

async function sendDocument(who: CastName, name: string, bytes = Buffer.from(`isi ${name}`), replyTo?: number) {
  const document = { bytes, name, mimeType: "application/pdf", ...(replyTo === undefined ? {} : { replyTo }) };
  desk.server.people.sendDocument(desk.idOf(who), document);
  await desk.settled();
}

const attachments = () => desk.db.selectFrom("attachment").selectAll().orderBy("id").execute();

async function attachmentsOf(ticketId: number) {
  return (await attachments()).filter(({ ticket_id }) => ticket_id === ticketId);
}

/** Waits until no file is being fetched. */
async function fetched(): Promise<void> {
  await expect.poll(async () => (await attachments()).filter(({ state }) => state === "waiting")).toEqual([]);
  await desk.settled();
}

async function bytesOf(message: Message): Promise<Buffer> {
  const fileId = message.document?.file_id ?? message.photo?.at(-1)?.file_id ?? "";
  const answer = await fetch(new URL(`playground/files/${fileId}`, desk.url));
  return Buffer.from(await answer.arrayBuffer());
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Goes on from the question for files to the ticket. */
async function fileWithFiles(): Promise<number> {
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  const ticket = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return ticket.id;
}

async function answerUntilFiles(): Promise<void> {
  await beginComplaint(desk);
  await desk.tell("user", "SIMPEG");
  await desk.tell("user", "Tidak bisa login");
  await desk.press("user", "Baru saja");
}

test("files of a form lie in the store under their hash and come back with the same bytes", async () => {
  await answerUntilFiles();
  await sendPhoto("user", 1);
  expect(desk.newestWords("user")).toContain("📎 1 berkas diterima.");
  await sendDocument("user", "bukti.pdf");
  expect(desk.newestWords("user")).toContain("📎 2 berkas diterima.");
  const ticketId = await fileWithFiles();
  await fetched();

  const stored = await attachmentsOf(ticketId);
  expect(stored.map(({ kind, state }) => [kind, state])).toEqual([
    ["photo", "stored"],
    ["document", "stored"],
  ]);
  for (const { sha256: hash } of stored) {
    expect(sha256(await readFile(join(desk.filesFolder, hash ?? "")))).toBe(hash);
  }
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Lampiran (2)");
  const [photo, document] = desk.fromBot("helpDesk").slice(-2);
  expect(await bytesOf(photo as Message)).toEqual(picture(1));
  expect(await bytesOf(document as Message)).toEqual(Buffer.from("isi bukti.pdf"));
  expect(document?.document?.file_name).toBe("bukti.pdf");
});

test("an album of three photos makes one question and three files", async () => {
  await answerUntilFiles();
  const before = desk.fromBot("user").length;
  for (const seed of [1, 2, 3]) {
    desk.server.people.sendPhoto(desk.idOf("user"), { bytes: picture(seed), mediaGroupId: "album-1" });
  }
  await desk.settled();

  expect(desk.fromBot("user").length).toBe(before + 1);
  expect(desk.newestWords("user")).toContain("📎 3 berkas diterima.");
  const ticketId = await fileWithFiles();
  expect(await attachmentsOf(ticketId)).toHaveLength(3);
});

test("an album that comes first is asked about once", async () => {
  const before = desk.fromBot("user").length;
  for (const seed of [1, 2, 3]) {
    const photo = { bytes: picture(seed), mediaGroupId: "album-2", ...(seed === 1 ? { caption: "Tiga layar" } : {}) };
    desk.server.people.sendPhoto(desk.idOf("user"), photo);
  }
  await desk.settled();

  expect(desk.fromBot("user").length).toBe(before + 1);
  expect(desk.newestWords("user")).toBe("Tiga layar\n📎 3 berkas diterima.\nPesan ini untuk apa?");
});

test("an album that answers a card is thanked for once, and all of it belongs to the ticket", async () => {
  const ticketId = await fileComplaint(desk);
  const before = desk.fromBot("user").length;
  for (const seed of [1, 2, 3]) {
    const replyTo = desk.card("user", ticketId).message_id;
    desk.server.people.sendPhoto(desk.idOf("user"), { bytes: picture(seed), mediaGroupId: "album-3", replyTo });
  }
  await desk.settled();

  expect(desk.fromBot("user").length).toBe(before + 1);
  expect(desk.newestWords("user")).toBe("✅ Terkirim.");
  expect(await attachmentsOf(ticketId)).toHaveLength(3);
});

test("a caption answers a question for words", async () => {
  await beginComplaint(desk);
  await desk.tell("user", "SIMPEG");
  await sendPhoto("user", 4, { caption: "Muncul pesan 500" });

  expect(desk.newestWords("user")).toContain("Sejak kapan");
  await desk.press("user", "Baru saja");
  expect(desk.labels(desk.newest("user"))).toContain("Lanjut ▶️");
  const ticketId = await fileWithFiles();
  const ticket = await desk.db.selectFrom("ticket").selectAll().where("id", "=", ticketId).executeTakeFirstOrThrow();
  expect(ticket.answers).toMatchObject({ description: "Muncul pesan 500" });
  expect(await attachmentsOf(ticketId)).toHaveLength(1);
});

test("a caption that answers no question is not dropped without a word", async () => {
  await answerUntilFiles();
  await sendPhoto("user", 5, { caption: "Layar di ruang rapat" });

  expect(desk.newestWords("user")).toContain("📎 1 berkas diterima.");
  expect(desk.newestWords("user")).toContain("Keterangan foto tidak disimpan");
});

test("a photo that comes first is asked about, and becomes a file of the ticket", async () => {
  await sendPhoto("user", 6, { caption: "Layar SIMPEG" });
  expect(desk.newestWords("user")).toBe("Layar SIMPEG\n📎 1 berkas diterima.\nPesan ini untuk apa?");
  await sendPhoto("user", 7);
  expect(desk.newestWords("user")).toContain("📎 2 berkas diterima.");
  await desk.press("user", "Lapor gangguan aplikasi");
  await desk.press("user", "SIMPEG");
  await desk.press("user", "Baru saja");
  const ticketId = await fileWithFiles();

  expect(await attachmentsOf(ticketId)).toHaveLength(2);
});

test("a document that comes first may be added to an open ticket, and help desk is told", async () => {
  const ticketId = await fileComplaint(desk);
  await sendDocument("user", "log.pdf");
  await desk.press("user", `Tambahkan ke T-${String(ticketId).padStart(4, "0")}`);

  expect(await attachmentsOf(ticketId)).toMatchObject([{ name: "log.pdf" }]);
  expect(desk.newestWords("helpDesk")).toContain("Keterangan dari pemohon, Siti Aminah\n(lampiran)");
  expect(desk.labels(desk.card("helpDesk", ticketId))).toContain("📎 Lampiran (1)");
});

test("a document that answers a card is its comment, also without words", async () => {
  const ticketId = await fileComplaint(desk);
  await sendDocument("user", "susulan.pdf", undefined, desk.card("user", ticketId).message_id);

  expect(desk.newestWords("user")).toBe("✅ Terkirim.");
  expect(await attachmentsOf(ticketId)).toMatchObject([{ name: "susulan.pdf" }]);
});

test("a comment of files only is sent by its button", async () => {
  const ticketId = await fileComplaint(desk);
  await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
  expect(desk.labels(desk.newest("user"))).not.toContain("📨 Kirim");
  await sendPhoto("user", 8);
  await desk.press("user", "Kirim");

  expect(await attachmentsOf(ticketId)).toHaveLength(1);
  expect(desk.newestWords("user")).toBe("✅ Terkirim.");
});

test("a file of an internal note is not the requester's to see", async () => {
  const ticketId = await complaintAtItSupport(desk);
  await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Catatan internal");
  await sendDocument("itSupport", "rahasia.pdf");
  await desk.press("itSupport", "Kirim");
  await fetched();

  expect(desk.labels(desk.card("itSupport", ticketId))).toContain("📎 Lampiran (1)");
  expect(desk.labels(desk.card("user", ticketId)).join()).not.toContain("Lampiran");
  expect(JSON.stringify(desk.server.people.messages(desk.idOf("user")))).not.toContain("rahasia");
});

test("a file of more than 20 MB is refused with a sentence, and the form stays", async () => {
  await answerUntilFiles();
  await sendDocument("user", "besar.iso", Buffer.alloc(20 * 2 ** 20 + 1));

  expect(desk.newestWords("user")).toContain("Berkas lebih dari 20 MB tidak dapat diambil.");
  expect((await attachments()).some(({ name }) => name === "besar.iso")).toBe(false);
  await sendPhoto("user", 9);
  expect(desk.newestWords("user")).toContain("📎 1 berkas diterima.");
});

test.each([
  ['laporan "akhir".pdf', "laporan 'akhir'.pdf"],
  ["baris\nbaru.pdf", "baris baru.pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\data\\gaji.pdf", "gaji.pdf"],
  ["<b>tebal</b> & miring.pdf", "b> & miring.pdf"],
  ["<i>&.pdf", "<i>&.pdf"],
  ["‮fdp.exe", "fdp.exe"],
])("the file name %j is shown as %j and can be fetched back", async (sent, shown) => {
  const ticketId = await fileComplaint(desk);
  // Telegram's own server cleans names; another would not.
  desk.server.people.sendMessage(desk.idOf("user"), {
    reply_to_message: { message_id: desk.card("user", ticketId).message_id },
    document: { ...(await uploaded()), file_name: sent },
  });
  await desk.settled();
  await fetched();
  await desk.pressOn("user", desk.card("user", ticketId), "Lampiran");

  expect(desk.newestWords("user")).toBe(`T-${String(ticketId).padStart(4, "0")} · ${shown}`);
  expect(await bytesOf(desk.newest("user"))).toEqual(Buffer.from("isi apa-saja.pdf"));
});

/** A file that the server has, to be sent under another name. */
async function uploaded() {
  const bytes = Buffer.from("isi apa-saja.pdf");
  const { document } = desk.server.people.sendDocument(desk.idOf("itSupport"), {
    bytes,
    name: "apa-saja.pdf",
    mimeType: "application/pdf",
  });
  await desk.settled();
  return document;
}

test("a file that cannot be fetched for good tells its sender, who can send it again", async () => {
  await sql`update pgboss.queue set retry_limit = 0 where name = 'fetch-file'`.execute(desk.owner);
  getFileFault = { status: 400, body: { ok: false, error_code: 400, description: "Bad Request: invalid file_id" } };
  const ticketId = await fileComplaint(desk);
  await sendDocument("user", "hilang.pdf", undefined, desk.card("user", ticketId).message_id);
  await desk.sees("user", 'Berkas "hilang.pdf" tidak berhasil diambil dari Telegram. Mohon kirim ulang.');
  getFileFault = undefined;

  expect(await attachmentsOf(ticketId)).toMatchObject([{ state: "failed", sha256: null }]);
  await desk.settled();
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Lampiran");
  expect(desk.newestWords("helpDesk")).toContain("hilang.pdf: tidak berhasil diambil.");
});
