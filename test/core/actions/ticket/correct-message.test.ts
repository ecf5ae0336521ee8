import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cleanUp } from "../../../../core/actions/clean-up.ts";
import { withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { addToAlbum } from "../../../../core/actions/ticket/add-to-album.ts";
import { correctMessage } from "../../../../core/actions/ticket/correct-message.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { commentRating, rateTicket } from "../../../../core/actions/ticket/rate-ticket.ts";
import { type MessageKind, writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { attachHeard, findHeard, hear } from "../../../../core/db/heard-messages.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import { findArrival } from "../../../../core/db/ticket/done-steps.ts";
import { findEntry, latestAnswers, listCorrectedFields, listEntries } from "../../../../core/db/ticket/entries.ts";
import { findRatingOfClosing } from "../../../../core/db/ticket/ratings.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const refused = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });
const corrected = { ok: true, value: "corrected" };

let office: TestOffice;
let id: number;
let messageId = 100;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  id = await office.file();
  await office.walk(id, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
  messageId += 1;
});

/** Words of a message of Telegram become an entry, as a form does it. */
async function wrote(by: Person, kind: MessageKind, ...texts: string[]): Promise<number> {
  const draftId = await office.draftOf(by);
  return office.act(async (tx) => {
    for (const text of texts) {
      const became = { draftId, field: "note", length: text.length, now: morning };
      await hear(tx, { chatId: chatOf(by), messageId: messageId++ }, became);
    }
    messageId -= 1;
    const text = texts.filter((each) => each !== "").join("\n");
    const written = await writeMessage(tx, by, office.setting(), { ticketId: id, kind, text, draftId });
    if (!written.ok) throw new Error(written.refusal.code);
    return written.value;
  });
}

async function edit(by: Person, text: string, { at = messageId, now = morning } = {}) {
  return office.act((tx) => correctMessage(tx, by, office.setting(now), { chatId: chatOf(by), messageId: at, text }));
}

async function words(entryId: number): Promise<Answers> {
  const entry = await findEntry(office.db, entryId);
  if (entry === undefined) throw new Error(`there is no entry ${entryId}`);
  return latestAnswers(entry);
}

describe("a comment that was edited", () => {
  it("reads as it is now, and keeps what it was", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "Sejak kemarin.");
    await office.takeMail();
    const later = minutesAfter(morning, 5);

    expect(await edit(requester, " Sejak pagi ini. ", { now: later })).toEqual(corrected);

    expect(await words(entryId)).toEqual({ note: "Sejak pagi ini." });
    const [correction, original] = await listEntries(office.db, id, page);
    expect(original).toMatchObject({ id: entryId, answers: { note: "Sejak kemarin." }, formerWords: "Sejak kemarin." });
    expect(correction).toMatchObject({
      ...{ kind: "corrected", personId: requester.id, at: later, correctedKind: "comment" },
      answers: { note: "Sejak pagi ini.", former: "Sejak kemarin." },
    });
    const journal = await office.db.selectFrom("journal").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(journal).toMatchObject({
      event: "message-corrected",
      actor_id: requester.id,
      details: { entryId: correction?.id, correctedEntryId: entryId, field: "note" },
    });
  });

  it("changes in the chats of those who were told, and tells nobody anew", async () => {
    const { requester, itSupport, itSupport2 } = office.people;
    const entryId = await wrote(requester, "comment", "Sejak kemarin.");
    const sent = await office.deliver();

    await edit(requester, "Sejak pagi ini.");

    const told = { kind: "comment-added", ticketId: id, entryId };
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, edits: sent[0], ...told },
      { to: itSupport2.name, edits: sent[1], ...told },
    ]);
  });

  it("may be edited again and again, back to what it was too", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "satu");
    for (const text of ["dua kata", "tiga", "satu"]) expect(await edit(requester, text)).toEqual(corrected);

    expect(await words(entryId)).toEqual({ note: "satu" });
    expect(await edit(requester, "satu")).toEqual({ ok: true, value: "unchanged" });
    expect((await listEntries(office.db, id, page)).filter(({ kind }) => kind === "corrected")).toHaveLength(3);
  });

  it("of several messages changes only its own part", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "satu", "", "tiga");

    await edit(requester, "SATU", { at: messageId - 2 });
    await edit(requester, "dua", { at: messageId - 1 });

    expect(await words(entryId)).toEqual({ note: "SATU\ndua\ntiga" });
  });

  it.each([
    ["nothing", " ", "text-empty"],
    ["too much", "a".repeat(3801), "text-too-long"],
  ])("to %s is refused", async (_what, text, code) => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "Sejak kemarin.");
    expect(await edit(requester, text)).toEqual(refused(code));
    expect(await words(entryId)).toEqual({ note: "Sejak kemarin." });
  });
});

