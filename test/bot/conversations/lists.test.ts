import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import { findPersonByTelegramUser } from "../../../core/db/people/people.ts";
import { insertDraft } from "../../../core/db/ticket/drafts.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { askRequester, complaintAtItSupport, confirmAndClose, fileComplaint, ticketOf } from "./complaints.ts";

const dayMs = 86_400_000;
let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "itSupport2", "dataCenter");
  await desk.settled();
});
afterAll(() => desk.close());

const number = (id: number) => `T-${String(id).padStart(4, "0")}`;

/** Lets that time pass since a ticket ended. */
async function pass(ms: number, ticketId: number): Promise<void> {
  const { ended_at: endedAt } = await ticketOf(desk, ticketId);
  await desk.db
    .updateTable("ticket")
    .set({ ended_at: new Date((endedAt?.getTime() ?? 0) - ms) })
    .where("id", "=", ticketId)
    .execute();
}

/** Ends all tickets, so that a list holds what a test files. */
beforeEach(async () => {
  const clock = new Date();
  await desk.db
    .updateTable("ticket")
    .set({ holder: null, assignee_id: null, state: "cancelled", ended_at: clock, changed_at: clock })
    .execute();
});

/** Files without the chat, where the form is not what is tested. */
async function file(who: CastName, count: number): Promise<number[]> {
  const ids: number[] = [];
  const clock = new Date();
  for (let index = 1; index <= count; index += 1) {
    await desk.db.transaction().execute(async (tx) => {
      const person = await findPersonByTelegramUser(tx, desk.idOf(who));
      if (person === undefined) throw new Error(`${who} is not linked`);
      const draft = { chatId: desk.idOf(who), personId: person.id, form: "filing", subject: {}, question: "x" };
      const draftId = await insertDraft(tx, { ...draft, answers: {}, now: clock, expiresAt: clock });
      const answers = { application: `Aplikasi ${index}`, description: "Rusak", "occurred-at": clock.toISOString() };
      const filed = await fileTicket(tx, person, desk.setting(), {
        procedure: "application-trouble",
        answers,
        draftId,
      });
      if (!filed.ok) throw new Error(filed.refusal.code);
      ids.push(filed.value);
    });
  }
  await desk.settled();
  return ids;
}

describe("Tiket saya", () => {
  test("turns its pages in place, newest first", async () => {
    const ids = await file("colleague", 8);
    await desk.tell("colleague", "/tiket");
    const list = desk.newest("colleague");
    expect(desk.labels(list).filter((label) => label.startsWith("T-"))).toEqual(
      ids
        .toReversed()
        .slice(0, 6)
        .map((id) => `${number(id)} · Aplikasi ${ids.indexOf(id) + 1}`),
    );
    expect(desk.labels(list).at(-1)).toBe("Berikutnya ▶️");

    await desk.press("colleague", "Berikutnya");
    expect(desk.newest("colleague").message_id).toBe(list.message_id);
    expect(desk.newestWords("colleague")).toContain("Tiket saya, halaman 2");
    expect(desk.labels(desk.newest("colleague"))).toEqual([
      `${number(ids[1] ?? 0)} · Aplikasi 2`,
      `${number(ids[0] ?? 0)} · Aplikasi 1`,
      "◀️ Sebelumnya",
    ]);

    await desk.press("colleague", "Sebelumnya");
    expect(desk.newest("colleague").message_id).toBe(list.message_id);
    expect(desk.labels(desk.newest("colleague"))).toEqual(desk.labels(list));
    await desk.press("colleague", `${number(ids[7] ?? 0)} ·`);
    expect(desk.newestWords("colleague")).toContain(`${number(ids[7] ?? 0)} · Gangguan aplikasi`);
  });

  test("without a ticket says how one is made", async () => {
    await desk.tell("dataCenter", "/tiket");
    expect(desk.newestWords("dataCenter")).toContain("Anda belum punya tiket.");
  });

  test.each(["/tiket T-0042", "/tiket t42", "/tiket T 42", "T-0042", "T-42", "t42", "  T-0042  "])(
    "a number is understood as %j",
    async (template) => {
      const [id = 0] = await file("colleague", 1);
      const typed = template.replace(/0042|42/, (digits) => String(id).padStart(digits.length, "0"));
      await desk.tell("colleague", typed);
      expect(desk.newestWords("colleague")).toContain(`${number(id)} · Gangguan aplikasi`);
    },
  );

  test("the ticket of somebody else is answered as one that does not exist", async () => {
    const [id = 0] = await file("colleague", 1);
    for (const command of ["/tiket ", ""]) {
      await desk.tell("user", `${command}${number(id)}`);
      const ofAnother = desk.newestWords("user");
      await desk.tell("user", `${command}T-9999`);
      expect(ofAnother).toBe(desk.newestWords("user"));
      expect(ofAnother).toContain("Tiket itu tidak ada, atau bukan milik Anda.");
    }
  });
});

