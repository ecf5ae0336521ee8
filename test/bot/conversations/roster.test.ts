import { DateTime } from "luxon";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { tellOfRoster } from "../../../core/actions/shift/tell-of-roster.ts";
import { setRosterDays } from "../../../core/db/shift/duty-roster.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "itSupport2", "leadership");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("duty_roster").execute();
  await desk.db.deleteFrom("shift").execute();
});

const zone = "Asia/Jakarta";
const today = DateTime.now().setZone(zone).startOf("day");
const shown = (days: number) => today.plus({ days }).setLocale("id").toFormat("ccc d MMM yyyy");
const typed = (days: number) => today.plus({ days }).toFormat("d-M-yyyy");

async function idOf(name: string): Promise<number> {
  const found = await desk.db.selectFrom("person").select("id").where("name", "=", name).executeTakeFirstOrThrow();
  return found.id;
}

async function put(name: string, ...days: number[]): Promise<void> {
  const dates = days.map((each) => today.plus({ days: each }).toISODate() ?? "");
  const personId = await idOf(name);
  await desk.db.transaction().execute((tx) => setRosterDays(tx, dates, personId));
}

async function openRoster(who: "helpDesk" | "itSupport"): Promise<void> {
  await desk.tell(who, "/piket");
  await desk.press(who, "📅 Jadwal piket");
}

/** Whose day it is hears so now: this office opens at midnight. */
async function tellToday(): Promise<void> {
  const { rules, ...others } = desk.setting();
  const hours = { opens: { hour: 0, minute: 0 }, closes: { hour: 16, minute: 0 } };
  const week = { mondayToThursday: hours, friday: hours };
  const calendar = { ...rules.calendar, hours: { normal: week, ramadan: week } };
  const setting = { ...others, rules: { ...rules, calendar } };
  await desk.db.transaction().execute((tx) => tellOfRoster(tx, setting));
  await desk.settled();
}

test("is filled for some days, shown with whose day it is and who comes next, changed and cleared", async () => {
  await openRoster("helpDesk");
  expect(desk.newestWords("helpDesk")).toContain(`${shown(0)}, hari ini: kosong`);
  await desk.press("helpDesk", "➕ Isi jadwal");
  await desk.press("helpDesk", "Hari ini");
  await desk.tell("helpDesk", "besok");
  await desk.tell("helpDesk", "budi");
  const words = desk.newestWords("helpDesk");
  expect(words).toContain(`${shown(0)}, hari ini: Budi Santoso\n${shown(1)}: Budi Santoso\n${shown(2)}: kosong`);

  await desk.press("helpDesk", "➕ Isi jadwal");
  await desk.tell("helpDesk", typed(3));
  await desk.press("helpDesk", "Hanya");
  await desk.press("helpDesk", "Hasan Marpaung");
  await desk.tell("itSupport", "/piket");
  expect(desk.newestWords("itSupport")).toContain(
    `📅 Jadwal hari ini: Budi Santoso\nBerikutnya: Hasan Marpaung, ${shown(3)}`,
  );

  await desk.press("helpDesk", `✏️ ${shown(3)}`);
  const before = desk.newest("helpDesk");
  await desk.press("helpDesk", "✏️ Ubah");
  expect(desk.newestWords("helpDesk")).toContain(`📅 Ubah piket ${shown(3)}`);
  await desk.press("helpDesk", "Fadli Tanjung");
  expect(desk.newestWords("helpDesk")).toContain(`${shown(3)}: Fadli Tanjung`);
  expect(await desk.pressOn("helpDesk", before, "🗑 Hapus")).toContain("Jadwal hari itu sudah berubah.");
  await desk.press("helpDesk", `✏️ ${shown(3)}`);
  await desk.press("helpDesk", "🗑 Hapus");
  expect(desk.newestWords("helpDesk")).toContain(`${shown(3)}: kosong`);
});

test("goes on over pages of two weeks, and shows who has left the desk as passed over", async () => {
  await put("Siti Aminah", 0);
  await put("Budi Santoso", 20);
  await openRoster("itSupport");
  expect(desk.newestWords("itSupport")).toContain(`${shown(0)}, hari ini: Siti Aminah (bukan petugas lagi, dilewati)`);
  expect(desk.labels(desk.newest("itSupport")).join()).not.toMatch(/Isi jadwal|✏️/);
  expect(desk.newestWords("itSupport")).not.toContain(shown(14));
  await desk.press("itSupport", "▶️");
  expect(desk.newestWords("itSupport")).toContain(`${shown(20)}: Budi Santoso`);
  await desk.tell("itSupport", "/piket");
  expect(desk.newestWords("itSupport")).toContain(`📅 Jadwal hari ini: kosong\nBerikutnya: Budi Santoso, ${shown(20)}`);
});

test("says what is wrong with an example, and keeps what was entered", async () => {
  await put("Budi Santoso", 2);
  await openRoster("helpDesk");
  await desk.press("helpDesk", "➕ Isi jadwal");
  await desk.press("helpDesk", "Besok");
  await desk.tell("helpDesk", typed(40));
  await desk.press("helpDesk", "Fadli Tanjung");
  expect(desk.newestWords("helpDesk")).toContain(
    "Rentang itu 40 hari; paling lama 31 hari sekali isi. Contoh yang dapat: sampai ",
  );
  const latest = today.plus({ days: 31 }).setLocale("id").toFormat("d MMM yyyy");
  expect(desk.newestWords("helpDesk")).toContain(`sampai ${latest}, akhir yang paling jauh`);
  await desk.tell("helpDesk", typed(3));
  expect(desk.newestWords("helpDesk")).toContain(`${shown(2)} sudah diisi Budi Santoso. Pilih hari lain`);
  await desk.tell("helpDesk", "/batal");

  await desk.tell("user", "/piket");
  expect(desk.newestWords("user")).toContain("Hanya petugas yang dapat melakukan ini.");
});

test("tells whose day it is, who begins by its button; once it is somebody else's, its button is gone", async () => {
  await put("Budi Santoso", 0);
  await tellToday();
  const told = await desk.sees("itSupport", `📅 Anda piket hari ini, ${shown(0)}.`);
  await desk.pressOn("itSupport", told, "🧭 Mulai piket");
  expect(desk.newestWords("itSupport")).toContain("🧭 Petugas piket: Budi Santoso");

  await put("Fadli Tanjung", 0);
  await tellToday();
  await desk.sees("itSupport2", "📅 Anda piket hari ini");
  expect(desk.newestWords("itSupport2")).toContain("Sekarang masih Budi Santoso yang piket.");
  await openRoster("helpDesk");
  await desk.press("helpDesk", `✏️ ${shown(0)}`);
  await desk.press("helpDesk", "🗑 Hapus");
  await desk.sees("itSupport2", `📅 Jadwal berubah: Anda tidak lagi piket pada ${shown(0)}.`);
});

test("asks who is on duty from a day before to hand over, by a button of that shift", async () => {
  await put("Fadli Tanjung", 0);
  const personId = await idOf("Budi Santoso");
  const beganAt = today.minus({ hours: 4 }).toJSDate();
  await desk.db.insertInto("shift").values({ person_id: personId, began_at: beganAt }).execute();
  await tellToday();
  await desk.sees("itSupport", "Menurut jadwal hari ini Fadli Tanjung yang piket.");
  await desk.press("itSupport", "🔁 Serahkan piket");
  await desk.press("itSupport", "Fadli Tanjung");
  await desk.tell("itSupport", "Tidak ada yang terbuka");
  expect(desk.newestWords("itSupport2")).toContain("Budi Santoso menyerahkan piket kepada Anda.");
});