describe("what the desk wrote", () => {
  it("to the requester changes in the requester's chat", async () => {
    const { itSupport, requester } = office.people;
    const entryId = await wrote(itSupport, "reply", "Besok kami datang.");
    const [sent] = await office.deliver();

    expect(await edit(itSupport, "Lusa kami datang.")).toEqual(corrected);

    const notice = { kind: "reply-received", ticketId: id, entryId };
    expect(await office.takeMail()).toContainEqual({ to: requester.name, edits: sent, ...notice });
  });

  it("as an internal note stays internal, also its correction", async () => {
    const { itSupport, requester } = office.people;
    await wrote(itSupport, "internal-note", "Pemohon lupa sandi.");
    await office.deliver();
    await edit(itSupport, "Pemohon lupa kata sandi.");

    const seen = await listEntries(office.db, id, { ...page, withInternalNotes: false });
    expect(seen.map(({ kind }) => kind)).not.toContain("corrected");
    expect((await office.takeMail()).map(({ to }) => to)).not.toContain(requester.name);
  });
});

describe("the filed form", () => {
  async function filed(text: string): Promise<void> {
    const { requester } = office.people;
    const draftId = await office.draftOf(requester);
    id = await office.act(async (tx) => {
      const source = { chatId: chatOf(requester), messageId };
      await hear(tx, source, { draftId, field: "description", length: text.length, now: morning });
      await hear(
        tx,
        { ...source, messageId: messageId + 1 },
        { draftId, field: "application", length: 6, now: morning },
      );
      const answers = { application: "SIMPEG", description: text, "occurred-at": "08.30" };
      const done = await fileTicket(tx, requester, office.setting(), {
        procedure: "application-trouble",
        answers,
        draftId,
      });
      if (!done.ok) throw new Error(done.refusal.code);
      return done.value;
    });
  }

  it("shows the words as they are now, and says which were edited", async () => {
    const { requester } = office.people;
    await filed("Layar putih.");

    expect(await edit(requester, "Layar hitam.")).toEqual(corrected);

    expect((await office.ticket(id)).answers.description).toBe("Layar hitam.");
    expect(await listCorrectedFields(office.db, id)).toEqual(["description"]);
    const [correction] = await listEntries(office.db, id, page);
    expect(correction?.answers).toEqual({ description: "Layar hitam.", former: "Layar putih." });
  });

  it("takes its subject along", async () => {
    const { requester } = office.people;
    await filed("Layar putih.");
    await edit(requester, "SIPD", { at: messageId + 1 });
    expect(await office.ticket(id)).toMatchObject({ subject: "SIPD", answers: { application: "SIPD" } });
  });

  it("is not corrected any more once the ticket has ended", async () => {
    const { requester } = office.people;
    await filed("Layar putih.");
    await office.walk(id, [["cancel", "user", { note: "Tidak jadi." }]]);
    expect(await edit(requester, "Layar hitam.")).toEqual(refused("ticket-ended"));
  });
});

