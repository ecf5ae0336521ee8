import { sql } from "kysely";
import type { Former, Placed } from "../../domain/monitoring/former.ts";
import type { Db, Tx } from "../tables.ts";

/** What stands is kept as what was, where it is about to change; of several changes at one instant what stood before them. */
export async function keepFormer(
  tx: Tx,
  targetId: number,
  { officeId, parentId, provider, circuitNumber, agreedPercent }: Placed,
  now: Date,
): Promise<void> {
  await sql`
    insert into monitor_target_former (target_id, until, office_id, parent_id, provider, circuit_number, agreed_percent)
    select id, ${now}, office_id, parent_id, provider, circuit_number, agreed_percent from monitor_target
    where id = ${targetId} and (office_id, parent_id, provider, circuit_number, agreed_percent) is distinct from
      (${officeId}::bigint, ${parentId}::bigint, ${provider}::text, ${circuitNumber}::text, ${agreedPercent}::float8)
    on conflict do nothing`.execute(tx);
}

/** The same of all that lie behind one, which are about to lie behind something else. */
export async function keepFormerBehind(tx: Tx, parentId: number, now: Date): Promise<void> {
  await sql`
    insert into monitor_target_former (target_id, until, office_id, parent_id, provider, circuit_number, agreed_percent)
    select id, ${now}, office_id, parent_id, provider, circuit_number, agreed_percent from monitor_target
    where parent_id = ${parentId}
    on conflict do nothing`.execute(tx);
}

/** Of each target what changed at that instant or later, in order. */
export async function listFormers(db: Db, since: Date): Promise<Map<number, Former[]>> {
  const rows = await db
    .selectFrom("monitor_target_former")
    .select(["target_id as targetId", "until", "office_id as officeId", "parent_id as parentId", "provider"])
    .select(["circuit_number as circuitNumber", "agreed_percent as agreedPercent"])
    .where("until", ">=", since)
    .orderBy("until")
    .execute();
  const byTarget = Map.groupBy(rows, ({ targetId }) => targetId);
  return new Map([...byTarget].map(([id, all]) => [id, all.map(({ targetId: _, ...former }) => former)]));
}

/** Notes what the profile says is agreed, where it said something else before. */
export async function noteAgreed(tx: Tx, percent: number, now: Date): Promise<void> {
  const last = (await listAgreed(tx)).at(-1);
  if (last?.percent === percent) return;
  await tx.insertInto("monitor_agreed").values({ since: now, percent }).execute();
}

/** What the profile said right before an instant; before it was ever noted, what it said first. undefined: it never was */
export async function findAgreedBefore(db: Db, at: Date): Promise<number | undefined> {
  const all = await listAgreed(db);
  return (all.findLast(({ since }) => since < at) ?? all[0])?.percent;
}

/** One for each change of a profile. */
function listAgreed(db: Db) {
  return db.selectFrom("monitor_agreed").select(["since", "percent"]).orderBy("since").execute();
}
