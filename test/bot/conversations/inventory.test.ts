import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "dataCenter", "helpDesk", "administrator", "user");
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

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answer(...answers: string[]): Promise<void> {
  for (const each of answers) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await say(each);
  }
}

/** Enters something by its form; what is not given is skipped. */
async function register(...answers: string[]): Promise<void> {
  await say("/perangkat");
  await desk.press(me, "Catat perangkat");
  await answer(...answers, ">Kirim");
}

const device = (name: string, { office = "Dinkes", serial = "" } = {}) => {
  const skipped = ">Lewati";
  return ["switch", office, name, "MikroTik CRS326", serial || skipped, skipped, "Lantai 2", "24", ">Menurut jenisnya"];
};

describe("the menu", () => {
  test("offers the inventory to those who keep it", async () => {
    for (const [who, isOffered] of [
      [me, true],
      ["dataCenter", true],
      ["helpDesk", false],
      ["user", false],
    ] as const) {
      await desk.tell(who, "/menu");
      expect(desk.labels(desk.newest(who)).includes("🖥 Perangkat")).toBe(isOffered);
    }
  });

  test("leads to what there is, which is nothing at first", async () => {
    await say("/menu");
    await desk.press(me, "🖥 Perangkat");
    expect(inChat()).toContain("Belum ada perangkat. Catat satu, atau impor daftar yang sudah ada.");
  });

  test.each(["helpDesk", "user"] as const)("%s is told whose it is; an administrator may", async (who) => {
    for (const command of ["/perangkat", "/perangkat SW-1"]) {
      await desk.tell(who, command);
      expect(desk.newestWords(who)).toContain("Perangkat dicatat oleh Infrastruktur, Data Center, dan IT Support.");
    }
    await desk.tell("administrator", "/perangkat");
    expect(desk.newestWords("administrator")).toContain("🖥 Perangkat");
  });
});

describe("a device", () => {
  test("is asked what its kind has, looked at once more, and shown", async () => {
    await register(...device("SW-DINKES-1", { serial: "HF208ABC" }));
    const words = inChat();
    for (const line of [
      "SW-DINKES-1 · Switch",
      "🟢 Dipakai",
      "Merek dan model: MikroTik CRS326",
      "Nomor seri: HF208ABC",
      "Lokasi: Lantai 2",
      "Port: 24, 0 terpakai",
      "Pengelola: belum terdaftar",
      "oleh Syahrul Munthe",
    ]) {
      expect(words).toContain(line);
    }
    expect(words).not.toContain("Penyedia");
    expect(labels()).toEqual([
      ...[
        "📡 Pantau perangkat ini",
        "✏️ Ubah data",
        "🏢 Pindahkan ke kantor lain",
        "🔵 Siap pakai",
        "🔴 Rusak",
        "⚫ Tidak dipakai lagi",
      ],
      ...["🔌 Port", "🕘 Riwayat", "◀️ Perangkat Dinkes", "◀️ Perangkat"],
    ]);
  });

  test("that cannot be is asked again, with which one has it", async () => {
    await register(...device("sw-dinkes-1"));
    expect(inChat()).toContain(
      "Nama itu sudah dipakai: 🟢 SW-DINKES-1 · Switch · Dinkes. Tulis nama lain, contoh: SW-DINKES-2.",
    );
    await answer("SW-DINKES-2", ">Kirim");
    expect(inChat()).toContain("SW-DINKES-2 · Switch");
    await register(...device("SW-DINKES-3", { serial: "hf208abc" }));
    expect(inChat()).toContain("Nomor seri itu sudah tercatat: 🟢 SW-DINKES-1 · Switch · Dinkes.");
    await answer("HF208ABD", ">Kirim");
    expect(inChat()).toContain("SW-DINKES-3 · Switch");
  });

  test("of text that would be markup or a formula stays text, or is refused", async () => {
    await register(...device("<b>SW & co</b>"));
    expect(inChat()).toContain("<b>SW & co</b> · Switch");
    await register(...device("=1+1"));
    expect(inChat()).toContain("Isian itu diawali =, +, -, atau @");
  });

  test("is counted by its kind, and listed by kind and by office", async () => {
    await register(...device("SW-DISDIK-1", { office: "Disdik" }));
    await say("/perangkat");
    expect(inChat()).toContain("Switch: 5");
    await desk.press(me, "Switch (5)");
    expect(inChat()).toContain("🖥 Switch");
    expect(labels()).toContain("🟢 SW-DISDIK-1 · Switch · Disdik");
    await say("/perangkat");
    await desk.press(me, "Menurut kantor");
    expect(labels()).toContain("Dinkes (4)");
    await desk.press(me, "Disdik (1)");
    expect(labels()).toEqual(["🟢 SW-DISDIK-1 · Switch · Disdik", "◀️ Perangkat"]);
  });

  test.each([
    ["part of its name", "disdik-1"],
    ["its place and its office", "lantai disdik"],
    ["its model", "crs326 Disdik"],
  ])("is found by %s", async (_, words) => {
    await say(`/perangkat ${words}`);
    expect(labels()).toContain("🟢 SW-DISDIK-1 · Switch · Disdik");
    expect(labels()).not.toContain("🟢 SW-DINKES-1 · Switch · Dinkes");
  });

  test("is opened at once by its name, and by its serial number from the question", async () => {
    await say("/perangkat sw-disdik-1");
    expect(inChat()).toContain("SW-DISDIK-1 · Switch");
    await say("/perangkat");
    await desk.press(me, "Cari perangkat");
    await answer("HF208AB");
    expect(labels().slice(0, 2)).toEqual(["🟢 SW-DINKES-1 · Switch · Dinkes", "🟢 SW-DINKES-3 · Switch · Dinkes"]);
    await say("/perangkat tidak-ada");
    expect(inChat()).toContain("Tidak ada yang cocok. Cari dengan nama, nomor seri");
  });
});

