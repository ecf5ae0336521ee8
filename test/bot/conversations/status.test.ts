import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordSamples } from "../../../core/actions/monitoring/record-samples.ts";
import { tellOfStoppedMonitor } from "../../../core/actions/monitoring/tell-of-stopped-monitor.ts";
import { markLook, markWebLook } from "../../../core/db/monitoring/last-look.ts";
import { listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import { insertSamples } from "../../../core/db/monitoring/monitor-samples.ts";
import { findTargetNamed } from "../../../core/db/monitoring/monitor-targets.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { answer, miss } from "../../support/monitoring.ts";
import { targetLines } from "../../support/target-file.ts";
import { pressForDocument, sendListFile } from "./lists-in-chat.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ pagesUrl: "https://desk.test/" });
  await desk.link("infrastructure", "helpDesk", "user", "otherOffice");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

type Who = Parameters<TestDesk["tell"]>[0];
const me = "infrastructure";
const words = (who: Who = me) => desk.newestScreen(who).text ?? "";
const labels = (who: Who = me) => desk.labels(desk.newestScreen(who));

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answers(...given: string[]): Promise<void> {
  for (const each of given) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await desk.tell(me, each);
  }
}

/** What is watched by its name, with a sample some seconds ago. */
async function seen(name: string, secondsAgo: number, isUp: boolean): Promise<void> {
  const target = await findTargetNamed(desk.db, name);
  const [check] = await listChecksOf(desk.db, target?.id ?? 0);
  const at = new Date(Date.now() - secondsAgo * 1_000);
  const samples = [{ ...(isUp ? answer(0) : miss(0)), checkId: check?.id ?? 0, at }];
  await desk.db.transaction().execute((tx) => recordSamples(tx, desk.setting(), { samples, uplink: "up" }));
  await desk.look();
  await desk.settled();
}

