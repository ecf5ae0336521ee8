import { sql } from "kysely";
import { prepared } from "./postgres/preparing-client.ts";
import { storableJson } from "./storable-json.ts";
import type { Db, Tx } from "./tables.ts";

export type IncomingUpdate = {
  updateId: number;
  /** One update at a time is handled within it: a private chat, or a topic of a group. */
  chatKey: string;
  payload: object;
};

export type InboxRow = IncomingUpdate & { id: number; attempts: number; receivedAt: Date };

/** `isLast`: nothing else waited when it was taken. */
export type TakenRow = InboxRow & { isLast: boolean };

/** Waits after the first and the second failure; the third one parks the update. All within a minute. */
const retryWaitsInSeconds = [2, 20];

/**
 * Stores what came, in its order. What is stored already is left alone.
 *
 * @returns how many were new
 */
export async function storeUpdates(
  db: Db,
  botId: number,
  updates: readonly IncomingUpdate[],
  now: Date,
): Promise<number> {
  if (updates.length === 0) return 0;
  const result = await db
    .insertInto("inbox")
    .values(
      updates.map((update) => ({
        bot_id: botId,
        update_id: update.updateId,
        chat_key: update.chatKey,
        payload: storableJson(update.payload),
        received_at: now,
        due_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(["bot_id", "update_id"]).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

/**
 * The oldest update that is the first of its chat and due, locked until the transaction ends. Later ones of the
 * chat wait for it, whichever process asks; other chats do not.
 *
 * @param except ids that are left alone
 */
export async function takeNext(tx: Tx, now: Date, except: readonly number[] = []): Promise<TakenRow | undefined> {
  const { rows } = await sql<TakenRow>`
    select id, update_id as "updateId", chat_key as "chatKey", payload, attempts, received_at as "receivedAt",
           not exists (select from inbox as other where other.state = 'pending' and other.id <> first.id) as "isLast"
    from inbox as first
    where state = 'pending'
      and due_at <= ${now}
      and id <> all(${except}::bigint[])
      and not exists (
        select from inbox as earlier
        where earlier.state = 'pending' and earlier.chat_key = first.chat_key and earlier.id < first.id
        offset 0 -- looked up row by row, which takes half as long to plan as a join
      )
    order by id
    limit 1
    for update of first skip locked`.execute(tx);
  return rows[0];
}

export async function markHandled(tx: Tx, id: number, now: Date): Promise<void> {
  await tx
    .updateTable("inbox")
    .set({ state: "handled", handled_at: now })
    .where("id", "=", id)
    .modifyEnd(prepared)
    .execute();
}

/**
 * Plans the next try, or parks the update after the last one, so that its chat goes on. Does nothing when
 * somebody else has tried it since `row` was read.
 *
 * @param error what went wrong, without text of people
 */
export async function markFailed(
  tx: Tx,
  row: Pick<InboxRow, "id" | "attempts">,
  error: string,
  now: Date,
): Promise<"will-retry" | "parked" | "overtaken"> {
  const retryAfterSeconds = retryWaitsInSeconds[row.attempts];
  if (retryAfterSeconds === undefined) return (await markParked(tx, row, error)) ? "parked" : "overtaken";
  const result = await updateUntouched(tx, row)
    .set({ attempts: row.attempts + 1, last_error: error, due_at: new Date(now.getTime() + retryAfterSeconds * 1000) })
    .executeTakeFirst();
  return result.numUpdatedRows === 0n ? "overtaken" : "will-retry";
}

/** Puts aside an update that no further try would help. @returns false when somebody else has tried it since */
export async function markParked(tx: Tx, row: Pick<InboxRow, "id" | "attempts">, error: string): Promise<boolean> {
  const result = await updateUntouched(tx, row)
    .set({ state: "parked", attempts: row.attempts + 1, last_error: error })
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * Forgets what was handled before `date`. Seven days back at most: after an idle week Telegram chooses the next
 * update id at random, and one that is still stored would be taken for a repetition.
 */
export async function deleteEndedBefore(db: Db, date: Date): Promise<number> {
  const result = await db
    .deleteFrom("inbox")
    .where("state", "<>", "pending")
    .where("received_at", "<", date)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function updateUntouched(tx: Tx, row: Pick<InboxRow, "id" | "attempts">) {
  return tx
    .updateTable("inbox")
    .where("id", "=", row.id)
    .where("state", "=", "pending")
    .where("attempts", "=", row.attempts);
}

/** When an update of this bot last came, in whichever process. */
export async function findLastReceived(db: Db, botId: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom("inbox")
    .select("received_at")
    .where("bot_id", "=", botId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.received_at;
}

/** When Telegram last came through to this bot, by a poll or a look at its webhook, in whichever process. */
export async function findLastPoll(db: Db, botId: number): Promise<Date | undefined> {
  const row = await db.selectFrom("poller").select("last_poll_at").where("bot_id", "=", botId).executeTakeFirst();
  return row?.last_poll_at;
}

export async function saveLastPoll(db: Db, botId: number, at: Date): Promise<void> {
  await db
    .insertInto("poller")
    .values({ bot_id: botId, last_poll_at: at })
    .onConflict((conflict) => conflict.column("bot_id").doUpdateSet({ last_poll_at: at }))
    .execute();
}
