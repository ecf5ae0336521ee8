import type { Logger } from "pino";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import type { Db, Tx } from "../../core/db/tables.ts";

export type AloneOptions = { db: Db; setting: (now: Date) => Setting; log: Logger };

/**
 * Does each in a transaction of its own: one that fails is logged and stops no other.
 *
 * @param failed.idName what the id is called in the log
 */
export async function eachAlone(
  { db, log }: Pick<AloneOptions, "db" | "log">,
  ids: readonly number[],
  work: (tx: Tx, id: number) => Promise<unknown>,
  failed: { idName: string; message: string },
): Promise<void> {
  for (const id of ids) {
    try {
      await db.transaction().execute((tx) => work(tx, id));
    } catch (fault) {
      log.error({ [failed.idName]: id, fault: describeFault(fault), frames: framesOf(fault) }, failed.message);
    }
  }
}
