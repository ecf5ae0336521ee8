import { type ExpressionBuilder, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { prepared } from "../postgres/preparing-client.ts";
import type { Db, Tables, Tx } from "../tables.ts";

function rolesOf(expression: ExpressionBuilder<Tables, "person">) {
  return jsonArrayFrom(
    expression
      .selectFrom("person_role")
      .select("person_role.role")
      .whereRef("person_role.person_id", "=", "person.id")
      .orderBy("person_role.role"),
  ).as("roles");
}

function selectPeople(db: Db) {
  return db
    .selectFrom("person")
    .select(["person.id", "person.name", "person.nip", "person.office_id", "person.is_active", "person.is_provisional"])
    .select(rolesOf);
}

type PersonRow = Awaited<ReturnType<ReturnType<typeof selectPeople>["executeTakeFirstOrThrow"]>>;

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    nip: row.nip,
    officeId: row.office_id,
    roles: row.roles.map(({ role }) => role),
    isActive: row.is_active,
    isProvisional: row.is_provisional,
  };
}

export async function findPerson(db: Db, id: number): Promise<Person | undefined> {
  const row = await selectPeople(db).where("person.id", "=", id).executeTakeFirst();
  return row && toPerson(row);
}

/** For ids that a foreign key vouches for. */
export async function getPerson(db: Db, id: number): Promise<Person> {
  return toPerson(await selectPeople(db).where("person.id", "=", id).executeTakeFirstOrThrow());
}

export async function findPersonByNip(db: Db, nip: string): Promise<Person | undefined> {
  const row = await selectPeople(db).where("person.nip", "=", nip).executeTakeFirst();
  return row && toPerson(row);
}

/** One of the people whom the playground plays, also when the name was corrected meanwhile. */
export async function findPersonByPlaygroundKey(db: Db, key: string): Promise<Person | undefined> {
  const row = await selectPeople(db).where("person.playground_key", "=", key).executeTakeFirst();
  return row && toPerson(row);
}

/** Who is linked to this Telegram user now; inactive people are nobody. */
export async function findPersonByTelegramUser(db: Db, telegramUserId: number): Promise<Person | undefined> {
  const row = await selectPeople(db)
    .innerJoin("telegram_account", "telegram_account.person_id", "person.id")
    .where("telegram_account.telegram_user_id", "=", telegramUserId)
    .where("telegram_account.unlinked_at", "is", null)
    .where("person.is_active", "=", true)
    .modifyEnd(prepared)
    .executeTakeFirst();
  return row && toPerson(row);
}

export async function listPeopleWithRole(db: Db, role: Role): Promise<Person[]> {
  const rows = await selectPeople(db)
    .innerJoin("person_role as held", "held.person_id", "person.id")
    .where("held.role", "=", role)
    .where("person.is_active", "=", true)
    .orderBy("person.name")
    .execute();
  return rows.map(toPerson);
}

/** Who can act for an office as its system officer, or for the IT office in another role: active, and linked. */
export async function listLinkedWithRole(db: Db, role: Role, officeId?: number): Promise<Person[]> {
  const rows = await selectPeople(db)
    .innerJoin("person_role as held", "held.person_id", "person.id")
    .innerJoin("telegram_account as account", "account.person_id", "person.id")
    .where("held.role", "=", role)
    .where("person.is_active", "=", true)
    .where("account.unlinked_at", "is", null)
    .$if(officeId !== undefined, (query) => query.where("person.office_id", "=", officeId ?? 0))
    .orderBy("person.name")
    .execute();
  return rows.map(toPerson);
}

/** Who holds one of these roles and can be written to: active, linked, and has not blocked the bot. */
export async function listReachable(db: Db, roles: readonly Role[]): Promise<Person[]> {
  const rows = await selectPeople(db)
    .innerJoin("telegram_account as account", "account.person_id", "person.id")
    .where("person.id", "in", (ids) => ids.selectFrom("person_role").select("person_id").where("role", "in", roles))
    .where("person.is_active", "=", true)
    .where("account.unlinked_at", "is", null)
    .where("account.unreachable_since", "is", null)
    .orderBy(sql`lower(person.name)`)
    .orderBy("person.id")
    .execute();
  return rows.map(toPerson);
}

/** People by NIP, of those that are asked for. */
export async function listPeopleByNip(db: Db, nips: readonly string[]): Promise<Person[]> {
  if (nips.length === 0) return [];
  const rows = await selectPeople(db).where("person.nip", "=", sql<string>`any(${nips}::text[])`).execute();
  return rows.map(toPerson);
}

export type ListedPerson = Person & { officeCode: string };

