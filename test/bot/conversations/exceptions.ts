import type { CastName, TestDesk } from "../../support/desk.ts";

/** Asks for an exception in the chat, question by question. @returns the ticket's id */
export async function askException(desk: TestDesk, by: CastName = "user", until = "30 hari lagi"): Promise<number> {
  await desk.tell(by, "/menu");
  await desk.press(by, "Ajukan permintaan");
  await desk.press(by, "Pengecualian dari ketentuan");
  await desk.tell(by, "Batas lampiran <e-mail>");
  await desk.tell(by, "Mengirim gambar perencanaan & peta");
  await desk.tell(by, until);
  await desk.press(by, "Ya, hanya untuk tugas kedinasan");
  await desk.press(by, "Lanjut");
  await desk.press(by, "Kirim");
  const { id } = await desk.db
    .selectFrom("ticket")
    .select((row) => row.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(id);
}

export const number = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;
