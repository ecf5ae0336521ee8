import { type ExpressionBuilder, sql } from "kysely";
import type { Answers } from "../../domain/form/field.ts";
import type { Role } from "../../domain/people/roles.ts";
import type { Before, LastStep } from "../../domain/ticket/undo-rules.ts";
import type { Db, Tables, Tx } from "../tables.ts";
import type { Page } from "./tickets.ts";

/** One thing that happened to a ticket, as it is shown. */
export type Entry = {
  id: number;
  ticketId: number;
  kind: Tables["entry"]["kind"];
  step: string | null;
  role: Role | null;
  /** null: the machine, by a rule of the desk */
  personId: number | null;
  personName: string | null;
  at: Date;
  answers: Answers;
  toState: string | null;
  toPersonName: string | null;
  /** The step that an entry `taken-back` took back. */
  takenBackStep: string | null;
  /** Of an entry `corrected`: what it corrects. */
  correctedKind: Tables["entry"]["kind"] | null;
  /** What it says now, where its words were edited or an album brought more of them. */
  correction: Answers | null;
  /** What it said before the first edit; null where nobody edited it. */
  formerWords: string | null;
};

/** What only the desk reads: its own notes, and what others say who are affected. */
export const deskOnlyKinds: readonly Entry["kind"][] = ["internal-note", "affected"];

/** The answer of a correction that holds the words before it. */
export const former = "former";
/** The answer of a correction that is none: more words of the same album. */
export const albumPart = "album-part";

/** The words of an entry as they are now. */
export function latestAnswers({ answers, correction }: Pick<Entry, "answers" | "correction">): Answers {
  if (correction === null) return answers;
  const { [former]: _former, [albumPart]: _albumPart, ...latest } = correction;
  return { ...answers, ...latest };
}

/** Not merely more words of an album. */
function isEdit(alias: string) {
  return sql<boolean>`not (${sql.ref(alias)}.answers ? ${albumPart})`;
}

function selectEntries(db: Db) {
  return db
    .selectFrom("entry")
    .leftJoin("person", "person.id", "entry.person_id")
    .leftJoin("person as recipient", "recipient.id", "entry.to_person_id")
    .leftJoin("entry as undone", "undone.id", "entry.takes_back")
    .leftJoin("entry as original", "original.id", "entry.corrects")
    .select([
      "entry.id",
      "entry.ticket_id as ticketId",
      "entry.kind",
      "entry.step",
      "entry.role",
      "entry.person_id as personId",
      "person.name as personName",
      "entry.at",
      "entry.answers",
      "entry.to_state as toState",
      "recipient.name as toPersonName",
      "undone.step as takenBackStep",
      "original.kind as correctedKind",
    ])
    .select((select) => [
      select
        .selectFrom("entry as latest")
        .select("latest.answers")
        .whereRef("latest.corrects", "=", "entry.id")
        .orderBy("latest.id", "desc")
        .limit(1)
        .as("correction"),
      select
        .selectFrom("entry as edit")
        .select(sql<string>`edit.answers ->> ${former}`.as("words"))
        .whereRef("edit.corrects", "=", "entry.id")
        .where(isEdit("edit"))
        .orderBy("edit.id")
        .limit(1)
        .as("formerWords"),
    ]);
}

