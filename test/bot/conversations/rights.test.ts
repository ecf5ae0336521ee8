import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeUpdates } from "../../../core/db/inbox.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import {
  askRequester,
  beginComplaint,
  complaintAtItSupport,
  fileComplaint,
  issueWorkOrder,
  ticketOf,
} from "./complaints.ts";

const botId = 123456;
/** Telegram's account in whose name anonymous administrators of groups write. */
const anonymousGroupAdmin = 1087968824;

let desk: TestDesk;
let updateId = 2_000_000_000;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "itSupport2", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());

const personId = async (who: CastName) =>
  (
    await desk.db
      .selectFrom("telegram_account")
      .select("person_id")
      .where("telegram_user_id", "=", desk.idOf(who))
      .where("unlinked_at", "is", null)
      .executeTakeFirstOrThrow()
  ).person_id;

const dataOf = (who: CastName, ticketId: number, label: string) =>
  desk.buttonsOf(desk.card(who, ticketId)).find(({ text }) => text.includes(label))?.callback_data ?? "";

/** An update of a group, which the desk's own server does not have. */
async function fromGroup(content: Record<string, unknown>): Promise<void> {
  updateId += 1;
  const payload = { update_id: updateId, ...content };
  await storeUpdates(desk.db, botId, [{ updateId, chatKey: "-100", payload }], new Date());
  await desk.settled();
}

const group = { id: -100, type: "supergroup", title: "Kantor" };
const outboxSize = async () => (await desk.db.selectFrom("outbox").select("id").execute()).length;

describe("the *person* who pressed is checked, not the chat", () => {
  test("a role that was withdrawn no longer does the step of a card that is on the screen", async () => {
    const ticketId = await fileComplaint(desk);
    const card = desk.card("helpDesk", ticketId);
    const id = await personId("helpDesk");
    await desk.db.deleteFrom("person_role").where("person_id", "=", id).execute();
    expect(await desk.pressOn("helpDesk", card, "Terbitkan WO")).toContain(
      "Tiket itu tidak ada, atau bukan milik Anda.",
    );
    await desk.db
      .insertInto("person_role")
      .values({ person_id: id, role: "help-desk", granted_at: new Date() })
      .execute();

    expect((await ticketOf(desk, ticketId)).state).toBe("filed");
    expect(await desk.pressOn("helpDesk", card, "Terbitkan WO")).toBe("");
    await desk.tell("helpDesk", "/batal");
  });

  test("a role that was withdrawn in the middle of a form no longer does the step", async () => {
    const ticketId = await fileComplaint(desk);
    const id = await personId("helpDesk");
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.press("helpDesk", "Belum diketahui");
    await desk.db.updateTable("person_role").set({ role: "non-technical" }).where("person_id", "=", id).execute();
    await desk.press("helpDesk", "Lewati");

    expect(desk.allWords("helpDesk")).toContain("Langkah ini dikerjakan oleh [help-desk].");
    expect((await ticketOf(desk, ticketId)).state).toBe("filed");
    await desk.db.updateTable("person_role").set({ role: "help-desk" }).where("person_id", "=", id).execute();
  });

  test("a person who is no longer active is nobody", async () => {
    const ticketId = await fileComplaint(desk, { by: "colleague" });
    const card = desk.card("colleague", ticketId);
    const id = await personId("colleague");
    await desk.db.updateTable("person").set({ is_active: false }).where("id", "=", id).execute();

    expect(await desk.pressOn("colleague", card, "Batalkan tiket")).toContain("Tombol ini sudah tidak berlaku.");
    await desk.db.updateTable("person").set({ is_active: true }).where("id", "=", id).execute();
  });

  test("a button in a group is refused to everybody in it, also to who may do the same in private", async () => {
    const ticketId = await fileComplaint(desk);
    const data = dataOf("helpDesk", ticketId, "Saya kerjakan");
    const [token = ""] = data.split(".");
    await desk.db.updateTable("outbox").set({ chat_id: group.id }).where("token", "=", token).execute();
    const from = { id: desk.idOf("helpDesk"), is_bot: false, first_name: "Dewi" };
    await fromGroup({ callback_query: { id: "1", from, data, message: { message_id: 5, chat: group, date: 0 } } });

    expect((await ticketOf(desk, ticketId)).assignee_id).toBeNull();
  });
});