/** By part of the name or of the NIP; everybody for an empty text. With the office, which tells namesakes apart. */
export async function searchPeople(
  db: Db,
  text: string,
  page: { offset: number; limit: number },
): Promise<ListedPerson[]> {
  const pattern = patternOf(text);
  const rows = await selectPeople(db)
    .innerJoin("office", "office.id", "person.office_id")
    .select("office.code as officeCode")
    .where((where) => where.or([where("person.name", "ilike", pattern), where("person.nip", "like", pattern)]))
    .where("person.is_machine", "=", false)
    .orderBy(sql`lower(person.name)`)
    .orderBy("person.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({ ...toPerson(row), officeCode: row.officeCode }));
}

/** Active people of an office, by part of the name; everybody for an empty text. */
export async function listPeopleOfOffice(db: Db, officeId: number, text: string, limit: number): Promise<Person[]> {
  const rows = await selectPeople(db)
    .where("person.office_id", "=", officeId)
    .where("person.is_active", "=", true)
    .where("person.name", "ilike", patternOf(text))
    .orderBy(sql`lower(person.name)`)
    .orderBy("person.id")
    .limit(limit)
    .execute();
  return rows.map(toPerson);
}

/** For `like`: that text anywhere. */
function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

export async function insertPerson(
  tx: Tx,
  person: {
    name: string;
    nip: string | null;
    officeId: number;
    playgroundKey?: string;
    isProvisional?: true;
    now: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("person")
    .values({
      name: person.name,
      nip: person.nip,
      office_id: person.officeId,
      playground_key: person.playgroundKey ?? null,
      is_provisional: person.isProvisional ?? false,
      created_at: person.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Who files what nobody filed: a machine. Under a lock, for there is only one. @returns the one there is, or a new one of that office */
export async function getMachine(
  tx: Tx,
  made: { name: string; officeId: number; now: Date },
): Promise<Pick<Person, "id">> {
  const known = await tx.selectFrom("person").select("id").where("is_machine", "=", true).executeTakeFirst();
  if (known !== undefined) return known;
  const row = { name: made.name, office_id: made.officeId, is_active: false, is_machine: true, created_at: made.now };
  return tx.insertInto("person").values(row).returning("id").executeTakeFirstOrThrow();
}

/**
 * People with a NIP each, several at once. Whose NIP is taken meanwhile is left out, also by somebody who is added at
 * the same moment. They are added by the order of their NIPs, so that two lists of the same people wait for each other
 * in one direction only.
 *
 * @returns who was added, by NIP
 */
export async function insertPeopleWithNip(
  tx: Tx,
  people: readonly { name: string; nip: string; officeId: number }[],
  now: Date,
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const inOrder = people.toSorted((one, other) => (one.nip < other.nip ? -1 : 1));
  const rows = await tx
    .insertInto("person")
    .values(inOrder.map(({ name, nip, officeId }) => ({ name, nip, office_id: officeId, created_at: now })))
    .onConflict((conflict) => conflict.column("nip").doNothing())
    .returning(["id", "nip"])
    .$narrowType<{ nip: string }>()
    .execute();
  return new Map(rows.map(({ id, nip }) => [nip, id]));
}

export async function updatePerson(
  tx: Tx,
  id: number,
  changes: Partial<
    Pick<Tables["person"], "name" | "nip" | "office_id" | "left_at" | "left_by" | "left_because"> & {
      is_active: boolean;
      is_provisional: boolean;
    }
  >,
): Promise<void> {
  await tx.updateTable("person").set(changes).where("id", "=", id).execute();
}

export async function addRole(
  tx: Tx,
  grant: { personId: number; role: Role; grantedBy: number | null; now: Date; substitutionId?: number },
): Promise<void> {
  await tx
    .insertInto("person_role")
    .values({
      person_id: grant.personId,
      role: grant.role,
      granted_by: grant.grantedBy,
      granted_at: grant.now,
      substitution_id: grant.substitutionId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The same role for many, who are new. */
export async function addRoleToAll(
  tx: Tx,
  grant: { personIds: readonly number[]; role: Role; grantedBy: number; now: Date },
): Promise<void> {
  if (grant.personIds.length === 0) return;
  await tx
    .insertInto("person_role")
    .values(
      grant.personIds.map((personId) => ({
        person_id: personId,
        role: grant.role,
        granted_by: grant.grantedBy,
        granted_at: grant.now,
      })),
    )
    .execute();
}

/** @returns whether the person held it */
export async function removeRole(tx: Tx, personId: number, role: Role): Promise<boolean> {
  const result = await tx
    .deleteFrom("person_role")
    .where("person_id", "=", personId)
    .where("role", "=", role)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Takes away what was given for that substitution; a role that is held in one's own right stays. @returns whether there was any */
export async function removeSubstitutedRole(tx: Tx, substitutionId: number): Promise<boolean> {
  const result = await tx.deleteFrom("person_role").where("substitution_id", "=", substitutionId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Whether somebody holds the role other than as a substitute. */
export async function holdsInOwnRight(db: Db, personId: number, role: Role): Promise<boolean> {
  const row = await db
    .selectFrom("person_role")
    .select("role")
    .where("person_id", "=", personId)
    .where("role", "=", role)
    .where("substitution_id", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns the roles that ended, by name */
export async function removeRoles(tx: Tx, personId: number, { but }: { but?: Role } = {}): Promise<Role[]> {
  const rows = await tx
    .deleteFrom("person_role")
    .where("person_id", "=", personId)
    .$if(but !== undefined, (query) => query.where("role", "<>", but ?? "user"))
    .returning("role")
    .execute();
  return rows.map(({ role }) => role).sort();
}

/** When somebody left, by whom, and why; undefined for who is active. */
export async function findLeaving(
  db: Db,
  personId: number,
): Promise<{ at: Date; byName: string; because: string | null } | undefined> {
  return db
    .selectFrom("person")
    .innerJoin("person as administrator", "administrator.id", "person.left_by")
    .select(["person.left_at as at", "administrator.name as byName", "person.left_because as because"])
    .where("person.id", "=", personId)
    .where("person.left_at", "is not", null)
    .$narrowType<{ at: Date }>()
    .executeTakeFirst();
}

/** Administrators leave one after the other, for two at once could leave none, and none of them proposes meanwhile. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx
    .selectFrom("person")
    .select("person.id")
    .where("person.id", "in", (ids) =>
      ids.selectFrom("person_role").select("person_id").where("role", "=", "administrator"),
    )
    .orderBy("person.id")
    .forNoKeyUpdate()
    .execute();
}

/** One change of a person's roles and links at a time. */
export async function lockPerson(tx: Tx, id: number): Promise<Person | undefined> {
  await tx.selectFrom("person").select("id").where("id", "=", id).forNoKeyUpdate().execute();
  return findPerson(tx, id);
}
