import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { pressForDocument, sendListFile } from "./lists-in-chat.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "helpDesk");
  await desk.settled();
  await desk.tell(me, "/ip");
  await desk.press(me, "Tambah prefix");
  for (const each of ["Utama", "10.1.2.0/24", "DMZ"]) await desk.tell(me, each);
  await desk.tell(me, "/ip 10.1.2.0/24");
  await desk.press(me, "Berikan alamat");
  await desk.press(me, "Bebas berikutnya");
  for (const each of ["Dinkes", "Server", "555/210/2026"]) await desk.tell(me, each);
  await desk.press(me, "Kirim");
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "infrastructure";
const heading = "jenis;nama;keadaan;kode_kantor;desa;kecamatan;tujuan;untuk;dasar;alasan_di_luar";
const inChat = () => desk.newestWords(me);

async function sendList(content: string, answer?: string | RegExp): Promise<void> {
  await desk.tell(me, "/nama");
  await desk.press(me, "Impor CSV");
  await sendListFile(desk, me, { name: "nama.csv", content }, answer);
}

async function exported(): Promise<string> {
  await desk.tell(me, "/nama");
  return pressForDocument(desk, me, "Ekspor CSV", "📤");
}

const villages = [
  "desa;;;;Aek Tapa;Marbau;;;;",
  "desa;;;;Sukarame;Kualuh Hulu;;;;",
  "desa;;;;Desa Sei-Raja;Marbau;;;;",
  "desa;;;;Pulo Jantán;Na IX-X;;;;",
];
const names = [
  "nama desa;aektapa.desa.id;dipakai;;Aek Tapa;Marbau;10.1.2.1;Situs desa;555/1/2026;",
  "nama desa;sukarame-labura.desa.id;dipakai;;sukarame;;;Situs desa;555/1/2026;",
  "nama desa;seiraja.desa.id;dipakai;;Sei Raja;Marbau;;Situs desa;555/1/2026;",
  "nama desa;pulojantan.desa.id;dipakai;;pulo jantan;Na IX-X;;Situs desa;555/1/2026;",
  "layanan;alias.simpeg.labura.go.id;dipakai;Dinkes;;;simpeg.labura.go.id;Alias;555/1/2026;",
  "aplikasi;simpeg.labura.go.id;dipakai;Dinkes;;;10.1.2.1;Aplikasi kepegawaian;555/1/2026;",
  "aplikasi;luar.labura.go.id;dipakai;Dinkes;;;203.0.113.5;Aplikasi umum;555/1/2026;Layanan pusat",
];

