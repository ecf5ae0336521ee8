import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "helpDesk", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "infrastructure";
const inChat = () => desk.newestWords(me);
const labels = () => desk.labels(desk.newest(me));
const say = (text: string) => desk.tell(me, text);

const daysFromNow = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000);

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answer(...answers: string[]): Promise<void> {
  for (const each of answers) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await say(each);
  }
}

async function addPrefix(network: string, { zone = "Utama", name = "LAN" } = {}): Promise<void> {
  await say("/ip");
  await desk.press(me, "Tambah prefix");
  await answer(zone, network, name);
}

async function openPrefix(network: string): Promise<void> {
  await say(`/ip ${network}`);
}

async function give(network: string, which: string[], { name = "Server SIMPEG", basis = "555/210/2026" } = {}) {
  await openPrefix(network);
  await desk.press(me, "Berikan alamat");
  await answer(...which, "Dinkes", name, basis, ">Kirim");
}

describe("the menu", () => {
  test("offers addresses to infrastructure only", async () => {
    await say("/menu");
    expect(labels()).toContain("🌐 Alamat IP");
    for (const who of ["helpDesk", "administrator"] as const) {
      await desk.tell(who, "/menu");
      expect(desk.labels(desk.newest(who))).not.toContain("🌐 Alamat IP");
    }
  });

  test("leads to the prefixes, of which there are none at first", async () => {
    await say("/menu");
    await desk.press(me, "Alamat IP");
    expect(inChat()).toContain("Belum ada prefix. Tambahkan satu, contoh: 10.10.0.0/16.");
  });

  test("others are told whose it is, an administrator may", async () => {
    await desk.tell("helpDesk", "/ip");
    expect(desk.newestWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [infrastructure].");
    await desk.tell("helpDesk", "/ip 10.1.2.3");
    expect(desk.newestWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [infrastructure].");
    await desk.tell("administrator", "/ip");
    expect(desk.newestWords("administrator")).toContain("Alamat IP");
  });
});

describe("a prefix", () => {
  test("is added by three answers, and shown", async () => {
    await say("/ip");
    await desk.press(me, "Tambah prefix");
    expect(labels()).toContain("Utama");
    await answer(">Utama", "10.1.2.0/24", "LAN Dinkes");
    expect(inChat()).toContain("🏠 10.1.2.0/24 LAN Dinkes");
    expect(inChat()).toContain("Zona Utama · lokal · IPv4");
    expect(inChat()).toContain("0% terpakai, 254 bebas dari 254 alamat");
  });

  test("that cannot be is asked again, with what is wrong", async () => {
    await say("/ip");
    await desk.press(me, "Tambah prefix");
    await answer("Utama", "10.1.2.3/24");
    expect(inChat()).toContain("Mungkin maksud Anda: 10.1.2.0/24.");
    await answer("999.1.1.0/24");
    expect(inChat()).toContain("tiap bagian paling besar 255, di sini 999.");
    await answer("10.1.2.0/24", "Lagi");
    expect(inChat()).toContain("Prefix 10.1.2.0/24 sudah ada di zona ini.");
    await answer("10.0.0.0/8");
    expect(inChat()).toContain("🏠 10.0.0.0/8 Lagi");
    expect(inChat()).toContain("Prefix di dalamnya (1)");
    expect(labels()).toContain("↳ 10.1.2.0/24");
  });

  test("stands in the list below the one around it, with its utilisation, and leads there", async () => {
    await addPrefix("2001:db8::/64", { name: "Server IPv6" });
    await addPrefix("10.1.2.0/24", { zone: "Cabang", name: "LAN Cabang" });
    await say("/ip");
    const words = inChat();
    expect(words).toContain("Zona Cabang\n🏠 10.1.2.0/24 LAN Cabang: 0% terpakai, 254 bebas");
    expect(words).toContain("   🏠 10.1.2.0/24 LAN Dinkes: 0% terpakai, 254 bebas");
    expect(words).toContain("🌐 2001:db8::/64 Server IPv6: 0% terpakai, lebih dari 1 miliar bebas");
    await desk.press(me, "2001:db8::/64");
    expect(inChat()).toContain("Zona Utama · publik · IPv6");
  });

  test("gets another name", async () => {
    await openPrefix("2001:db8::/64");
    await desk.press(me, "Ubah nama");
    expect(labels()).toContain("Tetap Server IPv6");
    await answer("DMZ IPv6");
    expect(inChat()).toContain("2001:db8::/64 DMZ IPv6");
  });

  test("is removed after it was asked once more, and only where nothing is given", async () => {
    await addPrefix("10.77.0.0/24", { name: "Salah" });
    await desk.press(me, "Hapus prefix");
    expect(inChat()).toContain("Hapus prefix 10.77.0.0/24 Salah?");
    await desk.press(me, "Ya, hapus prefix");
    expect(inChat()).toContain("Prefix 10.77.0.0/24 sudah dihapus.");
    await addPrefix("10.78.0.0/24");
    await give("10.78.0.0/24", [">Bebas berikutnya"]);
    await openPrefix("10.78.0.0/24");
    await desk.press(me, "Hapus prefix");
    expect(await desk.pressAndRead(me, "Ya, hapus prefix")).toContain("Prefix ini masih berisi 1 alamat atau rentang");
  });
});

describe("an address", () => {
  test("is given: the next that is free", async () => {
    await addPrefix("10.20.0.0/29", { name: "DMZ" });
    await desk.press(me, "Berikan alamat");
    expect(labels()).toContain("⏭ Bebas berikutnya (10.20.0.1)");
    await answer(">Bebas berikutnya", "Dinkes", "Server SIMPEG", "555/210/2026");
    expect(inChat()).toContain("Untuk: Server SIMPEG");
    await desk.press(me, "Kirim");
    await desk.sees(me, "🔵 Dipakai: Server SIMPEG");
    expect(inChat()).toContain("10.20.0.1\nZona Utama, prefix 10.20.0.0/29 DMZ");
    expect(inChat()).toContain("Perangkat daerah: Dinas Kesehatan\nDasar: 555/210/2026");
  });

  test("is given: a wished one; one that cannot be had is asked again, and the rest stays", async () => {
    await openPrefix("10.20.0.0/29");
    await desk.press(me, "Berikan alamat");
    await answer(">Alamat tertentu");
    for (const [wish, sentence] of [
      ["999.1.1.1", "tiap bagian paling besar 255, di sini 999."],
      ["::ffff:10.20.0.2", "Tulis sebagai IPv4, contoh: 10.20.0.2."],
      ["10.20.0.2/29", "tanpa panjang prefix."],
      ["10.20.1.1", "Alamat 10.20.1.1 di luar prefix 10.20.0.0/29. Contoh yang di dalamnya: 10.20.0.6."],
      ["sepuluh", "Alamat IP itu tidak terbaca."],
    ] as const) {
      await answer(wish);
      expect(inChat()).toContain(sentence);
    }
    await answer("10.20.0.1", "Dinkes", "Server e-Puskesmas", "T-9999", ">Kirim");
    expect(inChat()).toContain("Tiket T-9999 tidak ada.");
    await answer("000.1/2026", ">Kirim");
    for (const [wish, sentence] of [
      ["10.20.0.0", "Alamat 10.20.0.0 menamai jaringannya sendiri"],
      ["10.20.0.7", "Alamat 10.20.0.7 adalah alamat broadcast"],
    ] as const) {
      expect(inChat()).toContain("⚠️");
      await answer(wish, ">Kirim");
      expect(inChat()).toContain(sentence);
    }
    await answer("10.20.0.5", ">Kirim");
    await desk.sees(me, "🔵 Dipakai: Server e-Puskesmas");
    expect(inChat()).toContain("10.20.0.5");
  });

  test("is released after it was asked once more, rests, and its history tells who had it", async () => {
    await say("/ip 10.20.0.5");
    await desk.press(me, "Lepaskan alamat");
    expect(inChat()).toContain("Lepaskan 10.20.0.5, Server e-Puskesmas (Dinkes)? Alamat itu dikarantina 30 hari");
    const question = desk.newest(me);
    await desk.press(me, "Ya, lepaskan alamat");
    expect(inChat()).toContain("🟠 Karantina");
    expect(inChat()).toMatch(
      /🔵 .* sampai .*: Dipakai, Server e-Puskesmas \(Dinkes\), 000.1\/2026, diakhiri Syahrul Munthe/,
    );
    expect(await desk.pressOn(me, question, "Ya, lepaskan")).toContain("Keadaan alamat itu sudah berubah");
    await desk.wakeAt(daysFromNow(31));
    await say("/ip 10.20.0.5");
    expect(inChat()).toContain("⚪ Bebas");
    expect(inChat()).toContain("Karantina, diakhiri Sistem");
    expect(labels()).toContain("➕ Berikan alamat ini");
  });

  test("is reserved until a day, and then used; or given up", async () => {
    await say("/ip 10.20.0.5");
    await desk.press(me, "Pesan alamat ini");
    await answer("Dinkes", "Server baru", "T-1", ">Besok", ">Kirim");
    expect(inChat()).toContain("Tiket T-0001 tidak ada.");
    await answer("800/1/2026", ">Kirim");
    await desk.sees(me, "🟡 Dipesan: Server baru");
    await desk.press(me, "Pakai sekarang");
    expect(inChat()).toContain("🔵 Dipakai: Server baru");
    await openPrefix("10.20.0.0/29");
    await desk.press(me, "Pesan alamat");
    await answer(">Bebas berikutnya", "Dinkes", "Lain", "801/1/2026", ">Besok", ">Kirim");
    await desk.press(me, "Batalkan pesanan");
    expect(inChat()).toContain("⚪ Bebas");
  });

  test("is corrected at a last look, and its history keeps what was written before", async () => {
    await say("/ip 10.78.0.1");
    const page = desk.newest(me);
    await desk.press(me, "Perbaiki keterangan");
    expect(inChat()).toContain("✏️ Perbaiki keterangan 10.78.0.1");
    expect(inChat()).toContain("Perangkat daerah: Dinas Kesehatan\n\nUntuk: Server SIMPEG\n\nDasar: 555/210/2026");
    await desk.press(me, "Kirim");
    expect(inChat()).toContain("Keterangan itu sama dengan yang sudah tercatat");
    await answer("Server SIMPEG 2", ">Kirim");
    await desk.sees(me, "🔵 Dipakai: Server SIMPEG 2");
    expect(inChat()).toMatch(/sampai sekarang: Dipakai, Server SIMPEG 2 \(Dinkes\), 555\/210\/2026/);
    expect(inChat()).toMatch(/Dipakai, Server SIMPEG \(Dinkes\), 555\/210\/2026, diakhiri Syahrul Munthe/);
    expect(await desk.pressOn(me, page, "Perbaiki keterangan")).toContain("Keadaan alamat itu sudah berubah");
  });

  test("that is reserved: who did it is told before it ends, and when it has ended", async () => {
    await addPrefix("10.22.0.0/30", { name: "Uji" });
    await desk.press(me, "Pesan alamat");
    await answer(">Bebas berikutnya", "Dinkes", "Server <uji>", "802/1/2026", ">3 hari lagi", ">Kirim");
    await desk.sees(me, "🟡 Dipesan: Server <uji>");
    await desk.wakeAt(daysFromNow(2.5));
    await desk.sees(me, "⏰ 10.22.0.1 dipesan untuk Server <uji> (Dinkes) sampai ");
    await desk.press(me, "Buka alamat");
    expect(inChat()).toContain("🟡 Dipesan: Server <uji>");
    await desk.wakeAt(daysFromNow(4));
    await desk.sees(
      me,
      /^⌛ Pesanan 10\.22\.0\.1 untuk Server <uji> \(Dinkes\) berakhir .*\. Alamat itu tidak disimpan lagi untuknya\.$/,
    );
    await desk.press(me, "Buka alamat");
    expect(inChat()).toContain("⚪ Bebas");
  });

  test("in quarantine can be freed at once", async () => {
    await say("/ip 10.20.0.5");
    await answer(">Lepaskan alamat", ">Ya, lepaskan alamat", ">Akhiri karantina");
    expect(inChat()).toContain("⚪ Bebas");
  });

  test("of a range that is kept free is not given, until the range is freed", async () => {
    await openPrefix("10.20.0.0/29");
    await desk.press(me, "Sisihkan rentang");
    await answer("10.20.0.1-10.20.0.4", "DHCP");
    expect(inChat()).toContain("Dalam rentang itu 10.20.0.1 sudah diberikan.");
    await answer("10.20.0.2-10.20.0.9");
    expect(inChat()).toContain("Yang dapat disisihkan: 10.20.0.1 sampai 10.20.0.6.");
    await answer("10.20.0.2-10.20.0.4");
    expect(inChat()).toContain("🟣 10.20.0.2-10.20.0.4 DHCP");
    expect(inChat()).toContain("dipakai 1, disisihkan 3");
    await desk.press(me, "🟣 10.20.0.2-10.20.0.4");
    await desk.press(me, "Bebaskan rentang");
    expect(inChat()).toContain("⚪ Bebas");
  });

  test("cannot be given where there is none left", async () => {
    await addPrefix("10.21.0.0/30");
    await give("10.21.0.0/30", [">Bebas berikutnya"]);
    await give("10.21.0.0/30", [">Bebas berikutnya"]);
    await openPrefix("10.21.0.0/30");
    expect(inChat()).toContain("100% terpakai, 0 bebas dari 2 alamat");
    expect(await desk.pressAndRead(me, "Berikan alamat")).toContain(
      "Prefix 10.21.0.0/30 habis: tidak ada alamat yang bebas.",
    );
  });
});

describe("a search", () => {
  test("opens an address at once, or asks which zone is meant", async () => {
    await say("/ip 10.20.0.1");
    expect(inChat()).toContain("Server SIMPEG");
    await say("/ip 10.1.2.9");
    expect(labels()).toEqual(expect.arrayContaining(["10.1.2.9 · zona Cabang", "10.1.2.9 · zona Utama"]));
    await desk.press(me, "10.1.2.9 · zona Cabang");
    expect(inChat()).toContain("Zona Cabang, prefix 10.1.2.0/24 LAN Cabang");
  });

  test("finds by name, letter, office and the beginning of an address", async () => {
    for (const words of ["simpeg", "555/210", "dinkes", "Kesehatan", "10.20."]) {
      await say("/ip");
      await desk.press(me, "Cari alamat");
      await answer(words);
      expect(labels().join()).toContain("🔵 10.20.0.1 · Server SIMPEG (Dinkes)");
    }
  });

  test("finds prefixes by their names", async () => {
    await say("/ip lan dinkes");
    expect(labels()).toContain("10.1.2.0/24 · LAN Dinkes · zona Utama");
  });

  test("of what is nowhere, or is no address, says so", async () => {
    await say("/ip 192.168.7.1");
    expect(inChat()).toContain(
      "Alamat 192.168.7.1 tidak ada dalam prefix mana pun. Tambahkan dahulu prefixnya, contoh: 192.168.7.0/24.",
    );
    await say("/ip 999.1.1.1");
    expect(inChat()).toContain("tiap bagian paling besar 255");
    await say("/ip zzz' or 1=1 <b>");
    expect(inChat()).toContain("Tidak ada yang cocok.");
    expect(inChat()).toContain("zzz' or 1=1 <b>");
    await say("/ip 10.20.0.0");
    expect(inChat()).toContain("Alamat jaringan atau broadcast: tidak diberikan kepada siapa pun.");
  });
});

describe("the picture of a prefix", () => {
  test("comes as a photo", async () => {
    await openPrefix("10.20.0.0/29");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "Gambar prefix");
    await desk.sees(me, "🖼 10.20.0.0/29 DMZ", before);
    expect(desk.newest(me)).toHaveProperty("photo");
  });
});
