import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "helpDesk", "administrator");
  await desk.settled();
  await say("/ip");
  await desk.press(me, "Tambah prefix");
  await answer("Utama", "10.1.2.0/24", "DMZ");
  for (const address of ["10.1.2.3", "10.1.2.4", "10.1.2.53"]) {
    await say("/ip 10.1.2.0/24");
    await desk.press(me, "Berikan alamat");
    await answer(">Alamat tertentu", address, "Dinkes", "Server", "555/210/2026", ">Kirim");
  }
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const me = "infrastructure";
const inChat = () => desk.newestWords(me);
const labels = () => desk.labels(desk.newest(me));
const say = (text: string) => desk.tell(me, text);

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answer(...answers: string[]): Promise<void> {
  for (const each of answers) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await say(each);
  }
}

async function give(...answers: string[]): Promise<void> {
  await say("/nama");
  await desk.press(me, "Berikan nama");
  await answer(...answers);
}

const grounds = ["Aplikasi kepegawaian", "555/210/2026"];

describe("the menu", () => {
  test("offers names to infrastructure only", async () => {
    await say("/menu");
    expect(labels()).toContain("🔤 Nama domain");
    await desk.tell("helpDesk", "/menu");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("🔤 Nama domain");
  });

  test("leads to the names, of which there are none at first", async () => {
    await say("/menu");
    await desk.press(me, "Nama domain");
    expect(inChat()).toContain("0 dipakai, 0 dipesan, 0 karantina");
    expect(inChat()).toContain("Belum ada nama. Berikan satu, contoh: simpeg.labura.go.id.");
    expect(inChat()).toContain("server nama ns1.labura.go.id didaftarkan");
  });

  test("others are told whose it is, an administrator may", async () => {
    await desk.tell("helpDesk", "/nama");
    expect(desk.newestWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [infrastructure].");
    await desk.tell("helpDesk", "/nama simpeg");
    expect(desk.newestWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [infrastructure].");
    await desk.tell("administrator", "/nama");
    expect(desk.newestWords("administrator")).toContain("Nama domain");
  });
});

describe("a name", () => {
  test("is given by a few answers, wrong ones are asked again in one sentence", async () => {
    await give(">Aplikasi", "Dinkes");
    for (const [wrong, sentence] of [
      ["a".repeat(64), "Satu bagian nama paling panjang 63 huruf, di sini 64. Ringkas, contoh: simpeg."],
      ["xn--a", "Nama yang diawali xn-- tidak diberikan"],
      ["sim_peg", "Garis bawah tidak boleh dalam nama. Pakai tanda hubung, contoh: sim-peg."],
      ["simpeg.labura.go.id.", "Tulis nama tanpa titik di akhir. Contoh: simpeg.labura.go.id."],
      ["simpeg.cianjurkab.go.id", "Nama itu bukan di bawah labura.go.id."],
      ["sim peg", 'Tanda " " tidak boleh dalam nama.'],
      ["-simpeg", "Tanda hubung tidak boleh di awal atau di akhir sebuah bagian."],
      ["a..b", "Ada titik di depan, atau dua titik berurutan."],
    ] as const) {
      await say(wrong);
      expect(inChat()).toContain(sentence);
    }
    await answer("SIMPEG", ...grounds, "10.1.2.3");
    expect(inChat()).toContain("Tujuan: 10.1.2.3");
    await desk.press(me, "Kirim");
    expect(inChat()).toContain("simpeg.labura.go.id");
    expect(inChat()).toContain("🔵 Dipakai: Aplikasi kepegawaian");
    expect(inChat()).toContain("Tujuan: 10.1.2.3");
    expect(inChat()).toContain("Dasar: 555/210/2026");
    expect(labels()).toEqual(expect.arrayContaining(["🎯 Ubah tujuan", "↩️ Lepaskan nama"]));
  });

  test("that is taken, reserved for the Dinas or below another office's is asked again at the end", async () => {
    await give(">Aplikasi", "Dinkes", "simpeg", ...grounds, ">Lewati", ">Kirim");
    expect(inChat()).toContain("Nama simpeg.labura.go.id sudah dipakai.");
    await answer("www", ">Kirim");
    expect(inChat()).toContain('"www" adalah kata yang dicadangkan untuk pengelola domain.');
    await answer("api.tidakada.labura.go.id", ">Kirim");
    expect(inChat()).toContain("Nama bertingkat hanya di bawah nama yang dipakai kantor yang sama");
  });

  test("that looks like another is given to who says so", async () => {
    await give(">Aplikasi", "Dinkes", "s1mpeg");
    expect(inChat()).toContain("s1mpeg.labura.go.id mirip dengan simpeg.labura.go.id, jadi mudah tertukar.");
    await answer(">Ya, tetap pakai", ...grounds, ">Lewati", ">Kirim");
    expect(inChat()).toContain("s1mpeg.labura.go.id");
    expect(inChat()).toContain("Tujuan: belum ada");
  });

  test("of an office is suggested by its code", async () => {
    await give(">Situs perangkat daerah", "Dinkes");
    expect(labels()).toContain("dinkes");
    await answer(">dinkes", "Situs Dinkes", "T-9999", "simpeg.labura.go.id", ">Kirim");
    expect(inChat()).toContain("Tiket T-9999 tidak ada.");
    await answer("555/1/2026", ">Kirim");
    expect(inChat()).toContain("dinkes.labura.go.id");
    expect(inChat()).toContain("Tujuan: simpeg.labura.go.id");
  });

  test("that leads out of the office's place is asked why, and may not lead to a free address", async () => {
    await give(">Layanan lain", "Dinkes", "luar", ...grounds, "203.0.113.5");
    expect(inChat()).toContain("Tujuan itu di luar tempat Dinas. Apa alasannya?");
    await answer("Aplikasi umum", ">Kirim");
    expect(inChat()).toContain("Di luar tempat Dinas, karena: Aplikasi umum");
    await desk.press(me, "Ubah tujuan");
    await answer("10.1.2.99");
    await desk.press(me, "Kirim");
    expect(inChat()).toContain("Alamat 10.1.2.99 belum diberikan kepada siapa pun.");
    await answer("10.1.2.4", ">Kirim");
    expect(inChat()).toContain("Tujuan: 10.1.2.4");
    expect(inChat()).toContain("Dipakai, Dinkes, → 203.0.113.5");
  });

  test("is found by its label, an address, an office, and by nothing else", async () => {
    await say("/nama simpeg");
    expect(inChat()).toContain("🔵 Dipakai: Aplikasi kepegawaian");
    await say("/nama 10.1.2.3");
    expect(labels()).toContain("🔵 simpeg.labura.go.id");
    await say("/nama Kesehatan");
    expect(labels()).toContain("🔵 simpeg.labura.go.id");
    await say("/nama");
    await desk.press(me, "Cari nama");
    await say("tidak ada itu");
    expect(inChat()).toContain("Tidak ada yang cocok.");
  });

  test("is reserved until a day, and used or cancelled", async () => {
    await say("/nama");
    await desk.press(me, "Pesan nama");
    await answer(">Aplikasi", "Dinkes", "pesan", ...grounds, ">Lewati", "besok", ">Kirim");
    expect(inChat()).toContain("🟡 Dipesan: Aplikasi kepegawaian");
    await desk.press(me, "Pakai sekarang");
    expect(inChat()).toContain("🔵 Dipakai");
    await desk.press(me, "Lepaskan nama");
    expect(inChat()).toContain("Lepaskan pesan.labura.go.id, Dinkes? Nama itu dikarantina 30 hari, lalu bebas.");
    await desk.press(me, "Ya, lepaskan nama");
    expect(inChat()).toContain("🟠 Karantina");
    await desk.press(me, "Akhiri karantina");
    expect(inChat()).toContain("⚪ Bebas");
  });

  test("is named before its address is released, and goes with it", async () => {
    await say("/ip 10.1.2.3");
    expect(inChat()).toContain("Nama: simpeg.labura.go.id");
    await desk.press(me, "Lepaskan alamat");
    expect(inChat()).toContain("Nama yang ikut dilepaskan: simpeg.labura.go.id, dinkes.labura.go.id.");
    await desk.press(me, "Ya, lepaskan alamat");
    await say("/nama simpeg");
    expect(inChat()).toContain("🟠 Karantina");
  });
});

async function addVillage(village: string, district: string): Promise<void> {
  await say("/nama");
  await desk.press(me, "Daftar desa");
  await desk.press(me, "Tambah desa");
  await answer(village, district);
}

describe("a village", () => {
  test("is entered with its sub-district", async () => {
    await addVillage("Desa Aek Tapa", "Marbau");
    expect(inChat()).toContain("🏡 Desa Aek Tapa");
    expect(inChat()).toContain("Kecamatan Marbau");
    expect(inChat()).toContain("Namanya nanti: aektapa.desa.id.");
    await addVillage("Aek Tapa", "Marbau");
    expect(inChat()).toContain("Desa Aek Tapa di Kecamatan Marbau sudah ada.");
  });

  test("has the names of L V, the second where the first is registered already", async () => {
    await give(">Desa", "aek tapa");
    expect(labels()).toEqual(expect.arrayContaining(["aektapa.desa.id", "aektapa-labura.desa.id"]));
    await answer(">aektapa.desa.id", "Situs desa", "555/1/2026", "10.1.2.4", ">Kirim");
    expect(inChat()).toContain("🏡 Desa: Desa Aek Tapa (Marbau)");
    await addVillage("Sukarame", "Kualuh Hulu");
    await desk.press(me, "Berikan nama");
    await answer(">sukarame-labura.desa.id", "Situs desa", "555/1/2026", ">Lewati", ">Kirim");
    expect(inChat()).toContain("sukarame-labura.desa.id");
  });

  test("that is not known is refused with the nearest one, of two of one name it is asked which", async () => {
    await give(">Desa", "Aek Tepa");
    expect(inChat()).toContain("Tidak ada yang cocok. Mungkin maksud Anda: Aek Tapa (Marbau).");
    await addVillage("Sukarame", "Aek Kuo");
    await desk.db.deleteFrom("draft").execute();
    await give(">Desa", "Sukarame");
    expect(labels()).toEqual(expect.arrayContaining(["Sukarame (Aek Kuo)", "Sukarame (Kualuh Hulu)"]));
    await desk.press(me, "Sukarame (Aek Kuo)");
    expect(labels()).toContain("sukarame.desa.id");
    expect(labels()).not.toContain("sukarame-labura.desa.id");
  });

  test("has its application to the ministry, with what became of it", async () => {
    await say("/nama aektapa.desa.id");
    expect(labels()).toEqual(
      expect.arrayContaining(["📝 Sedang disiapkan", "📮 Dikirim Diskominfo", "📮 Dikirim desa"]),
    );
    await desk.press(me, "Dikirim desa");
    await answer("20-11-2026", "12/AT/2026");
    expect(inChat()).toContain("📮 20 Nov 2026: Dikirim desa, surat 12/AT/2026");
    await desk.press(me, "Ditolak");
    await answer("hari ini", ">Lewati", "Surat kuasa belum ada");
    expect(inChat()).toContain("Ditolak Kementerian, Surat kuasa belum ada");
    expect(inChat()).toContain("📮 20 Nov 2026: Dikirim desa");
    await desk.press(me, "Dikirim Diskominfo");
    await answer("hari ini", ">Lewati");
    await desk.press(me, "Disetujui");
    await answer("hari ini", ">Lewati");
    expect(inChat()).toContain("Disetujui Kementerian");
    expect(labels().filter((label) => /Dikirim|Ditolak|Disetujui/.test(label))).toEqual([]);
  });

  test("without names is removed", async () => {
    await addVillage("Salah Ketik", "Marbau");
    await desk.press(me, "Hapus desa");
    await desk.press(me, "Ya, hapus desa");
    expect(labels()).not.toContain("Salah Ketik (Marbau)");
  });
});

describe("mail and texts", () => {
  test("are added to the main domain and taken away", async () => {
    await say("/nama");
    await desk.press(me, "MX dan TXT");
    expect(inChat()).toContain("Belum ada catatan.");
    await desk.press(me, "Tambah catatan");
    await answer(">labura.go.id", ">MX: server e-mail", "10", "mail.labura.go.id", ">Kirim");
    expect(inChat()).toContain("Server mail.labura.go.id tidak sedang dipakai dengan alamat.");
    await desk.db.deleteFrom("draft").execute();
    await give(">Layanan lain", "Diskominfo", "mail", ...grounds, "10.1.2.53", ">Kirim");
    await say("/nama");
    await desk.press(me, "MX dan TXT");
    await desk.press(me, "Tambah catatan");
    await answer(">labura.go.id", ">MX: server e-mail", "10", "mail.labura.go.id", ">Kirim");
    expect(inChat()).toContain("labura.go.id MX 10 mail.labura.go.id");
    await say("/nama mail");
    expect(await desk.pressAndRead(me, "Lepaskan nama")).toContain("E-mail dikirim ke mail.labura.go.id.");
    await say("/ip 10.1.2.53");
    expect(await desk.pressAndRead(me, "Lepaskan alamat")).toContain("E-mail dikirim ke mail.labura.go.id.");
    await say("/nama");
    await desk.press(me, "MX dan TXT");
    await desk.press(me, "🗑 labura.go.id MX");
    await desk.press(me, "Ya, hapus catatan");
    expect(inChat()).toContain("Belum ada catatan.");
  });

  test("stand below labels with an underscore, and at no alias", async () => {
    await give(">Layanan lain", "Dinkes", "kantor", ...grounds, "10.1.2.4", ">Kirim");
    await give(">Layanan lain", "Dinkes", "alias", ...grounds, "kantor.labura.go.id", ">Kirim");
    await say("/nama");
    await desk.press(me, "MX dan TXT");
    await desk.press(me, "Tambah catatan");
    await answer("alias", ">TXT: teks", "v=spf1 -all", ">Kirim");
    expect(inChat()).toContain("alias.labura.go.id hanya menunjuk ke nama lain");
    await answer("_dmarc", ">Kirim");
    expect(inChat()).toContain("_dmarc.labura.go.id TXT v=spf1 -all");
    await desk.press(me, "Tambah catatan");
    await answer("_dmarc.kantor", ">TXT: teks", "v=DMARC1", ">Kirim");
    await say("/nama kantor");
    expect(await desk.pressAndRead(me, "Lepaskan nama")).toContain(
      "_dmarc.kantor.labura.go.id masih punya catatan MX atau TXT. Hapus dahulu catatannya lewat /nama, MX dan TXT.",
    );
    await say("/nama");
    await desk.press(me, "MX dan TXT");
    await desk.press(me, "Tambah catatan");
    await answer("_dmarc", ">TXT: teks", "v=spf1 -all", ">Kirim");
    expect(inChat()).toContain("Catatan itu sudah ada untuk _dmarc.labura.go.id.");
  });
});

describe("the check of names", () => {
  test("shows what does not lead where it should, and is done now on a press", async () => {
    const at = new Date("2026-11-22T00:00:00Z");
    const row = { checked_at: at, changed_at: at };
    await desk.db
      .insertInto("name_check")
      .values({ name: "kantor.labura.go.id", finding: "elsewhere", seen: JSON.stringify(["203.0.113.9"]), ...row })
      .execute();
    await say("/nama");
    await desk.press(me, "Pemeriksaan (1)");
    expect(inChat()).toContain("🚩 kantor.labura.go.id Menunjuk ke luar tempat Dinas (203.0.113.9), sejak 22 Nov 2026");
    await say("/nama kantor");
    expect(inChat()).toContain("Pemeriksaan DNS: 🚩 Menunjuk ke luar tempat Dinas (203.0.113.9)");
    await say("/nama");
    await desk.press(me, "Pemeriksaan (1)");
    await desk.press(me, "Periksa sekarang");
    expect(inChat()).toContain("Nama-nama sedang diperiksa.");
  });
});
