import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tell } from "../../../core/actions/notices.ts";
import {
  chooseStaffGroup,
  recordGroupTrouble,
  recordGroupUsable,
  recordMovedGroup,
} from "../../../core/actions/staff-group.ts";
import { assignTicket } from "../../../core/actions/ticket/assign-ticket.ts";
import { writeMessage } from "../../../core/actions/ticket/write-message.ts";
import { recordTopicBegun, recordTopicMade } from "../../../core/actions/ticket-topics.ts";
import { findStaffGroup } from "../../../core/db/staff-group.ts";
import { findTopic } from "../../../core/db/ticket/ticket-topics.ts";
import { type Mail, morning, openOffice, type TestOffice } from "../../support/office.ts";

const groupId = -1_001_234_567_890;

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.act((tx) => chooseStaffGroup(tx, office.setting(), undefined));
  await office.db.deleteFrom("ticket_topic").execute();
  await office.act((tx) => chooseStaffGroup(tx, office.setting(), groupId));
  await office.takeMail();
});

const inGroup = (mail: Mail[]) => mail.filter(({ to }) => to === `chat ${groupId}`);
const elsewhere = (mail: Mail[]) => mail.filter(({ to }) => to !== `chat ${groupId}`);

/** As when the sender has made it. */
async function makeTopic(ticketId: number, threadId = ticketId + 1000, chatId = groupId): Promise<void> {
  const { procedure, state } = await office.ticket(ticketId);
  await office.act(async (tx) => {
    await recordTopicBegun(tx, office.setting(), { ticketId, chatId });
    await recordTopicMade(tx, office.setting(), { ticketId, chatId, threadId, shows: `${procedure} ${state}` });
  });
}

const rowsForTopics = () =>
  office.db
    .selectFrom("outbox")
    .select(["chat_id", "topic_ticket_id", "person_ids", "message"])
    .where("state", "=", "pending")
    .where("topic_ticket_id", "is not", null)
    .orderBy("id")
    .execute();

describe("what the desk is told about a ticket", () => {
  it("goes once into its topic, for the whole team, and not to each of them", async () => {
    const ticketId = await office.file();

    const [row, ...more] = await rowsForTopics();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      chat_id: groupId,
      topic_ticket_id: ticketId,
      message: { kind: "ticket-card", ticketId, news: "arrived" },
    });
    expect(row?.person_ids.length).toBeGreaterThan(1);
    expect(elsewhere(await office.takeMail())).toEqual([]);
  });

  it("is for one person by name where it is", async () => {
    const { helpDesk, helpDesk2 } = office.people;
    const ticketId = await office.file();
    await office.takeMail();
    const input = { ticketId, fromPersonId: null, toPersonId: helpDesk2.id };
    await office.act((tx) => assignTicket(tx, helpDesk, office.setting(), input));

    expect((await rowsForTopics()).at(-1)).toMatchObject({
      person_ids: [helpDesk2.id],
      message: { kind: "ticket-card", news: "handed-over" },
    });
  });

  it("leaves the requester's messages in the private chat", async () => {
    const { helpDesk, requester } = office.people;
    const ticketId = await office.file();
    await office.takeMail();
    const input = { ticketId, kind: "reply", text: "Sedang diperiksa" } as const;
    await office.act((tx) => writeMessage(tx, helpDesk, office.setting(), input));

    const mail = await office.takeMail();
    expect(elsewhere(mail).map(({ to, kind }) => [to, kind])).toEqual([[requester.name, "reply-received"]]);
    // Colleagues read in the topic what was answered.
    expect(inGroup(mail).map(({ kind }) => kind)).toEqual(["reply-sent"]);
  });

  it("is in the topic also where nobody in particular reads it", async () => {
    const ticketId = await office.file();
    await office.step(ticketId, "cancel", office.people.requester, { note: "Sudah normal" });
    await office.step(ticketId, "reopen", office.people.requester, { note: "Belum" });
    await office.db
      .updateTable("person")
      .set({ is_active: false })
      .where("id", "=", office.people.helpDesk2.id)
      .execute();
    await office.takeMail();
    const input = { ticketId, kind: "internal-note", text: "Cek kabel" } as const;
    await office.act((tx) => writeMessage(tx, office.people.helpDesk, office.setting(), input));
    await office.db
      .updateTable("person")
      .set({ is_active: true })
      .where("id", "=", office.people.helpDesk2.id)
      .execute();

    expect(inGroup(await office.takeMail())).toMatchObject([{ kind: "comment-added", ticketId }]);
  });

  it("comes to leadership in private as well, who has to decide", async () => {
    const leader = await office.hire(["leadership"], { name: "Kepala Dinas" });
    const ticketId = await office.file();
    await office.db.updateTable("ticket").set({ holder: "leadership" }).where("id", "=", ticketId).execute();
    await office.takeMail();
    const card = { kind: "ticket-card", ticketId, news: "arrived" } as const;
    await office.act((tx) => tell(tx, [leader.id], card, office.setting()));

    const mail = await office.takeMail();
    expect(inGroup(mail)).toHaveLength(1);
    expect(elsewhere(mail).map(({ to }) => to)).toEqual(["Kepala Dinas"]);
  });

  it("about a ticket of somebody of the desk goes to private chats", async () => {
    const ticketId = await office.file({ by: office.people.itSupport });

    const mail = await office.takeMail();
    expect(inGroup(mail)).toEqual([]);
    expect(mail.map(({ to }) => to)).toContain(office.people.helpDesk.name);
    expect(await findTopic(office.db, ticketId)).toBeUndefined();
  });

  it("keeps the news of a card when the card is sent again before it went out", async () => {
    const ticketId = await office.file();
    await office.act((tx) => recordGroupUsable(tx, office.setting(), groupId));

    const cards = (await rowsForTopics()).filter(({ topic_ticket_id }) => topic_ticket_id === ticketId);
    expect(cards).toMatchObject([{ message: { news: "arrived" } }]);
  });
});

