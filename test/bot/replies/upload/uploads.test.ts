import { afterAll, beforeAll, expect, test } from "vitest";
import { explain } from "../../../../bot/replies/refusals.ts";
import { explainOnPage } from "../../../../web/pages/words.ts";
import { freshDatabase, type TestDatabase } from "../../../support/database.ts";
import { testWords as officeWords } from "../../../support/office-words.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test.each([
  ["no-pages", {}, "Kirim berkas sampai 20 MB di sini, misalnya sebagai ZIP"],
  ["too-many-uploads", { most: 5 }, "Masih ada 5 unggahan Anda yang belum selesai. Selesaikan salah satunya"],
])("the refusal %s says what to do instead", async (code, values, words) => {
  const sentence = await explain(database.db, { code, values }, officeWords);
  expect(sentence).toContain(words);
  // Telegram shows no more in the answer to a press.
  expect(sentence.length).toBeLessThanOrEqual(200);
});

test.each([
  [true, 'tekan "Berkas lebih dari 20 MB"'],
  [false, "Kirim versi yang lebih kecil, atau bagi menjadi beberapa berkas."],
])("where the pages are reached: %s, a file that is too large is answered by what helps", async (hasPages, words) => {
  const refusal = { code: "file-too-large", values: { megabytes: 20 } };
  expect(await explain(database.db, refusal, { ...officeWords, hasPages })).toContain(words);
});

test.each([
  ["upload-empty", {}, "contoh: situs.zip"],
  ["upload-too-large", { megabytes: 2048 }, "paling besar 2048 MB"],
  ["disk-full", {}, "Ruang di server tidak cukup"],
  ["upload-of-another-file", { name: "a.zip" }, 'sudah dipakai untuk berkas "a.zip"'],
  ["upload-not-begun", {}, "Muat ulang halaman ini"],
  ["upload-offset", { offset: 5 }, "Muat ulang halaman ini"],
  ["upload-beyond-end", { lengthBytes: 5 }, "lebih dari ukuran berkasnya"],
  ["part-too-large", { megabytes: 8 }, "paling besar 8 MB"],
  ["part-unreadable", {}, "Muat ulang halaman ini"],
])("on the page %s is explained", (code, values, words) => {
  expect(explainOnPage({ code, values })).toContain(words);
});
