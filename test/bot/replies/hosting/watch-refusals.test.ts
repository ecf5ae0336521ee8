import { expect, it } from "vitest";
import { explain } from "../../../../bot/replies/refusals.ts";
import type { Db } from "../../../../core/db/tables.ts";
import { testWords } from "../../../support/office-words.ts";

it.each([
  ["stack-not-watched", "app-x belum pernah selesai dibangun mesin, atau sudah dihapus."],
  ["stack-is-changing", "app-x sedang diubah mesin, atau perubahan terakhirnya belum selesai."],
  ["application-isolated", "Tunggu sampai pimpinan mencabut isolasinya"],
  ["nothing-to-put-back", "Tidak ada lagi yang berbeda pada app-x."],
  ["isolated-already", "Aplikasi itu sudah diisolasi."],
  ["nothing-to-isolate", "Aplikasi itu tidak sedang berjalan"],
  ["no-such-isolation", "Isolasi itu tidak ada lagi."],
  ["own-isolation", "Isolasi yang Anda lakukan sendiri diputuskan pimpinan lain."],
  ["isolation-lifted", "Isolasi itu sudah dicabut."],
  ["isolation-confirmed", "Isolasi itu sudah dibenarkan."],
])("says why: %s", async (code, sentence) => {
  expect(await explain(undefined as unknown as Db, { code, values: { stack: "app-x" } }, testWords)).toContain(
    sentence,
  );
});