describe("the topic of a ticket", () => {
  it("is to be renamed when the state changes, once however often it does", async () => {
    const ticketId = await office.file();
    await makeTopic(ticketId);
    await office.takeMail();
    await office.step(ticketId, "issue-work-order", office.people.helpDesk, { "suspected-place": "unknown" });
    await office.step(ticketId, "application-is-normal", office.people.itSupport);

    const changes = (await office.takeMail()).filter(({ kind }) => kind === "ticket-topic");
    expect(changes).toEqual([{ to: `chat ${groupId}`, kind: "ticket-topic", ticketId }]);
  });

  it("that is about to be made is marked before Telegram is asked, and made once for a ticket", async () => {
    const ticketId = await office.file();
    await office.act((tx) => recordTopicBegun(tx, office.setting(), { ticketId, chatId: groupId }));
    expect(await findTopic(office.db, ticketId)).toMatchObject({ threadId: null, chatId: groupId });

    await office.act((tx) => recordTopicBegun(tx, office.setting(), { ticketId, chatId: groupId }));
    await makeTopic(ticketId);
    expect(await findTopic(office.db, ticketId)).toMatchObject({ threadId: ticketId + 1000 });
    expect(await office.db.selectFrom("ticket_topic").select("ticket_id").execute()).toHaveLength(1);
  });
});

describe("trouble", () => {
  const troubled = () => office.act((tx) => recordGroupTrouble(tx, office.setting(), groupId, "no-rights"));

  it("sends what waits to those it is for, and is told once to help desk and administrators", async () => {
    const administrator = await office.hire(["administrator"], { name: "Admin Satu" });
    await office.file();
    await troubled();
    await troubled();

    const mail = await office.takeMail();
    expect(inGroup(mail)).toEqual([]);
    const { helpDesk, helpDesk2 } = office.people;
    const cards = mail.filter(({ kind }) => kind === "ticket-card").map(({ to }) => to);
    expect(cards.sort()).toEqual([helpDesk.name, helpDesk2.name].sort());
    const told = mail.filter(({ kind }) => kind === "staff-group-trouble").map(({ to }) => to);
    expect(told.filter((to) => to === administrator.name)).toHaveLength(1);
    expect(told.filter((to) => to === helpDesk.name)).toHaveLength(1);
    const event = await office.db.selectFrom("journal").selectAll().orderBy("id", "desc").executeTakeFirst();
    expect(event).toMatchObject({ event: "staff-group-trouble", details: { trouble: "no-rights" } });
  });

  it("of another chat than the group's changes nothing", async () => {
    await office.act((tx) => recordGroupTrouble(tx, office.setting(), -42, "gone"));
    expect(await findStaffGroup(office.db)).toMatchObject({ trouble: null });
    expect(await office.takeMail()).toEqual([]);
  });

  it("ends when the group can be used: told once, cards of what changed are edited, missing topics made", async () => {
    const old = await office.file();
    await makeTopic(old);
    await office.db.insertInto("ticket_card").values({ chat_id: groupId, ticket_id: old, message_id: 7 }).execute();
    await troubled();
    const later = new Date(morning.getTime() + 60_000);
    await office.step(old, "issue-work-order", office.people.helpDesk, { "suspected-place": "unknown" }, later);
    const second = await office.file({ now: later });
    await office.takeMail();
    await office.act((tx) => recordGroupUsable(tx, office.setting(later), groupId));

    const mail = await office.takeMail();
    expect(inGroup(mail)).toContainEqual({ to: `chat ${groupId}`, edits: 7, kind: "ticket-card", ticketId: old });
    expect(inGroup(mail)).toContainEqual({ to: `chat ${groupId}`, kind: "ticket-topic", ticketId: old });
    expect(inGroup(mail)).toContainEqual({ to: `chat ${groupId}`, kind: "ticket-card", ticketId: second });
    expect(mail.filter(({ kind }) => kind === "staff-group-healed").length).toBeGreaterThan(0);

    await office.act((tx) => recordGroupUsable(tx, office.setting(later), groupId));
    expect((await office.takeMail()).filter(({ kind }) => kind === "staff-group-healed")).toEqual([]);
  });
});

describe("the group's id", () => {
  it("moves with the group, and a later start with the old seed leaves it alone", async () => {
    const newId = -1_009_999_999_999;
    await office.file();
    await office.act((tx) => recordMovedGroup(tx, office.setting(), groupId, newId));

    expect((await rowsForTopics()).map(({ chat_id }) => chat_id)).toEqual([newId]);
    await office.act((tx) => chooseStaffGroup(tx, office.setting(), groupId));
    expect(await findStaffGroup(office.db)).toMatchObject({ chatId: newId });
  });

  it("is given up with the setting: what waits goes to private chats", async () => {
    await office.file();
    await office.act((tx) => chooseStaffGroup(tx, office.setting(), undefined));

    expect(await findStaffGroup(office.db)).toBeUndefined();
    const mail = await office.takeMail();
    expect(inGroup(mail)).toEqual([]);
    expect(mail.map(({ to }) => to)).toContain(office.people.helpDesk.name);
  });
});
