import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { complaintAtItSupport, fileComplaint } from "./complaints.ts";

const longestName = 100;
const longestNote = 3800;

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "itSupport2", "dataCenter");
  await desk.settled();
  for (const { id, name } of await desk.db.selectFrom("person").select(["id", "name"]).execute()) {
    await desk.db
      .updateTable("person")
      .set({ name: name.padEnd(longestName, "&") })
      .where("id", "=", id)
      .execute();
  }
});
afterAll(() => desk.close());

const note = "<".repeat(longestNote);

const undeliverable = async () =>
  (await desk.db.selectFrom("outbox").select(["message", "last_error"]).where("state", "=", "dead").execute()).map(
    ({ message, last_error: error }) => `${JSON.stringify(message)}: ${error}`,
  );

test("a message of the longest texts and names can always be sent", { timeout: 60_000 }, async () => {
  const application = "&".repeat(longestName);
  const ticketId = await complaintAtItSupport(desk, { application, description: note });
  await desk.press("itSupport", "Aplikasi tidak normal");
  await desk.press("itSupport", "Di data center: teruskan WO");
  await desk.tell("itSupport", note);
  for (const check of ["Server", "Aplikasi dari intranet", "Database", "Koneksi intranet", "Kabel data"]) {
    await desk.press("dataCenter", `Periksa: ${check}`);
    await desk.press("dataCenter", "Tidak sesuai");
    await desk.tell("dataCenter", note);
  }
  await desk.tell("user", note, desk.card("user", ticketId).message_id);
  await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Catatan internal");
  await desk.tell("itSupport", note);
  await desk.press("dataCenter", "Bukan di data center");
  await desk.tell("dataCenter", note);
  for (let turn = 0; turn < 4; turn += 1) {
    await desk.press("itSupport", "Di data center: teruskan WO");
    await desk.tell("itSupport", note);
    await desk.press("dataCenter", "Bukan di data center");
    await desk.tell("dataCenter", note);
  }
  await desk.press("itSupport", "Di luar data center");
  await desk.tell("itSupport", note);
  await desk.press("helpDesk", "Arahkan pemohon");
  await desk.tell("helpDesk", note);
  await desk.press("helpDesk", "Tutup");
  await desk.press("helpDesk", "Pakai:");
  for (let page = 0; page < 3; page += 1) {
    if (page === 0) await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Riwayat");
    else await desk.press("itSupport", "Berikutnya");
    expect(desk.wordsOf(desk.newest("itSupport"))).toMatch(/^Riwayat/);
  }
  await desk.press("user", "Keluhan lengkap");

  expect(await undeliverable()).toEqual([]);
  expect(desk.newestWords("user").endsWith(note)).toBe(true);
});

test("a list of the longest subjects and names can be sent", async () => {
  for (let count = 0; count < 6; count += 1)
    await fileComplaint(desk, { application: "<".repeat(longestName), description: note });
  await desk.press("helpDesk", "Saya kerjakan");
  await desk.tell("helpDesk", "/antrean");
  await desk.tell("user", "/tiket");
  await desk.tell("user", note);

  expect(desk.newestWords("user")).toContain("Pesan ini untuk apa?");
  expect(await undeliverable()).toEqual([]);
});
