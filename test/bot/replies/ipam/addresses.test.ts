import { afterAll, beforeAll, expect, test } from "vitest";
import { showCount } from "../../../../bot/replies/ipam/address-words.ts";
import { explain } from "../../../../bot/replies/refusals.ts";
import { freshDatabase, type TestDatabase } from "../../../support/database.ts";
import { testWords as office } from "../../../support/office-words.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const address = "2001:db8:1111:2222:3333:4444:5555:6666";
const [prefix, example] = [`${address}/127`, "2001:db8:1111:2222:3333:4444:5555:6667"];

/** Each refusal about addresses, with what its sentence must say: what is wrong, and what would be right. */
test.each<[string, Record<string, string | number>, string[]]>([
  ["address-unreadable", {}, ["tidak terbaca", "Contoh: 10.10.5.20"]],
  ["address-part-too-large", { part: "999" }, ["paling besar 255, di sini 999", "Contoh: 10.10.5.20"]],
  ["address-leading-zero", {}, ["tanpa nol di depan", "Contoh: 10.10.5.20"]],
  [
    "address-is-nested-edge",
    { address, example },
    [`${address} adalah alamat jaringan`, `Contoh yang lain: ${example}`],
  ],
  ["address-mapped", { meant: "10.1.2.3" }, ["dibungkus IPv6", "contoh: 10.1.2.3"]],
  ["address-with-length", {}, ["satu alamat saja", "Contoh: 10.10.5.20"]],
  [
    "address-outside",
    { address, prefix, example },
    [`${address} di luar prefix ${prefix}`, `Contoh yang di dalamnya: ${example}`],
  ],
  [
    "address-is-network",
    { address, example },
    [`${address} menamai jaringannya sendiri`, `Contoh yang lain: ${example}`],
  ],
  [
    "address-is-broadcast",
    { address, example },
    [`${address} adalah alamat broadcast`, `Contoh yang lain: ${example}`],
  ],
  [
    "address-in-nested",
    { address, prefixId: 999 },
    [`${address} termasuk prefix lain di dalamnya`, "dari halaman prefix itu"],
  ],
  [
    "address-in-no-prefix",
    { address, example: "10.1.2.0/24" },
    [`${address} tidak ada dalam prefix mana pun`, "contoh: 10.1.2.0/24"],
  ],
  ["address-assigned", { address, example }, [`${address} sudah dipakai`, "contoh: alamat bebas berikutnya"]],
  ["address-reserved", { address, example }, [`${address} sudah dipesan`, "contoh: alamat bebas berikutnya"]],
  ["address-quarantined", { address, example }, [`${address} masih dalam karantina`, "akhiri karantinanya"]],
  [
    "address-kept-free",
    { address, example },
    [`${address} ada dalam rentang yang disisihkan`, "bebaskan dahulu rentang itu"],
  ],
  ["basis-ticket-unknown", { ticketId: 7 }, ["Tiket T-0007 tidak ada", "contoh: 555/210/2026"]],
  ["grounds-unchanged", {}, ["sama dengan yang sudah tercatat", "contoh: Server SIMPEG"]],
  ["text-like-formula", {}, ["sebagai rumus", "contoh: Server SIMPEG"]],
  ["zone-like-network", { network: prefix }, [`${prefix} adalah jaringan`, "contoh: Utama"]],
  ["prefix-without-length", { address: "10.1.2.0" }, ["dengan panjangnya", "contoh: 10.1.2.0/24"]],
  ["prefix-length", { longest: 32 }, ["dari 1 sampai 32", "contoh: 10.10.5.0/24"]],
  ["prefix-host-bits", { meant: "10.1.2.0/24" }, ["alamat di dalam sebuah prefix", "maksud Anda: 10.1.2.0/24"]],
  ["prefix-known", { prefix }, [`${prefix} sudah ada di zona ini`, "contoh: 10.10.6.0/24"]],
  ["prefix-edge-taken", { prefix, address }, [`${address} sudah diberikan`, "Lepaskan dahulu alamat itu"]],
  [
    "prefix-cuts-kept-range",
    { prefix, address },
    [`memotong rentang yang disisihkan mulai ${address}`, "Bebaskan dahulu"],
  ],
  ["prefix-in-use", { count: 3 }, ["masih berisi 3 alamat atau rentang", "Bebaskan dahulu semuanya"]],
  ["prefix-full", { prefix }, [`${prefix} habis`, "pakai prefix lain"]],
  ["no-such-prefix", {}, ["tidak ada, atau sudah dihapus", "/ip"]],
  ["range-unreadable", {}, ["tidak terbaca", "contoh: 10.10.5.10-10.10.5.50"]],
  ["range-of-two-families", {}, ["sama-sama IPv4", "contoh: 10.10.5.10-10.10.5.50"]],
  [
    "range-backwards",
    { meant: "10.1.2.1-10.1.2.9" },
    ["lebih besar daripada yang terakhir", "maksud Anda: 10.1.2.1-10.1.2.9"],
  ],
  [
    "range-outside",
    { prefix, first: address, last: example },
    [`keluar dari prefix ${prefix}`, `${address} sampai ${example}`],
  ],
  ["range-taken", { address }, [`${address} sudah diberikan`, "Pilih rentang"]],
  ["range-kept-already", { address }, [`${address} sudah disisihkan`, "Pilih rentang yang lain"]],
  ["range-in-nested", { prefix }, [`prefix lain di dalam ${prefix}`, "dari halaman prefix itu"]],
  ["address-file-without-heading", {}, ["nama kolom", "Contoh: zona;prefix;keadaan;alamat;nama;kode_kantor;dasar"]],
  ["address-file-empty", {}, ["tidak ada satu baris pun", "Contoh: Utama;;dipakai;10.10.5.20"]],
  ["list-imported-already", { count: 3 }, ["sudah diimpor: 3 baris"]],
  ["column-count", { found: 4, expected: 7, columns: "zona;prefix" }, ["Ada 4 kolom, seharusnya 7: zona;prefix"]],
  ["cell-like-formula", { column: "nama" }, ["Kolom nama diawali", "contoh: Server SIMPEG"]],
  ["cell-with-controls", { column: "nama" }, ["Kolom nama berisi ganti baris", "contoh: Server SIMPEG"]],
  ["cell-too-long", { length: 90, longest: 80 }, ["90 karakter, paling panjang 80", "contoh: Server SIMPEG"]],
  ["zone-unreadable", { longest: 40 }, ["Zona kosong atau lebih dari 40", "Contoh: Utama"]],
  ["name-missing", {}, ["Nama kosong", "Contoh: Server SIMPEG"]],
  ["state-unknown", { state: "terpakai" }, ['"terpakai" tidak dikenal', "prefix, dipakai, atau disisihkan"]],
  ["state-not-imported", { state: "dipesan" }, ['"dipesan" tidak diimpor', "/ip"]],
  ["office-unknown", { code: "x" }, ['"x" tidak dikenal', "Contoh: Dinkes"]],
  ["office-unknown", { code: "Dinkess", meant: "Dinkes" }, ["Mungkin maksud Anda: Dinkes."]],
  ["address-twice", { address, firstLine: 2 }, [`${address} sudah ada di baris 2`, "Hapus salah satunya"]],
  ["range-changed", {}, ["sudah berubah", "/ip"]],
])("%s says what is wrong and what would be right", async (code, values, expected) => {
  const sentence = await explain(database.db, { code, values }, office);
  for (const part of expected) expect(sentence).toContain(part);
  // Telegram shows no more in the answer to a press.
  expect(sentence.length).toBeLessThanOrEqual(200);
});

test("counts are written as they are read here", () => {
  expect([0n, 254n, 16_777_214n, 2n ** 64n].map(showCount)).toEqual(["0", "254", "16.777.214", "lebih dari 1 miliar"]);
});
