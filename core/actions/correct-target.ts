import { isDeepStrictEqual } from "node:util";
import { allOrNothing } from "../db/all-or-nothing.ts";
import { listChecks } from "../db/monitor-checks.ts";
import { listTargets, type StoredTarget } from "../db/monitor-targets.ts";
import type { Office } from "../db/offices.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import type { CheckSettings } from "../domain/monitoring/check.ts";
import { keyOfTarget, type TargetLine } from "../domain/monitoring/target-file.ts";
import { answersOfTarget, changeFieldsOf } from "../domain/monitoring/target-values.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { movePing } from "./move-ping.ts";
import { readEntered } from "./read-entered.ts";
import type { Setting } from "./setting.ts";
import { addCheck, changeTarget, readCheck } from "./targets.ts";

type Ping = { checkId: number; address: string };

/** What is watched already, as far as a line of a list can say it. @property parentName null: it lies behind nothing */
export type Standing = { target: StoredTarget; parentName: string | null; pings: readonly Ping[] };

/** All of it, by `keyOfTarget`. */
export async function listStanding(tx: Tx): Promise<Map<string, Standing>> {
  const targets = await listTargets(tx);
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const pings = Map.groupBy(await listPings(tx), ({ targetId }) => targetId);
  return new Map(
    targets.map((target) => {
      const parentName = names.get(target.parentId ?? 0) ?? null;
      return [keyOfTarget(target.name), { target, parentName, pings: pings.get(target.id) ?? [] }];
    }),
  );
}

async function listPings(tx: Tx): Promise<(Ping & { targetId: number })[]> {
  return (await listChecks(tx)).flatMap(({ id, targetId, settings }) =>
    settings.kind === "icmp" ? [{ checkId: id, targetId, address: settings.address }] : [],
  );
}

/** Whether a line says anything that is not so yet, or that cannot be. An empty cell says nothing, and the name only which one is meant. */
export function saysNews(setting: Setting, standing: Standing, line: TargetLine, offices: readonly Office[]): boolean {
  return saysOther(setting, standing, line, offices) || pingsOther(setting, standing, line);
}

function saysOther(
  setting: Setting,
  { target, parentName }: Standing,
  { officeCode, behind, answers }: TargetLine,
  offices: readonly Office[],
): boolean {
  if (officeCode !== null && codeOf(target, offices) !== officeCode) return true;
  if (behind !== null && (parentName === null || keyOfTarget(parentName) !== keyOfTarget(behind))) return true;
  const { name: _, ...said } = answers;
  const fields = changeFieldsOf(target.kind).filter(({ name }) => said[name] !== undefined);
  const read = readEntered(setting, fields, said);
  const present = answersOfTarget(target);
  return !read.ok || Object.entries(read.value).some(([name, value]) => present[name] !== value);
}

function pingsOther(setting: Setting, { pings }: Standing, { address }: TargetLine): boolean {
  if (address === null) return false;
  const wished = readPing(setting, address);
  return !wished.ok || !pings.some((ping) => isDeepStrictEqual(wished.value, { kind: "icmp", address: ping.address }));
}

function readPing(setting: Setting, address: string): Outcome<CheckSettings> {
  return readCheck(setting, { check: "icmp", address });
}

function codeOf({ officeId }: StoredTarget, offices: readonly Office[]): string | null {
  return offices.find(({ id }) => id === officeId)?.code ?? null;
}

/**
 * Changes what a line says otherwise, as by hand. What its cells leave empty stays.
 *
 * @param parentId of what the line lies behind; undefined: it says nothing of that
 */
export function correctTarget(
  tx: Tx,
  person: Person,
  setting: Setting,
  standing: Standing,
  { line, parentId, offices }: { line: TargetLine; parentId: number | undefined; offices: readonly Office[] },
): Promise<Outcome> {
  const { target } = standing;
  return allOrNothing(tx, async () => {
    if (saysOther(setting, standing, line, offices)) {
      const changed = await changeTarget(tx, person, setting, {
        ...{ targetId: target.id, version: target.version, parentId: parentId ?? target.parentId },
        officeCode: line.officeCode ?? codeOf(target, offices),
        answers: { ...presentAnswers(target), ...line.answers, name: target.name },
      });
      if (!changed.ok) return changed;
    }
    return line.address !== null && pingsOther(setting, standing, line)
      ? pingAt(tx, person, setting, standing, line.address)
      : accept();
  });
}

function presentAnswers(target: StoredTarget): Answers {
  const asked = new Set(changeFieldsOf(target.kind).map(({ name }) => name));
  return Object.fromEntries(Object.entries(answersOfTarget(target)).filter(([name]) => asked.has(name)));
}

/** Instead of at its one address, if it has one. Which of several is meant a list cannot say. */
async function pingAt(
  tx: Tx,
  person: Person,
  setting: Setting,
  { target, pings: [former, ...others] }: Standing,
  address: string,
): Promise<Outcome> {
  if (others.length > 0) return refuse("target-pinged-at-several", { count: others.length + 1, field: "address" });
  if (former !== undefined) return movePing(tx, person, setting, { checkId: former.checkId, address });
  return addCheck(tx, person, setting, { targetId: target.id, answers: { check: "icmp", address } });
}
