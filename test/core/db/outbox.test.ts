import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  deleteBefore,
  enqueue,
  findPress,
  listDue,
  listSentSince,
  markEnded,
  markFailed,
  markSent,
  moveChat,
  type OutboxRow,
  type OutgoingMessage,
  postponeChat,
  storePresses,
  touchPending,
} from "../../../core/db/outbox.ts";
import type { Tx } from "../../../core/db/tables.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";

const SITI = 1001;
const BUDI = 1002;
const now = new Date("2026-12-01T02:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.owner.deleteFrom("outbox").execute());
afterAll(() => database.close());

const inTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => database.db.transaction().execute(work);

type Text = { kind: "text"; text: string };

function say(text: string, extra: Partial<OutgoingMessage> = {}): Promise<void> {
  const message: Text = { kind: "text", text };
  return inTransaction((tx) => enqueue(tx, { chatId: SITI, priority: 1, now, ...extra, message }));
}

function due(at = now, exceptChats: number[] = [], limit = 10): Promise<OutboxRow[]> {
  return listDue(database.db, { now: at, exceptChats, limit });
}

async function onlyDue(at = now): Promise<OutboxRow> {
  const [row, ...others] = await due(at);
  if (!row || others.length > 0) throw new Error(`${row ? 1 + others.length : 0} rows are due`);
  return row;
}

const textOf = (row: Pick<OutboxRow, "message"> | undefined) => (row?.message as Text | undefined)?.text;
const textsDue = async (at = now) => (await due(at)).map(textOf);
const sent = (messageId: number, at = now) => ({ messageId, isEditedNext: true, now: at });
const rows = () => database.db.selectFrom("outbox").selectAll().orderBy("id").execute();

describe("what may go", () => {
  it("is the first of each chat, answers before notices, then by age", async () => {
    await say("notice for Siti");
    await say("notice for Budi", { chatId: BUDI });
    await say("answer for Budi", { chatId: BUDI, priority: 0 });
    await say("second answer for Budi", { chatId: BUDI, priority: 0 });

    expect(await textsDue()).toEqual(["answer for Budi", "notice for Siti"]);
  });

  it("is not what stands behind a message that waits for its next try", async () => {
    await say("first");
    await say("second");
    await say("for Budi", { chatId: BUDI });
    const [first] = await due();
    if (!first) throw new Error("nothing is due");

    await inTransaction((tx) => markFailed(tx, first, "broken", later(5)));

    expect(await textsDue()).toEqual(["for Budi"]);
    expect(await textsDue(later(5))).toEqual(["first", "for Budi"]);
  });

  it("leaves out the chats that are named, and what is beyond the limit", async () => {
    await say("for Siti");
    await say("for Budi", { chatId: BUDI });

    expect((await due(now, [SITI])).map(textOf)).toEqual(["for Budi"]);
    expect((await due(now, [], 1)).map(textOf)).toEqual(["for Siti"]);
  });

  it("waits as a whole chat when Telegram wants a pause there", async () => {
    await say("first");
    await say("second");
    await say("for Budi", { chatId: BUDI });

    await postponeChat(database.db, SITI, later(30), "too many");

    expect(await textsDue(later(29))).toEqual(["for Budi"]);
    expect(await textsDue(later(30))).toEqual(["first", "for Budi"]);
  });
});

describe("merging", () => {
  it.each([
    ["an edit in the place of an edit", 7, 8, { text: "newer", edits: 8 }],
    ["a new message in the place of an edit", 7, undefined, { text: "newer", edits: null }],
    ["a new message in the place of a new one", undefined, undefined, { text: "newer", edits: null }],
    [
      "but no edit in the place of a new message, which has still to go out",
      undefined,
      8,
      { text: "older", edits: null },
    ],
  ])("puts %s", async (_what, olderEdits, newerEdits, expected) => {
    await say("older", { mergeKey: "card 1", editsMessageId: olderEdits });
    await say("newer", { mergeKey: "card 1", editsMessageId: newerEdits });

    const row = await onlyDue();
    expect({ text: textOf(row), edits: row.editsMessageId }).toEqual(expected);
    expect(row.revision).toBe(2);
  });

  it("keeps the higher priority", async () => {
    await say("filed", { mergeKey: "card 1", priority: 0 });
    await say("taken", { mergeKey: "card 1", priority: 1 });

    expect(await rows()).toMatchObject([{ priority: 0 }]);
  });

  it("sends what is touched while it is under way once more", async () => {
    await say("card for Siti", { mergeKey: "card 1" });
    await say("other card", { mergeKey: "card 2", chatId: BUDI });
    const [underWay, other] = await due();
    if (!underWay || !other) throw new Error("not all are due");

    await inTransaction((tx) => touchPending(tx, "card 1"));

    expect(await inTransaction((tx) => markSent(tx, underWay, sent(7)))).toBe(false);
    expect(await inTransaction((tx) => markSent(tx, other, sent(8)))).toBe(true);
  });

  it("keeps other keys, other chats and what is done apart", async () => {
    await say("card 1", { mergeKey: "card 1" });
    const first = await onlyDue();
    await inTransaction((tx) => markSent(tx, first, sent(7)));

    await say("card 1 again", { mergeKey: "card 1" });
    await say("card 2", { mergeKey: "card 2" });
    await say("card 1 of Budi", { mergeKey: "card 1", chatId: BUDI });
    await say("no card");

    expect((await rows()).map(textOf)).toEqual(["card 1", "card 1 again", "card 2", "card 1 of Budi", "no card"]);
  });

  it("sends again what was merged while the older was being sent, as an edit of it", async () => {
    await say("filed", { mergeKey: "card 1" });
    const underWay = await onlyDue();
    await say("taken", { mergeKey: "card 1" });

    expect(await inTransaction((tx) => markSent(tx, underWay, sent(7)))).toBe(false);

    const again = await onlyDue();
    expect(again).toMatchObject({ message: { text: "taken" }, editsMessageId: 7, token: underWay.token });
    expect(await inTransaction((tx) => markSent(tx, again, sent(7)))).toBe(true);
    expect(await due()).toEqual([]);
  });

  it("keeps a new message new where an edit was under way", async () => {
    await say("edit", { mergeKey: "card 1", editsMessageId: 7 });
    const underWay = await onlyDue();
    await say("new", { mergeKey: "card 1" });

    await inTransaction((tx) => markSent(tx, underWay, { messageId: 7, isEditedNext: false, now }));

    expect(await onlyDue()).toMatchObject({ message: { text: "new" }, editsMessageId: null });
  });

  it("tries what was merged while the older was given up", async () => {
    await say("filed", { mergeKey: "card 1" });
    const underWay = await onlyDue();
    await say("taken", { mergeKey: "card 1" });

    expect(await inTransaction((tx) => markEnded(tx, underWay, "dead", "refused"))).toBe(false);
    await inTransaction((tx) => markFailed(tx, underWay, "broken", later(60)));

    expect(await onlyDue()).toMatchObject({ message: { text: "taken" }, attempts: 0 });
  });

  it("makes one row of two that come at once", async () => {
    await Promise.all(["filed", "taken", "closed"].map((text) => say(text, { mergeKey: "card 1" })));

    expect(await onlyDue()).toMatchObject({ revision: 3 });
  });
});

describe("buttons", () => {
  it("do what their token and number say, in their chat only", async () => {
    await say("Ambil?");
    const { id, token } = await onlyDue();
    await storePresses(database.db, id, [{ do: "take" }, { do: "menu" }]);

    expect(await findPress(database.db, token, 1, SITI)).toEqual({ do: "menu" });
    expect(await findPress(database.db, token, 1, BUDI)).toBeUndefined();
    expect(await findPress(database.db, token, 2, SITI)).toBeUndefined();
    expect(await findPress(database.db, "unknown", 0, SITI)).toBeUndefined();
  });

  it("have a token that nobody guesses and that leaves room in Telegram's 64 bytes", async () => {
    await say("one");
    await say("two", { chatId: BUDI });
    const tokens = (await due()).map(({ token }) => token);

    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{22}$/);
  });
});

