import { readCheck } from "../../core/actions/monitoring/targets.ts";
import { recordNameAsked } from "../../core/actions/monitoring/try-check.ts";
import type { TaskData } from "../../core/db/tasks.ts";
import type { AskTargetOptions } from "./ask-target.ts";

/** Asks where the name of a check leads that somebody wishes. Where nobody can ask it is as if the name server were silent. */
export async function askName(
  asked: TaskData["ask-name"],
  { db, setting, monitor }: Omit<AskTargetOptions, "log">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const settings = readCheck(setting(new Date()), asked.answers);
  if (!settings.ok) return;
  const [found = "resolver-silent"] = (await monitor?.findNames([settings.value], signal)) ?? [];
  signal.throwIfAborted();
  await db.transaction().execute((tx) => recordNameAsked(tx, setting(new Date()), { ...asked, found }));
}

/** Every try failed: it is as if the name server were silent. */
export async function giveUpAskingName(
  asked: TaskData["ask-name"],
  { db, setting }: Pick<AskTargetOptions, "db" | "setting">,
): Promise<void> {
  const found = "resolver-silent";
  await db.transaction().execute((tx) => recordNameAsked(tx, setting(new Date()), { ...asked, found }));
}
