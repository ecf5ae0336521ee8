import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseStaffGroup } from "../../core/actions/staff-group.ts";
import { writeMessage } from "../../core/actions/ticket/write-message.ts";
import { findStaffGroup } from "../../core/db/staff-group.ts";
import type { Intercept } from "../../telegram-server/server.ts";
import { type GroupDesk, groupId, openGroupDesk } from "../support/staff-group.ts";
import { eventually, fault } from "./support.ts";

let desk: GroupDesk;
let intercept: Intercept;
const calls: string[] = [];
beforeEach(async () => {
  intercept = async () => undefined;
  calls.length = 0;
});
afterEach(() => desk.close());

const open = async (options: Parameters<typeof openGroupDesk>[0] = {}) => {
  desk = await openGroupDesk({
    ...options,
    intercept: (call) => {
      calls.push(call.method);
      return intercept(call);
    },
  });
};
const topics = (id = groupId) => desk.server.people.topics(id).map(({ name }) => name);
const trouble = async () => (await findStaffGroup(desk.db))?.trouble;
const toldTrouble = (who: "helpDesk" | "administrator") =>
  desk
    .fromBot(who)
    .map(desk.wordsOf)
    .filter((words) => words.includes("Grup petugas tidak dapat dipakai"));

describe("a topic that was deleted by hand", () => {
  test("is made anew when there is something to say: it is said there, with the card, and what happened", async () => {
    await open();
    const ticketId = await desk.file();
    const former = await desk.threadOf(ticketId);
    desk.server.people.deleteTopic(groupId, former);

    await desk.act(async (tx) => {
      return writeMessage(tx, await desk.personOf("user"), desk.setting(), {
        ticketId,
        kind: "comment",
        text: "Halo?",
      });
    });
    await desk.settled();

    expect(await desk.threadOf(ticketId)).not.toBe(former);
    expect(topics()).toEqual(["T-0001 · Baru, menunggu help desk"]);
    const words = await desk.wordsIn(ticketId);
    expect(words).toContain("Halo?");
    expect(words).toContain("sebelumnya dihapus, jadi dibuat lagi");
    expect(desk.labels(await desk.cardIn(ticketId))).toContain("🙋 Saya kerjakan");
  });

  test("is made anew also where only the card was to be edited", async () => {
    await open();
    const ticketId = await desk.file();
    desk.server.people.deleteTopic(groupId, await desk.threadOf(ticketId));
    await desk.step(ticketId, "issue-work-order", "helpDesk", { "suspected-place": "unknown" });

    expect(topics()).toEqual(["T-0001 · Aplikasi diperiksa IT Support"]);
    expect(desk.wordsOf(await desk.cardIn(ticketId))).toContain("Tiket untuk [it-support]");
  });

  test("of a ticket that has ended stays away", async () => {
    await open();
    const ticketId = await desk.file();
    desk.server.people.deleteTopic(groupId, await desk.threadOf(ticketId));
    await desk.step(ticketId, "cancel", "user", { note: "Sudah normal" });
    await desk.settled();

    expect(topics()).toEqual([]);
  });
});

describe("a bot that loses its rights", () => {
  test("tells help desk and administrators once, with what to do, and works on in private chats", async () => {
    await open();
    const ticketId = await desk.file();
    desk.server.people.setBot(groupId, { status: "administrator", canManageTopics: false });
    await eventually(trouble).toBe("no-rights");
    await desk.settled();
    await desk.commentUnseen(ticketId, "Masih rusak");
    const second = await desk.file();

    expect(toldTrouble("helpDesk")).toHaveLength(1);
    expect(toldTrouble("administrator")).toHaveLength(1);
    expect(toldTrouble("administrator")[0]).toContain('dengan izin "Kelola topik"');
    expect(desk.allWords("helpDesk")).toContain("Masih rusak");
    expect(desk.wordsOf(desk.card("helpDesk", second))).toContain("Tiket untuk tim Anda");
    expect(topics()).toHaveLength(1);
    const refused = await desk.pressIn("helpDesk", await desk.cardIn(ticketId), "🙋 Saya kerjakan");
    expect(refused).toContain("sedang tidak dapat dipakai");
  });

  test("heals when they come back: that is told, tickets without a topic get one, and cards are true again", async () => {
    await open();
    const first = await desk.file();
    desk.server.people.setBot(groupId, { status: "administrator", canManageTopics: false });
    await eventually(trouble).toBe("no-rights");
    const second = await desk.file();
    await desk.step(first, "issue-work-order", "helpDesk", { "suspected-place": "unknown" });

    desk.server.people.setBot(groupId, { status: "administrator" });
    await eventually(trouble).toBeNull();
    await desk.settled();

    await desk.sees("helpDesk", "Grup petugas dapat dipakai lagi");
    await desk.sees("administrator", "Grup petugas dapat dipakai lagi");
    expect(topics()).toEqual(["T-0001 · Aplikasi diperiksa IT Support", "T-0002 · Baru, menunggu help desk"]);
    expect(desk.labels(await desk.cardIn(second))).toContain("🙋 Saya kerjakan");
    expect(desk.wordsOf(await desk.cardIn(first))).toContain("Aplikasi diperiksa IT Support");
  });
});