export async function insertEntry(
  tx: Tx,
  entry: {
    ticketId: number;
    kind: Entry["kind"];
    personId: number | null;
    at: Date;
    role?: Role;
    step?: string;
    answers?: Answers;
    fromState?: string;
    toState?: string;
    toPersonId?: number;
    before?: Before;
    takesBack?: number;
    /** The requester is told of it with its words, so that a search of theirs finds them too. */
    isTold?: boolean;
    corrects?: number;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("entry")
    .values({
      ticket_id: entry.ticketId,
      kind: entry.kind,
      step: entry.step ?? null,
      role: entry.role ?? null,
      person_id: entry.personId,
      at: entry.at,
      answers: JSON.stringify(entry.answers ?? {}),
      from_state: entry.fromState ?? null,
      to_state: entry.toState ?? null,
      to_person_id: entry.toPersonId ?? null,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      takes_back: entry.takesBack ?? null,
      is_told: entry.isTold ?? false,
      corrects: entry.corrects ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Neither taken back nor itself a taking back: what a ticket's present state rests on. */
export function stands(where: ExpressionBuilder<Tables, "entry">) {
  const takenBack = where.selectFrom("entry as undo").whereRef("undo.takes_back", "=", "entry.id").select("undo.id");
  return where.and([where("entry.kind", "<>", "taken-back"), where.not(where.exists(takenBack))]);
}

export function findEntry(db: Db, id: number): Promise<Entry | undefined> {
  return selectEntries(db).where("entry.id", "=", id).executeTakeFirst();
}

/** Newest first, without what an album added to its own words. The requester does not see internal notes, also corrected. */
export function listEntries(
  db: Db,
  ticketId: number,
  options: Page & { withInternalNotes: boolean },
): Promise<Entry[]> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where((where) => where.or([where("entry.kind", "<>", "corrected"), isEdit("entry")]))
    .$if(!options.withInternalNotes, (query) => query.where(isNotInternal))
    .orderBy("entry.id", "desc")
    .offset(options.offset)
    .limit(options.limit)
    .execute();
}

function isNotInternal(where: ExpressionBuilder<Tables, "entry">) {
  const note = where
    .selectFrom("entry as corrected")
    .select("corrected.id")
    .whereRef("corrected.id", "=", "entry.corrects")
    .where("corrected.kind", "in", deskOnlyKinds);
  return where.and([where("entry.kind", "not in", deskOnlyKinds), where.not(where.exists(note))]);
}

/** The fields of the filed form that were edited since. */
export async function listCorrectedFields(db: Db, ticketId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("entry")
    .innerJoin("entry as filed", "filed.id", "entry.corrects")
    .select("entry.answers")
    .where("entry.ticket_id", "=", ticketId)
    .where("filed.kind", "=", "filed")
    .execute();
  return rows.flatMap(({ answers }) => Object.keys(answers).filter((field) => field !== former));
}

export type CheckResult = { check: string; result: string; note: string | undefined };

/** The latest result of each item since the ticket came to its present state. */
export async function listCheckResults(db: Db, ticketId: number): Promise<CheckResult[]> {
  const rows = await db
    .selectFrom("entry")
    .select("answers")
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .whereRef("from_state", "=", "to_state")
    .where("id", ">", (since) =>
      since
        .selectFrom("entry")
        .select((select) => select.fn.coalesce(select.fn.max("entry.id"), select.val(0)).as("id"))
        .where("entry.ticket_id", "=", ticketId)
        .where("entry.to_state", "is not", null)
        .whereRef("entry.from_state", "is distinct from", "entry.to_state")
        .where(stands),
    )
    .orderBy("id")
    .execute();
  return latestResults(rows);
}

/** The latest result of each item of that check list, whenever it was recorded. */
export async function listResultsOf(db: Db, ticketId: number, step: string): Promise<CheckResult[]> {
  const rows = await db
    .selectFrom("entry")
    .select("answers")
    .where("ticket_id", "=", ticketId)
    .where("step", "=", step)
    .where(stands)
    .orderBy("id")
    .execute();
  return latestResults(rows);
}

/** Whether one of these steps was done and stands. */
export async function hasDone(db: Db, ticketId: number, steps: readonly string[]): Promise<boolean> {
  if (steps.length === 0) return false;
  const done = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("step", "in", steps)
    .where(stands)
    .limit(1)
    .executeTakeFirst();
  return done !== undefined;
}

function latestResults(rows: readonly { answers: Answers }[]): CheckResult[] {
  const results = new Map<string, CheckResult>();
  for (const { answers } of rows) {
    const { check, result, note } = answers;
    if (check !== undefined && result !== undefined) results.set(check, { check, result, note });
  }
  return [...results.values()];
}

/** Who last worked on the ticket in that role, or to whom it was handed over. */
export async function findLastWorker(db: Db, ticketId: number, role: Role): Promise<number | undefined> {
  const row = await db
    .selectFrom("entry")
    // A step is done by its person; whom it names works in another role.
    .select(
      sql<number>`case when kind = 'step' then person_id else coalesce(to_person_id, person_id) end`.as("worker_id"),
    )
    .where("ticket_id", "=", ticketId)
    .where("role", "=", role)
    .where("kind", "in", ["step", "taken", "handed-over", "assigned"])
    .where("person_id", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.worker_id ?? undefined;
}

/** The last note that a step left, in the person's own words. */
export async function findLastNote(
  db: Db,
  ticketId: number,
  { except }: { except: readonly string[] },
): Promise<string | undefined> {
  const row = await db
    .selectFrom("entry")
    .select(sql<string>`answers ->> 'note'`.as("note"))
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .where("step", "not in", except)
    .where(sql<boolean>`answers ? 'note'`)
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.note;
}

/** The step that brought the ticket to that state; where the requester is asked, the step that asked. */
export async function findArrival(db: Db, ticketId: number, state: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .where("to_state", "=", state)
    .whereRef("from_state", "is distinct from", "to_state")
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Whether that step was done after that entry. */
export async function hasStepSince(db: Db, ticketId: number, step: string, entryId: number): Promise<boolean> {
  const row = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("step", "=", step)
    .where("id", ">", entryId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The step that ended the wait for an answer to that question: of the requester or for them, or of the clock. */
export function findAnswer(
  db: Db,
  { id, ticketId, toState }: Pick<Entry, "id" | "ticketId" | "toState">,
): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.id", ">", id)
    .where("entry.kind", "=", "step")
    .where(stands)
    .where("entry.from_state", "=", toState)
    .whereRef("entry.to_state", "is distinct from", "entry.from_state")
    .orderBy("entry.id")
    .limit(1)
    .executeTakeFirst();
}

/** The last step that left something to read, check lists aside. */
export function findLastNotedStep(db: Db, ticketId: number): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", "step")
    .where(sql<boolean>`entry.answers <> '{}'`)
    .where(stands)
    .whereRef("entry.from_state", "is distinct from", "entry.to_state")
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The newest entry of one of these steps since the ticket was moved to its procedure. */
export function findLastOfSteps(db: Db, ticketId: number, steps: readonly string[]): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", "step")
    .where("entry.step", "in", steps)
    .where(stands)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("entry as moved")
            .select("moved.id")
            .where("moved.ticket_id", "=", ticketId)
            .where("moved.kind", "=", "reclassified")
            .whereRef("moved.id", ">", "entry.id"),
        ),
      ),
    )
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Whether a step was taken back, and when. */
export async function findTakenBack(db: Db, entryId: number): Promise<Entry | undefined> {
  return selectEntries(db).where("entry.takes_back", "=", entryId).executeTakeFirst();
}

/** What last changed the ticket's state and stands; undefined where that was no step, or one of before this was kept. */
export async function findLastStep(db: Db, ticketId: number): Promise<LastStep | undefined> {
  const row = await db
    .selectFrom("entry")
    .select(["id", "step", "role", "person_id", "at", "from_state", "before"])
    .where("ticket_id", "=", ticketId)
    .where("to_state", "is not", null)
    // A ticket that was moved to another procedure may stand in a state of the same name.
    .where((where) =>
      where.or([where("from_state", "is distinct from", where.ref("to_state")), where("kind", "=", "reclassified")]),
    )
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row?.step == null || row.role === null || row.from_state === null || row.before === null) return undefined;
  const gone = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("id", ">", row.id)
    .where("kind", "in", ["step", "taken", "assigned", "handed-over", "pending", "resumed"])
    .where("person_id", "is distinct from", row.person_id)
    .where(stands)
    .limit(1)
    .executeTakeFirst();
  return {
    entryId: row.id,
    step: row.step,
    role: row.role,
    personId: row.person_id,
    at: row.at,
    fromState: row.from_state,
    before: row.before,
    hasGoneOn: gone !== undefined,
  };
}

/** The newest entry of that kind, e.g. why the ticket waits. */
export function findLastOfKind(db: Db, ticketId: number, kind: Entry["kind"]): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", kind)
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}
