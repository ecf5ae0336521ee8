import { findApplicationByStack } from "../../db/hosting/applications.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { addRole, findPerson, insertPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findFiling, type Wanted } from "../../domain/catalogue/catalogue.ts";
import { type Answers, type Field, parseAnswer, parseAnswers } from "../../domain/form/field.ts";
import { whatApplies } from "../../domain/hosting/what-applies.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import type { Procedure } from "../../domain/procedures/procedure.ts";
import { channelsToFileFor, type OtherChannel, refusalOfFiling } from "../../domain/ticket/filing-rules.ts";
import { checkAsked } from "../hosting/check-change.ts";
import { checkWishes } from "../hosting/check-wishes.ts";
import { keepKnownOutages } from "../monitoring/known-outages.ts";
import type { Setting } from "../setting.ts";
import { refusalOfMissingFiles } from "../upload/keep-files.ts";
import { storeFiled } from "./store-filed.ts";

/** For whom the help desk writes down what came by phone, by letter or at the counter. */
export type OnBehalf = {
  channel: OtherChannel;
  /** Somebody of the register, or a name and an office that are noted in it. */
  reporter: { personId: number } | { name: string; officeId: number };
  /** Where the reporter can be reached, as they said; the desk reads it. */
  contact?: string | undefined;
};

export const reporterName = { name: "reporter", kind: "line", maxLength: 100 } as const satisfies Field;
/** Who phoned can be phoned back. */
export const contact = {
  name: "contact",
  kind: "line",
  maxLength: 100,
  optional: true,
  neededWhen: { field: "channel", is: "phone" },
} as const satisfies Field;

/**
 * Files a complaint or a request for the person's own office; everybody in the register is a user of theirs. The help
 * desk files for others as well.
 *
 * @param input.draftId the form it was filled in with, whose files become the ticket's
 * @returns the number of the ticket
 */
export async function fileTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Wanted & { answers: Answers; draftId: number; onBehalf?: OnBehalf },
): Promise<Outcome<number>> {
  if (!person.isActive) return refuse("person-inactive");
  const { onBehalf } = input;
  const filing = findFiling(input, setting.rules.catalogue);
  if (filing === undefined) return refuse("no-longer-offered");
  const { procedure, item, form } = filing;
  const mayNot = refusalOfFiling(person, procedure);
  if (mayNot !== undefined) return { ok: false, refusal: mayNot };
  if (onBehalf !== undefined && !channelsToFileFor(person, procedure).includes(onBehalf.channel)) {
    return refuse("not-your-role", { role: "help-desk" });
  }
  const context = { now: setting.now, zone: setting.rules.zone, domain: setting.rules.names.domain };
  const { fields, answers: entered } = whatApplies(form, input.answers, setting.rules.hosting);
  const parsed = parseAnswers(fields, entered, context);
  if (!parsed.ok) return parsed;
  const reached = onBehalf?.contact === undefined ? undefined : parseAnswer(contact, onBehalf.contact, context);
  if (reached !== undefined && !reached.ok) {
    return refuseAbout(contact.name, reached.refusal);
  }
  if (onBehalf?.channel === "phone" && reached === undefined) return refuse("answer-missing", { field: contact.name });
  const missing = await refusalOfMissingFiles(tx, fields, parsed.value, input.draftId);
  if (missing !== undefined) return { ok: false, refusal: missing };
  const reporter = onBehalf === undefined ? accept(person) : await findReporter(tx, person, setting, onBehalf);
  if (!reporter.ok) return reporter;
  const requester = reporter.value;
  const asked = { procedure: procedure.name, answers: parsed.value };
  const possible = await checkAsked(tx, setting, requester, asked);
  if (!possible.ok) return possible;
  const offered = await checkWishes(tx, setting, asked);
  if (!offered.ok) return offered;
  const answers: Answers = { ...parsed.value, ...(reached && { contact: reached.value }) };

  const occurredAt = answers["occurred-at"];
  const ticketId = await storeFiled(tx, setting, {
    ...{ procedure, item, requester, answers },
    subject: (await titleOfHosted(tx, procedure, answers)) ?? filing.subjectOf(answers),
    occurredAt: occurredAt === undefined ? null : new Date(occurredAt),
    channel: onBehalf?.channel ?? "chat",
    by: {
      person,
      role: onBehalf === undefined ? "user" : hasRole(person, "help-desk") ? "help-desk" : "non-technical",
    },
    draftId: input.draftId,
  });
  await keepKnownOutages(tx, setting, { ticketId, requester, ...asked });
  return accept(ticketId);
}

/** What is hosted is called as who asked for it called it, and not by its stack. */
async function titleOfHosted(tx: Tx, { subject = "" }: Procedure, answers: Answers): Promise<string | undefined> {
  if (subject !== "hosted-application") return undefined;
  return (await findApplicationByStack(tx, answers[subject] ?? ""))?.title;
}

/** Somebody of the register, or a new line in it: without rights until an administrator links an account to it. */
async function findReporter(tx: Tx, person: Person, setting: Setting, onBehalf: OnBehalf): Promise<Outcome<Person>> {
  const { reporter } = onBehalf;
  if ("personId" in reporter) {
    const known = await findPerson(tx, reporter.personId);
    if (known === undefined) return refuse("no-such-person", { field: "match" });
    return known.isActive ? accept(known) : refuse("person-inactive", { field: "match" });
  }
  const name = parseAnswer(reporterName, reporter.name, { now: setting.now, zone: setting.rules.zone });
  if (!name.ok) return refuseAbout(reporterName.name, name.refusal);
  const { officeId } = reporter;
  const id = await insertPerson(tx, { name: name.value, nip: null, officeId, isProvisional: true, now: setting.now });
  await addRole(tx, { personId: id, role: "user", grantedBy: person.id, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "reporter-noted",
    subject: { kind: "person", id },
    details: { officeId },
  });
  const noted = await findPerson(tx, id);
  return noted === undefined ? refuse("no-such-person") : accept(noted);
}