test("what waits for a group from which the bot is removed goes to those it is for, and none is lost", async () => {
  await open();
  const ticketId = await desk.file();
  await desk.step(ticketId, "issue-work-order", "helpDesk", { "suspected-place": "unknown" });
  intercept = async ({ method, fields }) =>
    method === "sendMessage" && fields.chat_id === `${groupId}`
      ? fault(403, "Forbidden: bot was kicked from the supergroup chat")
      : undefined;
  const user = await desk.personOf("user");
  await desk.act(async (tx) => {
    for (const text of ["Satu", "Dua", "Tiga"]) {
      await writeMessage(tx, user, desk.setting(), { ticketId, kind: "comment", text });
    }
  });
  await desk.settled();

  expect(await trouble()).toBe("gone");
  for (const who of ["itSupport", "itSupport2"] as const) {
    const words = desk.allWords(who);
    expect(["Satu", "Dua", "Tiga"].filter((text) => !words.includes(text))).toEqual([]);
  }
  expect(toldTrouble("helpDesk")).toHaveLength(1);
});

describe("a group without topics", () => {
  const plain = { id: -4_123_456, title: "Petugas", isForum: false };

  test("is noticed at the start, and all goes to private chats", async () => {
    await open({ group: plain });
    await eventually(trouble).toBe("not-a-forum");
    const ticketId = await desk.file();

    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Tiket untuk tim Anda");
    expect(toldTrouble("administrator")[0]).toContain('Nyalakan "Topik"');
  });

  test("that becomes a supergroup keeps its place under the new id, and is used when it has topics", async () => {
    await open({ group: plain });
    await eventually(trouble).toBe("not-a-forum");
    const ticketId = await desk.file();
    const supergroup = desk.server.people.migrateGroup(plain.id, { isForum: true });
    await eventually(async () => (await findStaffGroup(desk.db))?.chatId).toBe(supergroup);
    await eventually(trouble).toBeNull();
    await desk.settled();

    expect(topics(supergroup)).toEqual([`T-000${ticketId} · Baru, menunggu help desk`]);
    // A later start with the old id in its settings leaves the new one alone.
    await desk.act((tx) => chooseStaffGroup(tx, desk.setting(), plain.id));
    expect((await findStaffGroup(desk.db))?.chatId).toBe(supergroup);
  });
});

test("a topic whose making was not seen to end is made again; the empty one says that it is not used", async () => {
  await open();
  let lost = 0;
  intercept = async ({ method }) => {
    if (method !== "createForumTopic" || lost > 0) return undefined;
    lost += 1;
    return { drop: true, carriedOut: true };
  };
  const ticketId = await desk.file();

  const [orphan, used] = desk.server.people.topics(groupId);
  expect(topics()).toHaveLength(2);
  expect(await desk.threadOf(ticketId)).toBe(used?.id);
  desk.server.people.sendText(desk.idOf("helpDesk"), "Catatan", { groupId, topicId: orphan?.id ?? 0 });
  await desk.settled();
  const said = desk.server.people.groupMessages(groupId, orphan?.id).filter(({ from, text }) => from.is_bot && text);
  expect(said.map(({ text }) => text)).toEqual([expect.stringContaining("Topik ini tidak dipakai lagi")]);
  expect((await desk.entries(ticketId)).map(({ kind }) => kind)).toEqual(["filed"]);
});

test("where no group is set nothing of it happens", async () => {
  await open({ isChosen: false });
  const ticketId = await desk.file();

  expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Tiket untuk tim Anda");
  expect(topics()).toEqual([]);
  expect(calls).not.toContain("createForumTopic");
});
