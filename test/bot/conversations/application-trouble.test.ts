import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "itSupport2", "dataCenter", "infrastructure");
});
afterAll(() => desk.close());

test("a complaint about an application in the data center is filed, worked and closed in the chat", async () => {
  await desk.press("user", "Lapor gangguan aplikasi");
  await desk.press("user", "SIMPEG");
  await desk.sees("user", "Apa yang terjadi?");
  desk.say("user", "Tidak bisa login");
  await desk.press("user", "Baru saja");
  await desk.press("user", "Lanjut");
  await desk.press("user", "Kirim");
  await desk.sees("user", "Tiket Anda sudah diterima");

  await desk.sees("helpDesk", "Tiket untuk tim Anda");
  await desk.press("helpDesk", "Terbitkan WO");
  await desk.press("helpDesk", "Di data center");
  await desk.press("helpDesk", "Lewati");
  await desk.sees("itSupport2", "Tiket untuk tim Anda");
  await desk.press("itSupport", "Saya kerjakan");
  await desk.press("itSupport", "Aplikasi tidak normal");
  await desk.press("itSupport", "Di data center: teruskan WO");
  await desk.press("itSupport", "Lewati");
  await desk.sees("itSupport", "Tercatat");

  for (const check of ["Server", "Aplikasi dari intranet", "Database", "Koneksi intranet", "Kabel data"]) {
    await desk.press("dataCenter", `Periksa: ${check}`);
    await desk.press("dataCenter", "Sesuai");
    await desk.press("dataCenter", "Lewati");
  }
  await desk.press("dataCenter", "Sudah diperbaiki");
  await desk.sees("dataCenter", "Apa yang diperbaiki?");
  desk.say("dataCenter", "Layanan aplikasi dijalankan ulang");

  await desk.press("itSupport", "Verifikasi ke pemohon");
  await desk.sees("itSupport", "Apa hasil analisis");
  desk.say("itSupport", "Server aplikasi sempat mati, sudah dijalankan ulang");
  await desk.sees("user", "Apakah sudah normal?");
  await desk.press("user", "Ya, sudah normal");
  await desk.press("helpDesk", "Tutup");
  await desk.press("helpDesk", "Pakai: Server aplikasi");

  await desk.sees("user", "Tiket Anda telah selesai");
  const ticket = await desk.db.selectFrom("ticket").selectAll().executeTakeFirstOrThrow();
  expect(ticket.state).toBe("closed");
  expect(ticket.resolution).toBe("Server aplikasi sempat mati, sudah dijalankan ulang");
});
