import { type Account, listAccounts } from "../../db/people/accounts.ts";
import type { Db } from "../../db/tables.ts";

/** The accounts of those who have one, and have not blocked the bot. */
export async function reachable(db: Db, personIds: readonly number[]): Promise<Account[]> {
  const accounts = await listAccounts(db, personIds);
  return accounts.filter(({ unreachableSince }) => unreachableSince === null);
}

/** Has an account, and has not blocked the bot. */
export async function isReachable(db: Db, personId: number): Promise<boolean> {
  return (await reachable(db, [personId])).length > 0;
}
