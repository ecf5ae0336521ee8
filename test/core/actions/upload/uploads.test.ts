import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerPriority, send } from "../../../../core/actions/notices.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { offerUpload } from "../../../../core/actions/upload/offer-upload.ts";
import { beginUpload, receivePart } from "../../../../core/actions/upload/receive-upload.ts";
import { recordUpload } from "../../../../core/actions/upload/record-upload.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { deleteDraft } from "../../../../core/db/ticket/drafts.ts";
import { chatOf, minutesAfter, morning, openOffice, pagesUrl, type TestOffice } from "../../../support/office.ts";

const stored = { sha256: "a".repeat(64), sizeBytes: 5 };
const disk = { sizeOf: async () => 5, append: async () => undefined };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  office.enqueued.length = 0;
  await office.db.deleteFrom("upload").execute();
  await office.takeMail();
});

const me = () => office.people.requester;
const offer = (draftId: number, person = me()) =>
  office.act((tx) => offerUpload(tx, person, office.setting(), { draftId, field: "files", title: "Lampiran" }));

/** A link for a file of a new form; the token of it. */
async function link(draftId?: number): Promise<{ draftId: number; token: string }> {
  const into = draftId ?? (await office.draftOf(me()));
  expect(await offer(into)).toEqual({ ok: true, value: undefined });
  const [mail] = await office.takeMail();
  return { draftId: into, token: String(mail?.link).slice(`${pagesUrl}upload/`.length) };
}
const begin = (token: string, lengthBytes = 5) =>
  office.act((tx) =>
    beginUpload(tx, office.setting(), { token, name: "a.zip", mimeType: "x", lengthBytes, freeBytes: 2 ** 50 }),
  );
const lastPart = (token: string) => (tx: Tx) =>
  receivePart(tx, office.setting(), { token, offset: 0, sizeBytes: 5 }, disk);
const uploads = () => office.db.selectFrom("upload").selectAll().orderBy("id").execute();

describe("a link", () => {
  it("comes to the private chat of who fills the form in, and to nobody for another's form", async () => {
    const draftId = await office.draftOf(me());
    expect(await offer(draftId, office.people.helpDesk)).toMatchObject({ refusal: { code: "draft-gone" } });
    await offer(draftId);
    const mail = await office.takeMail();
    expect(mail).toMatchObject([{ to: me().name, kind: "upload-link" }]);
    expect(mail[0]?.link).toMatch(/^https:\/\/desk\.test\/upload\/[\w-]{43}$/);
  });

  it("makes an older one void that was not begun, and leaves one that was", async () => {
    const { draftId, token: first } = await link();
    const { token: second } = await link(draftId);
    expect(await begin(first)).toMatchObject({ refusal: { code: "link-no-good" } });
    expect(await begin(second)).toEqual({ ok: true, value: 0 });
    await link(draftId);
    expect(await begin(second)).toEqual({ ok: true, value: 0 });
  });

  it("is refused while five files are on the way", async () => {
    const { draftId, token } = await link();
    await begin(token);
    for (let count = 1; count < 5; count += 1) await begin((await link(draftId)).token);
    expect(await offer(draftId)).toEqual({ ok: false, refusal: { code: "too-many-uploads", values: { most: 5 } } });
  });

  it("is refused where nobody reaches the pages", async () => {
    const draftId = await office.draftOf(me());
    const { pagesUrl: _, ...setting } = office.setting();
    const offered = office.act((tx) => offerUpload(tx, me(), setting, { draftId, field: "files", title: "Lampiran" }));
    expect(await offered).toMatchObject({ refusal: { code: "no-pages" } });
  });
});

