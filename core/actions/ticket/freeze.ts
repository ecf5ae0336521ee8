import { writeJournal } from "../../db/journal/journal.ts";
import { findPerson, listPeopleWithRole } from "../../db/people/people.ts";
import { isOnDuty } from "../../db/shift/on-duty.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { holdFreeze, insertFreezeRow, readFreeze } from "../../db/ticket/freeze.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, type Refusal } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { approverRoles, deskRoles } from "../../domain/people/roles.ts";
import { note } from "../../domain/procedures/procedure.ts";
import {
  type Freeze,
  refusalOfFreezing,
  refusalOfLifting,
  refusalWhileFrozen,
} from "../../domain/ticket/freeze-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshWaitingApprovals } from "./approvals.ts";

/** Why: read by the whole desk. */
export const freezeFields = [note] as const;

export type FreezeChange = "set" | "lifted";

/** That the state cannot be read is for an operator to mend, under the reference that people are told. */
export function reportUnreadable(freeze: Freeze, { report }: Pick<Setting, "report">): void {
  if (freeze.state !== "unreadable") return;
  report?.("the freeze could not be read, so nothing is approved", {
    reference: freeze.reference,
    fault: freeze.fault,
  });
}

/** Until the end of the transaction: whether updates and approvals stand still. */
export async function refusalOfUpdating(tx: Tx, setting: Pick<Setting, "report">): Promise<Refusal | undefined> {
  await holdFreeze(tx, { alone: false });
  const freeze = await readFreeze(tx);
  reportUnreadable(freeze, setting);
  return refusalWhileFrozen(freeze);
}

/** Whether this person may set or lift the freeze now. */
export async function refusalOfFreezeChange(
  db: Db,
  person: Person,
  change: FreezeChange,
  setting: Pick<Setting, "report">,
): Promise<Refusal | undefined> {
  const freeze = await readFreeze(db);
  reportUnreadable(freeze, setting);
  return change === "set"
    ? refusalOfFreezing(person, await isOnDuty(db, person), freeze)
    : refusalOfLifting(person, freeze);
}

/**
 * Sets or lifts the freeze of updates and approvals, and announces it to the whole desk and to those who approve. What is being
 * approved at this moment is waited for: once it is set nothing is approved any more.
 */
export async function changeFreeze(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { change: FreezeChange; answers: Answers },
): Promise<Outcome> {
  const { change } = input;
  await holdFreeze(tx, { alone: true });
  const present = (await findPerson(tx, person.id)) ?? person;
  const refusal = await refusalOfFreezeChange(tx, present, change, setting);
  if (refusal !== undefined) return { ok: false, refusal };
  const parsed = parseAnswers(freezeFields, input.answers, { now: setting.now, zone: setting.rules.zone });
  if (!parsed.ok) return parsed;

  const reason = parsed.value.note ?? "";
  const freezeId = await insertFreezeRow(tx, { kind: change, personId: person.id, reason, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: change === "set" ? "freeze-set" : "freeze-lifted",
    subject: { kind: "person", id: person.id },
    details: { freezeId },
  });
  await tell(tx, await listConcerned(tx), { kind: "freeze-changed", freezeId }, setting);
  await refreshWaitingApprovals(tx, approverRoles, setting);
  return accept();
}

/** The desk, and those who approve, each once. */
async function listConcerned(tx: Tx): Promise<number[]> {
  const ids = new Set<number>();
  for (const role of new Set([...deskRoles, ...approverRoles])) {
    for (const { id } of await listPeopleWithRole(tx, role)) ids.add(id);
  }
  return [...ids];
}
