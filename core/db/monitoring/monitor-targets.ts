import { sql } from "kysely";
import type { Policy } from "../../domain/monitoring/policy.ts";
import type { Target } from "../../domain/monitoring/target.ts";
import type { TargetDetails } from "../../domain/monitoring/target-values.ts";
import type { Db, Tx } from "../tables.ts";
import { keepFormer, keepFormerBehind } from "./former-targets.ts";

export type StoredTarget = Target & TargetDetails & { version: number };

/** What somebody, or a machine, says of a target. */
export type TargetSaid = Omit<StoredTarget, "id" | "isPaused" | "version">;

function selectTargets(db: Db) {
  return db.selectFrom("monitor_target").selectAll("monitor_target").where("removed_at", "is", null);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTargets>["executeTakeFirstOrThrow"]>>;

function toTarget(row: Row): StoredTarget {
  return {
    ...{ id: row.id, kind: row.kind, name: row.name, officeId: row.office_id, parentId: row.parent_id },
    ...{ isPaused: row.is_paused, version: row.version, policy: policyIn(row) },
    ...{ assetId: row.asset_id, applicationId: row.application_id, contact: row.contact, place: row.place },
    ...{
      linkKind: row.link_kind,
      provider: row.provider,
      circuitNumber: row.circuit_number,
      bandwidthMbps: row.bandwidth_mbps,
    },
    ...{ endsOn: row.ends_on, nocPhone: row.noc_phone, isPublic: row.is_public },
  };
}

/** What a target says itself of how it is judged. */
function policyIn(row: Row): Partial<Policy> {
  const said = {
    intervalSeconds: row.interval_seconds,
    missesUntilDown: row.misses_until_down,
    successesUntilUp: row.successes_until_up,
    recheckSeconds: row.recheck_seconds,
    degradedLossPercent: row.degraded_loss_percent,
    degradedLatencyMs: row.degraded_latency_ms,
    degradedSamples: row.degraded_samples,
    flapChanges: row.flap_changes,
    flapWindowMinutes: row.flap_window_minutes,
    agreedPercent: row.agreed_percent,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

function toRow({ policy, ...said }: TargetSaid) {
  return {
    ...{ kind: said.kind, name: said.name, office_id: said.officeId, parent_id: said.parentId },
    ...{ asset_id: said.assetId, application_id: said.applicationId, contact: said.contact, place: said.place },
    ...{ link_kind: said.linkKind, provider: said.provider, circuit_number: said.circuitNumber },
    ...{ bandwidth_mbps: said.bandwidthMbps, ends_on: said.endsOn, noc_phone: said.nocPhone },
    is_public: said.isPublic,
    interval_seconds: policy.intervalSeconds ?? null,
    misses_until_down: policy.missesUntilDown ?? null,
    successes_until_up: policy.successesUntilUp ?? null,
    recheck_seconds: policy.recheckSeconds ?? null,
    degraded_loss_percent: policy.degradedLossPercent ?? null,
    degraded_latency_ms: policy.degradedLatencyMs ?? null,
    degraded_samples: policy.degradedSamples ?? null,
    flap_changes: policy.flapChanges ?? null,
    flap_window_minutes: policy.flapWindowMinutes ?? null,
    agreed_percent: policy.agreedPercent ?? null,
  };
}

/** All that are watched or paused, by their names. */
export async function listTargets(db: Db): Promise<StoredTarget[]> {
  const rows = await selectTargets(db).orderBy(sql`lower(name)`).execute();
  return rows.map(toTarget);
}

/** A target and all that it lies behind; empty: there is none, or it was removed. */
export async function listWayTo(db: Db, id: number): Promise<{ id: number; parentId: number | null }[]> {
  const { rows } = await sql<{ id: number; parentId: number | null }>`
    with recursive way as (
      select id, parent_id from monitor_target where id = ${id} and removed_at is null
      union
      select above.id, above.parent_id from monitor_target as above join way on above.id = way.parent_id
      where above.removed_at is null
    )
    select id, parent_id as "parentId" from way`.execute(db);
  return rows;
}

/** A target, all that it lies behind and what lies right behind it. */
export async function listTargetsAround(db: Db, id: number): Promise<StoredTarget[]> {
  const way = (await listWayTo(db, id)).map((each) => each.id);
  const rows = await selectTargets(db)
    .where((row) => row.or([row("id", "in", [id, ...way]), row("parent_id", "=", id)]))
    .execute();
  return rows.map(toTarget);
}

/** undefined: there is none, or it was removed. */
export async function findTarget(db: Db, id: number): Promise<StoredTarget | undefined> {
  const row = await selectTargets(db).where("id", "=", id).executeTakeFirst();
  return row && toTarget(row);
}

/** Also one that was removed. */
export async function findTargetEver(db: Db, id: number): Promise<StoredTarget | undefined> {
  const row = await db.selectFrom("monitor_target").selectAll().where("id", "=", id).executeTakeFirst();
  return row && toTarget(row);
}

/** Capitals aside. */
export async function findTargetNamed(db: Db, name: string): Promise<StoredTarget | undefined> {
  const row = await selectTargets(db).where(sql`lower(name)`, "=", sql`lower(${name})`).executeTakeFirst();
  return row && toTarget(row);
}

/** The one by which a device of the inventory is watched. */
export async function findTargetOfAsset(db: Db, assetId: number): Promise<StoredTarget | undefined> {
  const row = await selectTargets(db).where("asset_id", "=", assetId).executeTakeFirst();
  return row && toTarget(row);
}

/** How many lie right behind it. */
export async function countBehind(db: Db, targetId: number): Promise<number> {
  const { count } = await db
    .selectFrom("monitor_target")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("parent_id", "=", targetId)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** The name of one that may be removed, for what was told of it. */
export async function findTargetName(db: Db, id: number): Promise<string | undefined> {
  const row = await db.selectFrom("monitor_target").select("name").where("id", "=", id).executeTakeFirst();
  return row?.name;
}

/** The same of several, in their order. */
export async function listTold(db: Db, ids: readonly number[]): Promise<Pick<Target, "name" | "kind">[]> {
  const rows = await db.selectFrom("monitor_target").select(["id", "name", "kind"]).where("id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One change of what is watched at a time: what lies behind what must stay a tree. */
export async function lockTargets(tx: Tx): Promise<void> {
  await sql`lock table monitor_target in share row exclusive mode`.execute(tx);
}

export async function insertTarget(
  tx: Tx,
  said: TargetSaid,
  { addedBy, now }: { addedBy: number | null; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("monitor_target")
    .values({ ...toRow(said), added_by: addedBy, added_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** What months are told of stays known as it was. */
export async function updateTarget(tx: Tx, id: number, said: TargetSaid, now: Date): Promise<void> {
  await keepFormer(tx, id, { ...said, agreedPercent: said.policy.agreedPercent ?? null }, now);
  await tx
    .updateTable("monitor_target")
    .set((row) => ({ ...toRow(said), version: row("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

export async function setPaused(tx: Tx, id: number, isPaused: boolean): Promise<void> {
  await tx
    .updateTable("monitor_target")
    .set((row) => ({ is_paused: isPaused, version: row("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

/** What lay behind it lies behind what it lay behind. Its checks are asked no more. */
export async function markTargetRemoved(tx: Tx, { id, parentId }: StoredTarget, now: Date): Promise<void> {
  await keepFormerBehind(tx, id, now);
  await tx.updateTable("monitor_target").set({ parent_id: parentId }).where("parent_id", "=", id).execute();
  await tx.updateTable("monitor_target").set({ removed_at: now }).where("id", "=", id).execute();
  await tx
    .updateTable("monitor_check")
    .set({ removed_at: now })
    .where("target_id", "=", id)
    .where("removed_at", "is", null)
    .execute();
}
