import type { Db, Tx } from "../tables.ts";

/** "Listrik padam?": who was asked about an outage, and what they said. @property isOut null: nothing yet */
export type PowerQuestion = {
  id: number;
  outageId: number;
  personId: number;
  personName: string;
  askedBy: number;
  askedAt: Date;
  isOut: boolean | null;
  answeredAt: Date | null;
};

function selectQuestions(db: Db) {
  return db
    .selectFrom("power_question as question")
    .innerJoin("person", "person.id", "question.person_id")
    .select(["question.id", "question.outage_id as outageId", "question.person_id as personId"])
    .select(["person.name as personName", "question.asked_by as askedBy", "question.asked_at as askedAt"])
    .select(["question.is_out as isOut", "question.answered_at as answeredAt"]);
}

export function findPowerQuestion(db: Db, id: number): Promise<PowerQuestion | undefined> {
  return selectQuestions(db).where("question.id", "=", id).executeTakeFirst();
}

/** In the order in which they were asked. */
export function listPowerQuestions(db: Db, outageId: number): Promise<PowerQuestion[]> {
  return selectQuestions(db).where("question.outage_id", "=", outageId).orderBy("question.id").execute();
}

export async function insertPowerQuestion(
  tx: Tx,
  { outageId, personId, askedBy, now }: { outageId: number; personId: number; askedBy: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("power_question")
    .values({ outage_id: outageId, person_id: personId, asked_by: askedBy, asked_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function answerPowerQuestion(tx: Tx, id: number, isOut: boolean, now: Date): Promise<void> {
  await tx.updateTable("power_question").set({ is_out: isOut, answered_at: now }).where("id", "=", id).execute();
}
