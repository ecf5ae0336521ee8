import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { type MessageKind, writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { receiveFile } from "../../../../core/actions/upload/keep-files.ts";
import { markUnreachable } from "../../../../core/db/people/accounts.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import { updatePerson } from "../../../../core/db/people/people.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const note = { note: "Sudah diperiksa." };

let office: TestOffice;
let id: number;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  id = await office.file();
  await office.walk(id, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
});

function write(by: Person, kind: MessageKind, text?: string, draftId?: number) {
  const input = {
    ticketId: id,
    kind,
    ...(text === undefined ? {} : { text }),
    ...(draftId === undefined ? {} : { draftId }),
  };
  return office.act((tx) => writeMessage(tx, by, office.setting(), input));
}

async function written(by: Person, kind: MessageKind, text: string): Promise<number> {
  const outcome = await write(by, kind, text);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

function move(person: Person) {
  return office.act(async (tx) => {
    const { id: officeId } = await findOfficeByCode(tx, "Disdukcapil");
    await updatePerson(tx, person.id, { office_id: officeId });
  });
}

const toAwaiting = [
  ["application-is-normal", "it-support"],
  ["computer-is-normal", "it-support"],
  ["ask-requester", "it-support", note],
] as const;

describe("a comment of the requester", () => {
  it("reaches the whole team whose turn it is, while nobody has taken the ticket", async () => {
    const { requester, itSupport, itSupport2 } = office.people;

    const entryId = await written(requester, "comment", " Sejak kemarin. ");

    const told = { kind: "comment-added", ticketId: id, entryId };
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, ...told },
      { to: itSupport2.name, ...told },
    ]);
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({
      ...{ id: entryId, kind: "comment", personId: requester.id, at: morning },
      ...{ role: null, step: null, answers: { note: "Sejak kemarin." } },
    });
  });

  it("reaches only who has taken it", async () => {
    const { requester, itSupport2 } = office.people;
    await office.act((tx) => takeTicket(tx, itSupport2, office.setting(), { ticketId: id, fromPersonId: null }));
    await office.takeMail();

    await written(requester, "comment", "Sejak kemarin.");

    expect((await office.takeMail()).map(({ to }) => to)).toEqual([itSupport2.name]);
  });

  it("reaches it-support while the requester's answer is awaited", async () => {
    await office.walk(id, toAwaiting);

    await written(office.people.requester, "comment", "Saya coba nanti.");

    expect((await office.takeMail()).map(({ to }) => to)).toEqual([office.people.itSupport.name]);
  });

  it("reaches the team, and not somebody who has lost the role with the ticket still in hand", async () => {
    const { requester, itSupport, itSupport2, administrator } = office.people;
    const leaver = await office.hire(["it-support"]);
    await office.act((tx) => takeTicket(tx, leaver, office.setting(), { ticketId: id, fromPersonId: null }));
    await office.act((tx) =>
      withdrawRole(tx, administrator, office.setting(), { personId: leaver.id, role: "it-support" }),
    );
    await office.takeMail();

    await written(requester, "comment", "Sejak kemarin.");

    expect((await office.takeMail()).map(({ to }) => to)).toEqual([itSupport.name, itSupport2.name]);
  });

  it("leaves the buttons good that people have on their screens", async () => {
    const { version } = await office.ticket(id);
    await written(office.people.requester, "comment", "Sejak kemarin.");

    expect((await office.ticket(id)).version).toBe(version);
  });
});

describe("a reply of the desk", () => {
  it("reaches the requester and nobody else", async () => {
    const entryId = await written(office.people.itSupport, "reply", "Mohon coba lagi.");

    expect(await office.takeMail()).toEqual([
      { to: office.people.requester.name, kind: "reply-received", ticketId: id, entryId },
    ]);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ["has moved to another office", (person) => move(person)],
    ["has left", (person) => office.act((tx) => updatePerson(tx, person.id, { is_active: false }))],
    ["has blocked the bot", (person) => office.act((tx) => markUnreachable(tx, chatOf(person), morning))],
  ])("goes to the office's system officer where the requester %s", async (_, happens) => {
    const officer = await office.hire(["system-officer"], { office: "Dinkes", name: "Pejabat Dinkes" });
    const requester = await office.hire(["user"], { office: "Dinkes" });
    id = await office.file({ by: requester });
    await happens(requester);
    await office.takeMail();

    const entryId = await written(office.people.helpDesk, "reply", "Sedang kami kerjakan.");

    expect(await office.takeMail()).toEqual([{ to: officer.name, kind: "reply-received", ticketId: id, entryId }]);
    await office.act((tx) => updatePerson(tx, officer.id, { is_active: false }));
  });

  it("may come from each team of the desk", async () => {
    const { helpDesk, dataCenter, infrastructure, leadership } = office.people;
    for (const person of [helpDesk, dataCenter, infrastructure, leadership]) {
      expect((await write(person, "reply", "Mohon coba lagi.")).ok).toBe(true);
    }
  });
});

