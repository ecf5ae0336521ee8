import { afterAll, beforeAll, expect, test } from "vitest";
import { findTargetNamed } from "../../../core/db/monitoring/monitor-targets.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { testMonitoring } from "../../support/monitoring-rules.ts";

let desk: TestDesk;
beforeAll(async () => {
  const monitoring = { ...testMonitoring, publicPage: ["applications", "jobs"] as const };
  desk = await openDesk({ pagesUrl: "https://desk.test/", rules: { monitoring } });
  await desk.link("infrastructure", "helpDesk", "user");
  await desk.settled();
});
afterAll(() => desk.close());

const me = "infrastructure";
const words = (who: Parameters<TestDesk["tell"]>[0] = me) => desk.newestScreen(who).text ?? "";

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answers(...given: string[]): Promise<void> {
  for (const each of given) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await desk.tell(me, each);
  }
}

async function add(kind: string, name: string): Promise<void> {
  await desk.tell(me, "/status");
  await answers(">Pantau sesuatu", `>${kind}`, "bersama", ">Tidak di belakang", name);
}

const question = "Bolehkah keadaannya tampil di halaman /status";

test("what is put under watch may be kept off the public page, and its own page says so to the desk", async () => {
  await add("Aplikasi", "Rahasia");
  await answers(">Lewati", ">Lewati");
  expect(words()).toContain(question);
  await answers(">Tidak");
  expect(words()).toContain("Tampilkan di halaman publik: Tidak");
  await answers(">Kirim");
  expect(await findTargetNamed(desk.db, "Rahasia")).toMatchObject({ isPublic: false });
  await desk.tell("helpDesk", "/status Rahasia");
  expect(words("helpDesk")).toContain("🌐 Tidak tampil di halaman publik.");
  await desk.tell("user", "/status Rahasia");
  expect(words("user")).not.toContain("halaman publik");
});

test("a change of anything else leaves it as it was, and it is changed by the same question", async () => {
  await desk.tell(me, "/status Rahasia");
  await answers(">✏️ Ubah", ">✏️ Ubah", ">Nama", "Rahasia Dua", ">Kirim");
  expect(await findTargetNamed(desk.db, "Rahasia Dua")).toMatchObject({ isPublic: false });
  await answers(">✏️ Ubah", ">✏️ Ubah", ">Tampilkan di halaman publik", ">Ya", ">Kirim");
  expect(words()).not.toContain("halaman publik");
  expect(await findTargetNamed(desk.db, "Rahasia Dua")).toMatchObject({ isPublic: true });
});

test("who skips it leaves it to the profile, and of what the profile shows nothing is asked nobody", async () => {
  await add("Pekerjaan berkala", "Backup");
  await answers(">Lewati");
  expect(words()).toContain(question);
  await answers(">Lewati", ">Kirim");
  expect(await findTargetNamed(desk.db, "Backup")).toMatchObject({ isPublic: true });
  await add("Kantor", "Kantor Camat");
  await answers(">Lewati", ">Lewati", ">Lewati", ">Lewati");
  expect(words()).not.toContain(question);
  expect(words()).not.toContain("halaman publik");
  await answers(">Kirim");
});

test("what is not asked stays when something else is changed", async () => {
  await desk.db.updateTable("monitor_target").set({ is_public: false }).where("name", "=", "Kantor Camat").execute();
  await desk.tell(me, "/status Kantor Camat");
  await answers(">✏️ Ubah", ">✏️ Ubah", ">Nama", "Kantor Camat Baru", ">Kirim");
  expect(await findTargetNamed(desk.db, "Kantor Camat Baru")).toMatchObject({ isPublic: false });
});