describe("an edit is refused", () => {
  it("where the ticket has ended meanwhile", async () => {
    const { requester } = office.people;
    await wrote(requester, "comment", "Sejak kemarin.");
    await office.walk(id, [["cancel", "user", { note: "Tidak jadi." }]]);
    expect(await edit(requester, "Sejak pagi.")).toEqual(refused("ticket-ended"));
  });

  it("where the right has ended meanwhile", async () => {
    const { administrator } = office.people;
    const colleague = await office.hire(["it-support"]);
    await wrote(colleague, "internal-note", "Sudah diperiksa.");
    await office.act((tx) =>
      withdrawRole(tx, administrator, office.setting(), { personId: colleague.id, role: "it-support" }),
    );
    const now = { ...colleague, roles: [] };
    expect(await edit(now, "Belum diperiksa.")).toEqual(refused("no-such-ticket"));
  });

  it("of a chat that belongs to somebody else by now", async () => {
    const { requester, neighbour } = office.people;
    await wrote(requester, "comment", "Sejak kemarin.");
    const input = { chatId: chatOf(requester), messageId, text: "Bukan saya" };
    expect(await office.act((tx) => correctMessage(tx, neighbour, office.setting(), input))).toEqual(
      refused("edit-not-traced"),
    );
  });

  it("of the note of a step, which is done", async () => {
    const { itSupport, requester } = office.people;
    const [entry] = await listEntries(office.db, id, page);
    const source = { chatId: chatOf(requester), messageId };
    const became = { entryId: entry?.id ?? 0, field: "note", length: 0, now: morning };
    await office.act((tx) => hear(tx, source, became));
    expect(entry).toMatchObject({ kind: "step" });
    const input = { ...source, text: "Lain" };
    const { helpDesk } = office.people;
    expect(await office.act((tx) => correctMessage(tx, helpDesk, office.setting(), input))).toEqual(
      refused("edit-of-step"),
    );
    expect(await office.act((tx) => correctMessage(tx, itSupport, office.setting(), input))).toEqual(
      refused("edit-not-traced"),
    );
  });

  it("of a message that became nothing", async () => {
    expect(await edit(office.people.requester, "Halo", { at: 1 })).toEqual(refused("edit-not-traced"));
  });
});

it("the comment to a rating is corrected as long as it can be rated", async () => {
  const { requester } = office.people;
  await office.walk(id, [
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
    ["ask-requester", "it-support", { note: "Sudah diperiksa." }],
    ["confirm-resolved", "user"],
    ["close", "help-desk", { note: "Selesai." }],
  ]);
  const closing = { ticketId: id, entryId: (await findArrival(office.db, id, "closed")) ?? 0 };
  const draftId = await office.draftOf(requester);
  await office.act(async (tx) => {
    await hear(tx, { chatId: chatOf(requester), messageId }, { draftId, field: "note", length: 5, now: morning });
    await rateTicket(tx, requester, office.setting(), { ...closing, stars: 1 });
    await commentRating(tx, requester, office.setting(), { ...closing, note: "Lama.", draftId });
  });
  const [sent] = await office.deliver();

  expect(await edit(requester, "Lama sekali.")).toEqual(corrected);

  const { commentEntryId } = (await findRatingOfClosing(office.db, closing.entryId)) ?? { commentEntryId: null };
  expect(await words(commentEntryId ?? 0)).toEqual({ note: "Lama sekali." });
  expect(await office.takeMail()).toContainEqual(expect.objectContaining({ kind: "rating-low", edits: sent }));
  const late = minutesAfter(morning, 8 * 24 * 60);
  expect(await edit(requester, "Lama", { now: late })).toEqual(refused("too-late-to-rate"));
});

