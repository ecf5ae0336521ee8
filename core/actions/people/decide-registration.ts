import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount, findAccountOfTelegramUser } from "../../db/people/accounts.ts";
import { addRole, findPersonByNip, insertPeopleWithNip, lockPerson } from "../../db/people/people.ts";
import { lockRegistration, lockSentBefore, updateRegistration } from "../../db/people/registrations.ts";
import type { Tx } from "../../db/tables.ts";
import { dayInMilliseconds } from "../../domain/durations.ts";
import { parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { decideApproval, type Found, type Registration, refusalOfDeciding } from "../../domain/people/registration.ts";
import { optionalNote } from "../../domain/procedures/procedure.ts";
import { editSent, noticePriority, send } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { openAccount, welcome } from "./link-account.ts";

/** What is asked of who rejects a registration. */
export const rejectionFields = [optionalNote] as const;

/**
 * The word of the office on somebody who registers; the first one counts. An approval links the account to who has the
 * NIP in the register, or to a new person of that office, who is a user and nothing else.
 *
 * @returns `needs-code` where the NIP is that of somebody with rights that an officer cannot give away: nobody is linked,
 *   and the applicant is sent to the administrator
 */
export async function decideRegistration(
  tx: Tx,
  decider: Person,
  setting: Setting,
  input: { registrationId: number } & ({ decision: "approved" } | { decision: "rejected"; reason?: string }),
): Promise<Outcome<"approved" | "rejected" | "needs-code">> {
  const registration = await lockRegistration(tx, input.registrationId);
  if (registration === undefined) return refuse("no-such-registration");
  const { registrationDays, zone } = setting.rules;
  const mayDecide = refusalOfDeciding(decider, registration, { now: setting.now, registrationDays });
  if (!mayDecide.ok) return mayDecide;
  if (input.decision === "approved") return approve(tx, decider, setting, registration);

  const answers = input.reason === undefined ? {} : { note: input.reason };
  const parsed = parseAnswers(rejectionFields, answers, { now: setting.now, zone });
  if (!parsed.ok) return parsed;
  await end(tx, decider, setting, registration, "rejected", { reason: parsed.value.note ?? null });
  return accept("rejected");
}

/** Ends what has waited for too long. */
export async function expireRegistrations(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  const oldest = new Date(now.getTime() - rules.registrationDays * dayInMilliseconds);
  for (const registration of await lockSentBefore(tx, oldest)) {
    await updateRegistration(tx, registration.id, { state: "expired", touched_at: now });
    await writeJournal(tx, {
      at: now,
      actorId: null,
      event: "registration-expired",
      subject: { kind: "registration", id: registration.id },
      details: { officeId: registration.officeId },
    });
    await tellBoth(tx, registration, setting);
  }
}

async function approve(
  tx: Tx,
  decider: Person,
  setting: Setting,
  registration: Registration,
): Promise<Outcome<"approved" | "needs-code">> {
  const { nip, name, officeId, telegramUserId } = registration;
  if (nip === null || name === null) throw new Error(`approving registration ${registration.id}: it is not complete`);
  // Linked by a code since it was sent.
  if ((await findAccountOfTelegramUser(tx, telegramUserId)) !== undefined) return refuse("applicant-linked-already");
  const found = await findByNip(tx, nip);
  const decided = decideApproval(registration, found);
  if (!decided.ok) return decided;
  if (decided.value === "needs-code") {
    await end(tx, decider, setting, registration, "needs-code", { personId: found?.person.id ?? null });
    return accept("needs-code");
  }

  const personId = found?.person.id ?? (await addApplicant(tx, decider, setting, { name, nip, officeId }));
  if (personId === undefined) return refuse("registrant-just-added");
  await addRole(tx, { personId, role: "user", grantedBy: decider.id, now: setting.now });
  await openAccount(tx, personId, telegramUserId, setting);
  await end(tx, decider, setting, registration, "approved", { personId });
  await welcome(tx, telegramUserId, setting);
  return accept("approved");
}

async function findByNip(tx: Tx, nip: string): Promise<Found | undefined> {
  const known = await findPersonByNip(tx, nip);
  const person = known && (await lockPerson(tx, known.id));
  if (person === undefined) return undefined;
  return { person, isLinked: (await findAccount(tx, person.id)) !== undefined };
}

/** @returns undefined when somebody else with that NIP was added at the same moment */
async function addApplicant(
  tx: Tx,
  decider: Person,
  { now }: Setting,
  person: { name: string; nip: string; officeId: number },
): Promise<number | undefined> {
  const id = (await insertPeopleWithNip(tx, [person], now)).get(person.nip);
  if (id === undefined) return undefined;
  await writeJournal(tx, {
    at: now,
    actorId: decider.id,
    event: "person-added",
    subject: { kind: "person", id },
    details: { officeId: person.officeId },
  });
  return id;
}

async function end(
  tx: Tx,
  decider: Person,
  setting: Setting,
  registration: Registration,
  state: "approved" | "rejected" | "needs-code",
  { reason = null, personId = null }: { reason?: string | null; personId?: number | null },
): Promise<void> {
  const { now } = setting;
  const decision = { state, decided_by: decider.id, decided_at: now, reason, touched_at: now };
  await updateRegistration(tx, registration.id, decision);
  await writeJournal(tx, {
    at: now,
    actorId: decider.id,
    event: `registration-${state}`,
    subject: { kind: "registration", id: registration.id },
    details: { officeId: registration.officeId, ...(personId === null ? {} : { personId }) },
  });
  await tellBoth(tx, registration, setting, { isWelcomed: state === "approved" });
}

/** Those who were asked see who decided; the applicant is told, unless a welcome says it. */
async function tellBoth(
  tx: Tx,
  { id, telegramUserId }: Registration,
  setting: Setting,
  { isWelcomed = false } = {},
): Promise<void> {
  const asked = { kind: "registration-asked", registrationId: id } as const;
  await editSent(tx, asked, asked, setting);
  if (isWelcomed) return;
  const told = { kind: "registration", registrationId: id } as const;
  await send(tx, telegramUserId, told, { now: setting.now, priority: noticePriority });
}
