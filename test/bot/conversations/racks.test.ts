import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertAssets } from "../../../core/db/inventory/assets.ts";
import type { AssetKind } from "../../../core/domain/inventory/asset.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("dataCenter", "infrastructure", "itSupport", "helpDesk", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "dataCenter";
const inChat = () => desk.newestWords(me);
const labels = (who: CastName = me) => desk.labels(desk.newest(who));
const say = (text: string) => desk.tell(me, text);

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answer(...answers: string[]): Promise<void> {
  for (const each of answers) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await say(each);
  }
}

async function addRack(code: string, height: string, feeds: [name: string, watts: string][] = []): Promise<void> {
  await say("/rak");
  await answer(">🏠 DC", ">Tambah rak", code, height);
  for (const [name, watts] of feeds) {
    await answer(">Jalur daya", ">Tambah jalur daya", name, watts);
    await desk.press(me, `DC ${code}`);
  }
}

/** As the inventory will have it. */
async function addAsset(name: string, { kind = "server" as AssetKind, ports = 0 } = {}): Promise<void> {
  const office = await desk.db.selectFrom("office").select("id").where("code", "=", "Dinkes").executeTakeFirstOrThrow();
  const person = await desk.db.selectFrom("person").select("id").limit(1).executeTakeFirstOrThrow();
  const now = new Date();
  await desk.db.transaction().execute((tx) =>
    insertAssets(tx, [
      {
        ...{ kind, name, ports, office_id: office.id, state: "in-use", added_by: person.id },
        ...{ added_at: now, changed_at: now },
      },
    ]),
  );
}