describe("Antrean and Tugas saya", () => {
  test("show what waits for the person's own teams, and what the person works on", async () => {
    const [id = 0] = await file("user", 1);
    await desk.tell("helpDesk", "/antrean");
    expect(desk.newestWords("helpDesk")).toContain(`${number(id)} Aplikasi 1 (Dinkes)`);
    await desk.tell("itSupport", "/antrean");
    expect(desk.newestWords("itSupport")).toContain("Tidak ada tiket yang menunggu tim Anda.");
    await desk.tell("helpDesk", "/tugas");
    expect(desk.newestWords("helpDesk")).toContain("Tidak ada tiket yang sedang Anda kerjakan.");

    await desk.pressOn("helpDesk", desk.card("helpDesk", id), "Saya kerjakan");
    await desk.tell("helpDesk", "/tugas");
    expect(desk.newestWords("helpDesk")).toContain(`${number(id)} Aplikasi 1`);
    await desk.tell("helpDesk", "/antrean");
    expect(desk.newestWords("helpDesk")).toContain("dikerjakan Dewi Lestari");
    await desk.tell("helpDesk", "/menu");
    expect(desk.labels(desk.newest("helpDesk"))).toContain("📥 Antrean (1)");
    expect(desk.labels(desk.newest("helpDesk"))).toContain("🛠 Tugas saya (1)");
  });

  test("stand in the menu of the desk only", async () => {
    await desk.tell("user", "/menu");
    expect(desk.labels(desk.newest("user"))).toEqual([
      "📣 Lapor gangguan aplikasi",
      "📣 Lapor gangguan internet/intranet",
      "📝 Ajukan permintaan",
      "📶 Status jaringan",
      "🎫 Tiket saya",
      "🔎 Cari tiket",
      "⚠️ Laporkan kelemahan",
      "❓ Bantuan",
    ]);
    await desk.tell("user", "/antrean");
    expect(desk.newestWords("user")).toContain("Hanya petugas yang dapat melakukan ini.");
  });
});

describe("who does the work", () => {
  test("taking over tells who had it, and its buttons go there", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport2", "Ambil alih");

    expect(desk.newestWords("itSupport")).toBe(`${number(ticketId)} · SIMPEG\n↪️ Sekarang dikerjakan Fadli Tanjung.`);
    expect(desk.labels(desk.card("itSupport", ticketId))).not.toContain("Aplikasi normal");
    expect(desk.labels(desk.card("itSupport2", ticketId))).toContain("Aplikasi normal");
  });

  test("who presses a step of a ticket that a colleague has taken is told whose it is", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.press("helpDesk", "Belum diketahui");
    await desk.press("helpDesk", "Lewati");
    const card = desk.card("itSupport2", ticketId);
    await desk.press("itSupport", "Saya kerjakan");

    expect(await desk.pressOn("itSupport2", card, "Aplikasi normal")).toContain("sedang dikerjakan Budi Santoso");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");
  });

  test("handing over goes to a colleague of the team, who gets the card", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Alihkan ke rekan");
    expect(desk.labels(desk.newest("itSupport"))).toEqual(["Fadli Tanjung", "✖️ Batal"]);
    await desk.press("itSupport", "Fadli Tanjung");
    expect(desk.newestWords("itSupport")).toContain("Mengapa? Hanya petugas yang membacanya.");
    await desk.tell("itSupport", "Saya dinas luar sampai Jumat");

    expect(desk.wordsOf(desk.card("itSupport2", ticketId))).toContain("🔔 Tiket dialihkan kepada Anda");
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).toContain("Dikerjakan oleh: Fadli Tanjung");
    await desk.press("itSupport2", "Aplikasi normal");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-computer");
  });
});