describe("a change", () => {
  test("begins at the last look with all that stands there, and is kept with before and after", async () => {
    await say("/perangkat SW-DINKES-1");
    await desk.press(me, "Ubah data");
    expect(inChat()).toContain("Nomor seri: HF208ABC");
    expect(inChat()).toContain("Nomor inventaris: tidak diisi");
    await desk.press(me, "✏️ Ubah");
    await desk.press(me, "Lokasi");
    await answer("Ruang server", ">Ubah", ">Nomor inventaris", "1.3.2/42", ">Kirim");
    expect(inChat()).toContain("Lokasi: Ruang server");
    expect(inChat()).toContain("Syahrul Munthe: Lokasi: Lantai 2 → Ruang server");
    expect(inChat()).toContain("Nomor inventaris: kosong → 1.3.2/42");
    await desk.press(me, "Riwayat");
    expect(inChat()).toContain("Riwayat SW-DINKES-1");
    expect(inChat()).toContain("Lokasi: Lantai 2 → Ruang server");
  });

  test("takes away what is skipped, and asks what another kind has", async () => {
    await say("/perangkat SW-DINKES-2");
    await desk.press(me, "Ubah data");
    await answer(">✏️ Ubah", ">Merek dan model", ">Hapus jawaban");
    expect(inChat()).toContain("Merek dan model: tidak diisi");
    await answer(">✏️ Ubah", ">Jenis", "LAN kantor", ">Kirim");
    expect(inChat()).toContain("SW-DINKES-2 · LAN kantor");
    expect(inChat()).toContain("Jenis: Switch → LAN kantor");
    expect(inChat()).not.toContain("Port:");
  });

  test("by a button or a form from before another change is refused", async () => {
    await say("/perangkat SW-DINKES-3");
    const page = desk.newest(me);
    await desk.press(me, "Ubah data");
    await answer(">✏️ Ubah", ">Lokasi", "Lantai 9");
    await desk.tell("dataCenter", "/perangkat SW-DINKES-3");
    await desk.press("dataCenter", "🔴 Rusak");
    expect(desk.newestWords("dataCenter")).toContain("🔴 Rusak");
    await desk.press(me, "Kirim");
    const changed = "Data perangkat itu sudah berubah sejak tombol atau isian ini dibuat.";
    expect(desk.allWords(me)).toContain(changed);
    expect(await desk.pressOn(me, page, "🔵 Siap pakai")).toContain(changed);
    expect(await desk.pressOn(me, page, "Ubah data")).toContain(changed);
  });

  test("of the office makes it another's", async () => {
    await say("/perangkat SW-DINKES-3");
    await desk.press(me, "Pindahkan ke kantor lain");
    await answer("Dinkes", ">Kirim");
    expect(inChat()).toContain("Perangkat itu sudah milik Dinkes. Pilih kantor lain.");
    await answer("Disdik", ">Kirim");
    expect(inChat()).toContain("Perangkat daerah: Dinkes → Disdik");
    expect(labels()).toContain("◀️ Perangkat Disdik");
  });

  test("of the number of ports never goes below one that was taken", async () => {
    await register(...device("SW-PORT"));
    const { id } = await desk.db
      .selectFrom("asset")
      .select("id")
      .where("name", "=", "SW-PORT")
      .executeTakeFirstOrThrow();
    await desk.db
      .insertInto("port_use")
      .values({ asset_id: id, asset_ports: 24, port: 20, since: new Date(), begun_by: 1 })
      .execute();
    await say("/perangkat SW-PORT");
    expect(inChat()).toContain("Port: 24, 1 terpakai");
    await desk.press(me, "Ubah data");
    await answer(">✏️ Ubah", ">Jumlah port", "16", ">Kirim");
    expect(inChat()).toContain(
      "Port 20 sudah pernah atau sedang dipakai, jadi jumlah port paling sedikit 20. Contoh: 20.",
    );
    await answer("20", ">Kirim");
    expect(inChat()).toContain("Port: 20, 1 terpakai");
    await desk.press(me, "Tidak dipakai lagi");
    expect(await desk.pressAndRead(me, "Ya, tidak dipakai lagi")).toContain("1 port SW-PORT masih dipakai.");
  });
});