describe("the menu", () => {
  test.each(["dataCenter", "infrastructure", "itSupport", "administrator"] as const)(
    "offers racks to %s",
    async (who) => {
      await desk.tell(who, "/menu");
      expect(labels(who)).toContain("🗄 Rak server");
      await desk.press(who, "Rak server");
      expect(desk.newestWords(who)).toContain("🗄 Rak server");
    },
  );

  test("does not offer them to others, who are told whose they are", async () => {
    await desk.tell("helpDesk", "/menu");
    expect(labels("helpDesk")).not.toContain("🗄 Rak server");
    for (const words of ["/rak", "/rak DC A2"]) {
      await desk.tell("helpDesk", words);
      expect(desk.newestWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [data-center].");
    }
  });

  test("leads to the rooms, of which there are none at first", async () => {
    await say("/rak");
    expect(inChat()).toContain("Belum ada ruang. Tambahkan satu, contoh: DC, Ruang server utama.");
    expect(labels()).toEqual(["➕ Tambah ruang"]);
  });
});

describe("a room and its racks", () => {
  test("are added by answers; what cannot be is asked again", async () => {
    await say("/rak");
    await answer(">Tambah ruang", "D.C", "Ruang server utama");
    expect(inChat()).toContain("Kode terdiri dari 1 sampai 6 huruf atau angka tanpa spasi. Contoh: DC atau A2.");
    await answer("dc");
    expect(inChat()).toContain("🏠 DC Ruang server utama\nBelum ada rak di ruang ini.");
    await answer(">Tambah rak", "A2", "0");
    expect(inChat()).toContain("Angkanya dari 1 sampai 60.");
    expect(labels()).toEqual(expect.arrayContaining(["42", "20", "12"]));
    await answer(">42");
    expect(inChat()).toContain("🗄 DC A2 · 42U · Ruang server utama\n0% unit terpakai (42U bebas)");
    expect(inChat()).toContain("⚡ Belum ada jalur daya.");
    expect(inChat()).toContain("⚪ U1-42 bebas, 42U");
    await say("/rak");
    await answer(">Tambah ruang", "DC", "Lagi");
    expect(inChat()).toContain("Ruang dengan kode DC sudah ada.");
  });

  test("a rack gets power feeds, which are changed, and removed after it was asked once more", async () => {
    await say("/rak A2");
    await answer(">Jalur daya", ">Tambah jalur daya", ">A", "1000");
    await answer(">Tambah jalur daya", "B", "0");
    expect(inChat()).toContain("Angkanya dari 1 sampai 100000.");
    await answer(">2000");
    expect(inChat()).toContain("⚡ A ░░░░░░░░░░ 0 dari 1.000 W (0%)\n⚡ B ░░░░░░░░░░ 0 dari 2.000 W (0%)");
    await answer(">Ubah jalur A", ">Tetap A", "2000");
    expect(inChat()).toContain("⚡ A ░░░░░░░░░░ 0 dari 2.000 W (0%)");
    await answer(">Tambah jalur daya", "C", "500", ">Hapus jalur C");
    expect(inChat()).toContain("Hapus jalur daya C?");
    await answer(">Ya, hapus jalur daya");
    expect(labels().join()).not.toContain("jalur C");
  });

  test("a room is renamed, and removed when it is empty", async () => {
    await say("/rak");
    await answer(">Tambah ruang", "DRC", "Cadangan", ">Ubah nama ruang", "Ruang cadangan");
    expect(inChat()).toContain("🏠 DRC Ruang cadangan");
    await answer(">Tambah rak", "A2", "6", "/rak DRC A2", ">Ubah tinggi");
    expect(labels()).toContain("Tetap 6");
    await answer("8", ">Hapus rak");
    expect(inChat()).toContain("Hapus rak DRC A2?");
    await say("/rak DRC A2");
    const page = desk.newest(me);
    await answer(">⬆️ DRC", ">Hapus ruang");
    expect(await desk.pressAndRead(me, "Ya, hapus ruang")).toContain("Ruang DRC masih punya 1 rak.");
    expect(await desk.pressOn(me, page, "Hapus rak")).toBe("");
    await answer(">Ya, hapus rak", ">Hapus ruang", ">Ya, hapus ruang");
    expect(labels()).toContain("🏠 DC");
    expect(labels().join()).not.toContain("DRC");
    expect(await desk.pressOn(me, page, "Ubah tinggi")).toContain("Rak itu tidak ada, atau sudah dihapus.");
  });
});

describe("a place", () => {
  test("is reserved where it is proposed, and shown", async () => {
    await say("/rak");
    await desk.press(me, "Pesan tempat");
    await answer("Server SIMPEG", "Dinkes", "1,25");
    expect(inChat()).toContain("Tinggi dihitung per setengah U. Contoh: 1,5, bukan 1,25.");
    await answer("1,5", ">Depan dan belakang", "1.500");
    expect(inChat()).toContain("Tulis dengan angka saja, dari 0 sampai 100000");
    await answer("1500", ">2 jalur");
    expect(labels()).toEqual(expect.arrayContaining(["📍 DC A2 U1-2", "📍 DC A2 U41,5-42", "✍️ Unit tertentu"]));
    await answer(">DC A2 U1-2", "555/210/2026", ">Besok");
    expect(inChat()).toContain("Tinggi: 1,5U");
    expect(inChat()).toContain("Tempat: 📍 DC A2 U1-2");
    await desk.press(me, "Kirim");
    await desk.sees(me, "🟡 Dipesan: Server SIMPEG");
    expect(inChat()).toContain("DC A2 U1-2\n🟡 Dipesan: Server SIMPEG\nPerangkat daerah: Dinas Kesehatan");
    expect(inChat()).toContain("Tinggi: 1,5U, depan dan belakang\nDasar: 555/210/2026");
    expect(inChat()).toContain("Daya: 1.500 W pada jalur A dan B");
    await desk.press(me, "⬆️ DC A2");
    expect(inChat()).toContain("🟡 U1-2 Server SIMPEG (Dinkes), 1,5U, sampai");
    expect(inChat()).toContain("⚡ A ████████░░ 1.500 dari 2.000 W (75%)");
    expect(inChat()).toContain("⚪ U2,5-42 bebas, 40,5U");
  });

  test("that nothing has room or power for is not proposed, and refused with the numbers", async () => {
    await addAsset("SRV-BESAR");
    await say("/rak DC A2");
    await desk.press(me, "Pasang perangkat");
    await answer("BESAR", "2", ">Depan dan belakang", "501", ">2 jalur");
    expect(inChat()).toContain(
      "Tidak ada tempat dengan ruang dan daya yang cukup. Ruang bebas terbesar untuk sisi itu 40,5U.",
    );
    await answer(">Unit tertentu", "U20", "T-1", ">Kirim");
    expect(inChat()).toContain("Tiket T-0001 tidak ada.");
    await answer("030/1/2026", ">Kirim");
    expect(inChat()).toContain(
      "Jalur daya A tidak cukup: terpakai 1.500 W dari 2.000 W, tersisa 500 W, sedangkan perangkat ini perlu 501 W.",
    );
    await answer(">Kembali", ">Ubah", ">Daya", "0");
    await answer(">Unit tertentu", ">Ubah", ">Unit terbawah", "2", ">Kirim");
    expect(inChat()).toContain("Tempat itu bertabrakan dengan DC A2 U1-2, Server SIMPEG (Dinkes).");
    await answer("42,5", ">Kirim");
    expect(inChat()).toContain("Unit terbawah yang mungkin: U1 sampai U41.");
    await answer("U20", ">Kirim");
    await desk.sees(me, "🔵 Terpasang: SRV-BESAR");
    expect(inChat()).toContain("Daya: 0 W");
  });

  test("of 7 units in a rack of 6 is refused", async () => {
    await addRack("K6", "6");
    await say("/rak DC K6");
    await desk.press(me, "Pesan tempat");
    await answer("Besar", "Dinkes", "7", ">Depan dan belakang", "0");
    expect(inChat()).toContain("Ruang bebas terbesar untuk sisi itu 6U.");
    await answer(">Unit tertentu", "1", "1/2/2026", ">Besok", ">Kirim");
    expect(inChat()).toContain("Tingginya 7U, sedangkan rak K6 hanya 6U.");
  });

  test("is used by a device of the inventory, with a port of a switch; its buttons are good while it lasts", async () => {
    await addAsset("SRV-SIMPEG");
    await addAsset("SW-INTI", { kind: "switch", ports: 24 });
    await say("/rak DC A2 U1");
    await desk.press(me, "🟡 U1-2 Server SIMPEG");
    await desk.press(me, "Pesan port switch");
    await answer("inti");
    expect(inChat()).toContain("Port nomor berapa? 24 dari 24 port bebas (contoh: 1).");
    await answer("25");
    expect(inChat()).toContain("Angkanya dari 1 sampai 24.");
    await answer("7");
    expect(inChat()).toContain("Port dipesan: SW-INTI port 7");
    const page = desk.newest(me);
    await answer(">Pesan port switch", "inti", "7");
    expect(inChat()).toContain("Port 7 dari SW-INTI sudah dipakai atau dipesan.");
    await answer(">Batal");
    await desk.pressOn(me, page, "Pasang perangkat di sini");
    await answer("srv-simpeg");
    await desk.sees(me, "🔵 Terpasang: SRV-SIMPEG");
    expect(inChat()).toContain("Port dipesan: SW-INTI port 7");
    expect(await desk.pressOn(me, page, "Batalkan pesanan tempat")).toContain("Keadaan tempat itu sudah berubah");
    await answer(">Lepaskan port 7 SW-INTI");
    expect(inChat()).not.toContain("Port dipesan");
  });

  test("is left for another one", async () => {
    await say("/rak DC A2 U1");
    await answer(">🔵 U1-2 SRV-SIMPEG", ">Pindahkan");
    expect(inChat()).toContain("↔️ Pindahkan SRV-SIMPEG dari DC A2 U1-2");
    await answer(">Unit tertentu", ">DC A2", "U30,5", ">Kirim");
    await desk.sees(me, "DC A2 U30,5-31");
    expect(inChat()).toContain("🔵 Terpasang: SRV-SIMPEG");
    expect(inChat()).toContain("Daya: 1.500 W pada jalur A dan B");
  });

  test("is free when the device goes back, and its history tells what was there", async () => {
    await say("/rak DC A2 U31");
    await answer(">🔵 U30,5-31 SRV-SIMPEG", ">Keluarkan perangkat", "030/17/2026", ">Hari ini", "Rina Wulandari");
    expect(inChat()).toContain(
      "Tempat, daya, dan port switch-nya dibebaskan, dan kabelnya tercatat lepas. Alamat dan nama domain dari tiket yang membawanya, bila ada, dilepaskan.",
    );
    await answer(">Kirim");
    await desk.sees(me, "⚪ Sudah tidak di sini, dahulu terpasang: SRV-SIMPEG");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "Cetak BAST");
    await desk.sees(me, "📄 Berita acara serah terima 030/17/2026", before);
    await say("/rak DC A2 U1");
    expect(inChat()).toContain("DC A2 U1\n⚪ Bebas");
    expect(inChat()).toMatch(/🔵 .* sampai .*: U1-2, terpasang SRV-SIMPEG \(Dinkes\), 555\/210\/2026, diakhiri Togar/);
    expect(inChat()).toMatch(/🟡 .* sampai .*: U1-2, dipesan Server SIMPEG \(Dinkes\)/);
    await answer(">⬆️ DC A2", ">Riwayat rak");
    expect(inChat()).toMatch(/U30,5-31, terpasang SRV-SIMPEG .*, diakhiri Togar Hutabarat, 030\/17\/2026 tanggal/);
  });

  test("that was reserved is given up, or ends by the clock", async () => {
    await say("/rak DC A2");
    await desk.press(me, "Pesan tempat");
    await answer("Sementara", "Dinkes", ">1", ">Depan saja", ">0", ">DC A2 U1 depan", "1/2/2026", ">Besok", ">Kirim");
    await desk.sees(me, "🟡 Dipesan: Sementara");
    await answer(">Batalkan pesanan tempat");
    expect(inChat()).toContain("⚪ Sudah tidak di sini, dahulu dipesan: Sementara");
    await say("/rak DC A2");
    await desk.press(me, "Pesan tempat");
    await answer("Sebentar", "Dinkes", ">1", ">Belakang saja", ">0", ">U1 belakang", "1/2/2026", ">Besok", ">Kirim");
    await desk.sees(me, "🟡 Dipesan: Sebentar");
    await desk.wakeAt(new Date(Date.now() + 3 * 24 * 60 * 60_000));
    await say("/rak DC A2 U1");
    expect(inChat()).toContain("⚪ Bebas");
    expect(inChat()).toContain("dipesan Sebentar (Dinkes), 1/2/2026, diakhiri Sistem");
  });
});

