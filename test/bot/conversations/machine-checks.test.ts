import { afterAll, beforeAll, expect, test } from "vitest";
import { machineResults } from "../../../bot/replies/hosting/machine-check-summary.ts";
import { finding, resultsOf } from "../../../core/domain/hosting/check.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
const officer = "dataCenter";
const words = (who: CastName) => desk.newestWords(who);

beforeAll(async () => {
  desk = await openDesk({
    checkFile: async (_path, kind) =>
      resultsOf(kind ?? "archive", {
        secrets: [finding("password-in-configuration", { path: "config/<db>.php", line: 7 })],
        licences: [finding("licence-unknown")],
      }),
  });
  await desk.link("user", "dataCenter", "helpDesk");
  await desk.settled();
});
afterAll(() => desk.close());

async function send(who: CastName, name: string): Promise<void> {
  const mimeType = "application/octet-stream";
  desk.server.people.sendDocument(desk.idOf(who), { bytes: Buffer.from(`isi ${name}`), name, mimeType });
  await desk.settled();
}

/** Files a request for hosting with its application, as far as the form asks for it. */
async function fileHosting(): Promise<number> {
  await desk.tell("user", "/menu");
  await desk.press("user", "Ajukan permintaan");
  await desk.press("user", "Penitipan aplikasi");
  await desk.press("user", "Aplikasi (hosting)");
  for (const text of ["SIMPEG", "simpeg", "555/210/2026", "20-11-2026"]) await desk.tell("user", text);
  await send("user", "surat.pdf");
  await desk.press("user", "Lanjut");
  await desk.tell("user", "Antrean loket, PHP 8 dan MariaDB.");
  await desk.press("user", "Ya");
  expect(words("user")).toContain("Kirim aplikasinya bila sudah ada");
  await send("user", "situs.zip");
  await desk.press("user", "Lanjut");
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  await desk.db
    .updateTable("ticket")
    .set({ state: "checking-hosting", holder: "data-center" })
    .where("id", "=", id)
    .execute();
  return id;
}

test("what a machine found in the application is shown, accepted and overruled one by one", async () => {
  const id = await fileHosting();
  const open = () => desk.tell(officer, `/tiket T-${id}`);
  await expect
    .poll(
      async () => {
        await open();
        return words(officer);
      },
      { interval: 200 },
    )
    .toContain("🤖 Pemeriksaan mesin: 7 pemeriksaan, 7 belum diputuskan");
  expect(words(officer)).toContain("❌ Rahasia dan dump di dalamnya (situs.zip)");
  expect(desk.labels(desk.newest(officer)).filter((label) => label.includes("hasil mesin"))).toEqual([]);

  await desk.press(officer, "🤖 Pemeriksaan mesin");
  expect(words(officer)).toContain("📄 situs.zip");
  await desk.press(officer, "Rahasia dan dump");
  expect(words(officer)).toContain("• Kata sandi dalam konfigurasi (config/<db>.php, baris 7)");
  await desk.press(officer, "✅ Sesuai, karena…");
  expect(words(officer)).toContain(
    `T-${String(id).padStart(4, "0")} · Putuskan hasil mesin: Rahasia dan dump di dalamnya`,
  );
  expect(words(officer)).toContain("Mengapa? Contoh: kata sandi di berkas contoh saja, bukan yang sungguhan.");
  await desk.tell(officer, "Hanya berkas contoh.");
  expect(words(officer)).toContain("🤖 Pemeriksaan mesin: 7 pemeriksaan, 6 belum diputuskan");

  await desk.press(officer, "🤖 Pemeriksaan mesin");
  await desk.press(officer, "Malware");
  expect(words(officer)).toContain("Tidak ada temuan.");
  await desk.press(officer, "👍 Setuju: Malware");
  expect(words(officer)).toMatch(/Malware: Sesuai → Sesuai menurut/);
  expect(words(officer)).toMatch(
    /Rahasia dan dump di dalamnya: Tidak sesuai → Sesuai menurut .*: Hanya berkas contoh\./,
  );
  // Who decides later reads what passes by a person's word alone, and whose.
  const read = (await machineResults(desk.db, id))?.markup.replace(/<[^>]*>/g, "") ?? "";
  expect(read).toMatch(/\(7\): \d sesuai, 1 dinyatakan sesuai oleh petugas, .*1 tidak diperiksa/);
  expect(read).toMatch(
    /✍️ Rahasia dan dump di dalamnya \(situs\.zip\), tidak sesuai menurut mesin\. .+: Hanya berkas contoh\./,
  );
  await desk.press(officer, "Lisensi");
  expect(desk.labels(desk.newest(officer)).some((label) => label.includes("Setuju:"))).toBe(false);
});

