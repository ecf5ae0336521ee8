import { expect, it } from "vitest";
import { explainHosting } from "../../../../bot/replies/refusals/hosting.ts";
import type { Db } from "../../../../core/db/tables.ts";

/** These sentences need no database. */
const none = undefined as unknown as Db;

it.each([
  ["hosting-off", {}, "profil kantor ini belum menyebut host-nya"],
  ["machine-only", {}, "hanya dijalankan mesin"],
  ["machine-at-work", {}, "tidak dapat ditarik kembali"],
  ["application-there-already", {}, "sudah punya aplikasi"],
  ["one-image-needed", { count: 0 }, "Masukkan satu image, contoh: simpeg.tar"],
  ["one-image-needed", { count: 2 }, "Ada 2 image"],
  ["image-named-already", {}, "disimpan sebagai lampiran biasa"],
  ["page-path-unreadable", {}, "contoh: /api/health"],
  ["hosting-prefix-missing", { prefix: "10.40.0.0/16", zone: "Utama" }, "10.40.0.0/16 di zona Utama belum ada"],
  ["no-free-subnet", { prefix: "10.40.0.0/16", zone: "Utama" }, "tidak ada subnet /29 yang bebas"],
  ["proxy-address-unknown", { address: "10.10.5.20" }, "10.10.5.20 belum diberikan"],
  ["application-name-unfit", { name: "a--b.labura.go.id" }, "a--b.labura.go.id tidak dapat dipakai"],
  ["plan-expired", {}, "sudah kedaluwarsa"],
  ["plan-expired", { isMadeAnew: 1 }, "Mesin sedang membuat rencana baru; Anda diminta memutuskannya"],
  ["plan-changed", {}, "tidak berlaku lagi"],
  ["plan-changed", { by: "program" }, "Program Simpul sudah diperbarui"],
  ["plan-changed", { isMadeAnew: 1 }, "Mesin sedang membuat rencana baru; Anda diminta memutuskannya"],
  ["network-given-up", {}, "Minta Infrastruktur menekan Buat rencana baru"],
  ["no-such-application", {}, "/hosting"],
  ["no-database-account", {}, "Contoh yang punya: aplikasi PHP"],
  ["no-account-pages", {}, "PUBLIC_URL=https://"],
  ["application-of-other-office", {}, "milik kantor lain"],
  ["application-not-built", {}, "belum selesai dibangun"],
  ["application-deleted", {}, "sudah dihapus"],
  ["application-not-deleted", {}, "setelah aplikasinya dihapus"],
  ["application-stopped-already", {}, "sudah berhenti"],
  ["application-runs-already", {}, "sudah berjalan"],
  ["application-not-running", {}, "sedang dihentikan"],
  ["kept-time-over", {}, "Masa simpan aplikasi itu sudah lewat"],
  ["kept-time-not-over", {}, "masih dalam masa simpan"],
  ["same-size", {}, "Ukuran aplikasi itu sudah demikian"],
  ["same-name", {}, "Nama aplikasi itu sudah demikian"],
  ["new-name-taken", {}, "sudah dipakai atau dipesan"],
  ["nothing-to-roll-back", {}, "Versi itu tidak ada"],
  ["change-under-way", { ticketId: 42 }, "sedang berjalan di T-0042"],
])("%s with %o has a sentence of its own", (code, values, sentence) => {
  expect(explainHosting(none, { code, values })).toContain(sentence);
});

it("says nothing of what is not about applications", () => {
  expect(explainHosting(none, { code: "no-such-ticket", values: {} })).toBeUndefined();
});
