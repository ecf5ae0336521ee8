import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { placePresses } from "../../bot/buttons-to-send.ts";
import type { Press } from "../../bot/presses/press.ts";
import type { Render, Rendered } from "../../bot/rendered.ts";
import { Sender, type SenderOptions } from "../../bot/sender.ts";
import type { LimitOptions } from "../../bot/telegram/limits.ts";
import { enqueue, findPress, moveChat, type OutgoingMessage, touchPending } from "../../core/db/outbox.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { endHoldersOfLocks } from "../support/server.ts";
import {
  BUDI,
  eventually,
  fault,
  fromBot,
  gate,
  openTestTelegram,
  RINA,
  SITI,
  silent,
  type TestTelegram,
} from "./support.ts";

const off = Number.POSITIVE_INFINITY;
const noLimits: LimitOptions = { overallPerSecond: off, perPrivateChatPerSecond: off, perGroupPerMinute: off };

let database: TestDatabase;
let telegram: TestTelegram;
let running: Sender[] = [];
/** How far the senders' clock has gone on; it stands still by itself. */
let aheadMs = 0;
/** How each text is put into words, where it is not just that text. */
let wording: (text: string) => Rendered | undefined;

type Recorder = NonNullable<ReturnType<SenderOptions["onSent"]>>;

/** What is recorded beside the mark. */
const record = vi.fn<Recorder>();
const onSent = vi.fn<SenderOptions["onSent"]>();
const onGone = vi.fn<SenderOptions["onGone"]>();
const onBlocked = vi.fn<SenderOptions["onBlocked"]>();
const onMoved = vi.fn<SenderOptions["onMoved"]>();
const onDead = vi.fn<SenderOptions["onDead"]>();
/** What is sent to topics has tests of its own. */
const noTopics: SenderOptions["topics"] = {
  titleOf: async () => undefined,
  onBegun: async () => undefined,
  onMade: async () => undefined,
  onChanged: async () => undefined,
  onLost: async () => undefined,
  onTrouble: async () => undefined,
};

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  telegram = await openTestTelegram();
  aheadMs = 0;
  wording = (html) => ({ as: "text", html });
  for (const hook of [record, onGone, onBlocked, onMoved, onDead]) hook.mockReset().mockResolvedValue(undefined);
  onSent.mockReset().mockReturnValue(record);
  onMoved.mockImplementation(moveChat);
});
afterEach(async () => {
  await Promise.all(running.map((sender) => sender.stop()));
  running = [];
  await telegram.close();
  await database.owner.deleteFrom("outbox").execute();
});
afterAll(() => database.close());

const now = () => new Date(Date.UTC(2026, 11, 1) + aheadMs);

type Text = { kind: "text"; text: string };
const render: Render = async (_db, { message }) => wording((message as Text).text);

function startSender(options: Partial<SenderOptions> = {}): Sender {
  const sender = new Sender({
    db: database.db,
    config: database.config,
    events: { subscribe: () => () => undefined },
    client: telegram.client,
    render,
    log: silent,
    now,
    limits: noLimits,
    backstopMs: 5,
    onSent,
    onGone,
    onBlocked,
    onMoved,
    onDead,
    topics: noTopics,
    ...options,
  });
  sender.start();
  running.push(sender);
  return sender;
}

async function say(text: string, extra: Partial<OutgoingMessage> = {}): Promise<void> {
  const message: Text = { kind: "text", text };
  await database.db
    .transaction()
    .execute((tx) => enqueue(tx, { chatId: SITI, priority: 1, now: now(), ...extra, message }));
}

const textsTo = (personId: number) => fromBot(telegram, personId).map(({ text }) => text);
const rows = () => database.db.selectFrom("outbox").selectAll().orderBy("id").execute();
const states = async () => (await rows()).map(({ state }) => state);
const callsOf = (method: string) => telegram.calls.filter((call) => call.method === method);
/** What the buttons of the last call carry. */
const dataOf = (call: { fields: Record<string, string> } | undefined): string[] =>
  JSON.parse(call?.fields.reply_markup ?? "{}")
    .inline_keyboard.flat()
    .map((button: { callback_data?: string }) => button.callback_data);
const help: Press = { do: "help" };
const menu: Press = { do: "menu" };

