import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { putDevice, putPlace, putRack, reservePort } from "../../support/cables.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint } from "./complaints.ts";

let desk: TestDesk;
const devices: Record<string, number> = {};
beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "itSupport", "dataCenter", "helpDesk", "administrator", "user");
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

describe("the menu", () => {
  test("offers cables to the teams that lay them", async () => {
    for (const who of ["infrastructure", "itSupport", "dataCenter"] as const) {
      await desk.tell(who, "/menu");
      expect(desk.labels(desk.newest(who))).toContain("🔌 Kabel");
    }
    for (const who of ["helpDesk", "administrator", "user"] as const) {
      await desk.tell(who, "/menu");
      expect(desk.labels(desk.newest(who))).not.toContain("🔌 Kabel");
    }
  });

  test("leads to the cables, of which there are none; without devices none is laid", async () => {
    await say("/menu");
    await desk.press(me, "🔌 Kabel");
    expect(inChat()).toContain("Belum ada kabel.");
    expect(await desk.pressAndRead(me, "Pasang kabel")).toContain("Belum ada perangkat dengan port");
  });

  test("others are told whose cables are, an administrator may", async () => {
    for (const text of ["/kabel", "/kabel K-0001", "/kabel SW-A2"]) {
      await desk.tell("helpDesk", text);
      expect(desk.newestWords("helpDesk")).toContain("Data kabel hanya untuk petugas jaringan");
    }
    await desk.tell("administrator", "/kabel");
    expect(desk.newestWords("administrator")).toContain("Kabel");
  });
});