describe("a group that moves", () => {
  it("takes what waits along", async () => {
    await say("sent before", { chatId: -5 });
    const before = await onlyDue();
    await inTransaction((tx) => markSent(tx, before, sent(7)));
    await say("waiting", { chatId: -5 });

    await moveChat(database.db, -5, -1005);

    expect(await rows()).toMatchObject([{ chat_id: -5 }, { chat_id: -1005 }]);
  });
});

describe("what was sent", () => {
  it("is known to the limits, also where a merged message still waits", async () => {
    await say("filed", { mergeKey: "card 1" });
    const underWay = await onlyDue();
    await say("taken", { mergeKey: "card 1" });
    await inTransaction((tx) => markSent(tx, underWay, sent(7, later(10))));

    expect(await listSentSince(database.db, now)).toEqual([{ chatId: SITI, sentAt: later(10) }]);
    expect(await listSentSince(database.db, later(10))).toEqual([]);
  });

  it("is known to the limits as often as it went out: what was merged goes out as a call of its own", async () => {
    await say("filed", { mergeKey: "card 1" });
    const underWay = await onlyDue();
    await say("taken", { mergeKey: "card 1" });
    await inTransaction((tx) => markSent(tx, underWay, sent(7, later(10))));
    const edit = await onlyDue();
    await say("done", { mergeKey: "card 1" });
    await inTransaction((tx) => markSent(tx, edit, sent(7, later(20))));
    const lastEdit = await onlyDue();
    await inTransaction((tx) => markSent(tx, lastEdit, sent(7, later(30))));

    const sentAt = (date: Date) => listSentSince(database.db, date).then((all) => all.map((each) => each.sentAt));
    expect(await sentAt(now)).toEqual([later(10), later(20), later(30)]);
    expect(await sentAt(later(10))).toEqual([later(20), later(30)]);
  });

  it("is forgotten after a while; what waits is not", async () => {
    await say("waiting since long", { now: later(-100) });
    await say("sent long ago", { chatId: BUDI, now: later(-100) });
    await say("dropped long ago", { chatId: 1003, now: later(-100) });
    await say("sent just now", { chatId: 1004, now: later(-100) });
    const [, long, dropped, recent] = await due();
    if (!long || !dropped || !recent) throw new Error("not all are due");
    await inTransaction(async (tx) => {
      await markSent(tx, long, sent(7, later(-90)));
      await markEnded(tx, dropped, "dropped", "nothing left to say");
      await markSent(tx, recent, sent(8, now));
    });

    expect(await deleteBefore(database.db, later(-50))).toBe(2);

    expect((await rows()).map(textOf)).toEqual(["waiting since long", "sent just now"]);
  });
});