describe("sending", () => {
  it("sends what waits and marks it", async () => {
    await say("Tiket <b>T-0001</b>");

    startSender();

    await eventually(states).toEqual(["sent"]);
    expect(textsTo(SITI)).toEqual(["Tiket T-0001"]);
    const [row] = await rows();
    expect(row).toMatchObject({ sent_message_id: fromBot(telegram, SITI)[0]?.message_id, sent_at: expect.any(Date) });
    expect(onSent.mock.calls).toEqual([[expect.objectContaining({ id: row?.id })]]);
    expect(record.mock.calls[0]?.slice(1)).toEqual([row?.sent_message_id]);
  });

  it("can be woken where it is the one that sends", async () => {
    const sender = startSender({ backstopMs: 60_000 });
    await eventually(() => sender.wake()).toBe(true);
    const other = startSender({ backstopMs: 60_000 });
    await say("halo");

    expect(other.wake()).toBe(false);
    expect(sender.wake()).toBe(true);

    await eventually(() => textsTo(SITI)).toEqual(["halo"]);
    await sender.stop();
    expect(sender.wake()).toBe(false);
    await eventually(() => other.wake()).toBe(true);
  });

  it("keeps the order of a chat, answers before notices", async () => {
    await say("notice 1");
    await say("notice 2");
    await say("answer 1", { priority: 0 });
    await say("answer 2", { priority: 0 });

    startSender();

    await eventually(() => textsTo(SITI)).toEqual(["answer 1", "answer 2", "notice 1", "notice 2"]);
  });

  it("never has two messages under way in a chat", async () => {
    let underWay = 0;
    let most = 0;
    telegram.intercept = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return undefined;
    };
    for (let number = 0; number < 20; number++) await say(`${number}`);

    startSender();

    await eventually(() => textsTo(SITI)).toHaveLength(20);
    expect(most).toBe(1);
  });

  it("sends to other chats while one is slow", async () => {
    const held = gate();
    telegram.intercept = async ({ fields }) => {
      if (fields.chat_id === `${SITI}`) await held.opened;
      return undefined;
    };
    await say("slow");
    await say("quick", { chatId: BUDI });

    startSender();

    await eventually(() => textsTo(BUDI)).toEqual(["quick"]);
    expect(textsTo(SITI)).toEqual([]);
    held.open();
    await eventually(() => textsTo(SITI)).toEqual(["slow"]);
  });

  it("sends each message once, with two processes that want to send", async () => {
    for (let number = 0; number < 30; number++)
      await say(`${number}`, { chatId: [SITI, BUDI, RINA][number % 3] ?? SITI });

    startSender();
    startSender();

    await eventually(async () => new Set(await states())).toEqual(new Set(["sent"]));
    expect(callsOf("sendMessage")).toHaveLength(30);
  });

  it("drops what there is nothing left to say of", async () => {
    wording = () => undefined;
    await say("over");

    startSender();

    await eventually(states).toEqual(["dropped"]);
    expect(telegram.calls).toEqual([]);
  });

  it("uploads files and sets menus of commands", async () => {
    const commands = [{ command: "tiket", description: "Tiket saya" }];
    wording = (text) =>
      text === "menu"
        ? { as: "commands", commands }
        : { as: "file", fileKind: "document", bytes: Buffer.from("isi"), name: "surat.txt", caption: "Surat" };
    await say("file");
    await say("menu");

    startSender();

    await eventually(states).toEqual(["sent", "sent"]);
    expect(fromBot(telegram, SITI)).toMatchObject([{ document: { file_name: "surat.txt" }, caption: "Surat" }]);
    expect(telegram.server.people.commands(SITI)).toEqual(commands);
    expect(record).toHaveBeenCalledOnce();
  });
});

