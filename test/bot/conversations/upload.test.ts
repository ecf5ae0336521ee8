import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { offerSecret } from "../../../core/actions/hosting/one-time-secret.ts";
import { openRoutes } from "../../../web/server.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { sha256Of } from "../../support/uploads.ts";
import { silent } from "../support.ts";
import { beginComplaint } from "./complaints.ts";

const pagesUrl = "https://desk.test/";
const label = "📤 Berkas lebih dari 20 MB";

let desk: TestDesk;
let app: ReturnType<typeof openRoutes>;
beforeAll(async () => {
  desk = await openDesk({ pagesUrl });
  app = openRoutes({
    ...{ db: desk.db, lifecycle: () => "running", lastPollAt: () => new Date() },
    log: silent,
    links: {
      ...{ setting: desk.setting, filesFolder: desk.filesFolder, zoneLabel: "WIB", regency: "Kabupaten Uji" },
      ...{ freeBytes: async () => 2 ** 50, takeToken: async () => true },
    },
  });
  await desk.link("user", "helpDesk");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("upload").execute();
  await desk.db.deleteFrom("draft").execute();
});

async function answerUntilFiles(): Promise<void> {
  await beginComplaint(desk);
  await desk.tell("user", "SIMPEG");
  await desk.tell("user", "Tidak bisa login");
  await desk.press("user", "Baru saja");
}

/** The path of the link that came last. */
const pathOf = (words: string) => /https:\/\/desk\.test(\/\w+\/[\w-]+)/.exec(words)?.[1] ?? "";

async function upload(path: string, bytes: Buffer, name: string): Promise<void> {
  const metadata = `filename ${Buffer.from(name).toString("base64")},filetype ${btoa("application/zip")}`;
  const named = await app.request(path, {
    method: "POST",
    headers: { "upload-length": String(bytes.length), "upload-metadata": metadata },
  });
  expect(named.status).toBe(201);
  for (let offset = 0; offset < bytes.length; offset += 2 ** 23) {
    const headers = { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) };
    const body = bytes.subarray(offset, offset + 2 ** 23);
    expect((await app.request(path, { method: "PATCH", headers, body })).status).toBe(204);
  }
}

test("a file over 20 MB comes by a link, is told of, answers its question, and is a file of the ticket", async () => {
  const bytes = randomBytes(21 * 2 ** 20);
  await answerUntilFiles();
  desk.server.people.sendDocument(desk.idOf("user"), { bytes, name: "situs.zip", mimeType: "application/zip" });
  await desk.settled();
  expect(desk.newestWords("user")).toContain('Pada pertanyaan berkas, tekan "Berkas lebih dari 20 MB"');
  expect(desk.labels(desk.newest("user"))).toContain(label);
  await desk.press("user", label);
  const words = desk.newestWords("user");
  expect(words).toContain("Unggah berkas · Lapor gangguan aplikasi · Lampiran");
  expect(words).toContain("Untuk satu berkas, satu kali, sampai");

  await upload(pathOf(words), bytes, "situs.zip");
  await desk.sees("user", "📎 1 berkas diterima.");
  await desk.settled();

  expect(desk.allWords("user")).toContain(`📎 situs.zip (21 MB) diterima.\nSHA-256: ${sha256Of(bytes)}`);
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  await desk.pressOn("helpDesk", desk.card("helpDesk", id), "Lampiran (1)");
  const file = await desk.sees("helpDesk", `T-000${id} · situs.zip`);
  expect(file.document).toMatchObject({ file_name: "situs.zip", file_size: bytes.length });
});

test("one over 50 MB, which a bot cannot send, is shown by its name, size and checksum", async () => {
  const bytes = Buffer.alloc(51 * 10 ** 6, 7);
  await answerUntilFiles();
  await desk.press("user", label);
  await upload(pathOf(desk.newestWords("user")), bytes, "citra.tar");
  await desk.sees("user", "citra.tar (49 MB) diterima.");
  await desk.settled();
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  await desk.pressOn("helpDesk", desk.card("helpDesk", id), "Lampiran (1)");
  await desk.sees(
    "helpDesk",
    `citra.tar (49 MB): terlalu besar untuk dikirim lewat chat; tersimpan di server.\nSHA-256: ${sha256Of(bytes)}`,
  );
});

test("a button of a form that has moved on gives no link", async () => {
  await answerUntilFiles();
  const question = desk.newest("user");
  await desk.press("user", "Lanjut");
  expect(await desk.pressOn("user", question, label)).toContain("Pertanyaan itu sudah");
  expect(await desk.db.selectFrom("upload").select("id").execute()).toEqual([]);
});

test("no link stays in the outbox when it has gone, and neither does that of a secret, which comes in private", async () => {
  await answerUntilFiles();
  await desk.press("user", label);
  const user = await desk.db
    .selectFrom("person")
    .select("id")
    .where("name", "=", "Siti Aminah")
    .executeTakeFirstOrThrow();
  const input = { personId: user.id, title: "Basis data simpeg", secret: "k0pi", hours: 1 };
  await desk.db.transaction().execute((tx) => offerSecret(tx, desk.setting(), input));
  await desk.look();
  await desk.db.updateTable("outbox").set({ due_at: new Date() }).where("state", "=", "pending").execute();
  const message = await desk.sees("user", "🔑 Basis data simpeg");
  await desk.settled();
  const path = pathOf(desk.wordsOf(message));
  expect(await (await app.request(path, { method: "POST" })).text()).toContain("<pre>k0pi</pre>");
  const outbox = JSON.stringify(await desk.db.selectFrom("outbox").select("message").execute());
  expect(outbox).toContain("upload-link");
  expect(outbox).not.toContain("desk.test");
});