describe("the end of a ticket", () => {
  test("cancelling asks why, and tells who works on it", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    expect(desk.newestWords("user")).toContain("Mengapa tiket ini dibatalkan?");
    await desk.tell("user", "Sudah pulih sendiri");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "cancelled", holder: null, assignee_id: null });
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).toContain("🚫 Tiket dibatalkan\n");
    expect(desk.labels(desk.card("itSupport", ticketId))).toEqual(["🕘 Riwayat"]);
    const order = await desk.db.selectFrom("work_order").selectAll().where("ticket_id", "=", ticketId).execute();
    expect(order).toMatchObject([{ closed_at: expect.any(Date) }]);
  });

  test("within 7 days the requester reopens it", async () => {
    const ticketId = await closedTicket();
    await pass(7 * dayMs - 60_000, ticketId);
    await desk.press("user", "Buka kembali");
    await desk.tell("user", "Kambuh lagi");

    expect(await ticketOf(desk, ticketId)).toMatchObject({ state: "filed", holder: "help-desk", resolution: null });
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("🔔 Tiket dibuka kembali\n");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.press("helpDesk", "Belum diketahui");
    await desk.press("helpDesk", "Lewati");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(`WO: WO-${number(ticketId).slice(2)}-2`);
  });

  test("after 7 days it is refused, and the card has no button for it", async () => {
    const ticketId = await closedTicket();
    const closing = desk.newest("user");
    await pass(7 * dayMs + 1, ticketId);

    expect(await desk.pressOn("user", closing, "Buka kembali")).toContain(
      "Tiket hanya dapat dibuka kembali dalam 7 hari.",
    );
    expect((await ticketOf(desk, ticketId)).state).toBe("closed");
    await desk.tell("user", number(ticketId));
    expect(desk.labels(desk.card("user", ticketId))).toEqual(["🕘 Riwayat"]);
  });

  async function closedTicket(): Promise<number> {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await confirmAndClose(desk);
    return ticketId;
  }
});

test("the history shows the chain of the work order and who did what, page by page", async () => {
  const ticketId = await complaintAtItSupport(desk);
  await desk.press("itSupport", "Aplikasi tidak normal");
  await desk.press("itSupport", "Di data center: teruskan WO");
  await desk.tell("itSupport", "Tolong cek servernya");
  await desk.press("dataCenter", "Bukan di data center");
  await desk.tell("dataCenter", "Server normal");
  await desk.tell("user", "Masih sama", desk.card("user", ticketId).message_id);
  await desk.pressOn("user", desk.card("user", ticketId), "Riwayat");

  const wo = `WO-${number(ticketId).slice(2)}-1`;
  const words = desk.newestWords("user");
  const chain = words.split("\n").filter((line) => line.startsWith(wo));
  expect(chain).toEqual([
    expect.stringContaining(`${wo} diterbitkan ke [it-support], Dewi Lestari`),
    expect.stringContaining(`${wo} diteruskan ke [data-center], Budi Santoso`),
    expect.stringContaining(`${wo} dikembalikan ke [it-support], Togar Hutabarat`),
  ]);
  expect(words).toContain("Siti Aminah menambah keterangan\n   Masih sama");
  expect(words).toContain("Togar Hutabarat mengembalikan WO ke IT Support: gangguan bukan di data center");
  expect(words).not.toContain("Siti Aminah melaporkan");
  const page = desk.newest("user");
  await desk.press("user", "Berikutnya");
  expect(desk.newest("user").message_id).toBe(page.message_id);
  expect(desk.newestWords("user")).toContain("Siti Aminah melaporkan");
});

test("what the desk notes with a step is for the desk: on the card of who goes on, and in its history only", async () => {
  const ticketId = await complaintAtItSupport(desk);
  await desk.press("itSupport", "Aplikasi tidak normal");
  await desk.press("itSupport", "Di data center: teruskan WO");
  await desk.tell("itSupport", "Pemohon sering mengeluh, cek servernya dulu");

  expect(desk.wordsOf(desk.card("dataCenter", ticketId))).toContain("Pemohon sering mengeluh");
  await desk.pressOn("dataCenter", desk.card("dataCenter", ticketId), "Riwayat");
  expect(desk.newestWords("dataCenter")).toContain("Pemohon sering mengeluh");
  await desk.pressOn("user", desk.card("user", ticketId), "Riwayat");
  expect(desk.chat("user").map(desk.wordsOf).join("\n")).not.toContain("Pemohon sering mengeluh");
});