describe("buttons", () => {
  const withButtons = (...presses: Press[]): Rendered => ({
    as: "text",
    html: "Apa?",
    buttons: [presses.map((press) => ({ label: press.do, press })), [{ label: "Buka", url: "https://example.org/" }]],
  });

  it("carry a token that tells what they do", async () => {
    wording = () => withButtons(help, menu);
    await say("Apa?");

    startSender();

    await eventually(states).toEqual(["sent"]);
    const [first, second, url] = dataOf(telegram.calls[0]);
    const [row] = await rows();
    expect([first, second, url]).toEqual([`${row?.token}.0`, `${row?.token}.1`, undefined]);
    expect(await findPress(database.db, row?.token ?? "", 1, SITI)).toEqual(menu);
  });

  it("are stored before they are sent, so that a person is never faster", async () => {
    wording = () => withButtons(help);
    let stored: unknown;
    telegram.intercept = async ({ fields }) => {
      const [token = ""] = dataOf({ fields })[0]?.split(".") ?? [];
      stored = await findPress(database.db, token, 0, SITI);
      return undefined;
    };
    await say("Apa?");

    startSender();

    await eventually(states).toEqual(["sent"]);
    expect(stored).toEqual(help);
  });

  it("are the same when a crash between sending and marking repeats the message", async () => {
    wording = () => withButtons(help, menu);
    let crashes = 0;
    await say("Apa?");

    startSender({
      at: async (point) => {
        if (point === "send-to-mark" && crashes++ === 0) throw new Error("killed");
      },
    });

    await eventually(async () => {
      aheadMs += 1_000;
      return states();
    }).toEqual(["sent"]);
    const [first, second, ...others] = callsOf("sendMessage").map(dataOf);
    expect(second).toEqual(first);
    expect(others).toEqual([]);
  });

  it("keep their meaning when the message changes: new ones stand behind", async () => {
    const held = gate();
    wording = (text) => withButtons(text === "open" ? help : menu);
    telegram.intercept = async ({ method }) => {
      if (method === "sendMessage") await held.opened;
      return undefined;
    };
    await say("open", { mergeKey: "card 1" });
    startSender();
    await eventually(() => telegram.calls).toHaveLength(1);
    await say("taken", { mergeKey: "card 1" });
    held.open();

    await eventually(states).toEqual(["sent"]);
    const [row] = await rows();
    expect(
      [callsOf("sendMessage"), callsOf("editMessageText")].flat().flatMap((call) => dataOf(call).slice(0, 1)),
    ).toEqual([`${row?.token}.0`, `${row?.token}.1`]);
    expect(await findPress(database.db, row?.token ?? "", 0, SITI)).toEqual(help);
    expect(await findPress(database.db, row?.token ?? "", 1, SITI)).toEqual(menu);
  });

  it("stay where they stood when they come again", () => {
    expect(placePresses([help, menu], [menu])).toEqual({ all: [help, menu], first: 1 });
    expect(placePresses([help], [menu, help])).toEqual({ all: [help, menu, help], first: 1 });
    expect(placePresses([], [])).toEqual({ all: [], first: 0 });
  });
});

describe("editing", () => {
  async function sendFirst(text: string): Promise<number> {
    return telegram.client.sendMessage(SITI, text);
  }

  it("changes the message in place", async () => {
    const editsMessageId = await sendFirst("Menunggu");
    await say("Diambil", { editsMessageId });

    startSender();

    await eventually(() => textsTo(SITI)).toEqual(["Diambil"]);
    await eventually(async () => (await rows())[0]?.sent_message_id).toBe(editsMessageId);
  });

  it("takes it for done when nothing would change", async () => {
    const editsMessageId = await sendFirst("Menunggu");
    await say("Menunggu", { editsMessageId });

    startSender();

    await eventually(states).toEqual(["sent"]);
    expect(onDead).not.toHaveBeenCalled();
  });

  it("drops the edit of a message that is gone, and tells", async () => {
    await say("Diambil", { editsMessageId: 888_888 });
    await say("next");

    startSender();

    await eventually(states).toEqual(["dropped", "sent"]);
    expect(onGone.mock.calls.map(([, row]) => row.editsMessageId)).toEqual([888_888]);
  });

  it("leaves the last state when something is merged while a new message is under way", async () => {
    const held = gate();
    telegram.intercept = async ({ method }) => {
      if (method === "sendMessage") await held.opened;
      return undefined;
    };
    await say("Menunggu", { mergeKey: "card 1" });
    startSender();
    await eventually(() => telegram.calls).toHaveLength(1);

    await say("Diambil", { mergeKey: "card 1" });
    await say("Selesai", { mergeKey: "card 1" });
    held.open();

    await eventually(states).toEqual(["sent"]);
    expect(textsTo(SITI)).toEqual(["Selesai"]);
    expect(record.mock.calls.map(([, messageId]) => messageId)).toEqual(
      Array(2).fill(fromBot(telegram, SITI)[0]?.message_id),
    );
  });

  it("sends a new message that is merged while an edit is under way", async () => {
    const editsMessageId = await sendFirst("Menunggu");
    const held = gate();
    telegram.intercept = async () => {
      await held.opened;
      return undefined;
    };
    await say("Diambil", { mergeKey: "card 1", editsMessageId });
    startSender();
    await eventually(() => callsOf("editMessageText")).toHaveLength(1);

    await say("Diambil, lagi di bawah", { mergeKey: "card 1" });
    held.open();

    await eventually(states).toEqual(["sent"]);
    expect(textsTo(SITI)).toEqual(["Diambil", "Diambil, lagi di bawah"]);
  });

  it("sends what is merged while a file is under way as a message of its own", async () => {
    const held = gate();
    telegram.intercept = async () => {
      await held.opened;
      return undefined;
    };
    wording = (text) =>
      text === "file"
        ? { as: "file", fileKind: "document", bytes: Buffer.from("isi"), name: "laporan.txt" }
        : { as: "text", html: text };
    await say("file", { mergeKey: "report" });
    startSender();
    await eventually(() => telegram.calls).toHaveLength(1);

    await say("Laporan ditarik", { mergeKey: "report" });
    held.open();

    await eventually(states).toEqual(["sent"]);
    expect(fromBot(telegram, SITI)).toMatchObject([
      { document: { file_name: "laporan.txt" } },
      { text: "Laporan ditarik" },
    ]);
  });
});

