import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { removeRole } from "../../../core/db/people/people.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "leadership", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => void (await desk.db.deleteFrom("draft").execute()));

const newestTicket = async () => {
  const { id } = await desk.db
    .selectFrom("ticket")
    .select((row) => row.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(id);
};
const number = (id: number) => `T-${String(id).padStart(4, "0")}`;

test("is reported in two taps and the words, and is at once with leadership", async () => {
  await desk.tell("user", "/menu");
  await desk.press("user", "⚠️ Laporkan kelemahan");
  expect(desk.newestWords("user")).toContain("langsung sampai ke pimpinan");
  await desk.tell("user", "Pintu ruang server tidak terkunci sejak Senin");

  const id = await newestTicket();
  expect(await ticketOf(desk, id)).toMatchObject({ procedure: "weakness", state: "reported", holder: "leadership" });
  expect(desk.newestWords("user")).toContain("✅ Tiket Anda sudah diterima.");
  expect(desk.newestWords("user")).toContain(`${number(id)} · Kelemahan\nKeadaan: Dilaporkan, menunggu pimpinan`);
  expect(desk.newestWords("leadership")).toContain("Pintu ruang server tidak terkunci");
  expect(desk.labels(desk.newest("leadership"))).toEqual(
    expect.arrayContaining(["🙋 Saya kerjakan", "Catat dan tindak lanjuti"]),
  );
  await desk.tell("user", "/tiket");
  expect(desk.labels(desk.newest("user"))).toContain(`${number(id)} · Kelemahan`);
  expect(desk.newestWords("user")).not.toContain("Pintu");
});

test("a photo with its words is one report", async () => {
  await desk.tell("itSupport", "/menu");
  await desk.press("itSupport", "⚠️ Laporkan kelemahan");
  // A PNG as far as its header goes.
  const photo = Buffer.alloc(512);
  photo.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  photo.writeUInt32BE(40, 16);
  photo.writeUInt32BE(30, 20);
  desk.server.people.sendPhoto(desk.idOf("itSupport"), { bytes: photo, caption: "Kabel terkelupas di rak 2" });
  await desk.settled();

  const id = await newestTicket();
  expect((await ticketOf(desk, id)).answers).toEqual({ description: "Kabel terkelupas di rak 2" });
  expect(desk.labels(desk.newest("leadership"))).toContain("📎 Lampiran (1)");
});

test("is acknowledged, followed up by the help desk, and closed; the reporter is told of both ends", async () => {
  await desk.tell("user", "/menu");
  await desk.press("user", "⚠️ Laporkan kelemahan");
  await desk.tell("user", "Kata sandi ditempel di layar");
  const id = await newestTicket();

  await desk.press("leadership", "Catat dan tindak lanjuti");
  await desk.tell("leadership", "Terima kasih, segera kami periksa");
  expect(await desk.sees("user", "sudah dicatat dan ditindaklanjuti pimpinan")).toBeDefined();
  expect(desk.newestWords("user")).toContain("Terima kasih, segera kami periksa");

  await desk.press("leadership", "Minta help desk menindaklanjuti");
  await desk.tell("leadership", "Tolong ganti semua kata sandi di loket");
  expect(desk.newestWords("helpDesk")).toContain("Tolong ganti semua kata sandi di loket");
  await desk.press("helpDesk", "Laporkan hasil ke pimpinan");
  await desk.tell("helpDesk", "Sudah diganti");
  expect(desk.newestWords("leadership")).toContain("Sudah diganti");
  expect((await ticketOf(desk, id)).state).toBe("acting");
  await desk.press("leadership", "Tutup");
  await desk.press("leadership", "Pakai: Sudah diganti");

  expect(await ticketOf(desk, id)).toMatchObject({ state: "closed", resolution: "Sudah diganti" });
  expect(desk.newestWords("user")).toContain("telah selesai ditangani. Hasil akhir:");
  expect(desk.allWords("user")).not.toContain("Tolong ganti semua");
});

test("where nobody is leadership, the help desk and the administrators are told; nobody else may act on it", async () => {
  const { id: personId } = await desk.db
    .selectFrom("person")
    .select("id")
    .where("name", "=", "Hasan Marpaung")
    .executeTakeFirstOrThrow();
  await desk.db.transaction().execute((tx) => removeRole(tx, personId, "leadership"));
  await desk.tell("user", "/menu");
  await desk.press("user", "⚠️ Laporkan kelemahan");
  await desk.tell("user", "Genset bocor");

  const id = await newestTicket();
  const told = `⚠️ ${number(id)} (Kelemahan) menunggu [leadership], tetapi tidak ada pemegang peran itu`;
  expect(desk.newestWords("helpDesk")).toContain(told);
  expect(desk.newestWords("administrator")).toContain(told);
  expect(desk.newestWords("administrator")).not.toContain("Genset");
  expect(desk.labels(desk.newest("administrator"))).toEqual([]);
  await desk.press("helpDesk", "Buka tiket");
  expect(desk.labels(desk.newest("helpDesk"))).not.toContain("Catat dan tindak lanjuti");
});
