import { expect, it } from "vitest";
import { explainHosting } from "../../../bot/replies/refusals/hosting.ts";
import type { Db } from "../../../core/db/tables.ts";

/** These sentences need no database. */
const none = undefined as unknown as Db;

it.each([
  ["hosting-off", {}, "profil kantor ini belum menyebut host-nya"],
  ["machine-only", {}, "hanya dijalankan mesin"],
  ["machine-at-work", {}, "tidak dapat ditarik kembali"],
  ["application-there-already", {}, "sudah punya aplikasi"],
  ["one-image-needed", { count: 0 }, "Masukkan satu image, contoh: simpeg.tar"],
  ["one-image-needed", { count: 2 }, "Ada 2 image"],
  ["hosting-prefix-missing", { prefix: "10.40.0.0/16", zone: "Utama" }, "10.40.0.0/16 di zona Utama belum ada"],
  ["no-free-subnet", { prefix: "10.40.0.0/16", zone: "Utama" }, "tidak ada subnet /29 yang bebas"],
  ["proxy-address-unknown", { address: "10.10.5.20" }, "10.10.5.20 belum diberikan"],
  ["application-name-unfit", { name: "a--b.labura.go.id" }, "a--b.labura.go.id tidak dapat dipakai"],
  ["plan-expired", {}, "sudah kedaluwarsa"],
  ["plan-changed", {}, "tidak berlaku lagi"],
  ["no-such-application", {}, "/hosting"],
])("%s with %o has a sentence of its own", (code, values, sentence) => {
  expect(explainHosting(none, { code, values })).toContain(sentence);
});

it("says nothing of what is not about applications", () => {
  expect(explainHosting(none, { code: "no-such-ticket", values: {} })).toBeUndefined();
});