describe("an internal note never reaches the requester", () => {
  it("is told to who works on the ticket, but not to its writer", async () => {
    const { itSupport, itSupport2 } = office.people;

    const entryId = await written(itSupport, "internal-note", "Diduga ulah sendiri.");

    expect(await office.takeMail()).toEqual([{ to: itSupport2.name, kind: "comment-added", ticketId: id, entryId }]);
  });

  it("not while the requester's answer is awaited", async () => {
    const { helpDesk, itSupport } = office.people;
    await office.walk(id, toAwaiting);

    await written(helpDesk, "internal-note", "Diduga ulah sendiri.");

    expect((await office.takeMail()).map(({ to }) => to)).toEqual([itSupport.name]);
  });

  it("not when the requester is one of the team that works on it", async () => {
    const colleague = await office.hire(["user", "help-desk"]);
    id = await office.file({ by: colleague });
    await office.takeMail();

    await written(office.people.itSupport, "internal-note", "Diduga ulah sendiri.");

    const { helpDesk, helpDesk2 } = office.people;
    expect((await office.takeMail()).map(({ to }) => to)).toEqual([helpDesk.name, helpDesk2.name]);
  });

  it("not in what the requester looks up", async () => {
    await written(office.people.itSupport, "internal-note", "Diduga ulah sendiri.");

    const shown = await listEntries(office.db, id, { ...page, withInternalNotes: false });
    expect(shown.map(({ kind }) => kind)).toEqual(["step", "filed"]);
  });

  it("nor do its files", async () => {
    const { itSupport } = office.people;
    const draftId = await office.draftOf(itSupport);
    const file = { kind: "photo", name: "bukti.jpg", mimeType: "image/jpeg", telegramFileId: "p1" } as const;
    await office.act((tx) => receiveFile(tx, itSupport, office.setting(), { draftId, file }));

    await write(itSupport, "internal-note", undefined, draftId);

    expect(await listAttachments(office.db, id, { withInternalNotes: true })).toHaveLength(1);
    expect(await listAttachments(office.db, id, { withInternalNotes: false })).toEqual([]);
  });
});

describe("writing is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Person, MessageKind, string]>([
    ["a comment of a neighbour", ({ people }) => people.neighbour, "comment", "no-such-ticket"],
    ["an internal note of a neighbour", ({ people }) => people.neighbour, "internal-note", "no-such-ticket"],
    ["a reply of an administrator", ({ people }) => people.administrator, "reply", "no-such-ticket"],
    ["a comment of the desk", ({ people }) => people.helpDesk, "comment", "not-the-requester"],
    ["a reply of the requester", ({ people }) => people.requester, "reply", "not-at-desk"],
    ["an internal note of the requester", ({ people }) => people.requester, "internal-note", "not-at-desk"],
  ])("%s", async (_, who, kind, code) => {
    const before = await office.contents();

    expect(await write(who(office), kind, "Halo.")).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it.each<MessageKind>(["reply", "internal-note"])(
    "a %s on one's own ticket, also of somebody at the desk",
    async (kind) => {
      const colleague = await office.hire(["user", "help-desk"]);
      id = await office.file({ by: colleague });

      expect(await write(colleague, kind, "Halo.")).toMatchObject({ refusal: { code: "not-at-desk" } });
    },
  );

  it("of an inactive requester", async () => {
    const gone = { ...office.people.requester, isActive: false };
    expect(await write(gone, "comment", "Halo.")).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });

  it("on a ticket that has ended", async () => {
    await office.walk(id, [["cancel", "user", note]]);

    expect(await write(office.people.requester, "comment", "Halo.")).toMatchObject({
      refusal: { code: "ticket-ended" },
    });
    expect(await write(office.people.itSupport, "reply", "Halo.")).toMatchObject({ refusal: { code: "ticket-ended" } });
  });

  it("on a ticket that is not there", async () => {
    id = 999_999;
    expect(await write(office.people.itSupport, "reply", "Halo.")).toMatchObject({
      refusal: { code: "no-such-ticket" },
    });
  });
});

describe("what is written", () => {
  it.each<[string, string | undefined, object]>([
    ["nothing", undefined, { code: "text-empty" }],
    ["an empty text", "", { code: "text-empty" }],
    ["only zero-width characters", "\u200B\u200D", { code: "text-empty" }],
    ["3,801 characters", "a".repeat(3801), { code: "text-too-long", values: { length: 3801, maxLength: 3800 } }],
    ["1,901 emoji, which Telegram counts twice", "👍".repeat(1901), { code: "text-too-long" }],
  ])("is refused: %s", async (_, text, refusal) => {
    const before = await office.contents();

    expect(await write(office.people.itSupport, "reply", text)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it.each([
    ["3,800 characters", "a".repeat(3800)],
    ["1,900 emoji", "👍".repeat(1900)],
  ])("is kept whole: %s", async (_, text) => {
    await written(office.people.itSupport, "reply", text);

    const [entry] = await listEntries(office.db, id, page);
    expect(entry?.answers.note).toBe(text);
  });

  it("may be a file alone", async () => {
    const { requester } = office.people;
    const draftId = await office.draftOf(requester);
    const file = { kind: "photo", name: "layar.jpg", mimeType: "image/jpeg", telegramFileId: "p1" } as const;
    await office.act((tx) => receiveFile(tx, requester, office.setting(), { draftId, file }));

    expect((await write(requester, "comment", undefined, draftId)).ok).toBe(true);

    expect(await listAttachments(office.db, id, { withInternalNotes: false })).toMatchObject([{ name: "layar.jpg" }]);
  });

  it("is not in the journal, that it was written is", async () => {
    const entryId = await written(office.people.itSupport, "reply", "Mohon coba lagi.");

    const row = await office.db
      .selectFrom("journal")
      .select(["actor_id", "event", "subject_id", "details"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    expect(row).toEqual({
      actor_id: office.people.itSupport.id,
      event: "reply-written",
      subject_id: id,
      details: { entryId, files: 0 },
    });
  });
});
