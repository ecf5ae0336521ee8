import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { brokenRules } from "../../support/ipam.ts";
import { pressForDocument, sendListFile } from "./lists-in-chat.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "helpDesk");
  await desk.settled();
});
afterAll(async () => {
  expect(await brokenRules(desk.db)).toEqual([]);
  await desk.close();
});
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "infrastructure";
const heading = "zona;prefix;keadaan;alamat;nama;kode_kantor;dasar";
const inChat = () => desk.newestWords(me);

async function begin(): Promise<void> {
  await desk.tell(me, "/ip");
  await desk.press(me, "Impor CSV");
}

async function sendList(content: string, answer?: string | RegExp): Promise<void> {
  await begin();
  await sendListFile(desk, me, { name: "alamat.csv", content }, answer);
}

async function exported(): Promise<string> {
  await desk.tell(me, "/ip");
  return pressForDocument(desk, me, "Ekspor CSV", "📤");
}

describe("a list of addresses", () => {
  test("is asked for with its columns and an example", async () => {
    await begin();
    expect(inChat()).toContain(`${heading}\nUtama;10.10.5.0/24;prefix;;LAN Dinkes;;`);
    await desk.tell(me, "nama saja");
    expect(inChat()).toContain("Di sini dikirim satu berkas CSV sebagai dokumen.");
  });

  test("is checked, shown, and imported by one press; a second press says so", async () => {
    await sendList(
      [
        heading,
        "Utama;;dipakai;10.10.5.20;Server SIMPEG;Dinkes;555/1/2026",
        "Utama;10.10.5.0/24;prefix;;LAN Dinkes;;",
        "Utama;;disisihkan;10.10.5.100-10.10.5.150;DHCP;;",
      ].join("\r\n"),
    );
    expect(inChat()).toContain("3 baris siap, 0 sudah ada, 0 salah");
    const question = desk.newest(me);
    await desk.press(me, "Impor 3 baris");
    expect(inChat()).toContain("3 baris diimpor, 0 sudah ada, 0 salah.");
    expect(await desk.pressOn(me, question, "Impor 3 baris")).toContain("Daftar itu sudah diimpor: 3 baris.");
    await desk.tell(me, "/ip 10.10.5.20");
    expect(inChat()).toContain("🔵 Dipakai: Server SIMPEG");
    await desk.tell(me, "/ip 10.10.5.0/24");
    expect(inChat()).toContain("dipakai 1, disisihkan 51");
  });

  test("that was exported is all there already", async () => {
    const file = await exported();
    expect(file.split("\r\n")).toEqual([
      `\ufeff${heading}`,
      "Utama;10.10.5.0/24;prefix;;LAN Dinkes;;",
      "Utama;10.10.5.0/24;dipakai;10.10.5.20;Server SIMPEG;Dinkes;555/1/2026",
      "Utama;10.10.5.0/24;disisihkan;10.10.5.100-10.10.5.150;DHCP;;",
      "",
    ]);
    await sendList(file);
    expect(inChat()).toContain("0 baris siap, 3 sudah ada, 0 salah");
  });

  test("with broken lines imports the good ones, and tells each problem by its line", async () => {
    await sendList(
      [
        heading.replaceAll(";", ","),
        "Utama,,dipakai,10.10.5.21,Server baik,Dinkes,",
        "Utama,,dipakai,10.10.5.22,=HYPERLINK(1),Dinkes,",
        "Utama,,dipakai,999.1.1.1,Server,Dinkes,",
        "Utama,,dipakai,10.10.6.1,Server,Dinkes,",
        "Utama,,dipakai,10.10.5.20,Server lain,Dinkes,",
        "Utama,,dipakai,10.10.5.21,Lagi,Dinkes,",
        "Utama,,dipakai,10.10.5.23,Server,Dinkess,",
        "Utama,10.10.5.1/24,prefix,,LAN,,",
        "Utama,,dipakai,10.10.5.24",
      ].join("\n"),
    );
    const words = inChat();
    expect(words).toContain("1 baris siap, 0 sudah ada, 8 salah");
    for (const sentence of [
      "Baris 3: Kolom nama diawali =, +, -, @, atau tab seperti rumus.",
      "Baris 4: Alamat itu tidak ada: tiap bagian paling besar 255, di sini 999.",
      "Baris 5: Alamat 10.10.6.1 tidak ada dalam prefix mana pun. Tambahkan dahulu prefixnya, contoh: 10.10.6.0/24.",
      "Baris 6: Alamat 10.10.5.20 sudah dipakai.",
      "Baris 7: Alamat 10.10.5.21 sudah ada di baris 2. Hapus salah satunya.",
      'Baris 8: Kode kantor "Dinkess" tidak dikenal. Mungkin maksud Anda: Dinkes.',
      "Baris 9: Itu alamat di dalam sebuah prefix, bukan prefixnya. Mungkin maksud Anda: 10.10.5.0/24.",
      "Baris 10: Ada 4 kolom, seharusnya 7",
    ]) {
      expect(words).toContain(sentence);
    }
    await desk.press(me, "Impor 1 baris");
    expect(inChat()).toContain("1 baris diimpor, 0 sudah ada, 8 salah.");
  });

  test("with more problems than a message holds brings all of them as a document", async () => {
    const wrong = Array.from({ length: 12 }, (_, index) => `Utama;;dipakai;10.99.0.${index};Server;Dinkes;`);
    await sendList([heading, ...wrong].join("\n"));
    expect(inChat()).toContain("0 baris siap, 0 sudah ada, 12 salah");
    expect(inChat()).toContain("… dan 2 lagi di dokumen di atas.");
    expect(desk.labels(desk.newest(me))).toContain("📥 Impor CSV");
  });

  test("is checked again when it is imported: what was given meanwhile is a problem of its line", async () => {
    await sendList(
      [heading, "Utama;;dipakai;10.10.5.30;Server A;Dinkes;", "Utama;;dipakai;10.10.5.31;Server B;Dinkes;"].join("\n"),
    );
    const question = desk.newest(me);
    await desk.tell(me, "/ip 10.10.5.30");
    await desk.press(me, "Berikan alamat ini");
    for (const answer of ["Dinkes", "Server C", "1/2026"]) await desk.tell(me, answer);
    await desk.press(me, "Kirim");
    await desk.pressOn(me, question, "Impor 2 baris");
    await desk.settled();
    expect(desk.allWords(me)).toContain(
      "1 baris diimpor, 0 sudah ada, 1 salah.\n• Baris 2: Alamat 10.10.5.30 sudah dipakai.",
    );
  });

  test("can be thrown away", async () => {
    await sendList([heading, "Utama;;dipakai;10.10.5.40;Server;Dinkes;"].join("\n"));
    await desk.press(me, "Batal");
    expect(inChat()).toContain("Impor dibatalkan; tidak ada yang ditambahkan.");
  });

  test.each([
    ["without its heading", "10.1.2.3;Server", "Baris pertama harus berisi nama kolom. Contoh: zona;prefix;keadaan"],
    ["of its heading only", heading, "Di bawah nama kolom tidak ada satu baris pun."],
    ["that is no text", "\u0000\u0001", "Berkas itu bukan CSV yang terbaca."],
  ])("%s is refused as a whole", async (_, content, sentence) => {
    await sendList(content, sentence);
    expect(desk.labels(desk.newest(me))).toContain("📥 Impor CSV");
  });

  test("of five thousand lines is imported", async () => {
    const lines = Array.from({ length: 4999 }, (_, index) => {
      return `Besar;;dipakai;10.200.${Math.floor(index / 200)}.${(index % 200) + 1};Server ${index};Dinkes;`;
    });
    await sendList([heading, "Besar;10.200.0.0/16;prefix;;Besar;;", ...lines].join("\n"));
    expect(inChat()).toContain("5000 baris siap");
    await desk.press(me, "Impor 5000 baris");
    expect(inChat()).toContain("5000 baris diimpor, 0 sudah ada, 0 salah.");
  });
});
