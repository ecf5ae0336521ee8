import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  forgetCard,
  recordBlockedChat,
  recordCard,
  recordUnblockedChat,
  reportDeadMessage,
  reportParkedUpdate,
  reportSilence,
} from "../../../core/actions/record-delivery.ts";
import { writeMessage } from "../../../core/actions/ticket/write-message.ts";
import { findAccount } from "../../../core/db/people/accounts.ts";
import { findTicketOfCard, listCards } from "../../../core/db/ticket/ticket-cards.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

const block = (person: Person) => office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(person)));

describe("the card of a ticket in a chat", () => {
  const record = (card: { chatId: number; ticketId: number; messageId: number }) =>
    office.act((tx) => recordCard(tx, office.setting(), card));

  it("is the message that went out last; the one before it says where the card is", async () => {
    const { requester } = office.people;
    const ticketId = await office.file();
    await office.takeMail();
    const card = { chatId: chatOf(requester), ticketId };

    await record({ ...card, messageId: 11 });
    expect(await office.takeMail()).toEqual([]);
    await record({ ...card, messageId: 22 });

    expect(await listCards(office.db, ticketId)).toEqual([{ ...card, messageId: 22 }]);
    expect(await findTicketOfCard(office.db, card.chatId, 11)).toBeUndefined();
    expect(await findTicketOfCard(office.db, card.chatId, 22)).toBe(ticketId);
    expect(await office.takeMail()).toEqual([{ to: requester.name, kind: "card-moved", ticketId, edits: 11 }]);
  });

  it("stays the newest when an older one was edited meanwhile, and that one says where the card is", async () => {
    const { requester } = office.people;
    const ticketId = await office.file();
    const card = { chatId: chatOf(requester), ticketId };
    await record({ ...card, messageId: 25 });
    await office.takeMail();

    await record({ ...card, messageId: 14 });

    expect(await listCards(office.db, ticketId)).toEqual([{ ...card, messageId: 25 }]);
    expect(await office.takeMail()).toEqual([{ to: requester.name, kind: "card-moved", ticketId, edits: 14 }]);
  });

  it("recorded twice, or edited in place, is the same card", async () => {
    const ticketId = await office.file();
    await office.takeMail();
    const card = { chatId: chatOf(office.people.requester), ticketId, messageId: 33 };

    await record(card);
    await record(card);

    expect(await listCards(office.db, ticketId)).toEqual([card]);
    expect(await office.takeMail()).toEqual([]);
  });

  it("is one in each chat, and the same number in another chat is another message", async () => {
    const { requester, helpDesk } = office.people;
    const [one, other] = [await office.file(), await office.file()];
    await record({ chatId: chatOf(requester), ticketId: one, messageId: 44 });
    await record({ chatId: chatOf(helpDesk), ticketId: other, messageId: 44 });

    expect(await findTicketOfCard(office.db, chatOf(requester), 44)).toBe(one);
    expect(await findTicketOfCard(office.db, chatOf(helpDesk), 44)).toBe(other);
  });

  it("is forgotten when the person deleted it, and not edited any more", async () => {
    const { requester } = office.people;
    const ticketId = await office.file();
    await record({ chatId: chatOf(requester), ticketId, messageId: 55 });
    await office.act((tx) => forgetCard(tx, { chatId: chatOf(requester), messageId: 55 }));
    await office.takeMail();

    await office.step(ticketId, "cancel", requester, { note: "Keliru." });

    expect(await office.takeMail()).toEqual([]);
  });
});

