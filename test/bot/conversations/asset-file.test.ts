import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { pressForDocument, sendListFile } from "./lists-in-chat.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "helpDesk");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "infrastructure";
const heading =
  "jenis;nama;kode_kantor;keadaan;merek_model;nomor_seri;nomor_inventaris;lokasi;port;penyedia;nomor_sirkit;mbps;berakhir;pengelola";
const inChat = () => desk.newestWords(me);

async function begin(): Promise<void> {
  await desk.tell(me, "/perangkat");
  await desk.press(me, "Impor CSV");
}

async function sendList(content: string, answer?: string | RegExp): Promise<void> {
  await begin();
  await sendListFile(desk, me, { name: "perangkat.csv", content }, answer);
}

async function exported(): Promise<string> {
  await desk.tell(me, "/perangkat");
  return pressForDocument(desk, me, "Ekspor CSV", "📤");
}

describe("a list of devices", () => {
  test("is asked for with its columns and what they may hold", async () => {
    await begin();
    expect(inChat()).toContain(`${heading}\nswitch;SW-DINKES-1;Dinkes;dipakai;`);
    expect(inChat()).toContain("jenis: router, switch, titik-akses, server, storage, keamanan,");
    await desk.tell(me, "nama saja");
    expect(inChat()).toContain("Di sini dikirim satu berkas CSV sebagai dokumen.");
  });

  test("is checked, shown, and imported by one press; a second press says so", async () => {
    await sendList(
      [
        heading,
        "switch;SW-DINKES-1;Dinkes;dipakai;MikroTik CRS326;HF208ABC;1.3.2.10/0042;Lantai 2;24;;;;;dinas",
        "bandwidth;INET-DINKES;dinkes;Dipakai;;;;;;PT Telkom;4700-1;200;31/12/2027;",
        "komputer;PC-1;Disdik;tidak-dipakai;;;;;;;;;;",
      ].join("\r\n"),
    );
    expect(inChat()).toContain("3 baris siap, 0 sudah ada, 0 salah");
    const question = desk.newest(me);
    await desk.press(me, "Impor 3 baris");
    expect(inChat()).toContain("3 baris diimpor, 0 sudah ada, 0 salah.");
    expect(await desk.pressOn(me, question, "Impor 3 baris")).toContain("Daftar itu sudah diimpor: 3 baris.");
    await desk.tell(me, "/perangkat SW-DINKES-1");
    expect(inChat()).toContain("Nomor inventaris: 1.3.2.10/0042");
  });

  test("that was exported is all there already", async () => {
    const file = await exported();
    expect(file.split("\r\n")).toEqual([
      `\ufeff${heading}`,
      "switch;SW-DINKES-1;Dinkes;dipakai;MikroTik CRS326;HF208ABC;1.3.2.10/0042;Lantai 2;24;;;;;dinas",
      "bandwidth;INET-DINKES;Dinkes;dipakai;;;;;;PT Telkom;4700-1;200;2027-12-31;",
      "komputer;PC-1;Disdik;tidak-dipakai;;;;;;;;;;",
      "",
    ]);
    await sendList(file);
    expect(inChat()).toContain("0 baris siap, 3 sudah ada, 0 salah");
  });

  test("with broken lines imports the good ones, and tells each problem by its line and its column", async () => {
    await sendList(
      [
        heading,
        "switch;SW-BAIK;Dinkes;dipakai;;S-1;;;8;;;;;",
        "switch;SW-2;Dinkes;dipakai;=HYPERLINK(1);;;;;;;;;",
        "kulkas;SW-3;Dinkes;dipakai;;;;;;;;;;",
        "switch;SW-4;Dinkess;dipakai;;;;;;;;;;",
        "switch;SW-5;Dinkes;hilang;;;;;;;;;;",
        "switch;;Dinkes;dipakai;;;;;;;;;;",
        "switch;SW-7;Dinkes;dipakai;;;;;banyak;;;;;",
        "switch;sw-dinkes-1;Dinkes;dipakai;;;;;;;;;;",
        "switch;SW-9;Dinkes;dipakai;;s-1;;;;;;;;",
        "komputer;PC-10;Dinkes;dipakai;;;;;24;;;;;",
        "switch;SW-11;Dinkes;dipakai;;;;;;;;;;siapa",
      ].join("\n"),
    );
    const words = inChat();
    expect(words).toContain("1 baris siap, 0 sudah ada, 10 salah");
    for (const sentence of [
      "Baris 3: Kolom merek_model diawali =, +, -, @, atau tab seperti rumus.",
      'Baris 4: Jenis "kulkas" tidak dikenal. Contoh: switch, server, atau komputer',
      'Baris 5: Kode kantor "Dinkess" tidak dikenal. Mungkin maksud Anda: Dinkes.',
      'Baris 6: Keadaan "hilang" tidak dikenal. Yang dikenal: dipakai, siap-pakai, rusak, tidak-dipakai.',
      "Baris 7, kolom nama: Kolom itu kosong, padahal harus diisi.",
      "Baris 8, kolom port: Tulis dengan angka saja, dari 0 sampai 1024",
      "Baris 9, kolom nama: Nama itu sudah dipakai: 🟢 SW-DINKES-1 · Switch · Dinkes.",
      "Baris 10, kolom nomor_seri: Isi kolom itu sudah ada di baris 2. Hapus salah satunya.",
      "Baris 11: Kolom port tidak berlaku untuk komputer.",
      'Baris 12: Pengelola "siapa" tidak dikenal. Yang dikenal: dinas, kantor, vendor, atau kosong.',
    ]) {
      expect(words).toContain(sentence);
    }
    await desk.press(me, "Impor 1 baris");
    expect(inChat()).toContain("1 baris diimpor, 0 sudah ada, 10 salah.");
  });

  test("of contracts without their end, with too few cells or too long a cell says so", async () => {
    await sendList(
      [
        heading,
        "bandwidth;INET-1;Dinkes;dipakai;;;;;;PT Telkom;;200;;",
        "switch;SW-20;Dinkes;dipakai",
        `switch;${"S".repeat(61)};Dinkes;dipakai;;;;;;;;;;`,
        "bandwidth;INET-2;Dinkes;dipakai;;;;;;PT Telkom;;200;31-12-2127;",
      ].join("\n"),
    );
    for (const sentence of [
      "Baris 2, kolom berakhir: Kolom itu kosong",
      `Baris 3: Ada 4 kolom, seharusnya 14: ${heading}.`,
      "Baris 4, kolom nama: Isinya 61 karakter, paling panjang 60.",
      "Baris 5, kolom berakhir: Tanggal itu lebih dari 20 tahun lagi.",
    ]) {
      expect(inChat()).toContain(sentence);
    }
  });

  test("is checked again when it is imported: what was registered meanwhile is a problem of its line", async () => {
    await sendList([heading, "ups;UPS-1;Dinkes;dipakai;;;;;;;;;;", "ups;UPS-2;Dinkes;dipakai;;;;;;;;;;"].join("\n"));
    const question = desk.newest(me);
    await sendList([heading, "ups;UPS-1;Disdik;dipakai;;;;;;;;;;"].join("\n"));
    await desk.press(me, "Impor 1 baris");
    await desk.pressOn(me, question, "Impor 2 baris");
    await desk.settled();
    expect(desk.allWords(me)).toContain(
      "1 baris diimpor, 0 sudah ada, 1 salah.\n• Baris 2, kolom nama: Nama itu sudah dipakai: 🟢 UPS-1 · UPS · Disdik.",
    );
  });

  test("can be thrown away", async () => {
    await sendList([heading, "ups;UPS-3;Dinkes;dipakai;;;;;;;;;;"].join("\n"));
    await desk.press(me, "Batal");
    expect(inChat()).toContain("Impor dibatalkan; tidak ada yang ditambahkan.");
  });

  test.each([
    ["without its heading", "SW-1;Switch", "Baris pertama harus berisi nama kolom. Contoh: jenis;nama;kode_kantor"],
    ["of its heading only", heading, "Di bawah nama kolom tidak ada satu baris pun."],
    ["that is no text", "\u0000\u0001", "Berkas itu bukan CSV yang terbaca."],
  ])("%s is refused as a whole", async (_, content, sentence) => {
    await sendList(content, sentence);
    expect(desk.labels(desk.newest(me))).toContain("📥 Impor CSV");
  });

  test("of five thousand lines is imported, exported, and searched", async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, index) => `komputer;PC-${index};Dinkes;dipakai;HP;S-PC-${index};;Lantai 1;;;;;;`,
    );
    await sendList([heading, ...lines].join("\n"));
    expect(inChat()).toContain("5000 baris siap");
    await desk.press(me, "Impor 5000 baris");
    expect(inChat()).toContain("5000 baris diimpor, 0 sudah ada, 0 salah.");
    expect((await exported()).split("\r\n").length).toBeGreaterThan(5000);
    await desk.tell(me, "/perangkat hp pc-4999");
    expect(desk.labels(desk.newest(me))[0]).toBe("🟢 PC-4999 · Komputer atau laptop · Dinkes");
  });
});
