import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  chooseJournalChat,
  pinJournalHead,
  recordMovedChat,
} from "../../../../core/actions/journal/pin-journal-head.ts";
import { sealJournal } from "../../../../core/actions/journal/seal-journal.ts";
import { recordBlockedChat, reportDeadMessage } from "../../../../core/actions/record-delivery.ts";
import { findHead } from "../../../../core/db/journal/journal.ts";
import { findJournalChat, findPin, listContradictedPins } from "../../../../core/db/journal/journal-pins.ts";
import { enqueue } from "../../../../core/db/outbox.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const chat = -4_123_456;
const day = 24 * 60;

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const choose = (seed: number | undefined) => office.act((tx) => chooseJournalChat(tx, office.setting(), seed));
const pin = (now = morning) => office.act((tx) => pinJournalHead(tx, office.setting(now)));
const pins = () => office.db.selectFrom("journal_pin").selectAll().orderBy("id").execute();

describe("the head of the journal", () => {
  it("is published with its number, its hash and the moment", async () => {
    await choose(chat);
    await office.file();
    await office.takeMail();
    await office.act(sealJournal);
    const head = await findHead(office.db);

    await pin();

    const [mail] = await office.takeMail();
    expect(mail).toEqual({ to: `chat ${chat}`, kind: "journal-head", pinId: expect.any(Number) });
    expect(head.number).toBeGreaterThan(0);
    expect(await findPin(office.db, mail?.pinId as number)).toMatchObject({ ...head, chatId: chat, at: morning });
  });

  it("is published once a day, whoever asks for it again", async () => {
    await choose(chat);
    await office.atOnce(
      (tx) => pinJournalHead(tx, office.setting(morning)),
      (tx) => pinJournalHead(tx, office.setting(morning)),
    );
    await pin(minutesAfter(morning, 60));
    expect(await pins()).toHaveLength(1);
    expect(await office.takeMail()).toHaveLength(1);
  });

  it("is published the next day too when nothing was sealed since: the desk is alive", async () => {
    await choose(chat);
    await pin();
    await pin(minutesAfter(morning, day));

    const [first, second] = await pins();
    expect([first?.day, second?.day]).toEqual(["2026-11-22", "2026-11-23"]);
    expect(second?.number).toBe(first?.number);
    expect(second?.hash).toEqual(first?.hash);
    expect(await office.takeMail()).toHaveLength(2);
  });

  it("is published nowhere without a chat", async () => {
    await choose(undefined);
    await pin();
    expect(await pins()).toEqual([]);
    expect(await office.takeMail()).toEqual([]);
    expect(office.enqueued).toEqual([]);
  });

  it("is contradicted by a chain that was made anew after it", async () => {
    await choose(chat);
    await office.file();
    await office.act(sealJournal);
    await pin();
    expect(await listContradictedPins(office.db, 9)).toEqual([]);
    const { owner } = office.database;

    await owner
      .updateTable("journal_chain")
      .set({ hash: Buffer.alloc(32, 7) })
      .execute();
    expect(await listContradictedPins(office.db, 9)).toEqual([{ number: expect.any(Number), at: morning }]);
    await owner.deleteFrom("journal_chain").execute();
    expect(await listContradictedPins(office.db, 9)).toHaveLength(1);
  });
});

describe("the chat of the journal", () => {
  it("is the seed, and asks for today's pin", async () => {
    await choose(chat);
    expect(await findJournalChat(office.db)).toBe(chat);
    expect(office.enqueued).toEqual([{ name: "pin-journal-head", data: {} }]);
  });

  it("keeps the id that a supergroup gave it, over restarts with the old seed", async () => {
    await choose(chat);
    await pin();
    await office.act((tx) => recordMovedChat(tx, chat, -100_77));
    await choose(chat);

    expect(await findJournalChat(office.db)).toBe(-100_77);
    expect((await office.takeMail()).map(({ to }) => to)).toEqual(["chat -10077"]);
  });

  it("is another one when the seed is another one, and has today's pin there", async () => {
    await choose(chat);
    await pin();
    await choose(-5);
    await pin();
    expect((await office.takeMail()).map(({ to }) => to)).toEqual([`chat ${chat}`, "chat -5"]);
  });

  it("is nowhere when the seed is taken away", async () => {
    await choose(chat);
    await choose(undefined);
    expect(await findJournalChat(office.db)).toBeUndefined();
  });

  it("is left alone when another group moves", async () => {
    await choose(chat);
    await office.act(async (tx) => {
      await enqueue(tx, { chatId: -9, message: { kind: "menu" }, priority: 1, now: morning });
      await recordMovedChat(tx, -9, -10);
    });
    expect(await findJournalChat(office.db)).toBe(chat);
    expect((await office.takeMail()).map(({ to }) => to)).toEqual(["chat -10"]);
  });
});

describe("administrators, and nobody else, are told", () => {
  const administrators = () => [office.people.administrator.name, office.people.administrator2.name];
  const told = async () => (await office.takeMail()).map(({ to, kind, what }) => ({ to, kind, what }));
  const trouble = (what: string) => administrators().map((to) => ({ to, kind: "journal-chat-trouble", what }));

  it("that the bot was removed from the chat", async () => {
    await choose(chat);
    await office.act((tx) => recordBlockedChat(tx, office.setting(), chat));
    expect(await told()).toEqual(trouble("not-sent"));
  });

  it.each([
    ["journal-head", "not-sent"],
    ["pin-journal-head", "not-pinned"],
  ])("that Telegram refused %s", async (kind, what) => {
    await office.act((tx) => reportDeadMessage(tx, office.setting(), { id: 7, message: { kind } }));
    expect(await told()).toEqual(trouble(what));
  });
});