describe("the further parts of an album", () => {
  const file = { kind: "photo", name: "foto.jpg", mimeType: "image/jpeg", telegramFileId: "f" } as const;

  async function addPart(by: Person, entryId: number, text?: string) {
    messageId += 1;
    const source = { chatId: chatOf(by), messageId, albumId: "a" };
    const input = { entryId, file, source, ...(text === undefined ? {} : { text }) };
    return office.act((tx) => addToAlbum(tx, by, office.setting(), input));
  }

  it("join the first one's entry with their files and captions, without being an edit", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "Layar satu");
    await office.deliver();

    expect(await addPart(requester, entryId)).toMatchObject({ ok: true });
    expect(await addPart(requester, entryId, "Layar tiga")).toMatchObject({ ok: true });

    expect(await words(entryId)).toEqual({ note: "Layar satu\nLayar tiga" });
    expect((await findEntry(office.db, entryId))?.formerWords).toBeNull();
    expect((await listEntries(office.db, id, page))[0]).toMatchObject({ id: entryId });
    expect(await listAttachments(office.db, id, { withInternalNotes: true })).toHaveLength(2);
    const kinds = (await office.takeMail()).map(({ kind, edits }) => [kind, edits !== undefined]);
    expect(kinds.every(([kind, isEdit]) => kind === "comment-added" && isEdit)).toBe(true);
    expect(office.enqueued.filter(({ name }) => name === "fetch-file").length).toBeGreaterThanOrEqual(2);
  });

  it("may be edited, each on its own", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "Layar satu");
    await addPart(requester, entryId, "Layar dua");
    await edit(requester, "Layar 2");
    expect(await words(entryId)).toEqual({ note: "Layar satu\nLayar 2" });
    expect((await findEntry(office.db, entryId))?.formerWords).toBe("Layar satu\nLayar dua");
  });

  it("whose caption makes it too long keep their file, and say so", async () => {
    const { requester } = office.people;
    const entryId = await wrote(requester, "comment", "a".repeat(3000));
    expect(await addPart(requester, entryId, "b".repeat(1000))).toEqual(refused("text-too-long"));
    expect(await listAttachments(office.db, id, { withInternalNotes: true })).toHaveLength(1);
  });

  it("do not join what somebody else wrote", async () => {
    const { requester, itSupport } = office.people;
    const entryId = await wrote(requester, "comment", "Layar satu");
    expect(await addPart(itSupport, entryId)).toEqual(refused("no-such-ticket"));
  });
});

it("which message became what is forgotten when Telegram lets nobody edit it any more", async () => {
  const { requester } = office.people;
  await wrote(requester, "comment", "Sejak kemarin.");
  const message = { chatId: chatOf(requester), messageId };
  await office.act((tx) => cleanUp(tx, office.setting(minutesAfter(morning, 3 * 24 * 60))));
  expect(await findHeard(office.db, message)).toMatchObject({ field: "note", draftId: null });
  await office.act((tx) => cleanUp(tx, office.setting(minutesAfter(morning, 3 * 24 * 60 + 1))));
  expect(await findHeard(office.db, message)).toBeUndefined();
});

it("the database takes no correction that names nothing, and no other entry that does", async () => {
  const insert = (kind: string, corrects: number | null) =>
    sql`insert into entry (ticket_id, kind, at, corrects) values (${id}, ${kind}, now(), ${corrects})`.execute(
      office.db,
    );
  const [entry] = await listEntries(office.db, id, page);
  await expect(insert("corrected", null)).rejects.toThrow("violates check constraint");
  await expect(insert("comment", entry?.id ?? 0)).rejects.toThrow("violates check constraint");
});

describe("the form of a request that is decided upon", () => {
  /** Filed with words that came as one message of Telegram. */
  async function filedWith(procedure: "exception" | "hosting", field: string, text: string): Promise<void> {
    const { requester } = office.people;
    id = await office.file({ procedure, answers: { [field]: text } });
    const [entry] = await listEntries(office.db, id, page);
    const source = { chatId: chatOf(requester), messageId };
    await office.act(async (tx) => {
      const draftId = await office.draftOf(requester);
      await hear(tx, source, { draftId, field, length: text.length, now: morning });
      await attachHeard(tx, draftId, { entryId: entry?.id ?? 0 });
    });
  }

  it("stays as approvers were shown it, before and after they decide", async () => {
    const { requester } = office.people;
    await filedWith("exception", "rule", "Port 443 dibuka");

    expect(await edit(requester, "Semua port dibuka")).toEqual(refused("edit-of-request"));
    await office.walk(id, [["approve-exception", "leadership"]]);
    expect(await edit(requester, "Semua port dibuka")).toEqual(refused("edit-of-request"));
    expect((await office.ticket(id)).answers.rule).toBe("Port 443 dibuka");
  });

  it("of a letter is corrected until the letter is on record (R09)", async () => {
    const { requester } = office.people;
    await filedWith("hosting", "letter-number", "555/1/2026");

    expect(await edit(requester, "555/2/2026")).toEqual(corrected);
    const letter = { "agenda-number": "7", "letter-nature": "ordinary", "received-on": "20-11-2026" };
    await office.walk(id, [["record-letter", "non-technical", letter]]);
    expect(await edit(requester, "555/3/2026")).toEqual(refused("edit-of-request"));
    expect((await office.ticket(id)).answers["letter-number"]).toBe("555/2/2026");
  });
});
