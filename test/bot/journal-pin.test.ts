import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseJournalChat } from "../../core/actions/journal/pin-journal-head.ts";
import { sealJournal } from "../../core/actions/journal/seal-journal.ts";
import { findHead } from "../../core/db/journal/journal.ts";
import { findJournalChat } from "../../core/db/journal/journal-pins.ts";
import type { Intercept } from "../../telegram-server/server.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { eventually, fault } from "./support.ts";

const group = { id: -4_123_456, title: "Jurnal Diskominfo" };
const supergroup = { id: -1_001_234, title: "Jurnal Diskominfo" };

let desk: TestDesk;
let intercept: Intercept;
beforeEach(async () => {
  intercept = async () => undefined;
  desk = await openDesk({ groups: [group, supergroup], intercept: (call) => intercept(call) });
  await desk.db.transaction().execute(sealJournal);
});
afterEach(() => desk.close());

const choose = () => desk.db.transaction().execute((tx) => chooseJournalChat(tx, desk.setting(), group.id));
const messages = (chatId: number) => desk.server.people.groupMessages(chatId).map(({ text = "" }) => text);

async function pinnedIn(chatId: number): Promise<{ message_id: number; text: string } | undefined> {
  const answer = await fetch(`${desk.methodUrl("getChat")}?chat_id=${chatId}`);
  const { result } = (await answer.json()) as { result: { pinned_message?: { message_id: number; text: string } } };
  return result.pinned_message;
}
const pinnedAt = async () =>
  (await desk.db.selectFrom("journal_pin").select("pinned_at").executeTakeFirst())?.pinned_at;

/** An administrator who is linked, so that there is somebody to be told. */
const administratorIsThere = () => desk.link("administrator");

test("the head is written into the group and pinned there, with the figures of that moment", async () => {
  const { number, hash } = await findHead(desk.db);
  expect(number).toBeGreaterThan(0);

  await choose();
  await eventually(() => pinnedIn(group.id)).toMatchObject({ text: expect.stringContaining(hash) });

  const pinned = await pinnedIn(group.id);
  expect(pinned?.text).toMatch(
    /^🔏 Jurnal meja layanan Diskominfo Kabupaten Uji\n\d+ \w+ \d{4} \d\d\.\d\d WIB · \d+ baris\n/,
  );
  expect(pinned?.text).toContain("jangan hapus pesan ini");
  expect(messages(group.id)).toHaveLength(1);
  await eventually(pinnedAt).toBeInstanceOf(Date);
});

test("the hash can be copied with one tap, and nobody is notified of the pin", async () => {
  const pins: Record<string, string>[] = [];
  intercept = async ({ method, fields }) => {
    if (method === "pinChatMessage") pins.push(fields);
    return undefined;
  };
  await choose();
  await eventually(() => pins.length).toBe(1);

  expect(pins[0]).toMatchObject({ disable_notification: "true" });
  const [message] = desk.server.people.groupMessages(group.id);
  expect(message?.entities).toContainEqual(expect.objectContaining({ type: "code", length: 64 }));
});

test("it is done each morning at seven by the office's clock", async () => {
  const { rows } = await sql<{ cron: string; timezone: string }>`
    select cron, timezone from pgboss.schedule where name = 'pin-journal-head'`.execute(desk.db);
  expect(rows).toEqual([{ cron: "0 7 * * *", timezone: "Asia/Jakarta" }]);
});

test("a second start on the same day publishes nothing more", async () => {
  await choose();
  await eventually(() => pinnedIn(group.id)).toBeDefined();
  await choose();
  await eventually(async () => {
    const { rows } = await sql<{ state: string }>`
      select state from pgboss.job where name = 'pin-journal-head'`.execute(desk.db);
    return rows.map(({ state }) => state);
  }).toEqual(["completed", "completed"]);
  await desk.settled();

  expect(messages(group.id)).toHaveLength(1);
});

describe("where the bot may not pin", () => {
  test("the message stays, and administrators are told what right is missing", async () => {
    await administratorIsThere();
    intercept = async ({ method }) =>
      method === "pinChatMessage"
        ? fault(400, "Bad Request: not enough rights to manage pinned messages in the chat")
        : undefined;
    await choose();

    const told = await desk.sees("administrator", "tidak dapat disematkan");

    expect(desk.wordsOf(told)).toContain("izin menyematkan pesan");
    expect(messages(group.id)).toHaveLength(1);
    expect(await pinnedAt()).toBeNull();
  });

  test("a pin that Telegram does not answer is tried again", async () => {
    let tries = 0;
    intercept = async ({ method }) => {
      if (method !== "pinChatMessage") return undefined;
      tries += 1;
      return tries === 1 ? fault(502, "Bad Gateway") : undefined;
    };
    await choose();

    await eventually(() => pinnedIn(group.id)).toBeDefined();
    expect(tries).toBe(2);
    expect(messages(group.id)).toHaveLength(1);
  });
});

test.each([
  ["was removed from the group", 403, "Forbidden: bot was kicked from the group chat"],
  ["never was in it", 400, "Bad Request: chat not found"],
])("administrators are told when the bot %s", async (_case, code, description) => {
  await administratorIsThere();
  intercept = async ({ method, fields }) =>
    method === "sendMessage" && fields.chat_id === `${group.id}` ? fault(code, description) : undefined;
  await choose();

  const told = await desk.sees("administrator", "tidak terkirim ke grup jurnal");

  expect(desk.wordsOf(told)).toContain("-1001234567890");
  expect(messages(group.id)).toEqual([]);
});

test("a group that became a supergroup gets the head there, and all later ones", async () => {
  intercept = async ({ fields }) =>
    fields.chat_id === `${group.id}`
      ? fault(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: supergroup.id })
      : undefined;
  await choose();

  await eventually(() => pinnedIn(supergroup.id)).toBeDefined();

  expect(messages(group.id)).toEqual([]);
  expect(await findJournalChat(desk.db)).toBe(supergroup.id);
});