describe("what is watched", () => {
  test("is nothing at first, and says so to each as it concerns them", async () => {
    await desk.tell("user", "/status");
    expect(words("user")).toContain("Belum ada link atau aplikasi kantor Anda yang dipantau.");
    await desk.tell(me, "/menu");
    await desk.press(me, "Status jaringan");
    expect(words()).toContain("Belum ada yang dipantau.");
    expect(labels()).toContain("➕ Pantau sesuatu");
  });

  test("is put under watch by a form, with its first check", async () => {
    await desk.tell(me, "/status");
    await answers(">Pantau sesuatu", ">Link", "bersama", ">Tidak di belakang", "Trunk Utara", ">Internet", "PT Telkom");
    await answers(">Lewati", "100 Mbps", "31-12-2027", "147", "0");
    expect(words()).toContain("Angkanya dari 10 sampai 86400. Contoh: 30.");
    await answers(">Lewati");
    expect(labels()).toEqual(expect.arrayContaining(["95%", "97%", "98%", "99%", "99,5%", "99,9%"]));
    await answers("hampir semua");
    expect(words()).toContain("paling banyak dua desimal, contoh: 99,7%.");
    await answers("101");
    expect(words()).toContain("Persennya dari 50 sampai 100. Contoh: 99,7%.");
    await answers("99,7");
    expect(words()).toContain("Target ketersediaan: 99,7%");
    await answers(">Kirim");
    const trunk = desk.db.selectFrom("monitor_target").select("agreed_percent").where("name", "=", "Trunk Utara");
    expect(await trunk.executeTakeFirst()).toEqual({ agreed_percent: 99.7 });
    expect(words()).toContain("Pemeriksaan Trunk Utara");
    await answers(">Tambah pemeriksaan", ">Ping", "127.0.0.1");
    expect(words()).toContain("tidak dapat dipantau");
    await answers("10.1.0.1");
    expect(words()).toContain("1. ping 10.1.0.1");

    await desk.tell(me, "/status");
    await answers(
      ">Pantau sesuatu",
      ">Kantor",
      "Dinkes",
      "Trunk Utara",
      "Kantor Dinkes",
      "Jl. Merdeka 1, lantai 2",
      ">Lewati",
      ">Lewati",
      ">Lewati",
      ">Kirim",
    );
    await answers(">Tambah pemeriksaan", ">Port TCP", "10.1.2.3", "443");
    expect(words()).toContain("1. TCP 10.1.2.3 port 443");
  });

  test("is refused at the question for its name where that is taken, with an example of its kind", async () => {
    await desk.tell(me, "/status");
    await answers(">Pantau sesuatu", ">Aplikasi", "Dinkes", "Tidak di belakang");
    expect(words()).toContain("(contoh: SIMPEG)");
    await answers("trunk utara");
    expect(words()).toContain("Nama Trunk Utara sudah dipakai.");
    await answers(">Batal");
  });

  test("is watched by what a name server answers, of several addresses, too", async () => {
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "📋 Pemeriksaan");
    await answers(">Tambah pemeriksaan", ">Nama (DNS)", "simpeg.labura.go.id", "10.1.0.53", "10.1.2.4, simpeg");
    expect(words()).toContain("Alamat IP itu tidak terbaca.");
    await answers("10.1.2.4, 10.1.2.3");
    expect(words()).toContain("2. DNS simpeg.labura.go.id ke 10.1.2.3, 10.1.2.4");
    await desk.press(me, "Hapus DNS simpeg.labura.go.id");
  });

  test("is a page of a device, too, whose certificate does not matter; where one is in the way the page says how", async () => {
    const wayOut = "tambahkan halaman itu lagi dengan Sertifikat: Tidak dinilai";
    const addPage = async (certificate: string) => {
      await desk.tell(me, "/status kantor dinkes");
      await desk.press(me, "📋 Pemeriksaan");
      await answers(">Tambah pemeriksaan", ">Halaman web", "https://10.1.2.3/", ">Lewati", ">Lewati", certificate);
    };
    await addPage(">Lewati");
    expect(words()).toMatch(/^2\. halaman https:\/\/10\.1\.2\.3\/$/m);
    const target = await findTargetNamed(desk.db, "Kantor Dinkes");
    const [, page] = await listChecksOf(desk.db, target?.id ?? 0);
    const wrong = { ...miss(0), sent: 1, received: 1, problem: "certificate-invalid" as const };
    await desk.db
      .transaction()
      .execute((tx) => insertSamples(tx, [{ ...wrong, checkId: page?.id ?? 0, at: new Date() }]));
    await desk.tell(me, "/status kantor dinkes");
    expect(words()).toContain(wayOut);
    await desk.tell("user", "/status kantor dinkes");
    expect(words("user")).toContain("sertifikatnya tidak dapat dipercaya");
    expect(words("user")).not.toContain(wayOut);
    await addPage(">Tidak dinilai");
    expect(words()).toContain("3. halaman https://10.1.2.3/, sertifikat tidak dinilai");
    for (const _ of ["both", "of them"]) await desk.press(me, "Hapus halaman https://10.1.2.3/");
    expect(words()).not.toContain("halaman https");
  });

  test("is watched by a name, too: where nobody says where it leads that is said, and it is watched all the same", async () => {
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "📋 Pemeriksaan");
    await answers(">Tambah pemeriksaan", ">Ping", "dinkes.labura.go.id");
    await desk.sees(me, "Server nama tidak menjawab, jadi dinkes.labura.go.id belum dapat dipastikan.");
    expect(words()).toContain("2. ping dinkes.labura.go.id");
    await desk.press(me, "Hapus ping dinkes.labura.go.id");
  });

  test("is changed, and lies behind nothing that lies behind it", async () => {
    await desk.tell(me, "/status trunk utara");
    await desk.press(me, "✏️ Ubah");
    expect(words()).toContain("Selang (detik): 30 (mengikuti profil)");
    expect(words()).toContain("Target ketersediaan: 99,7%");
    await answers(">✏️ Ubah", ">Di belakang", "Kantor Dinkes", ">Kirim");
    expect(words()).toContain("keduanya akan saling di belakang");
    await answers(">Tidak di belakang", ">Kirim");
    expect(words()).toContain("🔗 Trunk Utara");
  });

  test("shows at a change what it inherits, and of what it lies behind", async () => {
    await desk.tell(me, "/status trunk utara");
    await desk.press(me, "✏️ Ubah");
    await answers(">✏️ Ubah", ">Selang", "60", ">✏️ Ubah", ">Batas latensi", "700", ">Kirim");
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "✏️ Ubah");
    expect(words()).toContain("Selang (detik): 60 (mengikuti Trunk Utara)");
    expect(words()).toContain("Target ketersediaan: 99,7% (mengikuti Trunk Utara)");
    expect(words()).toContain("Batas latensi (ms): 700 (mengikuti Trunk Utara)");
    expect(words()).toContain("Terputus setelah: 2 (mengikuti profil)");
    await answers(">✏️ Ubah", ">Di belakang", ">Tidak di belakang");
    expect(words()).toContain("Selang (detik): 30 (mengikuti profil)");
    await desk.tell(me, "/batal");
  });

  test("takes no address of a page that cannot be read, at its question", async () => {
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "📋 Pemeriksaan");
    await answers(">Tambah pemeriksaan", ">Halaman web");
    for (const wrong of ["simpeg.labura.go.id", "http://simpeg/", "ftp://simpeg.labura.go.id/", "https://"]) {
      await desk.tell(me, wrong);
      expect(words()).toContain("Alamat halaman itu tidak terbaca.");
    }
    await desk.tell(me, "https://a:b@simpeg.labura.go.id/");
    expect(words()).toContain("Jangan menulis nama pengguna dan kata sandi");
    await desk.tell(me, "https://simpeg.labura.go.id/");
    expect(words()).toContain("Status apa yang diharapkan?");
    await desk.tell(me, "/batal");
  });

  test("comes by a list, too: what is wrong is named by line, and the rest is taken", async () => {
    await desk.tell(me, "/status");
    await desk.press(me, "Impor CSV");
    const heading = /^jenis;.*$/m.exec(words())?.[0];
    const good = "kantor;Kantor Camat;;Trunk Utara;10.30.1.1";
    const rows = targetLines([good, "kantor;Kantor Lurah;;Tidak Ada", "link;Trunk Utara;;;;internet"]);
    const content = [heading, ...rows.map(({ cells }) => cells.join(";")), ""].join("\n");
    await sendListFile(desk, me, { name: "pantau.csv", content });
    expect(words()).toContain("1 baris siap, 1 sudah ada, 1 salah");
    expect(words()).toContain('Baris 3, kolom di_belakang: Tidak ada yang bernama "Tidak Ada"');
    expect(words()).toContain("Sudah ada: baris 4");
    await desk.press(me, "Impor 1 baris");
    await desk.tell(me, "/status Kantor Camat");
    expect(words()).toContain("🏢 Kantor Camat");
    await desk.press(me, "🗑 Hapus");
    await desk.press(me, "Ya, hapus dari pemantauan");
  });

  test("is nobody's to change but infrastructure's", async () => {
    await desk.tell("helpDesk", "/status Trunk Utara");
    expect(labels("helpDesk")).not.toContain("✏️ Ubah");
    expect(labels("helpDesk")).toContain("🔄 Periksa sekarang");
  });
});

