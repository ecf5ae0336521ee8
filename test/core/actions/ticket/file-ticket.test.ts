import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { receiveFile } from "../../../../core/actions/upload/keep-files.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { findOpenWorkOrder } from "../../../../core/db/ticket/work-orders.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const complaint = { application: " SIM\u200BPEG ", description: "Layar putih.", "occurred-at": "08.30" };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => office.takeMail());

function file(answers: Record<string, string>, by = office.people.requester, draftId = 0) {
  const input = { procedure: "application-trouble", answers, draftId };
  return office.act((tx) => fileTicket(tx, by, office.setting(), input));
}

async function filed(answers = complaint, by = office.people.requester, draftId = 0): Promise<number> {
  const outcome = await file(answers, by, draftId);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

describe("filing a complaint", () => {
  it("keeps when it happened and when it was reported (R36), for the person's own office", async () => {
    const id = await filed();

    expect(await office.ticket(id)).toEqual({
      id,
      procedure: "application-trouble",
      item: null,
      state: "filed",
      holder: "help-desk",
      assigneeId: null,
      version: 1,
      requesterId: office.people.requester.id,
      officeId: office.people.requester.officeId,
      subject: "SIMPEG",
      answers: { application: "SIMPEG", description: "Layar putih.", "occurred-at": "2026-11-22T01:30:00Z" },
      occurredAt: new Date("2026-11-22T01:30:00Z"),
      reportedAt: morning,
      resolution: null,
      endedAt: null,
      channel: "chat",
      isUrgent: false,
      pendingOn: null,
      pendingUntil: null,
      wakesAt: null,
      dueAt: null,
    });
  });

  it("tells the help desk, all of it, and nobody else", async () => {
    const id = await filed();

    const card = { kind: "ticket-card", ticketId: id, news: "arrived" };
    expect(await office.takeMail()).toEqual([
      { to: office.people.helpDesk.name, ...card },
      { to: office.people.helpDesk2.name, ...card },
    ]);
  });

  it("is the first entry, and no work order yet", async () => {
    const id = await filed();

    const entries = await listEntries(office.db, id, page);
    expect(entries).toMatchObject([
      { kind: "filed", role: "user", personId: office.people.requester.id, at: morning, toState: "filed" },
    ]);
    expect(await findOpenWorkOrder(office.db, id)).toBeUndefined();
  });

  it("goes into the journal without a word of what was written", async () => {
    const id = await filed();

    const rows = await office.db
      .selectFrom("journal")
      .select(["actor_id", "event", "subject_kind", "details", "at"])
      .where("subject_kind", "=", "ticket")
      .where("subject_id", "=", id)
      .execute();
    const [entry] = await listEntries(office.db, id, page);
    expect(rows).toEqual([
      {
        at: morning,
        actor_id: office.people.requester.id,
        event: "ticket-filed",
        subject_kind: "ticket",
        details: {
          procedure: "application-trouble",
          officeId: office.people.requester.officeId,
          channel: "chat",
          state: "filed",
          entryId: entry?.id,
          files: 0,
        },
      },
    ]);
  });

  it("takes over the files of its form, and no others", async () => {
    const { requester, neighbour } = office.people;
    const [draftId, otherDraft] = [await office.draftOf(requester), await office.draftOf(neighbour)];
    const photo = { kind: "photo", name: "layar.jpg", mimeType: "image/jpeg", telegramFileId: "p1" } as const;
    await office.act((tx) => receiveFile(tx, requester, office.setting(), { draftId, file: photo }));
    await office.act((tx) => receiveFile(tx, neighbour, office.setting(), { draftId: otherDraft, file: photo }));

    const id = await filed(complaint, requester, draftId);

    const attachments = await listAttachments(office.db, id, { withInternalNotes: true });
    expect(attachments).toMatchObject([{ name: "layar.jpg", personId: requester.id, ticketId: id }]);
    const journal = await office.db
      .selectFrom("journal")
      .select("details")
      .where("event", "=", "ticket-filed")
      .where("subject_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(journal.details.files).toBe(1);
  });

  it("is open to everybody in the register, of whatever role", async () => {
    expect((await file(complaint, office.people.leadership)).ok).toBe(true);
    expect((await file(complaint, await office.hire([]))).ok).toBe(true);
  });

  it("stores halves of surrogate pairs and NUL as something that can be stored", async () => {
    const id = await filed({ ...complaint, description: "layar a\0b\uD83Dc" });

    expect((await office.ticket(id)).answers.description).toBe("layar ab\uFFFDc");
  });
});

describe("filing is refused, and nothing is written", () => {
  it.each<[string, Record<string, string>, object]>([
    ["without the application", { description: "x", "occurred-at": "08.30" }, { code: "answer-missing" }],
    ["with an invisible description", { ...complaint, description: "\u200B" }, { code: "text-empty" }],
    ["with a time to come", { ...complaint, "occurred-at": "10.00" }, { code: "instant-in-future" }],
    ["with a name of the form that is not there", { ...complaint, requester: "1" }, { code: "answer-unknown" }],
    [
      "with an application of 101 characters",
      { ...complaint, application: "a".repeat(101) },
      { code: "text-too-long", values: { field: "application", length: 101, maxLength: 100 } },
    ],
  ])("%s", async (_, answers, refusal) => {
    const before = await office.contents();

    expect(await file(answers)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it("to an inactive person", async () => {
    const gone = { ...office.people.requester, isActive: false };
    expect(await file(complaint, gone)).toMatchObject({ refusal: { code: "person-inactive" } });
  });
});

it("an unknown procedure is a fault, and nothing is written", async () => {
  const before = await office.contents();
  const input = { procedure: "lamp", answers: complaint, draftId: 0 };

  const filing = office.act((tx) => fileTicket(tx, office.people.requester, office.setting(), input));

  await expect(filing).rejects.toThrow("no procedure is named lamp");
  expect(await office.contents()).toEqual(before);
});

describe("what not everybody may ask for", () => {
  const asked = { procedure: "platform-change", answers: { description: "Caddy." } };

  it("is refused, also to who writes it down for others", async () => {
    const { requester, helpDesk, infrastructure } = office.people;
    const ask = (by: typeof requester) =>
      office.act((tx) => fileTicket(tx, by, office.setting(), { ...asked, draftId: 0 }));
    for (const by of [requester, helpDesk]) {
      expect(await ask(by)).toMatchObject({ refusal: { code: "not-your-role", values: { role: "data-center" } } });
    }
    expect((await ask(infrastructure)).ok).toBe(true);
  });
});
