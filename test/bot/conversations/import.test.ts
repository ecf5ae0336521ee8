import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { sendListFile } from "./lists-in-chat.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "administrator", "administrator2");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const nip = (sequence: number) => `199001012015012${String(sequence).padStart(3, "0")}`;
const heading = "nama;nip;kode_kantor";
const inChat = () => desk.newestWords("administrator");

async function begin(): Promise<void> {
  await desk.tell("administrator", "/orang");
  await desk.press("administrator", "Impor CSV");
}

async function sendList(content: string | Uint8Array, answer?: string | RegExp): Promise<void> {
  await begin();
  await sendListFile(desk, "administrator", { name: "pegawai.csv", content }, answer);
}

const registered = async (like: string) => {
  const rows = await desk.db
    .selectFrom("person")
    .innerJoin("office", "office.id", "person.office_id")
    .select(["person.name", "office.code"])
    .where("person.name", "like", like)
    .orderBy("person.name")
    .execute();
  return rows.map(({ name, code }) => `${name} (${code})`);
};

describe("a list of people", () => {
  test("is asked for with its columns and an example", async () => {
    await begin();
    expect(inChat()).toContain(`${heading}\nSiti Aminah;198503122010012002;Dinkes`);
    expect(inChat()).toContain("Paling banyak 5000 orang dan 1 MB.");
    await desk.tell("administrator", "nama saja");
    expect(inChat()).toContain("Di sini dikirim satu berkas CSV sebagai dokumen.");
  });

  test("is checked, shown, and imported by one press; a second press says so", async () => {
    const lines = [heading, `Satu Impor;${nip(1)};dinkes`, `"Impor, Dua";${nip(2)};Diskominfo`, ""];
    await sendList(`\ufeff${lines.join("\r\n")}`);
    expect(inChat()).toContain("2 baris siap, 0 sudah ada, 0 salah");
    expect(await registered("%Impor%")).toEqual([]);
    const question = desk.newest("administrator");
    await desk.press("administrator", "Impor 2 orang");

    expect(desk.newest("administrator").message_id).toBe(question.message_id);
    expect(inChat()).toContain("2 orang ditambahkan, 0 sudah ada, 0 salah");
    expect(await registered("%Impor%")).toEqual(["Impor, Dua (Diskominfo)", "Satu Impor (Dinkes)"]);
    expect(desk.labels(desk.newest("administrator"))).toEqual(["🖼 Poster pendaftaran", "👥 Daftar orang"]);
    expect(await desk.pressOn("administrator", question, "Impor 2 orang")).toContain(
      "Daftar itu sudah diimpor: 2 orang.",
    );
  });

  test("that is sent again has them all already", async () => {
    await sendList([heading, `Satu Impor;${nip(1)};Dinkes`, `"Impor, Dua";${nip(2)};Diskominfo`].join("\n"));
    expect(inChat()).toContain("0 baris siap, 2 sudah ada, 0 salah");
    expect(desk.labels(desk.newest("administrator"))).toEqual(["✖️ Batal"]);
  });

  test("with broken lines imports the good ones, and tells each problem by its line", async () => {
    const lines = [
      heading.replaceAll(";", ","),
      `Baik Sekali,${nip(11)},Dinkes`,
      `=HYPERLINK("http://x"),${nip(12)},Dinkes`,
      `<script>alert(1)</script>,${nip(13)},Dinkes`,
      `Kurang Kolom,${nip(14)}`,
      `Salah NIP,1985,Dinkes`,
      `Dua Kali,${nip(11)},Dinkes`,
      `Salah Kantor,${nip(15)},Dinkess`,
      `Kantor Lain,${nip(1)},Diskominfo`,
      `,${nip(16)},Dinkes`,
      "Angka,1.99001E+17,Dinkes",
    ];
    await sendList(lines.join("\n"));
    const words = inChat();
    expect(words).toContain("1 baris siap, 0 sudah ada, 9 salah");
    for (const sentence of [
      "Baris 3: kolom nama diawali =, +, -, @, atau tab seperti rumus.",
      "Baris 4: kolom nama berisi tanda < atau >.",
      "Baris 5: ada 2 kolom, seharusnya 3: nama;nip;kode_kantor.",
      "Baris 6: NIP terdiri dari 18 angka, di sini 4. Contoh: 198503122010011002.",
      "Baris 7: NIP ini sudah ada di baris 2.",
      'Baris 8: kode kantor "Dinkess" tidak dikenal. Maksudnya Dinkes?',
      "Baris 9: NIP ini terdaftar di kantor lain.",
      "Baris 10: nama kosong. Contoh: Siti Aminah.",
      "Baris 11: NIP sudah diubah Excel menjadi angka",
    ]) {
      expect(words).toContain(sentence);
    }
    await desk.press("administrator", "Impor 1 orang");
    expect(await registered("Baik%")).toEqual(["Baik Sekali (Dinkes)"]);
    expect(await registered("%script%")).toEqual([]);
  });

  test("with more problems than a message holds brings all of them as a document", async () => {
    const wrong = Array.from({ length: 40 }, (_, index) => `Orang ${index};123;Dinkes`);
    await sendList([heading, ...wrong].join("\n"));
    expect(inChat()).toContain("0 baris siap, 0 sudah ada, 40 salah");
    expect(inChat()).toContain("… dan 30 lagi di dokumen di atas.");
    expect(desk.labels(desk.newest("administrator"))).toEqual(["📥 Impor CSV", "✖️ Batal"]);
    const sent = desk.fromBot("administrator").findLast(({ document }) => document !== undefined);
    expect(sent?.document).toMatchObject({ file_name: "baris-yang-salah.txt" });
    expect(sent?.caption).toContain("Semua baris yang salah (40)");
  });

  test("that is discarded adds nobody", async () => {
    await sendList([heading, `Tidak Jadi;${nip(21)};Dinkes`].join("\n"));
    await desk.press("administrator", "Batal");
    expect(inChat()).toContain("Impor dibatalkan; tidak ada yang ditambahkan.");
    expect(await registered("Tidak%")).toEqual([]);
  });

  test("in Windows-1252 keeps its letters", async () => {
    await sendList(Buffer.from([heading, `José Ñusa;${nip(31)};Dinkes`].join("\r\n"), "latin1"));
    await desk.press("administrator", "Impor 1 orang");
    expect(await registered("Jos%")).toEqual(["José Ñusa (Dinkes)"]);
  });

  test.each<[string, string | Uint8Array, string]>([
    ["a list that is packed, which is not unpacked", gzipSync(`${heading}\nSatu Kemas;${nip(41)};Dinkes`), "CSV UTF-8"],
    ["a workbook that was renamed", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 0), 'Simpan Sebagai, pilih "CSV UTF-8"'],
    [
      "one without the heading",
      `Siti;${nip(41)};Dinkes`,
      "Baris pertama harus berisi nama kolom. Contoh: nama;nip;kode_kantor.",
    ],
    ["one with the heading alone", heading, "tidak ada satu orang pun"],
    ["one with a quote that stays open", `${heading}\n"Siti;${nip(41)};Dinkes\n`, "tidak ditutup"],
    ["one above 1 MB", `${heading}\n${"x".repeat(1024 * 1024)}`, "Daftar paling besar 1 MB."],
    ["one of 5,001 lines", `${heading}\n${"a;b;c\n".repeat(5_001)}`, "Berkas berisi 5001 baris, paling banyak 5000."],
  ])("is refused as a whole: %s", async (_, content, sentence) => {
    await sendList(content, sentence);
    expect(inChat()).toContain("Perbaiki berkasnya, tekan 📥 Impor CSV, lalu kirim lagi.");
    expect(desk.labels(desk.newest("administrator"))).toEqual(["📥 Impor CSV"]);
  });

  test("is not taken as a photo", async () => {
    await begin();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    desk.server.people.sendPhoto(desk.idOf("administrator"), { bytes: png });
    await desk.settled();
    expect(inChat()).toContain("Di sini dikirim satu berkas CSV sebagai dokumen.");
  });

  test("is for administrators only", async () => {
    await begin();
    const list = desk.fromBot("administrator").findLast((each) => desk.labels(each).includes("📥 Impor CSV"));
    const data = desk.buttonsOf(list).find(({ text }) => text.includes("Impor"))?.callback_data ?? "";
    expect(await desk.pressData("administrator2", 1, data)).toContain("Tombol ini sudah tidak berlaku.");
  });
});
