import type { Setting } from "../../core/actions/setting.ts";
import { type GroupLook, recordGroupLook } from "../../core/actions/staff-group.ts";
import { findStaffGroup } from "../../core/db/staff-group.ts";
import type { Db } from "../../core/db/tables.ts";

export type LookAfterStaffGroupOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  lookAtGroup: (chatId: number) => Promise<GroupLook>;
};

/** Sees whether the staff group can be used: trouble is noticed before somebody's message runs into it, and healed after it. */
export async function lookAfterStaffGroup({ db, setting, lookAtGroup }: LookAfterStaffGroupOptions): Promise<void> {
  const group = await findStaffGroup(db);
  if (group === undefined) return;
  const look = await lookAtGroup(group.chatId);
  await db.transaction().execute((tx) => recordGroupLook(tx, setting(new Date()), group.chatId, look));
}
