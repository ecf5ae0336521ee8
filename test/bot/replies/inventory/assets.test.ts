import { afterAll, beforeAll, expect, it } from "vitest";
import { explain } from "../../../../bot/replies/refusals.ts";
import { assetColumns } from "../../../../core/domain/inventory/asset-file.ts";
import { withInventory } from "../../../support/inventory.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords as officeWords } from "../../../support/office-words.ts";

let office: TestOffice;
let assetId: number;
beforeAll(async () => {
  office = await openOffice();
  assetId = accepted(await withInventory(office).add({ name: "S".repeat(60) }, { kind: "printer" }));
});
afterAll(() => office.close());

const other = `🟢 ${"S".repeat(60)} · Printer atau pemindai · Dinkes`;

it.each<[string, Record<string, string | number>, string[]]>([
  ["not-inventory-team", {}, ["Infrastruktur, Data Center, dan IT Support"]],
  ["asset-name-taken", { assetId: 1 }, [other, "contoh: SW-DINKES-2"]],
  ["asset-tag-taken", { assetId: 1 }, [other, "contoh: 1.3.2.10/0043"]],
  ["serial-number-taken", { assetId: 1 }, [other, "contoh: HF208ABC"]],
  ["serial-number-taken", { assetId: 999 }, ["perangkat lain"]],
  ["ports-below-used", { ports: 8, port: 20 }, ["paling sedikit 20", "Contoh: 20"]],
  ["kind-without-ports", { port: 12 }, ["Port 12 sudah pernah", "tidak punya port", "contoh: switch"]],
  ["kind-not-mounted", { name: "S".repeat(60) }, ["masih terpasang di rak", "Keluarkan dahulu", "contoh: server"]],
  ["asset-retired", { name: "SW-1" }, ["SW-1 tidak dipakai lagi", "Jadikan siap pakai dahulu"]],
  ["asset-mounted", { name: "SW-1" }, ["SW-1 masih terpasang di rak"]],
  ["asset-ports-taken", { name: "SW-1", count: 3 }, ["3 port SW-1 masih dipakai"]],
  [
    "asset-watched-behind",
    { name: "RTR-1", count: 3 },
    [
      "Di belakang RTR-1 ada 3 yang dipantau",
      "Pindahkan dahulu semuanya, contoh: /status SW-DINKES-1",
      "contoh: /status",
    ],
  ],
  ["asset-changed", {}, ["sudah berubah", "/perangkat"]],
  ["asset-there-already", { office: "Dinkes" }, ["sudah milik Dinkes"]],
  ["no-such-asset", {}, ["tidak ada", "/perangkat"]],
  ["asset-linked-already", {}, ["sudah terkait"]],
  ["asset-not-linked", {}, ["tidak lagi terkait"]],
  ["ticket-assets-many", { most: 20 }, ["paling banyak 20 perangkat"]],
  ["day-far-ahead", { years: 20 }, ["lebih dari 20 tahun lagi", "contoh: 31-12-2027"]],
  ["asset-file-without-heading", {}, ["nama kolom", assetColumns.join(";")]],
  ["asset-file-empty", {}, ["tidak ada satu baris pun", "Contoh: switch;SW-DINKES-1;Dinkes;dipakai"]],
  ["column-count", { found: 4, expected: 14, columns: assetColumns.join(";") }, ["Ada 4 kolom, seharusnya 14: jenis;"]],
  ["asset-kind-unknown", { kind: "kulkas" }, ['Jenis "kulkas" tidak dikenal', "Contoh: switch, server, atau komputer"]],
  ["asset-state-unknown", { state: "hilang" }, ["Yang dikenal: dipakai, siap-pakai, rusak, tidak-dipakai."]],
  ["asset-maintainer-unknown", { maintainer: "siapa" }, ["Yang dikenal: dinas, kantor, vendor, atau kosong."]],
  ["field-not-of-kind", { column: "port", kind: "komputer" }, ["Kolom port tidak berlaku untuk komputer"]],
  ["cell-missing", {}, ["kosong, padahal harus diisi"]],
  ["asset-twice", { firstLine: 2 }, ["sudah ada di baris 2"]],
])("%s says what is wrong and what would be right", async (code, values, expected) => {
  const known = values.assetId === 1 ? { ...values, assetId } : values;
  const sentence = await explain(office.db, { code, values: known }, officeWords);
  for (const part of expected) expect(sentence).toContain(part);
  // Telegram shows no more in the answer to a press.
  expect(sentence.length).toBeLessThanOrEqual(200);
});