describe("a person who blocked the bot", () => {
  it("gets nothing more, and who works on the person's open tickets is told once", async () => {
    const visitor = await office.hire(["user"]);
    const ended = await office.file({ by: visitor });
    await office.step(ended, "cancel", visitor, { note: "Keliru." });
    const open = await office.file({ by: visitor });
    const awaited = await office.file({ by: visitor });
    await office.walk(awaited, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", { note: "Sudah bisa?" }],
    ]);

    await block(visitor);
    await block(visitor);

    expect((await findAccount(office.db, visitor.id))?.unreachableSince).toEqual(morning);
    const { helpDesk, helpDesk2, itSupport } = office.people;
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, kind: "requester-unreachable", ticketId: awaited },
      { to: helpDesk.name, kind: "requester-unreachable", ticketId: open },
      { to: helpDesk2.name, kind: "requester-unreachable", ticketId: open },
    ]);
    const reply = { ticketId: open, kind: "reply", text: "Mohon coba lagi." } as const;
    await office.act((tx) => writeMessage(tx, helpDesk, office.setting(), reply));
    expect(await office.takeMail()).toEqual([]);
  });

  it("is told again after letting the bot in", async () => {
    const visitor = await office.hire(["it-support"]);
    await block(visitor);
    await office.act((tx) => recordUnblockedChat(tx, office.setting(), chatOf(visitor)));
    const id = await office.file();
    await office.takeMail();

    await office.step(id, "issue-work-order", office.people.helpDesk, { "suspected-place": "unknown" });

    expect((await office.takeMail()).map(({ to }) => to)).toContain(visitor.name);
  });

  it("who is nobody is no news", async () => {
    const before = await office.contents();
    await office.act((tx) => recordBlockedChat(tx, office.setting(), 1));
    expect(await office.contents()).toEqual(before);
  });
});

describe("what went wrong on the way", () => {
  it("a message that Telegram refuses for good: administrators see which one", async () => {
    await office.act((tx) => reportDeadMessage(tx, office.setting(), { id: 7, message: { kind: "ticket-card" } }));

    const { administrator, administrator2 } = office.people;
    expect(await office.takeMail()).toEqual([
      { to: administrator.name, kind: "message-dead", outboxId: 7 },
      { to: administrator2.name, kind: "message-dead", outboxId: 7 },
    ]);
  });

  it("a dead message about a dead message is not reported without end", async () => {
    await office.act((tx) => reportDeadMessage(tx, office.setting(), { id: 8, message: { kind: "message-dead" } }));
    expect(await office.takeMail()).toEqual([]);
  });

  it("an update that could not be handled: its sender gets a reference, administrators the same", async () => {
    const { requester, administrator, administrator2 } = office.people;
    await office.act((tx) => reportParkedUpdate(tx, office.setting(), { id: 9, chatId: chatOf(requester) }));

    expect(await office.takeMail()).toEqual([
      { to: requester.name, kind: "apology", inboxId: 9 },
      { to: administrator.name, kind: "update-parked", inboxId: 9 },
      { to: administrator2.name, kind: "update-parked", inboxId: 9 },
    ]);
  });

  it("an administrator's own update is reported to the administrator once", async () => {
    const { administrator, administrator2 } = office.people;
    await office.act((tx) => reportParkedUpdate(tx, office.setting(), { id: 10, chatId: chatOf(administrator) }));

    expect(await office.takeMail()).toEqual([
      { to: administrator.name, kind: "apology", inboxId: 10 },
      { to: administrator2.name, kind: "update-parked", inboxId: 10 },
    ]);
  });

  it.each<[string, number | undefined]>([
    ["of a stranger", 1],
    ["without a chat", undefined],
  ])("an update %s is reported to administrators only", async (_, chatId) => {
    await office.act((tx) => reportParkedUpdate(tx, office.setting(), { id: 11, chatId }));

    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["update-parked", "update-parked"]);
  });
});

describe("a bot that did not hear", () => {
  const tell = (minutes: number) =>
    office.act((tx) => reportSilence(tx, office.setting(minutesAfter(morning, minutes)), morning));
  const told = () => {
    const { helpDesk, helpDesk2, administrator, administrator2 } = office.people;
    return [helpDesk, helpDesk2, administrator, administrator2].map(({ name }) => name);
  };

  it("for minutes: help desk and administrators learn from when to when, and that nothing is lost", async () => {
    await tell(12);

    const times = { since: "2026-11-22T02:00:00.000Z", until: "2026-11-22T02:12:00.000Z" };
    expect(await office.takeMail()).toEqual(told().map((to) => ({ to, kind: "updates-late", ...times })));
  });

  it("for longer than Telegram keeps messages: they learn that some may be missing", async () => {
    await tell(24 * 60 + 1);

    const since = "2026-11-22T02:00:00.000Z";
    expect(await office.takeMail()).toEqual(told().map((to) => ({ to, kind: "updates-missing", since })));
  });
});
