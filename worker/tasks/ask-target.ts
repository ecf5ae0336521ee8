import { recordAsked } from "../../core/actions/ask-target.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listChecksOf } from "../../core/db/monitor-checks.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Monitor } from "../monitoring/monitor.ts";

export type AskTargetOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** absent: nobody is asked, as of a playground's invented devices */
  monitor?: Pick<Monitor, "ask"> | undefined;
};

type Asked = { targetId: number; personId: number };

/** Asks the checks of a target for somebody who waits. */
export async function askTarget(
  asked: Asked,
  { db, setting, monitor }: AskTargetOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const checks = await listChecksOf(db, asked.targetId);
  const found = monitor === undefined ? ("playground" as const) : await monitor.ask(checks, signal);
  signal.throwIfAborted();
  await db.transaction().execute((tx) => recordAsked(tx, setting(new Date()), { ...asked, found }));
}

/** Every try failed. */
export async function giveUpAsking(
  asked: Asked,
  { db, setting }: Pick<AskTargetOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordAsked(tx, setting(new Date()), { ...asked, found: "not-asked" }));
}
