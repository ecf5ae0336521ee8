import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import { addRole, findPersonByTelegramUser } from "../../../core/db/people/people.ts";
import type { Intercept } from "../../../telegram-server/server.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;
const silent: { chatId: string; text: string }[] = [];

/** Notes what was sent without a sound. */
const intercept: Intercept = async ({ method, fields }) => {
  if (method === "sendMessage" && fields.disable_notification === "true") {
    silent.push({ chatId: fields.chat_id ?? "", text: fields.text ?? "" });
  }
  return undefined;
};

/** Rina is the system officer of Siti's office. */
beforeAll(async () => {
  desk = await openDesk({ intercept });
  await desk.link("user", "colleague", "helpDesk", "itSupport", "infrastructure");
  await desk.settled();
  const person = desk.db.selectFrom("person").select("id").where("name", "=", "Rina Wulandari");
  const { id: personId } = await person.executeTakeFirstOrThrow();
  const grant = { personId, role: "system-officer", grantedBy: null, now: new Date() } as const;
  await desk.db.transaction().execute((tx) => addRole(tx, grant));
});
afterAll(() => desk.close());
beforeEach(async () => {
  silent.length = 0;
  await desk.db.deleteFrom("draft").execute();
});

/** Leads the ticket to the question to the requester. */
async function askRequester(ticketId: number): Promise<void> {
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
  await desk.press("helpDesk", "Belum diketahui");
  await desk.press("helpDesk", "Lewati");
  for (const label of ["Aplikasi normal", "Komputer pemohon normal", "Verifikasi ke pemohon"]) {
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), label);
  }
  await desk.tell("itSupport", "Sudah diperbaiki");
}

