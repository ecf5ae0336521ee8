import { followHosted } from "../../core/actions/monitoring/follow-hosted.ts";
import { keepSampleDays, rollUpNext } from "../../core/actions/monitoring/roll-up.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import { periods } from "../../core/domain/monitoring/rollup.ts";

type Options = { db: Db; setting: (now: Date) => Setting };

/** Each minute: what is over is rolled up, minutes first, each in a transaction of its own; and what a machine hosts is watched. */
export async function rollUpSamples({ db, setting }: Options, now = new Date()): Promise<void> {
  for (const period of periods) {
    while (await db.transaction().execute((tx) => rollUpNext(tx, setting(now), period)));
  }
  await db.transaction().execute((tx) => followHosted(tx, setting(now)));
}

/** Each day. */
export async function dropSampleDays({ db, setting }: Options): Promise<void> {
  await db.transaction().execute((tx) => keepSampleDays(tx, setting(new Date())));
}
