import type { CastName, TestDesk } from "../../support/desk.ts";

export type Complaint = { application?: string; description?: string; by?: CastName };

/** Opens the form of application trouble, at the question that is open. */
export async function beginComplaint(desk: TestDesk, by: CastName = "user"): Promise<void> {
  await desk.tell(by, "/lapor");
  await desk.press(by, "Lapor gangguan aplikasi");
}

/** Files a complaint in the chat, question by question. @returns the ticket's id */
export async function fileComplaint(desk: TestDesk, complaint: Complaint = {}): Promise<number> {
  const { application = "SIMPEG", description = "Tidak bisa login", by = "user" } = complaint;
  await beginComplaint(desk, by);
  await desk.tell(by, application);
  await desk.tell(by, description);
  await desk.press(by, "Baru saja");
  await desk.press(by, "Lanjut");
  await desk.press(by, "Kirim");
  const { id } = await desk.db
    .selectFrom("ticket")
    .select((row) => row.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(id);
}

/** A complaint whose work order lies with IT Support, where `itSupport` has taken it. */
export async function complaintAtItSupport(desk: TestDesk, complaint: Complaint = {}): Promise<number> {
  const ticketId = await fileComplaint(desk, complaint);
  await issueWorkOrder(desk, ticketId);
  await desk.press("itSupport", "Saya kerjakan");
  return ticketId;
}

export async function issueWorkOrder(desk: TestDesk, ticketId: number): Promise<void> {
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
  await desk.press("helpDesk", "Belum diketahui");
  await desk.press("helpDesk", "Lewati");
}

/** From "verifying" to the question that the requester answers. */
export async function askRequester(desk: TestDesk, analysis = "Server dijalankan ulang"): Promise<void> {
  await desk.press("itSupport", "Verifikasi ke pemohon");
  await desk.tell("itSupport", analysis);
}

/** From the requester's question to the end. */
export async function confirmAndClose(desk: TestDesk, resolution = "Sudah normal kembali"): Promise<void> {
  await desk.press("user", "Ya, sudah normal");
  await desk.press("helpDesk", "Tutup");
  await desk.tell("helpDesk", resolution);
}

export async function ticketOf(desk: TestDesk, id: number) {
  return desk.db.selectFrom("ticket").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}
