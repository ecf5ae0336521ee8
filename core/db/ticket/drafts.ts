import type { Answers } from "../../domain/form/field.ts";
import type { Db, Tx } from "../tables.ts";

/** A form that is being filled in, in one chat, or one topic of it, by one person. */
export type Draft = {
  id: number;
  chatId: number;
  personId: number;
  form: string;
  subject: Record<string, string | number>;
  question: string;
  answers: Answers;
  touchedAt: Date;
  /** In the topic of that ticket; absent in a private chat. */
  topicTicketId?: number | null;
  /** The message that shows the present question, as far as it has gone out. */
  questionMessageId: number | null;
  /** One answer is being changed: from its question the last look follows again. */
  returnsToReview: boolean;
  /** What the person was told meanwhile that stands in the way, by keys: it is told once. */
  warnedOf: readonly string[];
};

type PlaceToAsk = { chatId: number; question: string; personId: number; topicTicketId: number | null };

function selectDrafts(db: Db) {
  return db
    .selectFrom("draft")
    .select([
      "id",
      "chat_id as chatId",
      "person_id as personId",
      "form",
      "subject",
      "question",
      "answers",
      "touched_at as touchedAt",
      "topic_ticket_id as topicTicketId",
      "question_message_id as questionMessageId",
      "returns_to_review as returnsToReview",
      "warned_of as warnedOf",
    ]);
}

/** The drafts of a person in a chat, or a topic, that are still good, the one touched last first. */
export function listDrafts(
  db: Db,
  chat: { chatId: number; personId: number; now: Date; topicTicketId?: number },
): Promise<Draft[]> {
  return selectDrafts(db)
    .where("chat_id", "=", chat.chatId)
    .where("person_id", "=", chat.personId)
    .where("topic_ticket_id", "is not distinct from", chat.topicTicketId ?? null)
    .where("expires_at", ">", chat.now)
    .orderBy("touched_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

export async function insertDraft(
  tx: Tx,
  draft: Omit<Draft, "id" | "touchedAt" | "questionMessageId" | "returnsToReview" | "warnedOf"> & {
    now: Date;
    expiresAt: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("draft")
    .values({
      chat_id: draft.chatId,
      person_id: draft.personId,
      form: draft.form,
      subject: JSON.stringify(draft.subject),
      question: draft.question,
      answers: JSON.stringify(draft.answers),
      touched_at: draft.now,
      expires_at: draft.expiresAt,
      topic_ticket_id: draft.topicTicketId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateDraft(
  tx: Tx,
  draft: Pick<Draft, "id" | "question" | "answers" | "returnsToReview"> & { now: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .updateTable("draft")
    .set({
      question: draft.question,
      answers: JSON.stringify(draft.answers),
      returns_to_review: draft.returnsToReview,
      touched_at: draft.now,
      expires_at: draft.expiresAt,
    })
    .where("id", "=", draft.id)
    .execute();
}

export async function saveWarnings(tx: Tx, id: number, warnedOf: readonly string[]): Promise<void> {
  await tx
    .updateTable("draft")
    .set({ warned_of: [...warnedOf] })
    .where("id", "=", id)
    .execute();
}

/**
 * @returns the message whose question has passed: the one that showed it until now, when it is another one, or what was
 * sent, when the draft has moved on meanwhile
 */
export async function saveQuestionMessage(
  tx: Tx,
  sent: { draftId: number; question: string; messageId: number },
): Promise<number | undefined> {
  const draft = await tx
    .selectFrom("draft")
    .select(["question", "question_message_id as shownIn"])
    .where("id", "=", sent.draftId)
    .forUpdate()
    .executeTakeFirst();
  if (draft?.question !== sent.question) return sent.messageId;
  if (draft.shownIn === sent.messageId) return undefined;
  await tx.updateTable("draft").set({ question_message_id: sent.messageId }).where("id", "=", sent.draftId).execute();
  return draft.shownIn ?? undefined;
}

/** @returns the message that showed its question */
export async function deleteDraft(tx: Tx, id: number): Promise<number | undefined> {
  const deleted = await tx
    .deleteFrom("draft")
    .where("id", "=", id)
    .returning("question_message_id as shownIn")
    .executeTakeFirst();
  return deleted?.shownIn ?? undefined;
}

/** Of somebody who left: nobody goes on with them. */
export async function deleteDraftsOf(tx: Tx, personId: number): Promise<void> {
  await tx.deleteFrom("draft").where("person_id", "=", personId).execute();
}

export async function deleteExpiredDrafts(tx: Tx, now: Date): Promise<number> {
  const result = await tx.deleteFrom("draft").where("expires_at", "<=", now).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Who fills it in, and in the topic of which ticket. */
export function findPlaceOfDraft(
  db: Db,
  id: number,
): Promise<{ personId: number; topicTicketId: number | null } | undefined> {
  return db
    .selectFrom("draft")
    .select(["person_id as personId", "topic_ticket_id as topicTicketId"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/**
 * Where its present question stands, whoever fills it in; undefined where it is gone. Locked, so that whoever goes on at the same
 * moment does so before or afterwards: a question that has passed would take the place of the next one that waits.
 */
export function lockPlaceToAsk(tx: Tx, id: number): Promise<PlaceToAsk | undefined> {
  return tx
    .selectFrom("draft")
    .select(["chat_id as chatId", "question", "person_id as personId", "topic_ticket_id as topicTicketId"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** A draft that is still good, for the person who fills it in. */
export function findDraft(db: Db, draft: { id: number; personId: number; now: Date }): Promise<Draft | undefined> {
  return selectDrafts(db)
    .where("id", "=", draft.id)
    .where("person_id", "=", draft.personId)
    .where("expires_at", ">", draft.now)
    .executeTakeFirst();
}