describe("an empty list of approvers means nobody", () => {
  test("a work order of a team without people is moved by nobody, also not by other teams", async () => {
    const removed = await desk.db.deleteFrom("person_role").where("role", "=", "data-center").returningAll().execute();
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi tidak normal");
    await desk.press("itSupport", "Di data center: teruskan WO");
    await desk.press("itSupport", "Lewati");

    for (const who of ["helpDesk", "itSupport", "itSupport2", "administrator"] as const) {
      await desk.tell(who, `T-${ticketId}`);
      expect(desk.labels(desk.newest(who)).join()).not.toMatch(
        /Periksa|Saya kerjakan|Sudah diperbaiki|Bukan di data center/,
      );
    }
    await desk.db.insertInto("person_role").values(removed).execute();
  });

  test("a leadership that one administrator proposes where there is no second one is given by nobody", async () => {
    const second = await desk.db
      .deleteFrom("person_role")
      .where("role", "=", "administrator")
      .where("person_id", "<>", await personId("administrator"))
      .returningAll()
      .execute();
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Cari");
    await desk.tell("administrator", "Budi");
    await desk.press("administrator", "Budi Santoso");
    await desk.press("administrator", "Ubah peran");
    await desk.press("administrator", "➕ [leadership]");

    const held = await desk.db
      .selectFrom("person_role")
      .select("role")
      .where("person_id", "=", await personId("itSupport"))
      .execute();
    expect(held).toEqual([{ role: "it-support" }]);
    await desk.db.insertInto("person_role").values(second).execute();
  });
});

describe("messages of anonymous group admins come from user 1087968824", () => {
  test.each([
    ["anonymous administrators", { id: anonymousGroupAdmin, is_bot: true, first_name: "Group" }],
    ["members who are linked", { id: 1, is_bot: false, first_name: "Siti" }],
  ])(
    "and nothing that %s write in a group that is not the desk's is read, nor answered but for a command",
    async (_, from) => {
      const before = await outboxSize();
      await fromGroup({ message: { message_id: 8, date: 1, chat: group, from, text: "SIMPEG rusak" } });
      expect(await outboxSize()).toBe(before);

      await fromGroup({ message: { message_id: 7, date: 1, chat: group, from, text: "/menu" } });
      await fromGroup({ message: { message_id: 9, date: 1, chat: group, from, text: "/menu" } });

      // One sentence in an hour, which says where commands are used.
      const { rows } = await sql<{ what: string }>`
      select message ->> 'what' as what from outbox
        where chat_id = ${group.id} and message ->> 'kind' = 'group-hint'`.execute(desk.db);
      expect(rows).toEqual([{ what: "commands-elsewhere" }]);
      expect(await desk.db.selectFrom("draft").select("id").where("chat_id", "=", group.id).execute()).toEqual([]);
    },
  );
});

describe("the person may act on *this* request", () => {
  test("a colleague of the same office neither sees it nor does the requester's steps", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.tell("colleague", `T-${ticketId}`);
    expect(desk.newestWords("colleague")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");

    const data = dataOf("user", ticketId, "Batalkan tiket");
    expect(await desk.pressData("colleague", desk.newest("colleague").message_id, data)).toContain(
      "Tombol ini sudah tidak berlaku.",
    );
  });

  test("the desk does not answer for the requester", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);

    for (const who of ["helpDesk", "itSupport"] as const) {
      await desk.tell(who, `T-${ticketId}`);
      const labels = desk.labels(desk.newest(who));
      // What the requester said on the phone the help desk notes, and only the help desk.
      const byPhone = labels.filter((label) => label.includes("(lewat telepon)"));
      expect(byPhone).toHaveLength(who === "helpDesk" ? 2 : 0);
      const others = labels.filter((label) => !byPhone.includes(label));
      expect(others.join()).not.toMatch(/sudah normal|Masih bermasalah|Batalkan/);
    }
  });
});

describe("nobody approves their own", () => {
  test("staff who file a ticket read no internal note of it, and give themselves no reply", async () => {
    const ticketId = await complaintAtItSupport(desk, { by: "itSupport" });
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Catatan internal");
    await desk.tell("helpDesk", "RAHASIA-42");
    await desk.tell("itSupport", `T-${ticketId}`);
    await desk.press("itSupport", "Riwayat");

    expect(desk.allWords("itSupport")).not.toContain("RAHASIA-42");
    expect(desk.labels(desk.card("itSupport", ticketId)).join()).not.toMatch(/Catatan internal|Balas ke pemohon/);
  });
});

describe("a person has one active Telegram account at a time, and a former one's buttons are refused", () => {
  test("also the buttons of a form that the former account had begun", async () => {
    await beginComplaint(desk, "colleague");
    const question = desk.newest("colleague");
    const id = await personId("colleague");
    await desk.db
      .updateTable("telegram_account")
      .set({ unlinked_at: new Date() })
      .where("person_id", "=", id)
      .execute();

    expect(await desk.pressOn("colleague", question, "SIMPEG")).toContain("Tombol ini sudah tidak berlaku.");
    await expect(
      desk.db
        .insertInto("telegram_account")
        .values([
          { person_id: id, telegram_user_id: 901, linked_at: new Date() },
          { person_id: id, telegram_user_id: 902, linked_at: new Date() },
        ])
        .execute(),
    ).rejects.toThrow(/telegram_account_person/);
  });
});

