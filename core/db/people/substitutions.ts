import type { Updateable } from "kysely";
import type { Role } from "../../domain/people/roles.ts";
import type { Substitution, SubstitutionKind } from "../../domain/people/substitution-rules.ts";
import type { Db, Tables, Tx } from "../tables.ts";

function selectSubstitutions(db: Db) {
  return db
    .selectFrom("substitution")
    .select(["id", "person_id as personId", "for_person_id as forPersonId", "role", "kind"])
    .select(["starts_at as startsAt", "ends_at as endsAt", "decree", "set_by as setBy", "set_at as setAt"])
    .select(["decision", "decided_by as decidedBy", "decided_at as decidedAt"])
    .select(["started_at as startedAt", "ended_at as endedAt", "ended_by as endedBy"]);
}

export function findSubstitution(db: Db, id: number): Promise<Substitution | undefined> {
  return selectSubstitutions(db).where("id", "=", id).executeTakeFirst();
}

export function lockSubstitution(tx: Tx, id: number): Promise<Substitution | undefined> {
  return selectSubstitutions(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** As what somebody acted in that role at that moment; undefined where they held it in their own right. */
export async function findKindActed(
  db: Db,
  { personId, role, at }: { personId: number; role: Role; at: Date },
): Promise<SubstitutionKind | undefined> {
  const row = await selectSubstitutions(db)
    .where("person_id", "=", personId)
    .where("role", "=", role)
    .where("started_at", "<=", at)
    .where("starts_at", "<=", at)
    .where("ends_at", ">", at)
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">=", at)]))
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.kind;
}

/** Of somebody, those that are in force, to come, or waiting, and the last that are over; the latest first. */
export function listSubstitutionsFor(db: Db, forPersonId: number, limit: number): Promise<Substitution[]> {
  return selectSubstitutions(db)
    .where("for_person_id", "=", forPersonId)
    .orderBy("starts_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** In force or to come, or waiting for a second administrator, in which somebody substitutes or is substituted. */
export function lockOpenSubstitutionsAround(tx: Tx, personId: number): Promise<Substitution[]> {
  return selectSubstitutions(tx)
    .where("ended_at", "is", null)
    .where("decision", "is distinct from", "rejected")
    .where((where) => where.or([where("person_id", "=", personId), where("for_person_id", "=", personId)]))
    .orderBy("id")
    .forUpdate()
    .execute();
}

/** What the clock has to begin or to end; also what nobody has confirmed before its last day was over. */
export async function listSubstitutionsDue(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom("substitution")
    .select("id")
    .where("ended_at", "is", null)
    .where("decision", "is distinct from", "rejected")
    .where((where) =>
      where.or([
        where("ends_at", "<=", now),
        where.and([
          where("starts_at", "<=", now),
          where("started_at", "is", null),
          where("decision", "=", "confirmed"),
        ]),
      ]),
    )
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Whoever inserts has locked both people and asked whether it overlaps with another one; the constraints say so too. */
export async function insertSubstitution(
  tx: Tx,
  substitution: Pick<
    Substitution,
    "personId" | "forPersonId" | "role" | "kind" | "startsAt" | "endsAt" | "decree" | "setBy" | "setAt"
  > & { isConfirmed: boolean },
): Promise<number> {
  const { setBy, setAt, isConfirmed } = substitution;
  const { id } = await tx
    .insertInto("substitution")
    .values({
      person_id: substitution.personId,
      for_person_id: substitution.forPersonId,
      role: substitution.role,
      kind: substitution.kind,
      starts_at: substitution.startsAt,
      ends_at: substitution.endsAt,
      decree: substitution.decree,
      set_by: setBy,
      set_at: setAt,
      ...(isConfirmed ? { decision: "confirmed", decided_by: setBy, decided_at: setAt } : {}),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether somebody of the two has another substitution in that time. */
export async function overlaps(
  db: Db,
  { personId, forPersonId, startsAt, endsAt }: Pick<Substitution, "personId" | "forPersonId" | "startsAt" | "endsAt">,
): Promise<boolean> {
  const row = await db
    .selectFrom("substitution")
    .select("id")
    .where("ended_at", "is", null)
    .where("decision", "is distinct from", "rejected")
    .where((where) => where.or([where("person_id", "=", personId), where("for_person_id", "=", forPersonId)]))
    .where("starts_at", "<", endsAt)
    .where("ends_at", ">", startsAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateSubstitution(
  tx: Tx,
  id: number,
  changes: Pick<
    Updateable<Tables["substitution"]>,
    "decision" | "decided_by" | "decided_at" | "started_at" | "ended_at" | "ended_by"
  >,
): Promise<void> {
  await tx.updateTable("substitution").set(changes).where("id", "=", id).execute();
}
