import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordCard } from "../../../../core/actions/record-delivery.ts";
import { writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { type IncomingFile, receiveFile, recordFile } from "../../../../core/actions/upload/keep-files.ts";
import { connect } from "../../../../core/db/database.ts";
import { openTasks } from "../../../../core/db/tasks.ts";
import { findAttachment } from "../../../../core/db/ticket/attachments.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const photo: IncomingFile = { kind: "photo", name: "layar.jpg", mimeType: "image/jpeg", telegramFileId: "p1" };
const stored = { sha256: "a".repeat(64), sizeBytes: 1234 };
const later = minutesAfter(morning, 5);

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  office.enqueued.length = 0;
  await office.takeMail();
});

async function receive(file: Partial<IncomingFile> = {}, draftId?: number): Promise<number> {
  const { requester } = office.people;
  const into = draftId ?? (await office.draftOf(requester));
  await office.act((tx) =>
    receiveFile(tx, requester, office.setting(), { draftId: into, file: { ...photo, ...file } }),
  );
  const { id } = await office.db
    .selectFrom("attachment")
    .select("id")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}

/** A file that the requester sent with a comment, and its ticket. */
async function receiveOnTicket(): Promise<{ attachmentId: number; ticketId: number }> {
  const { requester } = office.people;
  const ticketId = await office.file();
  const draftId = await office.draftOf(requester);
  const attachmentId = await receive({}, draftId);
  await office.act((tx) => writeMessage(tx, requester, office.setting(), { ticketId, kind: "comment", draftId }));
  await office.takeMail();
  return { attachmentId, ticketId };
}

function record(attachmentId: number, outcome: typeof stored | null = stored) {
  return office.act((tx) => recordFile(tx, office.setting(later), { attachmentId, stored: outcome }));
}

function journalOf(attachmentId: number) {
  return office.db
    .selectFrom("journal")
    .select(["at", "actor_id", "event", "details"])
    .where("subject_kind", "=", "file")
    .where("subject_id", "=", attachmentId)
    .execute();
}

describe("a file that comes in", () => {
  it("is noted with its form, and fetched at once", async () => {
    const id = await receive();

    expect(await findAttachment(office.db, id)).toEqual({
      id,
      field: null,
      ticketId: null,
      personId: office.people.requester.id,
      kind: "photo",
      name: "layar.jpg",
      mimeType: "image/jpeg",
      telegramFileId: "p1",
      state: "waiting",
      sha256: null,
      sizeBytes: null,
      imageReference: null,
      trouble: null,
    });
    expect(office.enqueued).toEqual([{ name: "fetch-file", data: { attachmentId: id } }]);
  });

  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\siti\\surat.pdf", "surat.pdf"],
    ['laporan "akhir".pdf', "laporan 'akhir'.pdf"],
    ["surat\u202Efdp.exe", "suratfdp.exe"],
    ["satu\r\nDua: tiga.pdf", "satu Dua: tiga.pdf"],
    ["", "berkas"],
    ["\u200B", "berkas"],
    ["folder/", "berkas"],
    ["folder/\u200D", "berkas"],
    [`${"a".repeat(200)}.pdf`, `${"a".repeat(115)}….pdf`],
  ])("has a name that can be shown and sent on: %j", async (name, safe) => {
    const id = await receive({ name });
    expect((await findAttachment(office.db, id))?.name).toBe(safe);
  });

  it("is fetched only if the action comes to its end", async () => {
    const { pool, close } = connect(office.database.config, { as: "application", max: 2 });
    const tasks = await openTasks(pool, () => undefined);
    const { requester } = office.people;
    const draftId = await office.draftOf(requester);
    const setting = { ...office.setting(), tasks };
    const queued = async () => (await pool.query("select data from pgboss.job where name = 'fetch-file'")).rows;

    const broken = office.act(async (tx) => {
      await receiveFile(tx, requester, setting, { draftId, file: photo });
      throw new Error("power cut");
    });
    await expect(broken).rejects.toThrow("power cut");
    expect(await queued()).toEqual([]);

    await office.act((tx) => receiveFile(tx, requester, setting, { draftId, file: photo }));
    expect(await queued()).toEqual([{ data: { attachmentId: expect.any(Number) } }]);
    await tasks.close();
    await close();
  });
});

describe("a file that was fetched", () => {
  it("is stored under its hash, with a journal row that names no file", async () => {
    const { attachmentId, ticketId } = await receiveOnTicket();

    await record(attachmentId);

    expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "stored", ...stored });
    expect(await journalOf(attachmentId)).toEqual([
      { at: later, actor_id: null, event: "file-stored", details: { sha256: stored.sha256, ticketId } },
    ]);
    expect(await office.takeMail()).toEqual([]);
  });

  it("changes the cards of its ticket in place", async () => {
    const { attachmentId, ticketId } = await receiveOnTicket();
    const card = { chatId: chatOf(office.people.requester), ticketId, messageId: 11 };
    await office.act((tx) => recordCard(tx, office.setting(), card));

    await record(attachmentId);

    expect(await office.takeMail()).toEqual([
      { to: office.people.requester.name, kind: "ticket-card", ticketId, edits: 11 },
    ]);
  });

  it("is recorded once: the second time nothing is written, whatever it says", async () => {
    const { attachmentId } = await receiveOnTicket();
    await record(attachmentId);
    const before = await office.contents();

    await record(attachmentId);
    await record(attachmentId, null);

    expect(await office.contents()).toEqual(before);
  });

  it("is recorded once by two workers at once, and what is stored is not lost", async () => {
    const { attachmentId } = await receiveOnTicket();
    const press = (outcome: typeof stored | null) => (tx: Parameters<typeof recordFile>[0]) =>
      recordFile(tx, office.setting(later), { attachmentId, stored: outcome });

    await office.atOnce(press(stored), press(stored), press(stored));

    expect(await journalOf(attachmentId)).toHaveLength(1);
    expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "stored" });
  });

  it("may be gone with its form", async () => {
    const before = await office.contents();
    await record(999_999);
    expect(await office.contents()).toEqual(before);
  });

  it("of a form that is still being filled in has no ticket yet, and nobody is told", async () => {
    const id = await receive();
    await record(id, null);

    expect(await journalOf(id)).toMatchObject([{ event: "file-lost", details: { sha256: null, ticketId: null } }]);
    expect(await office.takeMail()).toEqual([]);
  });
});

it("who sent a file that can never be fetched is told to send it again", async () => {
  const { attachmentId, ticketId } = await receiveOnTicket();

  await record(attachmentId, null);

  expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "failed", sha256: null });
  expect(await office.takeMail()).toEqual([
    { to: office.people.requester.name, kind: "file-not-stored", ticketId, attachmentId },
  ]);
});
