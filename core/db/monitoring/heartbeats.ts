import type { CheckSettings } from "../../domain/monitoring/check.ts";
import type { Db, Tx } from "../tables.ts";

export type Heartbeat = Extract<CheckSettings, { kind: "heartbeat" }>;

/** All that are awaited, by their checks. */
export async function listHeartbeats(db: Db): Promise<Map<number, Heartbeat>> {
  const rows = await db
    .selectFrom("monitor_check")
    .select(["id", "settings"])
    .where("removed_at", "is", null)
    .execute();
  return new Map(rows.flatMap(({ id, settings }) => (settings.kind === "heartbeat" ? [[id, settings] as const] : [])));
}

/** The check that a token is for; undefined: it is nobody's, or of one that is awaited no more. */
export async function findCheckByToken(db: Db, tokenHash: Buffer): Promise<number | undefined> {
  const row = await db
    .selectFrom("heartbeat_token as token")
    .innerJoin("monitor_check as check", "check.id", "token.check_id")
    .select("check.id")
    .where("token.token_hash", "=", tokenHash)
    .where("check.removed_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** When the address was made that is good now; undefined: there is none. */
export async function findTokenTime(db: Db, checkId: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom("heartbeat_token")
    .select("made_at as madeAt")
    .where("check_id", "=", checkId)
    .executeTakeFirst();
  return row?.madeAt;
}

/** In the place of a former one, which is good no more. */
export async function saveToken(
  tx: Tx,
  { checkId, tokenHash, madeBy, now }: { checkId: number; tokenHash: Buffer; madeBy: number; now: Date },
): Promise<void> {
  const made = { token_hash: tokenHash, made_by: madeBy, made_at: now };
  await tx
    .insertInto("heartbeat_token")
    .values({ check_id: checkId, ...made })
    .onConflict((conflict) => conflict.column("check_id").doUpdateSet(made))
    .execute();
}