describe("the system officer of an office", () => {
  test("is told without a sound of what somebody of the office files, by the card", async () => {
    const ticketId = await fileComplaint(desk);
    const card = desk.card("colleague", ticketId);
    expect(desk.wordsOf(card)).toContain("🏢 Tiket baru dari kantor Anda");
    expect(desk.wordsOf(card)).toContain("Pemohon: Siti Aminah (Dinkes)");
    expect(desk.labels(card)).toEqual(expect.arrayContaining(["💬 Tambah keterangan", "Batalkan tiket"]));
    expect(silent.map(({ chatId }) => chatId)).toEqual([String(desk.idOf("colleague"))]);
  });

  test("is not told twice of what the officer files, and the requester is not an officer by it", async () => {
    const ticketId = await fileComplaint(desk, { by: "colleague" });
    expect(silent).toEqual([]);
    expect(desk.wordsOf(desk.card("colleague", ticketId))).not.toContain("Tiket baru dari kantor Anda");
    expect(desk.fromBot("user").some((message) => desk.wordsOf(message).includes(`T-000${ticketId}`))).toBe(false);
  });

  test("sees the tickets of the office, those that are open first, with who filed them", async () => {
    await desk.tell("colleague", "/menu");
    await desk.press("colleague", "🏢 Tiket kantor");
    expect(desk.newestWords("colleague")).toMatch(
      /Tiket kantor\n\nT-0002 .*\(Rina Wulandari\)[\s\S]*T-0001 .*\(Siti Aminah\)/,
    );
    const [newer] = [desk.card("colleague", 2)];
    await desk.pressOn("colleague", newer, "Batalkan tiket");
    await desk.tell("colleague", "Sudah jalan sendiri");
    await desk.tell("colleague", "/kantor");
    expect(desk.newestWords("colleague")).toMatch(/T-0001[\s\S]*T-0002/);
  });

  test("turns the pages of the office's tickets in place", async () => {
    const complaint = { application: "SIPD", description: "Tidak bisa dibuka", "occurred-at": "kemarin 08.00" };
    const input = { procedure: "application-trouble", answers: complaint, draftId: 0 };
    for (let count = 0; count < 6; count += 1) {
      await desk.db.transaction().execute(async (tx) => {
        const person = await findPersonByTelegramUser(tx, desk.idOf("user"));
        if (person !== undefined) await fileTicket(tx, person, desk.setting(), input);
      });
    }
    await desk.settled();
    await desk.tell("colleague", "/kantor");
    const list = desk.newest("colleague");
    await desk.press("colleague", "Berikutnya");
    expect(desk.newest("colleague").message_id).toBe(list.message_id);
    expect(desk.newestWords("colleague")).toContain("Tiket kantor, halaman 2");
  });

  test("confirms for the requester, whose question says who did, and who is told", async () => {
    await askRequester(1);
    const question = await desk.sees("user", "Apakah sudah normal?");
    await desk.tell("colleague", "T-1");
    await desk.pressOn("colleague", desk.card("colleague", 1), "Ya, sudah normal");
    expect((await ticketOf(desk, 1)).state).toBe("ready-to-close");
    const answered = desk.fromBot("user").find(({ message_id }) => message_id === question.message_id);
    expect(answered && desk.wordsOf(answered)).toMatch(/➡️ Ya, sudah normal, Rina Wulandari, \d+/);
    expect(desk.newestWords("user")).toContain("Kantor Anda menjawab atau mengubah tiket ini untuk Anda");
  });

  test("comments for the requester, and the desk reads it", async () => {
    await desk.pressOn("colleague", desk.card("colleague", 3), "Tambah keterangan");
    await desk.tell("colleague", "Satu ruangan kena semua");
    expect(desk.newestWords("helpDesk")).toContain("Satu ruangan kena semua");
  });

  test("cancels for the requester, who is told", async () => {
    await desk.tell("colleague", "T-3");
    await desk.pressOn("colleague", desk.card("colleague", 3), "Batalkan tiket");
    await desk.tell("colleague", "Dobel");
    expect((await ticketOf(desk, 3)).state).toBe("cancelled");
    expect(desk.newestWords("user")).toContain("Kantor Anda menjawab atau mengubah tiket ini untuk Anda");
  });

  test("learns nothing of a weakness that somebody of the office reports", async () => {
    await desk.tell("user", "/menu");
    await desk.press("user", "⚠️ Laporkan kelemahan");
    const before = desk.fromBot("colleague").length;
    await desk.tell("user", "Kunci ruang arsip dipinjamkan");
    const row = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    const number = `T-${String(row.id).padStart(4, "0")}`;

    expect(desk.fromBot("colleague")).toHaveLength(before);
    await desk.tell("colleague", "/kantor");
    expect(desk.newestWords("colleague")).not.toContain(number);
    await desk.tell("colleague", "/cari arsip");
    expect(desk.newestWords("colleague")).not.toContain(number);
    await desk.tell("colleague", number);
    expect(desk.newestWords("colleague")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");
  });

  test("keeps nothing of a ticket that turns out to be a weakness", async () => {
    const id = await fileComplaint(desk, { description: "Kata sandi ditempel di layar" });
    expect(desk.wordsOf(desk.card("colleague", id))).toContain("Kata sandi ditempel");
    await desk.pressOn("helpDesk", desk.card("helpDesk", id), "Lainnya");
    await desk.press("helpDesk", "Pindahkan ke Kelemahan");
    await desk.tell("helpDesk", "Ini kelemahan kantor itu");

    expect((await ticketOf(desk, id)).procedure).toBe("weakness");
    const number = `T-${String(id).padStart(4, "0")}`;
    expect(desk.allWords("colleague")).toContain(`${number}: tiket ini tidak lagi terbuka bagi Anda.`);
    expect(desk.allWords("colleague")).not.toContain("Kata sandi ditempel");
    expect(desk.fromBot("colleague").flatMap(desk.labels).join()).not.toContain(`T-${id} `);
  });
});

describe("who is no officer", () => {
  test("has neither the button nor the command, and a press is refused", async () => {
    const commands = (who: "user" | "colleague") =>
      desk.server.people.commands(desk.idOf(who)).map(({ command }) => command);
    await desk.tell("user", "/menu");
    expect(desk.labels(desk.newest("user")).join()).not.toContain("Tiket kantor");
    await desk.tell("user", "/kantor");
    expect(desk.newestWords("user")).toContain("Tiket kantor dilihat oleh pejabat pengelola sistem kantor.");
    expect(commands("user")).not.toContain("kantor");

    await desk.tell("colleague", "/menu");
    const menu = desk.newest("colleague");
    await desk.db.deleteFrom("person_role").where("role", "=", "system-officer").execute();
    expect(await desk.pressOn("colleague", menu, "Tiket kantor")).toContain("Tiket kantor dilihat oleh");
  });
});
