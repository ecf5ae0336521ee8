import type { Db, Tx } from "../tables.ts";

/** Where a ticket's card stands: one message for each chat. */
export type TicketCard = { chatId: number; ticketId: number; messageId: number };

/** The cards of a ticket in chats that can be reached: still linked, and not blocked; the staff group while it can be used. */
export function listCards(db: Db, ticketId: number): Promise<TicketCard[]> {
  return db
    .selectFrom("ticket_card")
    .select(["chat_id as chatId", "ticket_id as ticketId", "message_id as messageId"])
    .where("ticket_id", "=", ticketId)
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom("telegram_account as account")
            .select("account.id")
            .whereRef("account.telegram_user_id", "=", "ticket_card.chat_id")
            .where("account.unlinked_at", "is", null)
            .where("account.unreachable_since", "is", null),
        ),
        exists(
          selectFrom("staff_group")
            .select("staff_group.chat_id")
            .whereRef("staff_group.chat_id", "=", "ticket_card.chat_id")
            .where("staff_group.trouble", "is", null),
        ),
      ]),
    )
    .orderBy("chat_id")
    .execute();
}

/** The cards in a chat, those of the newest tickets first. */
export function listCardsIn(db: Db, chatId: number, limit: number): Promise<TicketCard[]> {
  return db
    .selectFrom("ticket_card")
    .select(["chat_id as chatId", "ticket_id as ticketId", "message_id as messageId"])
    .where("chat_id", "=", chatId)
    .orderBy("ticket_id", "desc")
    .limit(limit)
    .execute();
}

/** The ticket whose card that message is. */
export async function findTicketOfCard(db: Db, chatId: number, messageId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("ticket_card")
    .select("ticket_id")
    .where("chat_id", "=", chatId)
    .where("message_id", "=", messageId)
    .executeTakeFirst();
  return row?.ticket_id;
}

/**
 * The newest message is the card; that an older one was edited meanwhile changes nothing.
 *
 * @returns the message that is not the card, or is it no longer
 */
export async function saveCard(tx: Tx, card: TicketCard): Promise<number | undefined> {
  const former = await tx
    .selectFrom("ticket_card")
    .select("message_id as messageId")
    .where("chat_id", "=", card.chatId)
    .where("ticket_id", "=", card.ticketId)
    .executeTakeFirst();
  if (former !== undefined && former.messageId > card.messageId) return card.messageId;
  await tx
    .insertInto("ticket_card")
    .values({ chat_id: card.chatId, ticket_id: card.ticketId, message_id: card.messageId })
    .onConflict((conflict) => conflict.columns(["chat_id", "ticket_id"]).doUpdateSet({ message_id: card.messageId }))
    .execute();
  return former?.messageId === card.messageId ? undefined : former?.messageId;
}

export async function deleteCard(tx: Tx, chatId: number, messageId: number): Promise<void> {
  await tx.deleteFrom("ticket_card").where("chat_id", "=", chatId).where("message_id", "=", messageId).execute();
}

/** Whatever message it is. */
export async function deleteCardOf(tx: Tx, chatId: number, ticketId: number): Promise<void> {
  await tx.deleteFrom("ticket_card").where("chat_id", "=", chatId).where("ticket_id", "=", ticketId).execute();
}
