import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatKeyOf } from "../../bot/telegram/update.ts";
import { storeUpdates } from "../../core/db/inbox.ts";
import { mutatedUpdates, type Surroundings } from "../support/mutated-updates.ts";
import { type GroupDesk, groupId, openGroupDesk } from "../support/staff-group.ts";

/** `FUZZ_UPDATES=100000 npx vitest run test/bot/fuzz.test.ts` for more of them; `FUZZ_SEED` for others. */
const updates = Number(process.env.FUZZ_UPDATES ?? 800);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_127);
const batch = 100;
/** On a machine that does other things too. */
const batchWithinMs = 120_000;
const botId = 123456;
/** Far from those of the Bot API server. */
const firstId = 900_000_000;
const withinMs = 60_000 + updates * 50;

let desk: GroupDesk;
let topicId: number;
beforeAll(async () => {
  desk = await openGroupDesk();
  topicId = await desk.threadOf(await desk.file("user"));
  await desk.settled();
});
afterAll(() => desk.close());

const cast = ["user", "colleague", "helpDesk", "itSupport", "administrator", "officer", "stranger"] as const;

function surroundings(): Surroundings {
  const messages = cast.flatMap((who) => desk.chat(who));
  const data = cast
    .flatMap((who) => desk.fromBot(who).flatMap(desk.buttonsOf))
    .flatMap(({ callback_data }) => callback_data ?? []);
  return {
    people: cast.map(desk.idOf),
    groupId,
    topics: [topicId, 1],
    messageIds: messages.slice(-40).map(({ message_id }) => message_id),
    buttons: data.slice(-200),
    commands: [
      "/menu",
      "/lapor",
      "/permintaan",
      "/tiket",
      "/antrean",
      "/cari x",
      "/batal",
      "/orang",
      "/start x",
      "/piket",
      "/balas ya",
    ],
  };
}

async function store(payloads: readonly object[], from: number): Promise<void> {
  const incoming = payloads.map((payload, index) => ({
    updateId: from + index,
    chatKey: chatKeyOf(payload),
    payload: { ...payload, update_id: from + index },
  }));
  await storeUpdates(desk.db, botId, incoming, new Date());
  await desk.look();
}

const count = async (state: string) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from inbox where state = ${state} and update_id >= ${firstId}`.execute(desk.db);
  return rows[0]?.count ?? 0;
};

test(
  `${updates} updates that are not as they should be: each is handled, or put aside as unfit, and no chat stands still`,
  async () => {
    let stored = 0;
    for (let done = 0; done < updates; done += batch) {
      const payloads = fc.sample(mutatedUpdates(surroundings()), { numRuns: batch, seed: seed + done });
      await store(payloads, firstId + done);
      stored += payloads.length;
      await desk.settled(batchWithinMs);
    }

    const { rows: parked } = await sql<{ last_error: string; payload: object }>`
      select last_error, payload from inbox where state = 'parked'`.execute(desk.db);
    expect(parked.filter(({ last_error }) => !last_error.startsWith("does not fit the schema of updates"))).toEqual([]);
    const { rows: dead } = await sql<{ last_error: string; message: object }>`
      select last_error, message from outbox where state = 'dead'`.execute(desk.db);
    // What Telegram refuses because such a chat, topic or message is not there; not because of what it was sent.
    expect(dead.filter(({ last_error }) => !/: (no-topic|blocked)|not found/.test(last_error))).toEqual([]);
    expect((await count("handled")) + (await count("parked"))).toBe(stored);
    // The changes leave most of them readable, and make many unfit.
    expect(await count("handled")).toBeGreaterThan(stored / 2);
    expect(await count("parked")).toBeGreaterThan(stored / 10);

    const last = cast.map((who) => ({
      message: {
        ...{ message_id: 1, date: 1_795_000_000, text: "/menu" },
        ...{
          from: { id: desk.idOf(who), is_bot: false, first_name: "A" },
          chat: { id: desk.idOf(who), type: "private" },
        },
      },
    }));
    const handled = await count("handled");
    await store(last, firstId + stored);
    await desk.settled();
    expect(await count("handled")).toBe(handled + last.length);
  },
  withinMs,
);
