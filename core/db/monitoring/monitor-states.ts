import { sql } from "kysely";
import { type CheckState, neverAsked } from "../../domain/monitoring/check-state.ts";
import type { Seen } from "../../domain/monitoring/root-cause.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import type { Change } from "../../domain/monitoring/state.ts";
import type { TargetState } from "../../domain/monitoring/target-state.ts";
import type { Db, Tx } from "../tables.ts";

/** Of each of these targets, what is known of its checks, by their ids; one that was never asked stands there, too. */
export async function listCheckStates(
  db: Db,
  targetIds: readonly number[],
): Promise<Map<number, Map<number, CheckState>>> {
  const found = new Map<number, Map<number, CheckState>>(targetIds.map((id) => [id, new Map()]));
  if (targetIds.length === 0) return found;
  const rows = await db
    .selectFrom("monitor_check as check")
    .leftJoin("monitor_check_state as known", "known.check_id", "check.id")
    .select(["check.id", "check.target_id as targetId", "known.state", "known.since", "known.known"])
    .select(["known.last_at as lastAt", "known.answered_at as answeredAt", "known.missed_at as missedAt"])
    .select(["known.misses", "known.successes", "known.row_since as rowSince", "known.recent"])
    .where("check.removed_at", "is", null)
    .where("check.target_id", "in", targetIds)
    .execute();
  for (const { id, targetId, state, misses, successes, recent, ...known } of rows) {
    const isKnown = state !== null && misses !== null && successes !== null && recent !== null;
    found.get(targetId)?.set(id, isKnown ? { ...known, state, misses, successes, recent } : neverAsked);
  }
  return found;
}

export async function saveCheckStates(tx: Tx, states: ReadonlyMap<number, CheckState>): Promise<void> {
  if (states.size === 0) return;
  await tx
    .insertInto("monitor_check_state")
    .values(
      [...states].map(([checkId, state]) => ({
        ...{ check_id: checkId, state: state.state, since: state.since, known: state.known, last_at: state.lastAt },
        ...{ answered_at: state.answeredAt, missed_at: state.missedAt, misses: state.misses },
        ...{ successes: state.successes, row_since: state.rowSince, recent: [...state.recent] },
      })),
    )
    .onConflict((conflict) =>
      conflict.column("check_id").doUpdateSet((row) => ({
        ...{ state: row.ref("excluded.state"), since: row.ref("excluded.since"), known: row.ref("excluded.known") },
        ...{ last_at: row.ref("excluded.last_at"), answered_at: row.ref("excluded.answered_at") },
        ...{ missed_at: row.ref("excluded.missed_at"), misses: row.ref("excluded.misses") },
        ...{ successes: row.ref("excluded.successes"), row_since: row.ref("excluded.row_since") },
        recent: row.ref("excluded.recent"),
      })),
    )
    .execute();
}

/** What is kept of a target: the rest is in its checks. */
export type KeptState = Pick<TargetState, "state" | "since" | "confirmedAt" | "reachedSince" | "flapping">;

/** Those of which something is known, by target. */
export async function listTargetStates(db: Db): Promise<Map<number, KeptState>> {
  const rows = await db.selectFrom("monitor_target_state").selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.target_id,
      {
        ...{ state: row.state, since: row.since, confirmedAt: row.confirmed_at },
        reachedSince: row.reached_since,
        flapping: { isFlapping: row.is_flapping, flips: row.flips },
      },
    ]),
  );
}

export async function saveTargetStates(tx: Tx, states: ReadonlyMap<number, KeptState>): Promise<void> {
  if (states.size === 0) return;
  await tx
    .insertInto("monitor_target_state")
    .values(
      [...states].map(([targetId, { state, since, confirmedAt, reachedSince, flapping }]) => ({
        ...{ target_id: targetId, state, since, confirmed_at: confirmedAt, reached_since: reachedSince },
        ...{ is_flapping: flapping.isFlapping, flips: [...flapping.flips] },
      })),
    )
    .onConflict((conflict) =>
      conflict.column("target_id").doUpdateSet((row) => ({
        ...{ state: row.ref("excluded.state"), since: row.ref("excluded.since") },
        ...{ confirmed_at: row.ref("excluded.confirmed_at"), is_flapping: row.ref("excluded.is_flapping") },
        ...{ flips: row.ref("excluded.flips"), reached_since: row.ref("excluded.reached_since") },
      })),
    )
    .execute();
}

