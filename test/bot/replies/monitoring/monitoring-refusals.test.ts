import { expect, it } from "vitest";
import { explainLists } from "../../../../bot/replies/refusals/lists.ts";
import { explainMonitoring } from "../../../../bot/replies/refusals/monitoring.ts";
import type { Db } from "../../../../core/db/tables.ts";

it.each([
  ["address-never-asked", "127.0.0.1 tidak dapat dipantau"],
  ["address-outside-networks", "127.0.0.1 di luar jaringan yang boleh dipantau"],
  ["address-not-played", "hanya menanyai link-nya sendiri. Contoh yang dapat: 127.77.0.2."],
  ["nothing-played", "contoh: sudo ifconfig lo0 alias 127.77.0.1 up."],
  ["target-behind-itself", "tidak dapat berada di belakang dirinya sendiri"],
  ["target-cycle", "akan saling di belakang"],
  ["target-unknown", "tidak dipantau lagi"],
  ["target-behind-unknown", 'Tidak ada yang bernama "Trunk"'],
  ["target-behind-wrong-line", "Trunk ada di baris 6, yang juga salah"],
  ["target-circle-in-file", "Melingkar: A (baris 2) di belakang B (baris 3) di belakang A."],
  ["target-asked-at-several", "dengan cara ini di 8 alamat"],
  [
    "target-column-not-of-kind",
    "Kolom kontak tidak berlaku untuk link. Kosongkan selnya, atau perbaiki jenisnya, contoh yang dapat: kantor.",
  ],
  ["cell-without-port", "Contoh: 10.20.1.5:443."],
  ["target-in-circle", "Ikut melingkar, lihat baris 2."],
  ["target-twice", "sudah ada di baris 2"],
  ["cell-not-a-choice", "Yang dikenal: ya, tidak."],
  ["target-named", "Nama Trunk sudah dipakai"],
  ["asset-not-watched", "Trunk tidak dapat dipantau sebagai perangkat"],
  ["target-follows-hosting", "dihosting mesin"],
  ["target-is-paused", "Trunk sedang dijeda"],
  ["target-without-check", "ping 10.20.1.1"],
  ["target-checks-enough", "paling banyak dengan 8 cara"],
  ["beat-renewed-meanwhile", "tekan 🔑 Alamat baru"],
  ["heartbeat-without-pages", "PUBLIC_URL=https://"],
  ["check-address-unreadable", "10.20.1.1, atau router.labura.go.id"],
  ["check-name-unknown", "Nama Trunk tidak ada di DNS"],
  ["check-name-outside", "Nama Trunk menunjuk ke luar jaringan"],
  ["check-url", "https://simpeg.labura.go.id/"],
  ["asked-too-often", "Coba lagi dalam 12 detik"],
  ["maintenance-not-planned", "sudah dimulai atau sudah dibatalkan"],
  ["outage-is-over", "sudah berakhir"],
  ["nobody-affected", "belum ada yang menekan 🙋 Saya juga terdampak"],
  ["no-such-outage", "tidak ada dalam catatan"],
  ["cause-said-meanwhile", "contoh: Kabel putus"],
  ["site-without-contact", "contoh: Rina Wulandari, 0812-3456-7890"],
  ["contact-without-chat", "telepon saja: Rina, 0812"],
  ["power-asked-already", "Trunk sudah ditanya"],
  ["power-asked-of-another", "bukan untuk Anda"],
  ["power-answered", "sudah tercatat"],
  ["outage-without-link", "tidak ada penyedia"],
  ["picture-asked-just-now", "baru saja diminta"],
  ["nothing-to-draw", "contoh: satu jam lagi"],
  ["days-backwards", "mulai 1 November 2026, sampai 15 November 2026"],
  ["days-too-many", "12 hari; paling lama 8 hari. Contoh yang dapat: sampai 31 Jan 2026, akhir"],
  ["outage-of-others", "laporkan lewat /lapor"],
  ["outage-not-of-reporter", "bukan pada jaringan atau aplikasi kantor pelapor"],
  ["reporter-affected-already", "Pelapor sudah tercatat terdampak pada T-0042"],
  ["outage-not-joined", "belum ada tiketnya"],
  ["incident-ended", "sudah ditutup"],
  ["affected-already", "sudah tercatat terdampak pada T-0042"],
])("says why: %s", async (code, sentence) => {
  const days = { days: 12, longest: 8, latest: "2026-01-31" };
  const values = {
    ...{ column: "kontak", kind: "link", fits: "kantor" },
    example: "127.77.0.2",
    address: "127.0.0.1",
    name: "Trunk",
    seconds: 12,
    count: 8,
    contact: "Rina, 0812",
    ticketId: 42,
    ...days,
    ...{ line: 6, firstLine: 2, choices: "ya, tidak", names: "A\nB", numbers: "2,3", more: 0 },
  };
  expect(await explainMonitoring(undefined as unknown as Db, { code, values })).toContain(sentence);
});

it("names another span than the one in which nothing was measured", async () => {
  const sentence = await explainMonitoring({} as Db, { code: "nothing-to-draw", values: { days: 1 } });
  expect(sentence).toContain("Selama 24 jam ini tidak ada yang terukur.");
  expect(sentence).toContain("contoh: 7 hari");
});

it("says how many more lie in a large circle", async () => {
  const refusal = { code: "target-circle-in-file", values: { names: "A\nB", numbers: "2,3", more: 7 } };
  expect(await explainMonitoring(undefined as unknown as Db, refusal)).toContain(
    "B (baris 3) di belakang 7 yang lain.",
  );
});

it.each([
  [{ missing: "jenis", unknown: "jns" }, "(kurang jenis; tidak dikenal: jns). Tulis semuanya"],
  [{ missing: "", unknown: "" }, "(urutannya lain). Tulis semuanya"],
])("says in what a heading differs: %j", (values, sentence) => {
  const refusal = { code: "file-heading-differs", values: { ...values, columns: "jenis;nama" } };
  const said = explainLists({} as Db, refusal);
  expect(said).toContain(sentence);
  expect(said).toContain("contoh: jenis;nama.");
});
