import { labura } from "./labura.ts";
import type { Playground } from "./playground.ts";

/** The user files a ticket: the first one of that database is T-0001. */
export async function fileTicket(playground: Playground): Promise<void> {
  await beginFiling(playground);
  await finishFiling(playground, "Layar putih setelah masuk.");
  await playground.sees(labura.user, "Tiket Anda sudah diterima");
}

/** Fills in the form as far as its second question. */
export async function beginFiling(playground: Playground): Promise<void> {
  await playground.press(labura.user, "Lapor gangguan aplikasi");
  await playground.asks(labura.user, "Aplikasi apa yang bermasalah?");
  await playground.press(labura.user, "SIMPEG");
  await playground.asks(labura.user, "Apa yang terjadi?");
}

/** Answers the second question and those that follow. */
export async function finishFiling(playground: Playground, description: string): Promise<void> {
  await playground.say(labura.user, description);
  await playground.asks(labura.user, "Sejak kapan terjadi?");
  await playground.press(labura.user, "Baru saja");
  await playground.asks(labura.user, "Kirim foto layar");
  await playground.press(labura.user, "Lanjut");
  await playground.asks(labura.user, "Periksa kembali");
  await playground.press(labura.user, "Kirim");
}