describe("two presses at once: one decides (a conditional update), the other is told who did", () => {
  /** Both before either is handled. */
  async function both(label: string, ticketId: number): Promise<string[]> {
    const queries = (["itSupport", "itSupport2"] as const).map((who) => {
      const { message_id: messageId } = desk.card(who, ticketId);
      return { who, id: desk.server.people.press(desk.idOf(who), messageId, dataOf(who, ticketId, label)) };
    });
    const answers: string[] = [];
    for (const { who, id } of queries) {
      const answer = await desk.until(`the press of ${who} is answered`, () =>
        desk.server.people.callbackAnswers(desk.idOf(who)).find(({ callbackQueryId }) => callbackQueryId === id),
      );
      answers.push(answer.text ?? "");
    }
    await desk.settled();
    return answers.sort();
  }

  test("a step", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    const [taken, refused] = await both("Aplikasi normal", ticketId);

    expect(taken).toBe("");
    expect(refused).toMatch(
      /^Sudah didahului: (Budi Santoso|Fadli Tanjung) memeriksa aplikasi: normal pada \d+ \w+ \d\d\.\d\d\./,
    );
    const steps = await desk.db
      .selectFrom("entry")
      .select("id")
      .where("ticket_id", "=", ticketId)
      .where("step", "=", "application-is-normal")
      .execute();
    expect(steps).toHaveLength(1);
  });

  test("taking", async () => {
    const ticketId = await fileComplaint(desk);
    await issueWorkOrder(desk, ticketId);
    const [taken, refused] = await both("Saya kerjakan", ticketId);

    expect(taken).toBe("");
    expect(refused).toMatch(/^Tiket ini sedang dikerjakan (Budi Santoso|Fadli Tanjung)\./);
  });
});

describe("a replayed or expired button is refused", () => {
  test("replayed", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const card = desk.card("itSupport", ticketId);
    expect(await desk.pressOn("itSupport", card, "Aplikasi normal")).toBe("");
    expect(await desk.pressOn("itSupport", card, "Aplikasi normal")).toContain("Sudah didahului: Budi Santoso");
    expect(await desk.pressOn("itSupport", card, "Aplikasi tidak normal")).toContain("Sudah didahului: Budi Santoso");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-computer");
  });

  test("replayed when the ticket is again where it was", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const card = desk.card("itSupport", ticketId);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await desk.press("user", "Masih bermasalah");
    await desk.tell("user", "Masih rusak");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");

    expect(await desk.pressOn("itSupport", card, "Aplikasi normal")).toContain("Sudah didahului: Siti Aminah");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");
  });

  test("expired", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const card = desk.card("itSupport", ticketId);
    await desk.db.deleteFrom("outbox").where("state", "<>", "pending").execute();

    expect(await desk.pressOn("itSupport", card, "Aplikasi normal")).toContain("Tombol ini sudah tidak berlaku.");
    expect((await ticketOf(desk, ticketId)).state).toBe("checking-application");
  });
});

describe("after a decision the message loses its buttons and says who decided what, and when", () => {
  test("the requester's question, also when it was answered on the card", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    const question = desk.newest("user");
    await desk.pressOn("user", desk.card("user", ticketId), "Ya, sudah normal");

    const answered = desk.fromBot("user").find(({ message_id: id }) => id === question.message_id) ?? question;
    expect(desk.labels(answered)).toEqual(["🎫 Buka tiket"]);
    expect(desk.wordsOf(answered)).toMatch(/➡️ Ya, sudah normal, \d+ \w+ 2026 \d\d\.\d\d WIB$/);
    expect(await desk.pressOn("user", question, "Masih bermasalah")).toContain("Sudah didahului: Siti Aminah");
  });

  test("the requester's question, when the ticket was cancelled instead", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    const question = desk.newest("user");
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    await desk.tell("user", "Tidak perlu lagi");

    const answered = desk.fromBot("user").find(({ message_id: id }) => id === question.message_id) ?? question;
    expect(desk.labels(answered)).not.toContain("Ya, sudah normal");
    expect(desk.wordsOf(answered)).toContain("➡️ Batalkan tiket");
  });
});

describe("decisions are only added, never changed", () => {
  test.each(["update journal set event = 'x'", "delete from journal"])(
    "the application may not %s",
    async (statement) => {
      await expect(sql.raw(statement).execute(desk.db)).rejects.toThrow(/permission denied/);
    },
  );

  test("what a ticket went through stays, also when it goes the same way again", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.press("itSupport", "Aplikasi normal");
    await desk.press("itSupport", "Komputer pemohon normal");
    await askRequester(desk);
    await desk.press("user", "Masih bermasalah");
    await desk.tell("user", "Masih rusak");
    await desk.press("itSupport", "Aplikasi normal");

    const entries = await desk.db
      .selectFrom("entry")
      .select("step")
      .where("ticket_id", "=", ticketId)
      .orderBy("id")
      .execute();
    expect(entries.flatMap(({ step }) => step ?? [])).toEqual([
      "issue-work-order",
      "application-is-normal",
      "computer-is-normal",
      "ask-requester",
      "report-still-bad",
      "application-is-normal",
    ]);
  });
});