describe("a cable", () => {
  test("is laid by answers, its ports by buttons, and its page tells all of it", async () => {
    const rackId = await putRack(desk.db, "DC", "A2");
    devices.sw = await putDevice(desk.db, "SW-A2", { ports: 24 });
    devices.srv = await putDevice(desk.db, "SRV-SIMPEG", { ports: 2 });
    devices.out = await putDevice(desk.db, "Outlet <lobi>", { ports: 1, location: "Lobi" });
    await putPlace(desk.db, rackId, 42, devices.sw);
    await putPlace(desk.db, rackId, 20, devices.srv);
    await say("/kabel");
    await desk.press(me, "Pasang kabel");
    expect(labels()).toContain("SW-A2 · DC.A2.42");
    await answer("sw-a2");
    expect(inChat()).toContain("Port mana dari SW-A2?");
    expect(labels()).toContain("Berikutnya ▶️");
    await answer("14", ">SRV-SIMPEG", ">1", ">Tembaga", "T-77", ">Kirim");
    expect(inChat()).toContain("Tiket T-0077 tidak ada.");
    await answer("tujuh", ">Kirim");
    expect(inChat()).toContain("Nomor tiket itu tidak terbaca.");
    await desk.press(me, "Lewati");
    await desk.press(me, "Kirim");
    await desk.sees(me, "🔌 K-0001 DC.A2.20:1/DC.A2.42:14");
    expect(inChat()).toContain("Ujung 1: SW-A2 port 14 (Diskominfo), DC.A2.42");
    expect(inChat()).toContain("Ujung 2: SRV-SIMPEG port 1 (Diskominfo), DC.A2.20");
    expect(inChat()).toContain("Jenis: Tembaga (UTP/STP)");
    expect(inChat()).toMatch(/Dipasang: .* oleh Syahrul Munthe/);
    expect(inChat()).toContain("Label: Belum dicetak");
  });

  test("is found by its number, its code in any letters, and by a device; what is not there has near ones", async () => {
    for (const text of ["K-0001", "k1", "dc.a2.20:1/dc.a2.42:14"]) {
      await say(`/kabel ${text}`);
      expect(inChat()).toContain("🔌 K-0001");
    }
    await say("/kabel simpeg");
    expect(inChat()).toContain("🔎 simpeg\nK-0001 DC.A2.20:1/DC.A2.42:14");
    expect(labels()).toContain("🔌 Port SRV-SIMPEG");
    await say("/kabel DC.A2.20:1/DC.A2.42:41");
    expect(inChat()).toContain("Mungkin maksud Anda: DC.A2.20:1/DC.A2.42:14.");
    await say("/kabel K-0099");
    expect(inChat()).toContain("Kabel K-0099 tidak ada.");
    await say("/kabel");
    await desk.press(me, "Cari kabel");
    await answer("printer bendahara");
    expect(inChat()).toContain("Tidak ada kabel atau perangkat yang cocok.");
    await answer("A2.42");
    expect(labels()).toContain("K-0001 · SW-A2:14 – SRV-SIMPEG:1");
  });

  test("shows on the ports of its device where it goes; what is reserved is shown, too", async () => {
    const placeId = await putPlace(desk.db, await putRack(desk.db, "DRC", "B1"), 1, null);
    await reservePort(desk.db, devices.sw ?? 0, 2, placeId);
    await say("/kabel SW-A2");
    await desk.press(me, "Port SW-A2");
    expect(inChat()).toContain("Port SW-A2 · DC.A2.42\n2 dari 24 terpakai");
    expect(inChat()).toContain("⚪ 1 bebas\n🟡 2 dipesan untuk Server SIMPEG (Dinkes)\n⚪ 3 bebas");
    await desk.press(me, "Berikutnya");
    expect(inChat()).toContain("🔵 14 → SRV-SIMPEG:1 (K-0001)");
    await desk.press(me, "K-0001");
    expect(inChat()).toContain("🔌 K-0001");
  });

  test("is laid from the ports of a device; a port that is reserved for something else is asked again", async () => {
    await say("/kabel SW-A2");
    await desk.press(me, "Port SW-A2");
    await desk.press(me, "Pasang kabel di sini");
    expect(inChat()).toContain("Port mana dari SW-A2?");
    await answer("14");
    expect(inChat()).toContain("Jawaban itu tidak ada dalam pilihan.");
    await answer(">2 (dipesan: Server SIMPEG)", "lobi", ">1", ">Serat optik", ">Lewati", ">Kirim");
    expect(inChat()).toContain("Port 2 SW-A2 dipesan untuk Server SIMPEG (Dinkes).");
    await answer("3", ">Kirim");
    await desk.sees(me, "K-0002");
    expect(inChat()).toContain("DC.A2.42:3/OUTLET-LOBI:1");
    expect(inChat()).toContain("Ujung 2: Outlet <lobi> port 1 (Diskominfo), Lobi");
  });

  test("is moved at one end, and has another code; the former one is on its page and is found", async () => {
    await say("/kabel K-0001");
    const before = desk.newest(me);
    await desk.press(me, "Pindahkan ujung SW-A2:14");
    await answer(">SW-A2 · DC.A2.42", "15");
    expect(inChat()).toContain("Ujung yang lain tetap di SRV-SIMPEG:1.");
    await desk.press(me, "Kirim");
    await desk.sees(me, "K-0001 DC.A2.20:1/DC.A2.42:15");
    expect(inChat()).toMatch(/Label lama\nDC\.A2\.20:1\/DC\.A2\.42:14, sampai/);
    expect(await desk.pressOn(me, before, "Pindahkan ujung SW-A2")).toContain("sudah dipindahkan atau dilepas");
    expect(await desk.pressOn(me, before, "Lepas kabel")).toContain("sudah dipindahkan atau dilepas");
    await say("/kabel A2.42:14");
    expect(inChat()).toContain("K-0001 DC.A2.20:1/DC.A2.42:15, belum dicetak\n   label lama: DC.A2.20:1/DC.A2.42:14");
  });

  test("is printed: its labels come as PDF, and it is no longer among those that wait", async () => {
    await say("/kabel");
    await desk.press(me, "Belum dicetak (2)");
    expect(inChat()).toContain("K-0001");
    expect(inChat()).toContain("K-0002");
    await say("/kabel K-0001");
    await desk.press(me, "Cetak label");
    await desk.sees(me, "Label kabel sedang dibuat");
    const paper = await desk.sees(me, "Label 1 kabel, dua per kabel.");
    expect(desk.wordsOf(paper)).toContain("Belum dicetak: 1 kabel lagi.");
    await say("/kabel K-0001");
    expect(inChat()).toContain("Label: dicetak");
    await say("/kabel");
    await desk.press(me, "Belum dicetak (1)");
    expect(inChat()).not.toContain("K-0001");
    await desk.press(me, "Cetak semua (1)");
    await desk.sees(me, /^🏷 Label 1 kabel, dua per kabel\. .*100%\.$/);
    await say("/kabel");
    expect(labels().filter((label) => label.includes("Belum dicetak"))).toEqual([]);
  });

  test("of a ticket leads there, and is printed with the others of that ticket", async () => {
    await fileComplaint(desk);
    await say("/kabel");
    await desk.press(me, "Pasang kabel");
    await answer(">SW-A2", "5", ">SRV-SIMPEG", "2", ">Tembaga", "T-0001", ">Kirim");
    await desk.sees(me, "Tiket: T-0001");
    expect(labels()).toContain("🎫 Buka tiket");
    await desk.press(me, "Kabel T-0001");
    expect(inChat()).toContain("Kabel T-0001\nK-0003");
    await desk.press(me, "Cetak label tiket ini");
    await desk.sees(me, "Label 1 kabel", (await desk.sees(me, "Label kabel sedang dibuat")).message_id);
    await say("/kabel t1");
    await desk.press(me, "Buka tiket");
    await desk.sees(me, "Nomor: T-0001");
  });

  test("is removed after it was asked once more; both ports are free, and it is still found", async () => {
    await say("/kabel K-0002");
    await desk.press(me, "Lepas kabel");
    expect(inChat()).toContain("Lepas kabel K-0002 dari SW-A2:3 dan Outlet <lobi>:1? Kedua portnya menjadi bebas.");
    const question = desk.newest(me);
    await desk.press(me, "Ya, lepas kabel");
    expect(inChat()).toMatch(/✂️ Dilepas .* oleh Syahrul Munthe/);
    expect(labels().filter((label) => /Pindahkan|Cetak|Lepas/.test(label))).toEqual([]);
    expect(await desk.pressOn(me, question, "Ya, lepas")).toContain("sudah dipindahkan atau dilepas");
    await say("/kabel lobi");
    await desk.press(me, "Port Outlet");
    expect(inChat()).toContain("⚪ 1 bebas");
    await say("/kabel OUTLET-LOBI");
    expect(inChat()).toContain("K-0002 DC.A2.42:3/OUTLET-LOBI:1, dilepas");
  });

  test("comes with all others as a list", async () => {
    await say("/kabel");
    await desk.press(me, "Ekspor CSV");
    const file = await desk.sees(me, "📤 2 kabel");
    expect(file.document?.file_name).toBe("kabel.csv");
  });
});

describe("the QR code of a label", () => {
  test("opens the cable for who may see it, as often as it is read", async () => {
    for (let time = 0; time < 2; time += 1) {
      desk.server.people.start(desk.idOf("dataCenter"), "kabel-1");
      await desk.settled();
      expect(desk.newestWords("dataCenter")).toContain("🔌 K-0001 DC.A2.20:1/DC.A2.42:15");
    }
    desk.server.people.start(desk.idOf("dataCenter"), "kabel-99");
    await desk.settled();
    expect(desk.newestWords("dataCenter")).toContain("Kabel K-0099 tidak ada.");
  });

  test("tells others whose cables are, whether the cable is there or not", async () => {
    for (const payload of ["kabel-1", "kabel-99"]) {
      desk.server.people.start(desk.idOf("user"), payload);
      await desk.settled();
      expect(desk.newestWords("user")).toContain("Data kabel hanya untuk petugas jaringan");
    }
  });

  test("tells a stranger no more than anything else does", async () => {
    desk.server.people.start(desk.idOf("stranger"), "kabel-1");
    await desk.sees("stranger", "belum terdaftar");
    expect(desk.allWords("stranger")).not.toContain("K-0001");
  });
});