test("buttons name their file where there are several, and what passed is accepted in one press, which does nothing twice", async () => {
  const id = await fileHosting();
  await desk.tell(officer, `/tiket T-${id}`);
  await desk.press(officer, "Masukkan berkas aplikasi");
  expect(words(officer)).toContain("⚠️ Yang dimasukkan sebelumnya tidak dipakai lagi: situs.zip. Bila masih dipakai");
  expect(words(officer)).toMatch(/Kirim berkas aplikasinya: .+ Bila sudah, tekan Lanjut\./);
  await send(officer, "depan.zip");
  await send(officer, "belakang.zip");
  await desk.press(officer, "Lanjut");
  await desk.press(officer, "Lanjut");
  await expect
    .poll(
      async () => {
        await desk.tell(officer, `/tiket T-${id}`);
        return words(officer);
      },
      { interval: 200 },
    )
    .toContain("🤖 Pemeriksaan mesin: 14 pemeriksaan, 14 belum diputuskan");

  await desk.press(officer, "🤖 Pemeriksaan mesin");
  await desk.press(officer, "Malware (belakang.zip) · putuskan");
  const judging = desk.labels(desk.newest(officer));
  expect(judging).toContain("👍 Setuju: Malware (belakang.zip)");
  expect(judging).toContain("❌ Tidak sesuai, karena… (belakang.zip)");
  await desk.press(officer, "❌ Tidak sesuai, karena… (belakang.zip)");
  await desk.tell(officer, "Pemindai kantor menemukannya.");

  await desk.press(officer, "🤖 Pemeriksaan mesin");
  const list = desk.newest(officer);
  const button = desk.buttonsOf(list).find(({ text }) => text.startsWith("👍 Setujui semua yang lulus"));
  expect(button?.text).toBe("👍 Setujui semua yang lulus (9)");
  expect(await desk.pressData(officer, list.message_id, button?.callback_data ?? "")).toBe("");
  await desk.tell(officer, `/tiket T-${id}`);
  expect(words(officer)).toContain("🤖 Pemeriksaan mesin: 14 pemeriksaan, 4 belum diputuskan");
  const entries = () => desk.db.selectFrom("entry").select("id").where("ticket_id", "=", id).execute();
  const before = (await entries()).length;
  await desk.pressData(officer, list.message_id, button?.callback_data ?? "");
  expect((await entries()).length).toBe(before);
  await desk.tell(officer, `/tiket T-${id}`);
  await desk.press(officer, "🤖 Pemeriksaan mesin");
  expect(desk.labels(desk.newest(officer)).some((label) => label.includes("Setujui semua"))).toBe(false);
});

test("the requester and who does not work on it see no button of it", async () => {
  for (const who of ["user", "helpDesk"] as const) {
    const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    await desk.tell(who, `/tiket T-${id}`);
    const has = desk.labels(desk.newest(who)).some((label) => label.includes("Pemeriksaan mesin"));
    expect(has).toBe(who === "helpDesk");
  }
  await desk.press("helpDesk", "🤖 Pemeriksaan mesin");
  await desk.press("helpDesk", "Lisensi");
  const buttons = desk.labels(desk.newest("helpDesk"));
  expect(buttons).toEqual(["◀️ Semua pemeriksaan"]);
});
