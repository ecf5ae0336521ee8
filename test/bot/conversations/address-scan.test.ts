import { afterAll, beforeAll, expect, test } from "vitest";
import { showAddress } from "../../../core/domain/ipam/address.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
const me = "infrastructure";
const inChat = () => desk.newestWords(me);
const labels = () => desk.labels(desk.newest(me));
const refusedTo = (label: string) => desk.pressAndRead(me, label);
let hasFping = true;

beforeAll(async () => {
  const there = new Set(["10.1.2.5", "10.1.3.1"]);
  desk = await openDesk({
    ping: async (asked) => (hasFping ? asked.filter((address) => there.has(showAddress(address))) : "no-fping"),
  });
  await desk.link(me);
  await desk.settled();
});
afterAll(() => desk.close());

async function addPrefix(network: string): Promise<void> {
  await desk.tell(me, "/ip");
  await desk.press(me, "Tambah prefix");
  for (const text of ["Utama", network, "LAN Dinkes"]) await desk.tell(me, text);
}

test("a prefix is scanned from its page, and what differs is told, listed, and opened", async () => {
  await addPrefix("10.1.2.0/28");
  await desk.press(me, "Pindai tiap hari");
  await desk.sees(me, "📡 Pindaian dimulai begitu gilirannya tiba.");
  await desk.sees(me, "⚖️ Pindaian 10.1.2.0/28 LAN Dinkes menemukan yang berbeda dari catatan:");
  expect(inChat()).toContain("👻 Menjawab, tetapi tidak tercatat dipakai: 1");
  await desk.press(me, "Catatan dan kenyataan");
  expect(inChat()).toContain("👻 10.1.2.5 bebas: menjawab, tetapi tidak tercatat dipakai");
  await desk.press(me, "10.1.2.5");
  expect(inChat()).toContain("📡 Menjawab pindaian");
  expect(labels()).toContain("➕ Berikan alamat ini");
});

test("the page of the prefix says what was seen last", async () => {
  await desk.tell(me, "/ip 10.1.2.0/28");
  expect(inChat()).toMatch(/Pindaian .*: 1 dari 14 alamat menjawab/);
});

test("a second scan waits, and the scans end by a button", async () => {
  expect(await refusedTo("Pindai sekarang")).toBe("Pindaian prefix itu baru saja diminta. Coba lagi dalam 10 menit.");
  await desk.press(me, "Hentikan pindaian");
  expect(labels()).toContain("📡 Pindai tiap hari");
  await desk.tell(me, "/ip");
  await desk.press(me, "Catatan dan kenyataan");
  expect(inChat()).toContain("Belum ada yang dipindai.");
});

test("buttons of a page that is older than the scan say so", async () => {
  await addPrefix("10.1.4.0/28");
  const before = desk.newest(me);
  expect(await desk.pressOn(me, before, "Pindai tiap hari")).toBe("");
  expect(await desk.pressOn(me, before, "Pindai tiap hari")).toContain("Prefix 10.1.4.0/28 sudah dipindai tiap hari.");
  await desk.tell(me, "/ip 10.1.4.0/28");
  const during = desk.newest(me);
  await desk.pressOn(me, during, "Hentikan pindaian");
  expect(await desk.pressOn(me, during, "Pindai sekarang")).toContain("Prefix itu tidak dipindai.");
});

test("where fping is missing, the page says what to install", async () => {
  hasFping = false;
  await addPrefix("10.1.3.0/28");
  await desk.press(me, "Pindai tiap hari");
  await expect
    .poll(
      async () => {
        await desk.tell(me, "/ip 10.1.3.0/28");
        return inChat();
      },
      { interval: 200 },
    )
    .toContain("fping belum terpasang di server Simpul");
  await desk.tell(me, "/ip");
  await desk.press(me, "Catatan dan kenyataan");
  expect(inChat()).toMatch(/⚠️ 10\.1\.3\.0\/28: pindaian .*fping belum terpasang/);
  expect(inChat()).not.toContain("sesuai catatan");
});

test("what cannot be scanned says why", async () => {
  await addPrefix("169.254.0.0/16");
  expect(await refusedTo("Pindai tiap hari")).toContain("Prefix 169.254.0.0/16 tidak dapat dipindai");
  await desk.tell(me, "/ip 10.1.3.0/28");
  await desk.tell(me, "/ip");
  await desk.press(me, "Tambah prefix");
  for (const text of ["Zona lain", "10.1.3.0/24", "Kembar"]) await desk.tell(me, text);
  expect(await refusedTo("Pindai tiap hari")).toContain(
    "bertumpang tindih dengan 10.1.3.0/28 di zona Utama, yang sudah dipindai",
  );
});