export async function insertChanges(tx: Tx, changes: readonly (Change & { targetId: number })[]): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .insertInto("monitor_change")
    .values(
      changes.map(({ targetId, from, to, at, confirmedAt }) => ({
        ...{ target_id: targetId, from_state: from, to_state: to, at, confirmed_at: confirmedAt },
      })),
    )
    .execute();
}

/** Changes of these targets in that time, and the last one before it, in order. */
export async function listChangesIn(
  db: Db,
  targetIds: readonly number[],
  { from, until }: Span,
): Promise<Map<number, Change[]>> {
  const { rows } = await sql<Change & { targetId: number }>`
    select change.target_id as "targetId", change.from_state as "from", change.to_state as "to", change.at,
      change.confirmed_at as "confirmedAt"
    from unnest(${targetIds}::bigint[]) as target (id)
      cross join lateral (
        (select * from monitor_change where target_id = target.id and at < ${from} order by at desc, id desc limit 1)
        union all
        (select * from monitor_change where target_id = target.id and at >= ${from} and at < ${until})
      ) as change
    order by change.at, change.id`.execute(db);
  return Map.groupBy(rows, ({ targetId }) => targetId);
}

/** All targets as who looks for causes sees them. What is down is so since its outage began, whatever nobody saw meanwhile. */
export async function listSeen(db: Db): Promise<(Seen & Pick<TargetState, "flapping"> & { hasCheck: boolean })[]> {
  const rows = await db
    .selectFrom("monitor_target as target")
    .leftJoin("monitor_target_state as known", "known.target_id", "target.id")
    .leftJoinLateral(
      (each) =>
        each
          .selectFrom("monitor_check as check")
          .innerJoin("monitor_check_state as state", "state.check_id", "check.id")
          .whereRef("check.target_id", "=", "target.id")
          .where("check.removed_at", "is", null)
          .select(({ fn }) => [fn.max("state.answered_at").as("answeredAt"), fn.max("state.missed_at").as("missedAt")])
          .select(sql<boolean | null>`bool_or(state.misses > 0 and state.state <> 'down')`.as("isSuspected"))
          .as("checks"),
      (join) => join.onTrue(),
    )
    .leftJoin("outage as lasting", (join) =>
      join.onRef("lasting.target_id", "=", "target.id").on("lasting.ended_at", "is", null),
    )
    .select(["target.id", "target.parent_id as parentId", "target.is_paused as isPaused"])
    .select(["known.state", "known.since", "known.confirmed_at as confirmedAt", "lasting.started_at as downSince"])
    .select(["known.reached_since as reachedSince", "known.is_flapping as isFlapping", "known.flips"])
    .select(["checks.answeredAt", "checks.missedAt", "checks.isSuspected"])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("monitor_check as check")
          .select("check.id")
          .whereRef("check.target_id", "=", "target.id")
          .where("check.removed_at", "is", null),
      )
        .$castTo<boolean>()
        .as("hasCheck"),
    )
    .where("target.removed_at", "is", null)
    .orderBy("target.id")
    .execute();
  return rows.map(({ isFlapping, flips, state, isSuspected, since, downSince, ...row }) => ({
    ...row,
    state: state ?? "unknown",
    since: state === "down" ? (downSince ?? since) : since,
    isSuspected: isSuspected ?? false,
    flapping: { isFlapping: isFlapping ?? false, flips: flips ?? [] },
  }));
}

/** What is known of a check is known of another from now on. */
export async function moveCheckState(tx: Tx, { fromId, toId }: { fromId: number; toId: number }): Promise<void> {
  await tx.updateTable("monitor_check_state").set({ check_id: toId }).where("check_id", "=", fromId).execute();
}

export async function forgetCheckStates(tx: Tx, targetId: number): Promise<void> {
  await tx
    .deleteFrom("monitor_check_state")
    .where("check_id", "in", (select) =>
      select.selectFrom("monitor_check").select("id").where("target_id", "=", targetId),
    )
    .execute();
}