describe("what is not used any more", () => {
  test("is retired after it was asked once more, stays with its history, and comes back as a spare", async () => {
    await register(...device("SW-TUA"));
    await desk.press(me, "Tidak dipakai lagi");
    expect(inChat()).toContain("SW-TUA tidak dipakai lagi? Riwayatnya tetap ada");
    await desk.press(me, "Kembali");
    expect(inChat()).toContain("🟢 Dipakai");
    await desk.press(me, "Tidak dipakai lagi");
    await desk.press(me, "Ya, tidak dipakai lagi");
    expect(inChat()).toContain("⚫ Tidak dipakai lagi");
    expect(labels()).toEqual(["🔵 Siap pakai", "🔌 Port", "🕘 Riwayat", "◀️ Perangkat Dinkes", "◀️ Perangkat"]);
    await say("/perangkat tua");
    await desk.press(me, "SW-TUA");
    await desk.press(me, "🔵 Siap pakai");
    expect(inChat()).toContain("Keadaan: Tidak dipakai lagi → Siap pakai");
  });
});

describe("contracts", () => {
  const contract = (name: string, end: string) => [
    "kontrak",
    "Dinkes",
    name,
    "PT Telkom",
    "4700-1",
    "200",
    end,
    ">Lewati",
    ">Menurut jenisnya",
  ];
  const daysFromNow = (days: number) => {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" });
    return parts.format(new Date(Date.now() + days * 86_400_000));
  };

  test("stand by their end, and say which ended and which end soon", async () => {
    await register(...contract("INET-LAMA", daysFromNow(-1)));
    expect(inChat()).toContain("Bandwidth: 200 Mbps");
    expect(inChat()).toContain("sudah berakhir");
    await register(...contract("INET-JAUH", daysFromNow(61)));
    await register(...contract("INET-DEKAT", daysFromNow(60)));
    await register(...contract("INET-HARI-INI", daysFromNow(0)));
    await say("/perangkat");
    await desk.press(me, "📄 Kontrak");
    const words = inChat();
    const order = ["INET-LAMA", "INET-HARI-INI", "INET-DEKAT", "INET-JAUH"].map((name) => words.indexOf(name));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(words).toMatch(/INET-LAMA \(Dinkes, PT Telkom, 200 Mbps\)\n🔴 .*, sudah berakhir/);
    expect(words).toMatch(/INET-HARI-INI .*\n🟠 .*, hari ini/);
    expect(words).toMatch(/INET-DEKAT .*\n🟠 .*, 60 hari lagi/);
    expect(words).toMatch(/INET-JAUH .*\n🟢 [^,]*$/m);
    await say("/perangkat 4700-1");
    expect(labels()).toContain("🟢 INET-JAUH · Kontrak bandwidth · Dinkes");
  });

  test.each([
    ["an end that nobody reads", "kapan-kapan", "Tanggal itu tidak terbaca."],
    ["an end in a hundred years", "31-12-2126", "Tanggal itu lebih dari 20 tahun lagi."],
  ])("with %s are asked again", async (_, end, sentence) => {
    await say("/perangkat");
    await desk.press(me, "Catat perangkat");
    await answer("kontrak", "Dinkes", "INET-X", "PT Telkom", ">Lewati", "200", end);
    expect(inChat()).toContain(sentence);
  });
});

