import type { Db, GroupTrouble, Tx } from "./tables.ts";

/** The group in which the desk works, or would, were there no trouble. */
export type StaffGroup = { chatId: number; trouble: GroupTrouble | null; troubleSince: Date | null };

export function findStaffGroup(db: Db): Promise<StaffGroup | undefined> {
  return selectGroup(db).executeTakeFirst();
}

/** Its id, where it can be used. */
export async function findUsableGroup(db: Db): Promise<number | undefined> {
  const group = await findStaffGroup(db);
  return group?.trouble === null ? group.chatId : undefined;
}

export function lockStaffGroup(tx: Tx): Promise<StaffGroup | undefined> {
  return selectGroup(tx).forUpdate().executeTakeFirst();
}

/** The same seed as before leaves the id alone that the group has got meanwhile, and what is known of it. */
export async function saveStaffGroup(tx: Tx, seed: number): Promise<void> {
  const fresh = { seed, chat_id: seed, trouble: null, trouble_since: null };
  await tx
    .insertInto("staff_group")
    .values(fresh)
    .onConflict((conflict) => conflict.column("is_only_row").doUpdateSet(fresh).where("staff_group.seed", "<>", seed))
    .execute();
}

export async function deleteStaffGroup(tx: Tx): Promise<void> {
  await tx.deleteFrom("staff_group").execute();
}

/** It became a supergroup. @returns whether it is the staff group that moved */
export async function moveStaffGroup(tx: Tx, fromChatId: number, toChatId: number): Promise<boolean> {
  const moved = await tx
    .updateTable("staff_group")
    .set({ chat_id: toChatId })
    .where("chat_id", "=", fromChatId)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

export async function markTrouble(tx: Tx, trouble: GroupTrouble | null, now: Date): Promise<void> {
  await tx
    .updateTable("staff_group")
    .set({ trouble, trouble_since: trouble === null ? null : now })
    .execute();
}

function selectGroup(db: Db) {
  return db.selectFrom("staff_group").select(["chat_id as chatId", "trouble", "trouble_since as troubleSince"]);
}