describe("a search", () => {
  test("opens a rack by its code, with that of its room where there are several", async () => {
    await say("/rak a2");
    expect(inChat()).toContain("🗄 DC A2 · 42U");
    await say("/rak");
    await answer(">Tambah ruang", "LT2", "Lantai dua", ">Tambah rak", "A2", "12");
    await say("/rak A2");
    expect(inChat()).toContain("Ada beberapa rak dengan kode itu: DC A2, LT2 A2.");
    await say("/rak lt2 a2");
    expect(inChat()).toContain("🗄 LT2 A2 · 12U");
  });

  test.each([
    ["/rak Z9", "Rak itu tidak ditemukan."],
    ["/rak DC A2 U43", "dari U1 sampai U42"],
    ["/rak DC A2 atas", "Unit itu tidak terbaca."],
    ["/rak <b>' or 1=1", "Rak itu tidak ditemukan."],
  ])("of %s says what is wrong", async (words, sentence) => {
    await say(words);
    expect(inChat()).toContain(sentence);
  });
});

describe("who may look only", () => {
  test.each(["infrastructure", "itSupport"] as const)(
    "%s sees racks and places, and is offered no change",
    async (who) => {
      await desk.tell(who, "/rak DC A2");
      expect(desk.newestWords(who)).toContain("🔵 U20-21 SRV-BESAR (Dinkes)");
      expect(labels(who)).toEqual(expect.arrayContaining(["🖼 Gambar rak", "📜 Riwayat rak"]));
      expect(labels(who).join()).not.toMatch(/Pasang|Pesan|Hapus|Ubah|Jalur/);
      await desk.press(who, "SRV-BESAR");
      expect(labels(who)).toEqual(["⬆️ DC A2"]);
      await desk.tell(who, "/rak");
      expect(labels(who).join()).not.toMatch(/Tambah|Pasang|Pesan/);
    },
  );
});

describe("the picture of a rack", () => {
  test("comes as a photo, and the drawing as a file", async () => {
    await say("/rak DC A2");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "Gambar rak");
    await desk.settled();
    const sent = await Promise.all([
      desk.sees(me, "sedang dibuat; foto dan berkas SVG-nya menyusul", before),
      desk.sees(me, "🖼 DC A2 Ruang server utama", before),
    ]);
    expect(sent).toHaveLength(2);
    await desk.until("both have come", () => {
      const after = desk.chat(me).filter((message) => message.message_id > before);
      return after.some((message) => "photo" in message) && after.some((message) => "document" in message);
    });
  });
});
