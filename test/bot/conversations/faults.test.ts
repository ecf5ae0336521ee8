import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { complaintAtItSupport, fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());

const accountOf = (telegramUserId: number) =>
  desk.db
    .selectFrom("telegram_account")
    .selectAll()
    .where("telegram_user_id", "=", telegramUserId)
    .executeTakeFirstOrThrow();

describe("a requester who blocks the bot", () => {
  test("is marked unreachable, who works on the ticket is told, and the rest goes on", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const before = desk.fromBot("user").length;
    desk.server.people.block(desk.idOf("user"));
    await desk.settled();

    expect(await accountOf(desk.idOf("user"))).toMatchObject({ unreachable_since: expect.any(Date) });
    expect(desk.newestWords("itSupport")).toContain("⚠️ Pemohon memblokir bot. Hubungi lewat telepon atau surat.");
    await desk.press("itSupport", "Balas ke pemohon");
    await desk.tell("itSupport", "Sudah kami terima");
    expect(desk.allWords("itSupport")).toContain("Tersimpan, tetapi belum sampai");
    await desk.press("itSupport", "Buka tiket");
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).toContain("⚠️ Pemohon tidak dapat dihubungi lewat bot");

    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Aplikasi normal");
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Komputer pemohon normal");
    await desk.press("itSupport", "Verifikasi ke pemohon");
    await desk.tell("itSupport", "Sudah diperiksa");
    expect((await ticketOf(desk, ticketId)).state).toBe("awaiting-confirmation");
    expect(desk.fromBot("user").length).toBe(before);
    expect(desk.fromBot("administrator").map(desk.wordsOf).join()).not.toContain("ditolak Telegram");
  });

  test("is reachable again after unblocking", async () => {
    desk.server.people.unblock(desk.idOf("user"));
    await desk.settled();
    expect(await accountOf(desk.idOf("user"))).toMatchObject({ unreachable_since: null });

    const ticketId = await complaintAtItSupport(desk);
    expect(desk.wordsOf(desk.card("itSupport", ticketId))).not.toContain("tidak dapat dihubungi");
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Balas ke pemohon");
    await desk.tell("itSupport", "Masih di sana?");
    expect(desk.newestWords("user")).toContain("Masih di sana?");
  });

  test("before anything was sent is found out when the bot writes", async () => {
    const ticketId = await fileComplaint(desk);
    // As after a crash that lost the word of the block.
    desk.server.people.block(desk.idOf("user"));
    await desk.settled();
    await desk.db
      .updateTable("telegram_account")
      .set({ unreachable_since: null })
      .where("telegram_user_id", "=", desk.idOf("user"))
      .execute();
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Balas ke pemohon");
    await desk.tell("helpDesk", "Halo");

    expect(await accountOf(desk.idOf("user"))).toMatchObject({ unreachable_since: expect.any(Date) });
    expect(desk.newestWords("helpDesk")).toMatch(/Pemohon memblokir bot|Terkirim/);
    expect(desk.allWords("helpDesk")).toContain("Pemohon memblokir bot");
    desk.server.people.unblock(desk.idOf("user"));
    await desk.settled();
  });
});

test("the cards of somebody of the desk who had blocked the bot are true after unblocking", async () => {
  const ticketId = await fileComplaint(desk);
  desk.server.people.block(desk.idOf("helpDesk"));
  await desk.settled();
  await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
  await desk.tell("user", "Sudah bisa sendiri");
  await desk.settled();
  const { state } = await ticketOf(desk, ticketId);
  expect(state).toBe("cancelled");
  expect(desk.wordsOf(desk.card("helpDesk", ticketId))).not.toContain("Dibatalkan");

  desk.server.people.unblock(desk.idOf("helpDesk"));
  await desk.settled();

  expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Dibatalkan");
});

describe("an update that cannot be handled", { timeout: 90_000 }, () => {
  const poison = "PEMBAWA-GALAT";

  beforeAll(async () => {
    await sql`
      create function refuse_poison() returns trigger language plpgsql as $$
      begin
        if new.answers::text like ${sql.lit(`%${poison}%`)} then raise exception 'a fault of the test'; end if;
        return new;
      end $$`.execute(desk.owner);
    await sql`create trigger refuse_poison before insert or update on draft
      for each row execute function refuse_poison()`.execute(desk.owner);
  });

  test("is tried three times and parked; its sender gets a reference, administrators too, and the chat goes on", async () => {
    desk.say("user", poison);
    desk.say("user", "/menu");
    desk.say("colleague", "/bantuan");
    await desk.sees("colleague", "Balas (reply) kartu tiket");

    // The two waits between the tries are made shorter than 2 and 20 seconds.
    await expect
      .poll(
        async () => {
          await desk.db
            .updateTable("inbox")
            .set({ due_at: new Date(0) })
            .where("state", "=", "pending")
            .execute();
          return (await desk.db.selectFrom("inbox").select("id").where("state", "=", "parked").execute()).length;
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    await desk.settled();

    const parked = await desk.db
      .selectFrom("inbox")
      .selectAll()
      .where("state", "=", "parked")
      .executeTakeFirstOrThrow();
    expect(parked.attempts).toBe(3);
    expect(parked.last_error).not.toContain(poison);
    const reference = `rujukan M-${parked.id}`;
    expect(desk.allWords("user")).toContain(`Pesan Anda tidak dapat diproses (${reference})`);
    expect(desk.newestWords("administrator")).toContain(reference);
    expect(desk.allWords("administrator")).not.toContain(poison);
    expect(desk.newestWords("user")).toContain("Pilih di bawah ini");
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
  });
});