describe("a device", () => {
  test("is put under watch from its page, says there how it is, and leads back", async () => {
    await register(...device("SW-DIPANTAU"));
    await say("/perangkat SW-DIPANTAU");
    await desk.press(me, "📡 Pantau perangkat ini");
    expect(inChat()).toContain("Ini berada di belakang apa?");
    await answer(">Tidak di belakang", ">Lewati", ">Lewati");
    expect(inChat()).toContain("SW-DIPANTAU");
    await desk.press(me, "Kirim");
    await say("/perangkat SW-DIPANTAU");
    expect(inChat()).toContain("Dipantau: ⚪ Tidak diketahui");
    await desk.press(me, "📡 Status");
    expect(inChat()).toContain("Belum ada pemeriksaan untuk ini.");
    await desk.press(me, "🧾 Inventaris");
    expect(inChat()).toContain("MikroTik CRS326");
    expect(labels()).not.toContain("📡 Pantau perangkat ini");
  });

  test("that is watched by its name already is tied to that at once", async () => {
    await desk.db
      .insertInto("monitor_target")
      .values({ kind: "device", name: "sw-lama", added_at: new Date() })
      .execute();
    await register(...device("SW-LAMA"));
    await say("/perangkat SW-LAMA");
    await desk.press(me, "📡 Pantau perangkat ini");
    expect(inChat()).toContain("sw-lama");
    expect(labels()).toContain("🧾 Inventaris");
    await say("/perangkat SW-LAMA");
    expect(inChat()).toContain("Dipantau: ⚪ Tidak diketahui");
    expect(labels()).not.toContain("📡 Pantau perangkat ini");
  });

  test("stays what is watched from its page by another name", async () => {
    await register(...device("SW-LAIN"));
    await say("/perangkat SW-LAIN");
    await desk.press(me, "📡 Pantau perangkat ini");
    await answer(">Tidak di belakang", ">Lewati", ">Lewati", ">Ubah", ">Nama", "Switch lobi");
    expect(inChat()).toContain("Switch lobi");
    await desk.press(me, "Kirim");
    await say("/perangkat SW-LAIN");
    expect(inChat()).toContain("Dipantau: ⚪ Tidak diketahui");
  });

  test("that was retired meanwhile is not watched", async () => {
    await register(...device("SW-PENSIUN"));
    await say("/perangkat SW-PENSIUN");
    const page = desk.newest(me);
    await desk.press(me, "Tidak dipakai");
    await desk.press(me, "Ya, tidak dipakai lagi");
    expect(await desk.pressOn(me, page, "📡 Pantau perangkat ini")).toContain("tidak dapat dipantau sebagai perangkat");
  });
});

describe("the system officer", () => {
  test("reads what their own office has, and nothing else", async () => {
    const officer = "colleague";
    await desk.link(officer);
    const { id } = await desk.db
      .selectFrom("person")
      .select("id")
      .where("name", "=", "Rina Wulandari")
      .executeTakeFirstOrThrow();
    await desk.db
      .insertInto("person_role")
      .values({ person_id: id, role: "system-officer", granted_at: new Date() })
      .execute();
    await desk.tell(officer, "/menu");
    await desk.press(officer, "🖥 Perangkat kantor");
    const shown = () => desk.labels(desk.newest(officer));
    expect(desk.newestWords(officer)).toContain("🖥 Dinas Kesehatan");
    expect(shown()).toContain("🟢 SW-DINKES-1 · Switch · Dinkes");
    expect(shown().join()).not.toContain("Disdik");
    await desk.press(officer, "SW-DINKES-1");
    expect(desk.newestWords(officer)).toContain("Lokasi: Ruang server");
    expect(desk.newestWords(officer)).not.toContain("Syahrul");
    expect(shown()).toEqual(["◀️ Perangkat Dinkes"]);
    await desk.tell(officer, "/perangkat SW-DISDIK-1");
    expect(desk.newestWords(officer)).toContain("🖥 Dinas Kesehatan");

    // It is another office's by the time the button is pressed.
    const list = desk.newest(officer);
    await desk.tell("dataCenter", "/perangkat SW-DINKES-1");
    await desk.press("dataCenter", "Pindahkan ke kantor lain");
    await desk.tell("dataCenter", "Disdik");
    await desk.press("dataCenter", "Kirim");
    expect(await desk.pressOn(officer, list, "SW-DINKES-1")).toContain("Perangkat dicatat oleh Infrastruktur");
  });
});
