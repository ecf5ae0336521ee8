import { freeExpiredName } from "../../core/actions/names/change-name.ts";
import { listNamesDue } from "../../core/db/names/names.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** As many as are done well within the minute until the next run. */
const namesAtOnce = 200;

/** Frees names whose reservation or quarantine is over. */
export async function expireNames(options: AloneOptions, now = new Date()): Promise<void> {
  await eachAlone(
    options,
    await listNamesDue(options.db, now, namesAtOnce),
    (tx, nameId) => freeExpiredName(tx, options.setting(now), { nameId }),
    { idName: "nameId", message: "freeing a name failed" },
  );
}
