import { expect, it } from "vitest";
import { explainVendorAccess } from "../../../../bot/replies/refusals/vendor-access.ts";
import type { Db } from "../../../../core/db/tables.ts";

/** These sentences need no database. */
const none = undefined as unknown as Db;

it.each([
  ["access-off", {}, "Akses vendor belum ditawarkan"],
  ["application-keeps-no-files", {}, "tidak ada berkas yang dapat dikelola vendor"],
  ["application-has-no-database", {}, "Pilih jenis akses lain, contoh: SFTP"],
  ["access-there-already", {}, "tekan Cabut sekarang"],
  ["no-free-access-port", { first: 22000, last: 22099 }, "22000–22099"],
  ["no-such-access", {}, "/hosting"],
  ["access-ended-already", {}, "sudah berakhir"],
])("%s with %o has a sentence of its own", (code, values, sentence) => {
  expect(explainVendorAccess(none, { code, values })).toContain(sentence);
});
