import { insertAsking, listAskings } from "../../db/monitoring/monitor-askings.ts";
import { listChecksOf } from "../../db/monitoring/monitor-checks.ts";
import { findTarget } from "../../db/monitoring/monitor-targets.ts";
import { lockPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { minuteInMilliseconds } from "../../domain/durations.ts";
import { refusalOfAsking } from "../../domain/monitoring/asking-rules.ts";
import { isAsked } from "../../domain/monitoring/check.ts";
import { maySeeTarget } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { type Recheck, type Recorded, recordSamples } from "./record-samples.ts";

type Input = { targetId: number };

/** Somebody wants to know now: its checks are asked by a task, beside their turns. What they find comes as a message. */
export async function askNow(tx: Tx, person: Person, setting: Setting, { targetId }: Input): Promise<Outcome> {
  const { now } = setting;
  const target = await findTarget(tx, targetId);
  if (target === undefined || !maySeeTarget(person, target)) return refuse("no-such-target");
  if (target.isPaused) return refuse("target-is-paused", { name: target.name });
  if (!(await listChecksOf(tx, targetId)).some(isAsked)) return refuse("target-without-check", { name: target.name });
  await lockPerson(tx, person.id);
  const before = await listAskings(tx, person.id, new Date(now.getTime() - minuteInMilliseconds));
  const may = refusalOfAsking(before, targetId, now);
  if (!may.ok) return may;
  await insertAsking(tx, person.id, targetId, now);
  await setting.tasks.enqueue(tx, "ask-target", { targetId, personId: person.id });
  return accept();
}

/** What its checks found; or that nobody could ask. Who asked is told. @returns which checks are to be asked again soon */
export async function recordAsked(
  tx: Tx,
  setting: Setting,
  { targetId, personId, found }: Input & { personId: number; found: Recorded | "playground" | "not-asked" },
): Promise<Recheck[]> {
  if (typeof found === "string") {
    await tell(tx, [personId], { kind: "target-asked", targetId, problem: found }, setting);
    return [];
  }
  const rechecks = await recordSamples(tx, setting, found);
  await tell(tx, [personId], { kind: "target-asked", targetId }, setting);
  return rechecks;
}
