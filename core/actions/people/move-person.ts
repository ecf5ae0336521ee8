import { deleteUnusedCodes } from "../../db/people/link-codes.ts";
import { findOffice } from "../../db/people/offices.ts";
import {
  addRole,
  findPerson,
  listLinkedWithRole,
  lockAdministrators,
  lockPerson,
  removeRoles,
  updatePerson,
} from "../../db/people/people.ts";
import { decideProposalRow, lockOpenProposalsAround } from "../../db/people/role-proposals.ts";
import type { Tx } from "../../db/tables.ts";
import { deleteDraftsOf } from "../../db/ticket/drafts.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { decideLeaving, decideReturn, decideTransfer } from "../../domain/people/leaving-rules.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { optionalNote } from "../../domain/procedures/procedure.ts";
import { giveBackWork } from "../hosting/give-back-work.ts";
import { editSent, tell, tellRole } from "../notices.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";
import { refreshWaitingApprovals } from "../ticket/approvals.ts";
import { closeFormerAccount } from "./link-account.ts";
import { askAdministratorsInstead } from "./registration-deciders.ts";
import { endSubstitutionsOf } from "./substitutions.ts";

const record = recordsOf<"person-transferred" | "person-left" | "person-returned">("person");

/** What is asked when somebody leaves. */
export const leavingFields = [optionalNote] as const;

/**
 * "Pindah kantor": the person is a user of the other office from now on, and nothing else. What they filed stays with
 * the old office; the account stays linked.
 */
export async function transferPerson(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; officeId: number },
): Promise<Outcome> {
  const locked = await lockForLeaving(tx, administrator, input.personId);
  if (!locked.ok) return locked;
  const { actor, person, proposals, otherAdministrators } = locked.value;
  const decided = decideTransfer(actor, person, input.officeId, otherAdministrators);
  if (!decided.ok) return decided;

  const { id: toOfficeId } = await findOffice(tx, input.officeId);
  const ended = await removeRoles(tx, person.id, { but: "user" });
  await updatePerson(tx, person.id, { office_id: toOfficeId });
  await addRole(tx, { personId: person.id, role: "user", grantedBy: actor.id, now: setting.now });
  await record(tx, actor, setting, "person-transferred", person.id, {
    fromOfficeId: person.officeId,
    toOfficeId,
    roles: ended.join(" "),
  });
  await endDuties(tx, actor, setting, { person, proposals, ended });
  await tell(tx, [person.id], { kind: "transferred" }, setting);
  await tell(tx, [person.id], { kind: "command-menu" }, setting);
  return accept();
}

/** "Nonaktifkan": the person leaves. All rights end, the account is unlinked, and what was begun is dropped. */
export async function deactivatePerson(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; answers: Answers },
): Promise<Outcome> {
  const locked = await lockForLeaving(tx, administrator, input.personId);
  if (!locked.ok) return locked;
  const { actor, person, proposals, otherAdministrators } = locked.value;
  const decided = decideLeaving(actor, person, otherAdministrators);
  if (!decided.ok) return decided;
  const parsed = parseAnswers(leavingFields, input.answers, { now: setting.now, zone: setting.rules.zone });
  if (!parsed.ok) return parsed;

  const ended = await removeRoles(tx, person.id);
  await updatePerson(tx, person.id, {
    is_active: false,
    left_at: setting.now,
    left_by: actor.id,
    left_because: parsed.value.note ?? null,
  });
  await deleteUnusedCodes(tx, person.id);
  await deleteDraftsOf(tx, person.id);
  await closeFormerAccount(tx, person.id, setting);
  await record(tx, actor, setting, "person-left", person.id, { roles: ended.join(" ") });
  await endDuties(tx, actor, setting, { person, proposals, ended });
  return accept();
}

/** "Aktifkan kembali": as a user; every other right is given anew. */
export async function reactivatePerson(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number },
): Promise<Outcome> {
  const person = await lockPerson(tx, input.personId);
  if (person === undefined) return refuse("no-such-person");
  const decided = decideReturn(administrator, person);
  if (!decided.ok) return decided;
  await updatePerson(tx, person.id, { is_active: true, left_at: null, left_by: null, left_because: null });
  await addRole(tx, { personId: person.id, role: "user", grantedBy: administrator.id, now: setting.now });
  await record(tx, administrator, setting, "person-returned", person.id, {});
  return accept();
}

/** Administrators first, then proposals, then the person, as whoever decides on a proposal locks them. */
async function lockForLeaving(tx: Tx, administrator: Person, personId: number) {
  await lockAdministrators(tx);
  // Two administrators may take out each other at once: the second one is none any more.
  const actor = await findPerson(tx, administrator.id);
  const proposals = await lockOpenProposalsAround(tx, personId);
  const person = await lockPerson(tx, personId);
  if (actor === undefined || person === undefined) return refuse("no-such-person");
  const linked = await listLinkedWithRole(tx, "administrator");
  const otherAdministrators = linked.filter(({ id }) => id !== personId).length;
  return accept({ actor, person, proposals, otherAdministrators });
}

/** What hung on the roles that ended: work, questions to and about the person, registrations that wait. */
async function endDuties(
  tx: Tx,
  actor: Person,
  setting: Setting,
  {
    person,
    proposals,
    ended,
  }: { person: Person; proposals: Awaited<ReturnType<typeof lockOpenProposalsAround>>; ended: readonly Role[] },
): Promise<void> {
  await endSubstitutionsOf(tx, actor, setting, { personId: person.id });
  await giveBackWork(tx, actor, setting, { personId: person.id });
  await refreshWaitingApprovals(tx, ended, setting);
  for (const { id: proposalId } of proposals) {
    await decideProposalRow(tx, proposalId, { by: actor.id, decision: "rejected", now: setting.now });
    const notice = { kind: "role-decided", proposalId } as const;
    await editSent(tx, { kind: "role-proposed", proposalId }, notice, setting);
  }
  if (ended.includes("system-officer")) await askAdministratorsInstead(tx, person.officeId, setting);
  if (!ended.includes("administrator") && !ended.includes("leadership")) return;
  const notice = { kind: "rights-ended", personId: person.id, byPersonId: actor.id, roles: ended.join(" ") } as const;
  await tellRole(tx, "administrator", notice, setting, actor.id);
  await tellRole(tx, "leadership", notice, setting, actor.id);
}