describe("the status", () => {
  test("says what is down, since when and why, and those are told who look after it", async () => {
    await seen("Trunk Utara", 100, true);
    await seen("Kantor Dinkes", 100, true);
    await desk.tell(me, "/status");
    expect(words()).toContain("2 normal");
    await seen("Trunk Utara", 70, false);
    await seen("Kantor Dinkes", 70, false);
    await seen("Kantor Dinkes", 66, false);
    await seen("Trunk Utara", 65, false);
    expect(words()).toContain("🔴 Trunk Utara terputus");
    expect(words()).toContain("1 kantor di belakangnya: Kantor Dinkes");

    await desk.tell("user", "/status dinkes");
    expect(words("user")).toContain("🏢 Kantor Dinkes");
    expect(words("user")).toContain("📍 Jl. Merdeka 1, lantai 2");
    expect(words("user")).toMatch(/🔴 Terputus, sejak .* WIB \(1 menit\)/);
    expect(words("user")).toContain("Penyebab: Trunk Utara terputus, 1 kantor di belakangnya.");
    expect(words("user")).not.toContain("10.1.2.3");
    await desk.tell("user", "/status");
    expect(words("user")).toContain("🔴 Trunk Utara");

    await desk.press(me, "Saya tangani");
    expect(desk.allWords(me)).toContain("🙋 Ditangani Syahrul Munthe");
    expect(await desk.tell("helpDesk", "/status trunk").then(() => words("helpDesk"))).toContain("24 jam: ");
  });

  test("says since when nobody has looked, instead of taking what was for what is", async () => {
    const stopped = "⚠️ Pemantau tidak berjalan sejak";
    await desk.db.transaction().execute((tx) => markLook(tx, new Date(Date.now() - 90_000)));
    await desk.tell("user", "/status");
    expect(words("user")).toContain(stopped);
    await desk.tell("user", "/status dinkes");
    expect(words("user")).toContain(stopped);
    await desk.tell(me, "/status");
    await desk.press(me, "Link (1)");
    expect(words()).toContain(stopped);
    await desk.tell(me, "/status a");
    expect(words()).toContain(stopped);
    await desk.tell(me, "/status trunk");
    await desk.press(me, "Yang di belakangnya");
    expect(words()).toContain(stopped);
    await desk.tell(me, "/status");
    await desk.press(me, "Ekspor CSV");
    await desk.sees(me, /^📤 Status 2 yang dipantau, .* WIB\n⚠️ Pemantau tidak berjalan sejak/);
    await desk.press(me, "Gambar keadaan");
    await desk.sees(me, /^🖼 Status jaringan dan aplikasi\n⚠️ Pemantau tidak berjalan sejak/);
    await markLook(desk.db, new Date(Date.now() - 600_000));
    await markWebLook(desk.db, new Date());
    const told = { startedAt: new Date(0) };
    await desk.db.transaction().execute((tx) => tellOfStoppedMonitor(tx, desk.setting(), told));
    await desk.sees(me, /^⚠️ Pemantau tidak berjalan sejak .* WIB\.\nGangguan tidak diketahui selama itu/);
    await desk.db.transaction().execute((tx) => markLook(tx, new Date()));
    await desk.tell("user", "/status");
    expect(words("user")).not.toContain(stopped);
  });

  test("finds what was typed with slips, asks where several are meant, and shows nobody what is another office's", async () => {
    await desk.tell(me, "/status kantr dinks");
    expect(words()).toContain("🏢 Kantor Dinkes");
    await desk.tell(me, "/status a");
    expect(words()).toContain("Yang mana maksud Anda");
    await desk.press(me, "Trunk Utara");
    expect(words()).toContain("🔗 Trunk Utara");
    await desk.tell("otherOffice", "/status dinkes");
    expect(words("otherOffice")).toContain("tidak ada nama seperti dinkes; milik kantor lain tidak ditampilkan");
    expect(words("otherOffice")).not.toContain("contoh: Dinkes");
    await desk.tell(me, "/status entah");
    expect(words()).toContain("Tidak ada yang dipantau dengan nama seperti entah");
    await desk.tell(me, "/status");
    await answers(">🔎 Cari", "trunk utara");
    expect(words()).toContain("Internet · PT Telkom · 100 Mbps · kontrak sampai 31 Des 2027");
    await desk.db
      .updateTable("monitor_target")
      .set({ ends_on: "2020-12-31" })
      .where("name", "=", "Trunk Utara")
      .execute();
    await desk.tell(me, "/status trunk utara");
    expect(words()).toContain("⚠️ kontrak sudah berakhir 31 Des 2020");
  });

  test("finds by its provider and its circuit number for the desk alone", async () => {
    await desk.db
      .updateTable("monitor_target")
      .set({ circuit_number: "4700-1" })
      .where("name", "=", "Trunk Utara")
      .execute();
    for (const secret of ["telkom", "4700"]) {
      await desk.tell("helpDesk", `/status ${secret}`);
      expect(words("helpDesk")).toContain("🔗 Trunk Utara");
      await desk.tell("user", `/status ${secret}`);
      expect(words("user")).toContain(`tidak ada nama seperti ${secret}`);
    }
  });

  test("says of an office that is not watched that it is not, and whom to ask, instead of what is like it", async () => {
    await desk.tell("user", "/status Disdik");
    expect(words("user")).toContain("Dinas Pendidikan belum dipantau, jadi keadaannya tidak diketahui.");
    expect(words("user")).toContain("Minta petugas [infrastructure] memantaunya.");
    expect(labels("user")).not.toContain("➕ Pantau sesuatu");
    await desk.tell(me, "/status dinas pendidikan");
    expect(words()).toContain("Tekan ➕ Pantau sesuatu untuk memulainya.");
    await desk.press(me, "➕ Pantau sesuatu");
    expect(words()).toContain("Apa yang dipantau?");
    await desk.tell(me, "/batal");
  });

  test("reads of a long text as much as the search takes", async () => {
    await desk.tell("helpDesk", `/status ${"Trunk ".repeat(20)}${"zzzz ".repeat(500)}`);
    expect(words("helpDesk")).toContain("🔗 Trunk Utara");
  });

  test("is asked anew, which the playground does not do", async () => {
    await desk.tell("user", "/status dinkes");
    await desk.press("user", "Periksa sekarang");
    await desk.sees("user", "Ruang coba tidak menanyai jaringan yang sebenarnya.");
    expect(await desk.pressAndRead("user", "Periksa sekarang")).toContain("baru saja Anda periksa");
  });

  test("goes into a spreadsheet, with what each may see", async () => {
    const exported = async (who: Who) => {
      await desk.tell(who, "/status");
      const text = await pressForDocument(desk, who, "Ekspor CSV", "📤");
      return text.replace("\ufeff", "").trim().split("\r\n");
    };
    const [heading, ...lines] = await exported(me);
    expect(heading).toMatch(
      /^jenis;nama;kode_kantor;keadaan;sejak;penyebab;pemeliharaan;latensi_terakhir_ms;hilang_terakhir_persen;hilang_24_jam_persen;/,
    );
    expect(lines.map((line) => line.split(";").slice(0, 4).join(";"))).toEqual([
      "kantor;Kantor Dinkes;Dinkes;Terputus",
      "link;Trunk Utara;;Terputus",
    ]);
    expect(lines[0]).toContain(";Trunk Utara;");
    expect(lines[0]?.split(";")[4]).toMatch(/^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00$/);
    for (const address of ["10.1.0.1", "10.1.2.3"]) expect(lines.join()).not.toContain(address);
    // What was lost while it was down is in both.
    await desk.tell(me, "/status trunk utara");
    const [, lost] = words().match(/hilang ([\d,]+)% \(termasuk saat terputus\)/) ?? [];
    expect(Number(lost?.replace(",", "."))).toBeGreaterThan(0);
    expect(lines[1]?.split(";")[9]).toBe(lost?.includes(",") ? lost : `${lost},0`);
    await desk.tell(me, "/status");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "📤 Daftar untuk diperbaiki");
    await desk.sees(me, "📤 2 yang dipantau. Perbaiki di Excel", before);
    await desk.tell("helpDesk", "/status");
    expect(labels("helpDesk")).toContain("📤 Ekspor CSV");
    expect(labels("helpDesk")).not.toContain("📤 Daftar untuk diperbaiki");
    expect((await exported("otherOffice")).slice(1).map((line) => line.split(";")[1])).toEqual(["Trunk Utara"]);
  });

  test("says that it is back, in the message of the outage, too", async () => {
    for (const name of ["Trunk Utara", "Kantor Dinkes"]) {
      await seen(name, 20, true);
      await seen(name, 10, true);
    }
    expect(words()).toContain("✅ Trunk Utara normal kembali setelah");
    expect(desk.allWords(me)).toContain("Sampai ");
    await desk.tell(me, "/status");
    expect(words()).toContain("2 normal");
  });

  test("knows what beats by itself: its address comes once, and is renewed only after a second look", async () => {
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "📋 Pemeriksaan");
    await answers(">Tambah pemeriksaan", ">Tanda dari skrip", "0");
    expect(words()).toContain("Angkanya dari 1 sampai 44640. Contoh: ");
    await answers("1440", "60");
    expect(desk.allWords(me)).toContain("🔑 Alamat tanda Kantor Dinkes");
    expect(desk.allWords(me)).not.toContain("/beat/");
    await desk.tell(me, "/status kantor dinkes");
    expect(words()).toContain("tanda tiap 1 hari");
    expect(words()).toContain("Belum pernah berkabar");

    await desk.press(me, "📋 Pemeriksaan");
    await desk.press(me, "🔑 Alamat baru");
    expect(words()).toContain("Alamat yang lama langsung tidak berlaku");
    const token = () => desk.db.selectFrom("heartbeat_token").select("token_hash").executeTakeFirstOrThrow();
    const former = await token();
    await desk.press(me, "Ya, buat alamat baru");
    expect(await token()).not.toEqual(former);
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "📋 Pemeriksaan");
    await desk.press(me, "Hapus tanda tiap 1 hari");
    await desk.press(me, "Ya, hapus pemeriksaannya");
    await desk.tell("helpDesk", "/status kantor dinkes");
    expect(labels("helpDesk")).not.toContain("📋 Pemeriksaan");
  });

  test("counts and lists jobs apart, with words of their own", async () => {
    await desk.tell(me, "/status");
    await answers(">Pantau sesuatu", ">Pekerjaan berkala", "bersama", ">Tidak di belakang", "Backup SIMPEG", ">Lewati");
    await answers(">Kirim");
    expect(words()).toContain("Belum ada. Tambahkan satu: Tanda dari skrip.");
    await answers(">Tambah pemeriksaan", "1440", "60");
    await desk.tell(me, "/status backup simpeg");
    expect(words()).toContain("⏱ Backup SIMPEG");
    expect(words()).toContain("Belum pernah berkabar");
    expect(words()).not.toContain("Belum pernah diperiksa");
    await seen("Backup SIMPEG", 7_200, true);
    await desk.tell(me, "/status");
    expect(words()).toContain("2 normal\n⏱ Pekerjaan berkala: 1 normal");
    await desk.press(me, "Pekerjaan berkala (1)");
    expect(words()).toMatch(/🟢 Backup SIMPEG, terakhir berkabar /);

    await seen("Backup SIMPEG", 70, false);
    await seen("Backup SIMPEG", 65, false);
    expect(words()).toContain("🔴 Backup SIMPEG tidak berkabar\nDitunggu sejak ");
    await desk.tell(me, "/status");
    expect(words()).toContain("⏱ Pekerjaan berkala: 1 tidak berkabar");
    expect(words()).toMatch(/🔴 Backup SIMPEG, tidak berkabar sejak .* \(2 jam\)/);
    await desk.tell(me, "/status backup simpeg");
    expect(words()).toMatch(/🔴 Tidak berkabar, sejak .* WIB \(2 jam\); ditunggu sejak .* WIB\n/);
    expect(desk.allWords(me)).not.toMatch(/Backup SIMPEG.* terputus/);
    await desk.press(me, "🗑 Hapus");
    await desk.press(me, "Ya, hapus dari pemantauan");
  });

  test("knows maintenance, pauses and what is watched no more", async () => {
    await desk.tell(me, "/status kantor dinkes");
    await desk.press(me, "Pemeliharaan");
    await answers("besok 22.00", "besok 21.00");
    expect(words()).toContain("Akhirnya harus setelah mulainya.");
    await answers("sampai 21.00");
    expect(words()).toMatch(/Jam 21\.00 sudah lewat pada hari mulainya\. .* contoh: \d+-\d+-\d{4} 21\.00\./);
    await answers("besok 23.30", "Ganti UPS");
    expect(words()).toMatch(/🗓 Pemeliharaan terjadwal .* 22\.00 WIB sampai .* 23\.30 WIB: Ganti UPS/);
    expect(words()).not.toContain("🛠 Dalam pemeliharaan");
    await desk.press(me, "Batalkan jadwal");
    expect(words()).not.toContain("terjadwal");

    await desk.press(me, "Pemeliharaan");
    await answers("besok 22.00", "sejam");
    expect(words()).toContain("Tulis lamanya, atau sampai kapan, contoh: 1 jam, 15.00, atau besok 08.00.");
    expect(labels()).toContain("24 jam");
    await answers(">1 jam", "Ganti UPS");
    expect(words()).toMatch(/🗓 Pemeliharaan terjadwal .* 22\.00 WIB sampai .* 23\.00 WIB: Ganti UPS/);
    await desk.press(me, "Batalkan jadwal");

    await desk.press(me, "Pemeliharaan");
    await answers(">Sekarang", "24 jam", "Ganti router");
    expect(words()).toMatch(/🛠 Dalam pemeliharaan sampai .* WIB: Ganti router\n/);
    await desk.press(me, "Akhiri pemeliharaan");
    expect(words()).not.toContain("🛠 Dalam pemeliharaan");

    await desk.tell(me, "/status trunk utara");
    await desk.press(me, "Pemeliharaan");
    await answers("sampai 15:00");
    expect(words()).toContain("Tulis dahulu kapan mulainya, contoh: 22.00, atau besok 09.00.");
    await answers(">Sekarang", "sampai besok 15:00", "Ganti router");
    await desk.tell(me, "/status kantor dinkes");
    expect(words()).toMatch(/🛠 Dalam pemeliharaan sampai .*15\.00 WIB: Ganti router \(mengikuti Trunk Utara\)\n/);
    expect(labels()).toContain("🛠 Pemeliharaan");
    expect(labels()).not.toContain("🛠 Akhiri pemeliharaan");
    await desk.tell(me, "/status trunk utara");
    await desk.press(me, "Akhiri pemeliharaan");
    await desk.press(me, "🗑 Hapus");
    expect(words()).toContain("Yang tepat di belakangnya (1) tetap dipantau, dan tidak di belakang apa pun lagi.");
    await desk.tell(me, "/status kantor dinkes");

    await desk.press(me, "⏸ Jeda");
    expect(words()).toContain("⏸ Dijeda");
    await desk.press(me, "▶️ Lanjutkan");
    await desk.press(me, "🗑 Hapus");
    expect(words()).not.toContain("di belakang");
    await desk.press(me, "Ya, hapus dari pemantauan");
    expect(words()).toContain("1 normal");
    await desk.tell(me, "/status kantor dinkes");
    expect(words()).toContain("Tidak ada yang dipantau");
  });
});