describe("a list of names", () => {
  test("is asked for with its columns and an example", async () => {
    await desk.tell(me, "/nama");
    await desk.press(me, "Impor CSV");
    expect(inChat()).toContain(`${heading}\ndesa;;;;Aek Tapa;Marbau;;;;`);
  });

  test("says what is wrong by line, and changes nothing", async () => {
    const wrong = [
      "desa;;;;Aek Tapa;Cibeber;;;;",
      "desa;;;;???;Marbau;;;;",
      "desa;;;;Aek Baru;Marbau;;;;",
      "desa;;;;aek  baru;marbau;;;;",
      "nama desa;aekbaru.desa.id;dipakai;;Aek Baroe;Marbau;;Situs;555/1/2026;",
      "aplikasi;sim_peg;dipakai;Dinkes;;;;Aplikasi;555/1/2026;",
      "aplikasi;xn--a.labura.go.id;dipakai;Dinkes;;;;Aplikasi;555/1/2026;",
      "aplikasi;www.labura.go.id;dipakai;Dinkes;;;;Aplikasi;555/1/2026;",
      "aplikasi;dobel;dipakai;Dinkes;;;;Aplikasi;555/1/2026;",
      "aplikasi;dobel;dipakai;Diskominfo;;;;Aplikasi;555/1/2026;",
      "aplikasi;bebas;dipakai;Dinkes;;;10.1.2.99;Aplikasi;555/1/2026;",
      "aplikasi;pesan;dipesan;Dinkes;;;;Aplikasi;555/1/2026;",
      "mesin;pesan;dipakai;Dinkes;;;;Aplikasi;555/1/2026;",
      "aplikasi;pesan;dipakai;Dinkess;;;;Aplikasi;555/1/2026;",
      "aplikasi;pesan;dipakai;Dinkes;;;;=1+1;555/1/2026;",
      "aplikasi;pesan;dipakai;Dinkes;;;;Aplikasi;T-9999;",
      "aplikasi;pesan;dipakai;Dinkes",
    ];
    await sendList([heading, ...wrong].join("\n"));
    expect(inChat()).toContain("2 baris siap, 1 sudah ada, 14 salah");
    expect(inChat()).toMatch(/^Sudah ada: baris \d+$/m);
    const document = desk.server.people
      .messages(desk.idOf(me))
      .findLast((message) => "document" in message && message.from?.is_bot);
    expect(document).toBeDefined();
    for (const sentence of [
      'Baris 2: Kecamatan "Cibeber" tidak ada. Contoh: Aek Kuo.',
      "Baris 3: Nama desa itu tidak dapat menjadi nama domain.",
      'Baris 6: Desa "Aek Baroe" tidak ada dalam daftar. Mungkin maksud Anda: Aek Baru (Marbau).',
      "Baris 7: Garis bawah tidak boleh dalam nama.",
      "Baris 8: Nama yang diawali xn-- tidak diberikan",
      'Baris 9: "www" adalah kata yang dicadangkan',
      "Baris 11: Nama dobel.labura.go.id sudah dipakai.",
      "Baris 12: Alamat 10.1.2.99 belum diberikan kepada siapa pun.",
      "Baris 13: Hanya nama yang dipakai diimpor.",
      'Baris 14: Jenis "mesin" tidak dikenal.',
    ]) {
      expect(inChat()).toContain(sentence);
    }
    expect(await desk.db.selectFrom("dns_name").select("id").execute()).toEqual([]);
    expect(await desk.db.selectFrom("village").select("id").execute()).toEqual([]);
    await desk.press(me, "Batal");
    expect(inChat()).toContain("Impor dibatalkan; tidak ada yang ditambahkan.");
  });

  test("is imported: villages, names in any order, aliases", async () => {
    await sendList([heading, ...names, ...villages].join("\r\n"));
    expect(inChat()).toContain("11 baris siap, 0 sudah ada, 0 salah");
    await desk.press(me, "Impor 11 baris");
    expect(inChat()).toContain("11 baris diimpor, 0 sudah ada, 0 salah.");
    await desk.tell(me, "/nama simpeg");
    expect(inChat()).toContain("Tujuan: 10.1.2.1");
    await desk.tell(me, "/nama pulojantan.desa.id");
    expect(inChat()).toContain("🏡 Desa: Desa Pulo Jantán (Na IX-X)");
  });

  test("as it is exported is known when it comes back", async () => {
    const list = await exported();
    expect(list).toContain("desa;;;;Aek Tapa;Marbau;;;;\r\n");
    expect(list).toContain(
      "aplikasi;luar.labura.go.id;dipakai;Dinkes;;;203.0.113.5;Aplikasi umum;555/1/2026;Layanan pusat\r\n",
    );
    await sendList(list);
    expect(inChat()).toContain("0 baris siap, 11 sudah ada, 0 salah");
  });

  test("of villages of one name needs the sub-district", async () => {
    await sendList(
      [
        heading,
        "desa;;;;Sukarame;Aek Kuo;;;;",
        "nama desa;sukarame.desa.id;dipakai;;Sukarame;;;Situs;555/1/2026;",
      ].join("\n"),
    );
    expect(inChat()).toContain(
      'Baris 3: Kecamatan desa "Sukarame" tidak jelas. Tulis salah satu: Aek Kuo, Kualuh Hulu.',
    );
    await desk.press(me, "Batal");
  });

  test.each([
    ["nama;alamat\na;b", "Kolom di baris pertama berbeda ("],
    ["aektapa.desa.id;Aek Tapa", "Baris pertama harus berisi nama kolom."],
    [heading, "Di bawah nama kolom tidak ada satu baris pun."],
    [[heading, ...Array(501).fill(villages[0])].join("\n"), "501 baris"],
  ])("is refused as a whole", async (content, sentence) => {
    await sendList(content, sentence);
    expect(inChat()).toContain(sentence);
  });
});