describe("the last part", () => {
  it("makes the file an answer of the form, and hands it to the worker", async () => {
    const { token, draftId } = await link();
    await begin(token);
    await office.act(lastPart(token));
    const [{ id = 0 } = {}] = await uploads();
    expect(office.enqueued).toEqual([{ name: "store-upload", data: { uploadId: id } }]);
    const files = office.db.selectFrom("attachment").select(["field", "kind", "name", "mime_type", "state"]);
    expect(await files.where("draft_id", "=", draftId).execute()).toEqual([
      { field: "files", kind: "document", name: "a.zip", mime_type: "application/octet-stream", state: "waiting" },
    ]);
  });

  const complaint = { application: "SIMPEG", description: "Layar putih.", "occurred-at": "08.30" };
  const sendForm = (draftId: number) => async (tx: Tx) => {
    const filing = { procedure: "application-trouble", answers: complaint, draftId };
    const filed = await fileTicket(tx, me(), office.setting(), filing);
    await deleteDraft(tx, draftId);
    return filed.ok ? filed.value : 0;
  };
  const filesOf = (ticketId: number) =>
    office.db.selectFrom("attachment").select(["name", "state"]).where("ticket_id", "=", ticketId).execute();

  it("that comes while the form is being sent joins the ticket", async () => {
    const { token, draftId } = await link();
    await begin(token);
    const [ticketId, received] = await office.oneInTheOther(sendForm(draftId), lastPart(token));
    expect(received).toMatchObject({ ok: true });
    expect(await filesOf(ticketId)).toEqual([{ name: "a.zip", state: "waiting" }]);
  });

  it("that comes long after the form was sent joins the ticket, and is told", async () => {
    const { token, draftId } = await link();
    await begin(token);
    const ticketId = await office.act(sendForm(draftId));
    expect(await office.act(lastPart(token))).toMatchObject({ ok: true });
    expect(await filesOf(ticketId)).toEqual([{ name: "a.zip", state: "waiting" }]);
    await office.takeMail();
    const [{ id: uploadId = 0 } = {}] = await uploads();
    await office.act((tx) => recordUpload(tx, office.setting(), { uploadId, stored }));
    expect((await office.takeMail()).map(({ to, kind }) => [to, kind])).toContainEqual([me().name, "upload-arrived"]);
  });

  it("whose form was thrown away is refused", async () => {
    const { token, draftId } = await link();
    await begin(token);
    await office.act((tx) => deleteDraft(tx, draftId));
    expect(await office.act(lastPart(token))).toMatchObject({ refusal: { code: "link-no-good" } });
  });

  it("that comes just before the form is sent goes with it", async () => {
    const { token, draftId } = await link();
    await begin(token);
    const [, filed] = await office.oneInTheOther(lastPart(token), (tx) =>
      fileTicket(tx, me(), office.setting(), { procedure: "application-trouble", answers: complaint, draftId }),
    );
    const ticketId = filed.ok ? filed.value : 0;
    const files = await office.db
      .selectFrom("attachment")
      .select(["name", "state"])
      .where("ticket_id", "=", ticketId)
      .execute();
    expect(files).toEqual([{ name: "a.zip", state: "waiting" }]);
    await office.takeMail();

    const [{ id: uploadId = 0 } = {}] = await uploads();
    await office.act((tx) => recordUpload(tx, office.setting(), { uploadId, stored }));

    expect((await office.takeMail()).map(({ to, kind }) => [to, kind])).toContainEqual([me().name, "upload-arrived"]);
  });
});

describe("what became of a file", () => {
  async function whole(): Promise<number> {
    const { token } = await link();
    await begin(token);
    await office.act(lastPart(token));
    return (await uploads()).at(-1)?.id ?? 0;
  }

  it("is told once, though it is recorded twice", async () => {
    const uploadId = await whole();
    for (const _ of [1, 2]) await office.act((tx) => recordUpload(tx, office.setting(), { uploadId, stored }));
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["upload-arrived", "question"]);
  });

  it("is told without taking the place of the next question, which is asked at the same moment", async () => {
    const uploadId = await whole();
    const { id: draftId } = await office.db
      .selectFrom("draft")
      .select("id")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    const next = { kind: "question", draftId, question: "review" } as const;
    const goOn = async (tx: Tx) => {
      await tx.updateTable("draft").set({ question: next.question }).where("id", "=", draftId).execute();
      await send(tx, chatOf(me()), next, { now: new Date(), priority: answerPriority });
    };

    await office.oneInTheOther(goOn, (tx) => recordUpload(tx, office.setting(), { uploadId, stored }));

    const questions = (await office.takeMail()).filter(({ kind }) => kind === "question");
    expect(questions).toMatchObject([{ question: "review" }]);
  });

  it("is told too where it could not be stored", async () => {
    const uploadId = await whole();
    await office.act((tx) => recordUpload(tx, office.setting(), { uploadId, stored: null }));
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["upload-failed", "question"]);
  });
});

describe("the database keeps", () => {
  it.each([
    ["more than was announced", { received_bytes: 6 }],
    ["a length without a name", { name: null }],
    ["an answer before all has come", { attachment_id: 1, received_bytes: 4 }],
  ])("no upload with %s", async (_what, changes) => {
    const { token } = await link();
    await begin(token);
    await expect(office.db.updateTable("upload").set(changes).execute()).rejects.toThrow(/violates/);
  });

  it("no link that ends before it begins", async () => {
    await link();
    const ended = office.db.updateTable("upload").set({ expires_at: minutesAfter(morning, -1) });
    await expect(ended.execute()).rejects.toThrow(/violates/);
  });
});