describe("trouble", () => {
  it("too many: only that chat waits, as long as Telegram says", async () => {
    telegram.intercept = async ({ fields }) =>
      fields.chat_id === `${SITI}` && aheadMs < 30_000
        ? fault(429, "Too Many Requests", { retry_after: 30 })
        : undefined;
    await say("first");
    await say("second");
    await say("for Budi", { chatId: BUDI });
    await say("for Budi too", { chatId: BUDI });

    startSender();

    await eventually(() => textsTo(BUDI)).toEqual(["for Budi", "for Budi too"]);
    const tries = () => telegram.calls.filter(({ fields }) => fields.chat_id === `${SITI}`).length;
    await eventually(async () => (await rows())[0]?.last_error).toMatch(/too-many/);
    expect(tries()).toBe(1);
    aheadMs = 29_000;
    await say("last for Budi", { chatId: BUDI });
    await eventually(() => textsTo(BUDI)).toHaveLength(3);
    expect(tries()).toBe(1);
    aheadMs = 30_001;
    await eventually(() => textsTo(SITI)).toEqual(["first", "second"]);
  });

  it("too many: the pause outlives a restart", async () => {
    telegram.intercept = async () => fault(429, "Too Many Requests", { retry_after: 30 });
    await say("first");
    const sender = startSender();
    await eventually(async () => (await rows())[0]?.last_error).toMatch(/too-many/);
    await sender.stop();

    telegram.reset();
    startSender();
    await say("for Budi", { chatId: BUDI });

    await eventually(() => textsTo(BUDI)).toEqual(["for Budi"]);
    expect(textsTo(SITI)).toEqual([]);
  });

  it("a fault at Telegram's: the message waits longer each time and is never lost", async () => {
    const triedAt: number[] = [];
    const failures: string[] = [];
    telegram.intercept = async () => {
      triedAt.push(now().getTime());
      return triedAt.length <= 7 ? fault(502, "Bad Gateway") : undefined;
    };
    await say("halo");

    startSender({ log: pino({ level: "warn" }, { write: (line: string) => void failures.push(line) }) });

    for (const [index, seconds] of [1, 2, 4, 8, 16, 32, 60].entries()) {
      await eventually(() => failures).toHaveLength(index + 1);
      aheadMs += seconds * 1000;
    }
    await eventually(() => textsTo(SITI)).toEqual(["halo"]);
    const waits = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? 0));
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60].map((seconds) => seconds * 1000));
  });

  it("a token that is refused: nothing is lost either", async () => {
    telegram.intercept = async () => (telegram.calls.length === 1 ? fault(401, "Unauthorized") : undefined);
    await say("halo");

    startSender();

    await eventually(() => {
      aheadMs += 500;
      return textsTo(SITI);
    }).toEqual(["halo"]);
  });

  it("blocked: the message is dropped, which is nobody's fault, and it is told which chat", async () => {
    telegram.server.people.block(SITI);
    await say("halo");
    await say("for Budi", { chatId: BUDI });

    startSender();

    await eventually(states).toEqual(["dropped", "sent"]);
    expect(onBlocked.mock.calls.map(([, chatId]) => chatId)).toEqual([SITI]);
    expect(onDead).not.toHaveBeenCalled();
  });

  it("refused: the message becomes a dead letter with its reason, and the chat goes on", async () => {
    await say("<b>never closed");
    await say("next");

    startSender();

    await eventually(states).toEqual(["dead", "sent"]);
    const [dead] = await rows();
    expect(dead?.last_error).toMatch(/^calling sendMessage: refused, 400: Bad Request: can't parse entities/);
    expect(onDead.mock.calls.map(([, row]) => row.id)).toEqual([dead?.id]);
  });

  it("moved: what waits follows the group to its new id", async () => {
    telegram.intercept = async ({ fields }) =>
      fields.chat_id === "-5"
        ? fault(400, "Bad Request: group chat was upgraded", { migrate_to_chat_id: RINA })
        : undefined;
    await say("first", { chatId: -5 });
    await say("second", { chatId: -5 });

    startSender();

    await eventually(() => textsTo(RINA)).toEqual(["first", "second"]);
  });

  it("no words for it: three tries, then a dead letter", async () => {
    let tries = 0;
    wording = (html) => {
      if (html === "next") return { as: "text", html };
      tries++;
      throw new Error(`no words for "${html}"`);
    };
    await say("broken");
    await say("next");

    startSender();

    await eventually(async () => {
      aheadMs += 1_000;
      return states();
    }).toEqual(["dead", "sent"]);
    expect(tries).toBe(3);
    expect((await rows())[0]?.last_error).toBe('Error: no words for "…"');
    expect(onDead).toHaveBeenCalledOnce();
  });

  it("the database is away after the send: marked when it is back, and not sent again", async () => {
    record.mockRejectedValueOnce(new Error("connection lost"));
    await say("halo");

    startSender();

    await eventually(states).toEqual(["sent"]);
    expect(callsOf("sendMessage")).toHaveLength(1);
    expect(record).toHaveBeenCalledTimes(2);
  });

  it("recording waits for an action that holds the ticket, and not the action for it", async () => {
    const asked = gate();
    record.mockImplementation(async (tx) => {
      asked.open();
      await sql`select pg_advisory_xact_lock_shared(42)`.execute(tx);
    });
    await say("card", { mergeKey: "card 1" });

    await database.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(42)`.execute(tx);
      startSender();
      await asked.opened;
      await touchPending(tx, "card 1");
    });

    await eventually(states).toEqual(["sent"]);
    expect(record).toHaveBeenCalledTimes(2);
  });

  it("the lock is lost: another sender goes on, and nothing is left", async () => {
    startSender();
    await say("first");
    await eventually(() => textsTo(SITI)).toEqual(["first"]);

    await endHoldersOfLocks(database.config);
    await say("second");

    await eventually(() => textsTo(SITI)).toEqual(["first", "second"]);
  });
});

describe("limits", () => {
  const limits = { ...noLimits, perPrivateChatPerSecond: 1 };

  it("lets a chat wait for its second, and others not", async () => {
    await say("first");
    await say("second");
    await say("for Budi", { chatId: BUDI });

    startSender({ limits });

    await eventually(async () => (await states()).filter((state) => state === "sent")).toHaveLength(2);
    expect([textsTo(SITI), textsTo(BUDI)]).toEqual([["first"], ["for Budi"]]);
    await eventually(() => {
      aheadMs += 1_001;
      return textsTo(SITI);
    }).toEqual(["first", "second"]);
  });

  it("are kept over a restart", async () => {
    await say("first");
    const sender = startSender({ limits });
    await eventually(states).toEqual(["sent"]);
    await sender.stop();
    startSender({ limits });
    await say("second");
    await say("for Budi", { chatId: BUDI });

    await eventually(() => textsTo(BUDI)).toEqual(["for Budi"]);
    expect(textsTo(SITI)).toEqual(["first"]);
    aheadMs += 1_001;
    await eventually(() => textsTo(SITI)).toEqual(["first", "second"]);
  });
});

describe("stopping", () => {
  it("finishes what is under way and starts nothing more", async () => {
    const held = gate();
    telegram.intercept = async () => {
      await held.opened;
      return undefined;
    };
    await say("first");
    await say("second");
    const sender = startSender();
    await eventually(() => telegram.calls).toHaveLength(1);

    const stopped = sender.stop();
    held.open();
    await stopped;

    expect(await states()).toEqual(["sent", "pending"]);
    expect(textsTo(SITI)).toEqual(["first"]);
  });
});
