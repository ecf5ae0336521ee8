import type { MinistryState } from "../../domain/names/ministry-steps.ts";
import type { Db, Tx } from "../tables.ts";

/** What became of an application to the ministry, as it is read. */
export type MinistryStep = {
  id: number;
  state: MinistryState;
  /** "2026-11-23" */
  day: string;
  letter: string | null;
  reason: string | null;
  notedByName: string;
};

/** The latest first: how it stands now, and how it stood before. */
export function listMinistrySteps(
  db: Db,
  { name, villageId }: { name: string; villageId: number },
): Promise<MinistryStep[]> {
  return db
    .selectFrom("ministry_step as step")
    .innerJoin("person", "person.id", "step.noted_by")
    .select(["step.id", "step.state", "step.day", "step.letter", "step.reason", "person.name as notedByName"])
    .where("step.name", "=", name)
    .where("step.village_id", "=", villageId)
    .orderBy("step.id", "desc")
    .execute();
}

export async function insertMinistryStep(
  tx: Tx,
  step: { name: string; villageId: number; notedBy: number; now: Date } & Pick<
    MinistryStep,
    "state" | "day" | "letter" | "reason"
  >,
): Promise<number> {
  const { name, villageId, state, day, letter, reason, notedBy, now } = step;
  const { id } = await tx
    .insertInto("ministry_step")
    .values({ name, village_id: villageId, state, day, letter, reason, noted_by: notedBy, noted_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
