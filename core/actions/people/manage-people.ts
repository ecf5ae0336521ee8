import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount } from "../../db/people/accounts.ts";
import { deleteUnusedCodes } from "../../db/people/link-codes.ts";
import { findOffice } from "../../db/people/offices.ts";
import {
  addRole,
  findPerson,
  findPersonByNip,
  insertPerson,
  lockAdministrators,
  lockPerson,
  removeRole,
  updatePerson,
} from "../../db/people/people.ts";
import { decideProposalRow, insertProposal, lockProposal } from "../../db/people/role-proposals.ts";
import type { Tx } from "../../db/tables.ts";
import { type Answers, type Field, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import {
  decideGrant,
  decideProposal,
  needsNip,
  needsSecondAdministrator,
  refusalOfConfirming,
} from "../../domain/people/grant-rules.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { giveBackWork } from "../hosting/give-back-work.ts";
import { editSent, tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askWaitingApprovals, refreshWaitingApprovals } from "../ticket/approvals.ts";
import { askAdministratorsInstead } from "./registration-deciders.ts";
import { endSubstitutionsOf } from "./substitutions.ts";

/** What is asked of a person who enters the register; a person without NIP is no civil servant. */
export const personFields = [
  { name: "name", kind: "line", maxLength: 100 },
  { name: "nip", kind: "nip", optional: true },
] as const satisfies readonly Field[];

export async function addPerson(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { officeId: number; answers: Answers },
): Promise<Outcome<number>> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  const parsed = parsePerson(input.answers, setting);
  if (!parsed.ok) return parsed;
  const { name, nip } = parsed.value;
  const namesake = nip === null ? undefined : await findPersonByNip(tx, nip);
  if (namesake !== undefined) return refuse("nip-taken", { field: "nip", name: namesake.name });

  const office = await findOffice(tx, input.officeId);
  const id = await insertPerson(tx, { name, nip, officeId: office.id, now: setting.now });
  await addRole(tx, { personId: id, role: "user", grantedBy: administrator.id, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: administrator.id,
    event: "person-added",
    subject: { kind: "person", id },
    details: { officeId: office.id },
  });
  return accept(id);
}

/** Corrects name and NIP. */
export async function correctPerson(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; answers: Answers },
): Promise<Outcome> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  const parsed = parsePerson(input.answers, setting);
  if (!parsed.ok) return parsed;
  const person = await lockPerson(tx, input.personId);
  if (person === undefined) return refuse("no-such-person");
  const { name, nip } = parsed.value;
  const namesake = nip === null ? undefined : await findPersonByNip(tx, nip);
  if (namesake !== undefined && namesake.id !== person.id)
    return refuse("nip-taken", { field: "nip", name: namesake.name });
  const loses = nip === null && person.nip !== null && person.roles.find((role) => needsNip(role, setting.rules));
  if (loses) return refuse("civil-servants-only", { role: loses });

  await updatePerson(tx, person.id, { name, nip });
  await writeJournal(tx, {
    at: setting.now,
    actorId: administrator.id,
    event: "person-corrected",
    subject: { kind: "person", id: person.id },
  });
  return accept();
}

/** Gives a role at once, or, for leadership, proposes it to the other administrators. */
export async function grantRole(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; role: Role },
): Promise<Outcome<"granted" | "proposed">> {
  const giver = needsSecondAdministrator(input.role) ? await lockProposer(tx, administrator.id) : administrator;
  const person = await lockPerson(tx, input.personId);
  if (giver === undefined || person === undefined) return refuse("no-such-person");
  const decided = decideGrant(giver, person, input.role, setting.rules);
  if (!decided.ok) return decided;
  if (decided.value === "needs-second-administrator" && (await findAccount(tx, person.id)) === undefined) {
    return refuse("link-before-leadership");
  }
  if (decided.value === "needs-second-administrator") return proposeRole(tx, administrator, setting, input);

  await addRole(tx, { ...input, grantedBy: administrator.id, now: setting.now });
  await recordRole(tx, "role-granted", administrator, setting, input);
  await askWaitingApprovals(tx, person.id, setting);
  return accept("granted");
}

