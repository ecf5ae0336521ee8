import { doStep } from "../../../core/actions/ticket/do-step.ts";
import {
  findExposedPorts,
  findLastReference,
  listFilesOfKind,
  listHandedIn,
} from "../../../core/db/hosting/machine-checks.ts";
import { listAssetsOfTicket } from "../../../core/db/inventory/ticket-assets.ts";
import { listPeopleWithRole } from "../../../core/db/people/people.ts";
import { findSeen } from "../../../core/db/seen.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findLastNote } from "../../../core/db/ticket/done-steps.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { maintenanceOf } from "../../../core/domain/catalogue/catalogue.ts";
import { type Answers, type Field, maySkip } from "../../../core/domain/form/field.ts";
import { exposedPorts } from "../../../core/domain/hosting/exposed-ports.ts";
import { checkOfKey } from "../../../core/domain/hosting/machine-checks.ts";
import { reachableFrom } from "../../../core/domain/hosting/seen.ts";
import { whatApplies } from "../../../core/domain/hosting/what-applies.ts";
import { parseSourceKey } from "../../../core/domain/ipam/address-source.ts";
import { likelyPlaceFirst, maintenanceWithAssets } from "../../../core/domain/maintenance/maintainer.ts";
import { accept } from "../../../core/domain/outcome.ts";
import {
  applicationFiles,
  port,
  reachableFrom as reachableFromField,
} from "../../../core/domain/procedures/hosting-questions.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { alwaysApplies, findStep, type Procedure, type Step } from "../../../core/domain/procedures/procedure.ts";
import { maySee, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { reply } from "../../conversation.ts";
import { askForHosting, askInPlaceOf } from "../../replies/hosting/ask-for-hosting.ts";
import { checkWords } from "../../replies/hosting/finding-words.ts";
import { reportOfMachine } from "../../replies/hosting/reached.ts";
import type { OfficeWords } from "../../replies/office-words.ts";
import { fieldWords, type ProcedureWords, stepWords, wordsOf } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";
import { offeringWords, withOffers } from "../offered-fields.ts";
import { offersOfRegisters } from "../register-offers.ts";

/** So many are looked at once more before they are stored. */
const manyAnswers = 4;

/** What a step asks before it is done. Its subject: `ticketId`, `version`, `step`, and what the button answered. */
export const stepForm: Form = {
  name: "step",
  plan: async (db, draft, office) => {
    const ticket = await findTicket(db, Number(draft.subject.ticketId));
    if (ticket === undefined) return undefined;
    const procedure = findProcedure(ticket.procedure);
    const step = findStep(procedure, String(draft.subject.step));
    if (step === undefined) return undefined;
    const words = wordsOf(procedure);
    const assets = await listAssetsOfTicket(db, ticket.id);
    const maintained = maintenanceWithAssets(maintenanceOf(ticket, office), assets, office.maintainers);
    const { button, askNote } = stepWords(words, step.name);
    const item = draft.answers.check;
    const formerFiles = await listHandedIn(db, ticket.id);
    const offers = {
      ...(await choicesOfPeople(db, step)),
      ...(await offersOfRegisters(db, step, ticket, draft.answers, office)),
    };
    const named = nameOfChecked(words, draft.answers);
    return {
      title: `${ticketNumber(ticket.id)} · ${button}${named === undefined ? "" : `: ${named}`}`,
      fields: fieldsOf(step, draft.answers, offers, office).map((field) => {
        return likelyPlaceFirst(resultsOf(step, item, field), maintained);
      }),
      wordsFor: (field) => {
        const own = { ...fieldWords(words, field), ...askForHosting(field, draft.answers, office.hosting) };
        if (field === applicationFiles.name)
          return { ...own, ask: askInPlaceOf(formerFiles, own.askWithoutSkip ?? own.ask) };
        if (offers[field] !== undefined) return offeringWords(own, offers[field]);
        if (field === "note" && askNote !== undefined) return { ...own, ask: askNote };
        const asked = step.asks?.find(({ name }) => name === field);
        const mayLeave = asked === undefined || maySkip(asked, draft.answers);
        return mayLeave ? own : { ...own, ask: own.askWithoutSkip ?? own.ask };
      },
      hasReview: (step.asks ?? []).length >= manyAnswers,
      suggestions: async (db, field) => {
        const wished = ticket.answers["wished-name"];
        if (field.kind === "dns-name" && wished !== undefined) return [wished];
        if (field.kind === "image-reference") return listOf(await findLastReference(db, ticket.id));
        if (field.name === port.name) return portsOf(db, ticket.id, draft.answers, office);
        const isReport = field.name === "note" && reportsMachine(step);
        const report = isReport ? await reportOfMachine(db, ticket.id, office) : undefined;
        if (report !== undefined) return [report];
        if (field.kind !== "text" || field.suggestions !== "last-note") return [];
        const last = await findLastNote(db, ticket.id, { except: stepsOfRequester(procedure) });
        return last === undefined ? [] : [last];
      },
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const ticketId = Number(draft.subject.ticketId);
    const ticket = await findTicket(tx, ticketId);
    const step = String(draft.subject.step);
    const asks = (ticket && findStep(findProcedure(ticket.procedure), step)?.asks) ?? [];
    const done = await doStep(tx, person, setting, {
      ticketId,
      step,
      version: Number(draft.subject.version),
      answers: whatApplies(asks, draft.answers, setting.rules.hosting).answers,
      draftId: draft.id,
    });
    if (!done.ok) return done;
    // A colleague who answered for the requester has no card of the ticket.
    if (!maySee(person, done.value.ticket)) return accept("sent" as const);
    await reply(conversation, { kind: "ticket-card", ticketId, news: "recorded" });
    return accept(undefined);
  },
};

/** Of a check list's item, or a machine's check, what it is about: "Malware". */
function nameOfChecked(words: ProcedureWords, { check, "machine-check": key = "" }: Answers): string | undefined {
  if (check !== undefined) return fieldWords(words, "check").choices?.[check] ?? check;
  const judged = checkOfKey(key);
  return judged && checkWords[judged];
}

/** Those on which its image says that it answers, or else the one that an application is planned with where none is answered. */
async function portsOf(
  db: Db,
  ticketId: number,
  answers: Answers,
  { hosting }: Pick<OfficeWords, "hosting">,
): Promise<string[]> {
  const runtime = hosting?.runtimes.find(({ name }) => name === answers.runtime);
  if (runtime === undefined) return [];
  const [image] = runtime.made === undefined ? await listFilesOfKind(db, ticketId, "image") : [];
  const exposed = image === undefined ? [] : exposedPorts(await findExposedPorts(db, image));
  const single = exposed.filter((each) => /^\d+$/.test(each));
  return single.length > 0 ? single : [String(runtime.port)];
}

function listOf(known: string | undefined): string[] {
  return known === undefined ? [] : [known];
}

/** What a machine saw answers from where an application is reached; whoever knows better goes back to the question. */
export async function answersOfMachine(db: Db, ticketId: number, { asks = [] }: Step): Promise<Answers> {
  const isAsked = asks.some(({ name }) => name === reachableFromField.name);
  const seen = isAsked ? await findSeen(db, ticketId) : undefined;
  const from = seen && reachableFrom(seen);
  return from === undefined ? {} : { [reachableFromField.name]: from };
}

/** A report of what a machine has built. */
function reportsMachine({ readsAnswersOf = [] }: Step): boolean {
  return readsAnswersOf.includes("application-built");
}

/** What a register offers is a choice; an address that stays is not asked for, nor what does not go with the runtime. */
function fieldsOf(
  { asks = [] }: Step,
  answers: Answers,
  offers: Record<string, Record<string, string>>,
  { hosting }: Pick<OfficeWords, "hosting">,
): Field[] {
  const isKept = "rangeId" in (parseSourceKey(answers["address-from"] ?? "") ?? {});
  const asked = whatApplies(asks, answers, hosting).fields.filter(({ kind }) => !(isKept && kind === "ip-address"));
  return withOffers(asked.map(withoutSkip), offers);
}

/** That there is none is one of the choices. */
function withoutSkip(field: Field): Field {
  if (field.kind !== "register" || field.register !== "hosting-databases") return field;
  const { optional: _optional, ...needed } = field;
  return needed;
}

/** "Tidak berlaku" is offered only of what may not apply. */
function resultsOf(step: Step, item: string | undefined, field: Field): Field {
  if (field.kind !== "choice" || field.name !== "result" || !alwaysApplies(step, item)) return field;
  return { ...field, choices: field.choices.filter((choice) => choice !== "not-applicable") };
}

/** What the requester said, or the desk noted for them, is no result. */
function stepsOfRequester({ steps }: Procedure): string[] {
  return steps.filter(({ role, forRequester }) => role === "user" || forRequester).map(({ name }) => name);
}

/** Whom each question for a person offers: id and name. */
async function choicesOfPeople(db: Db, step: Step): Promise<Record<string, Record<string, string>>> {
  const all: Record<string, Record<string, string>> = {};
  for (const field of step.asks ?? []) {
    if (field.kind !== "person") continue;
    const people = await listPeopleWithRole(db, field.role);
    all[field.name] = Object.fromEntries(people.map(({ id, name }) => [String(id), name]));
  }
  return all;
}
