import { allOrNothing } from "../../db/all-or-nothing.ts";
import type { StoredTarget } from "../../db/monitoring/monitor-targets.ts";
import type { Standing } from "../../db/monitoring/target-lists.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import { tellingFieldOf } from "../../domain/monitoring/check-fields.ts";
import { cellOfCheck, type ListedCheck } from "../../domain/monitoring/listed-checks.ts";
import { keyOfTarget, type TargetLine } from "../../domain/monitoring/target-file.ts";
import { answersOfTarget, changeFieldsOf } from "../../domain/monitoring/target-values.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { moveCheck } from "./move-check.ts";
import { addCheck, changeTarget, readCheck } from "./targets.ts";

/** Whether a line says anything that is not so yet, or that cannot be. An empty cell says nothing, and the name only which one is meant. */
export function saysNews(setting: Setting, standing: Standing, line: TargetLine): boolean {
  return saysOther(setting, standing, line) || asksOther(setting, standing, line.checks);
}

function saysOther(
  setting: Setting,
  { target, officeCode: code, parentName }: Standing,
  { officeCode, behind, answers }: TargetLine,
): boolean {
  if (officeCode !== null && code !== officeCode) return true;
  if (behind !== null && (parentName === null || keyOfTarget(parentName) !== keyOfTarget(behind))) return true;
  const { name: _, ...said } = answers;
  const fields = changeFieldsOf(target.kind).filter(({ name }) => said[name] !== undefined);
  const read = readEntered(setting, fields, said);
  const present = answersOfTarget(target);
  return !read.ok || Object.entries(read.value).some(([name, value]) => present[name] !== value);
}

function asksOther(setting: Setting, { checks }: Standing, wished: readonly ListedCheck[]): boolean {
  return wished.some((each) => {
    const read = readCheck(setting, each.answers);
    return !read.ok || !checks.some(({ settings }) => isSame(settings, read.value));
  });
}

/** In all that a cell says. */
function isSame(one: CheckSettings, other: CheckSettings): boolean {
  return one.kind === other.kind && cellOfCheck(one) === cellOfCheck(other);
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
  { line, parentId }: { line: TargetLine; parentId: number | undefined },
): Promise<Outcome> {
  const { target } = standing;
  return allOrNothing(tx, async () => {
    if (saysOther(setting, standing, line)) {
      const changed = await changeTarget(tx, person, setting, {
        ...{ targetId: target.id, version: target.version, parentId: parentId ?? target.parentId },
        officeCode: line.officeCode ?? standing.officeCode,
        answers: { ...presentAnswers(target), ...line.answers, name: target.name },
      });
      if (!changed.ok) return changed;
    }
    for (const wished of line.checks) {
      if (!asksOther(setting, standing, [wished])) continue;
      const asked = await askAt(tx, person, setting, standing, wished);
      if (!asked.ok) return asked;
    }
    return accept();
  });
}

function presentAnswers(target: StoredTarget): Answers {
  const asked = new Set(changeFieldsOf(target.kind).map(({ name }) => name));
  return Object.fromEntries(Object.entries(answersOfTarget(target)).filter(([name]) => asked.has(name)));
}

/** Instead of at its one address, if it has one of that kind. Which of several is meant a list cannot say. */
async function askAt(
  tx: Tx,
  person: Person,
  setting: Setting,
  { target, checks }: Standing,
  { kind, answers }: ListedCheck,
): Promise<Outcome> {
  const [former, ...others] = checks.filter(({ settings }) => settings.kind === kind);
  if (others.length > 0)
    return refuse("target-asked-at-several", { count: others.length + 1, field: tellingFieldOf[kind] });
  if (former !== undefined) return moveCheck(tx, person, setting, { checkId: former.id, answers });
  return addCheck(tx, person, setting, { targetId: target.id, answers });
}