/** What the person works on in that role goes back to the team. */
export async function withdrawRole(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; role: Role },
): Promise<Outcome> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (input.role === "administrator") return refuse("administrator-by-terminal-only");
  const person = await lockPerson(tx, input.personId);
  if (person === undefined) return refuse("no-such-person");
  const { personId, role } = input;
  if (!(await removeRole(tx, personId, role))) return refuse("role-not-held");
  await endSubstitutionsOf(tx, administrator, setting, { personId, roles: [role] });
  await recordRole(tx, "role-withdrawn", administrator, setting, input);
  await giveBackWork(tx, administrator, setting, { personId, roles: [role] });
  await refreshWaitingApprovals(tx, [role], setting);
  if (role === "system-officer") await askAdministratorsInstead(tx, person.officeId, setting);
  return accept();
}

/**
 * The second administrator's word on a proposed role. Announced to leadership and administrators:
 * the proposal that these were sent loses its buttons and says who decided what, and when.
 */
export async function decideRole(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { proposalId: number; decision: "confirmed" | "rejected" },
): Promise<Outcome> {
  const proposal = await lockProposal(tx, input.proposalId);
  if (proposal === undefined) return refuse("no-such-proposal");
  const person = await lockPerson(tx, proposal.personId);
  const decided = decideProposal(administrator, proposal);
  if (!decided.ok) return decided;
  if (person === undefined) return refuse("no-such-person");
  if (input.decision === "confirmed") {
    const granted = decideGrant(administrator, person, proposal.role, setting.rules);
    if (!granted.ok) return granted; // the person has changed since it was proposed
    const confirmed = refusalOfConfirming(proposal, await findAccount(tx, person.id));
    if (!confirmed.ok) return confirmed;
  }

  await decideProposalRow(tx, proposal.id, { by: administrator.id, decision: input.decision, now: setting.now });
  if (input.decision === "confirmed") {
    // A code that somebody kept would link another account to the new leader.
    await deleteUnusedCodes(tx, person.id);
    await addRole(tx, { ...proposal, grantedBy: administrator.id, now: setting.now });
    await recordRole(tx, "role-granted", administrator, setting, proposal);
    await askWaitingApprovals(tx, person.id, setting);
  } else {
    await recordRole(tx, "role-rejected", administrator, setting, proposal);
  }
  const notice = { kind: "role-decided", proposalId: proposal.id } as const;
  await editSent(tx, { kind: "role-proposed", proposalId: proposal.id }, notice, setting);
  await tell(tx, [proposal.proposedBy], notice, setting);
  await tellRole(tx, "leadership", notice, setting, person.id);
  return accept();
}

/**
 * Who proposes may be taken out at the same moment, and whoever does so closes the proposals that are there: it is one
 * after the other. Before the person, as whoever takes somebody out locks them.
 */
async function lockProposer(tx: Tx, personId: number): Promise<Person | undefined> {
  await lockAdministrators(tx);
  return findPerson(tx, personId);
}

async function proposeRole(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; role: Role },
): Promise<Outcome<"proposed">> {
  const proposalId = await insertProposal(tx, { ...input, proposedBy: administrator.id, now: setting.now });
  if (proposalId === undefined) return refuse("proposed-already");
  await deleteUnusedCodes(tx, input.personId);
  await writeJournal(tx, {
    at: setting.now,
    actorId: administrator.id,
    event: "role-proposed",
    subject: { kind: "person", id: input.personId },
    details: { role: input.role, proposalId },
  });
  await tellRole(tx, "administrator", { kind: "role-proposed", proposalId }, setting, administrator.id);
  return accept("proposed");
}

async function recordRole(
  tx: Tx,
  event: "role-granted" | "role-withdrawn" | "role-rejected",
  administrator: Person,
  setting: Setting,
  { personId, role }: { personId: number; role: Role },
): Promise<void> {
  await writeJournal(tx, {
    at: setting.now,
    actorId: administrator.id,
    event,
    subject: { kind: "person", id: personId },
    details: { role },
  });
  if (event === "role-rejected") return;
  await tell(tx, [personId], { kind: "roles-changed" }, setting);
  await tell(tx, [personId], { kind: "command-menu" }, setting);
}

function parsePerson(answers: Answers, { now, rules }: Setting): Outcome<{ name: string; nip: string | null }> {
  const parsed = parseAnswers(personFields, answers, { now, zone: rules.zone });
  return parsed.ok ? accept({ name: parsed.value.name ?? "", nip: parsed.value.nip ?? null }) : parsed;
}
