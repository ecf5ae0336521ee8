import { type ExpressionBuilder, sql } from "kysely";
import type { Answers } from "../../domain/form/field.ts";
import type { Role } from "../../domain/people/roles.ts";
import type { Before } from "../../domain/ticket/undo-rules.ts";
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

export function selectEntries(db: Db) {
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

/** The newest entry of that kind, e.g. why the ticket waits. */
export function findLastOfKind(db: Db, ticketId: number, kind: Entry["kind"]): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", kind)
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}
