import { doStep } from "../../core/actions/do-step.ts";
import { findLastNote } from "../../core/db/entries.ts";
import { listPeopleWithRole } from "../../core/db/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { listAssetsOfTicket } from "../../core/db/ticket-assets.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { maintenanceOf } from "../../core/domain/catalogue/catalogue.ts";
import type { Answers, Field } from "../../core/domain/form/field.ts";
import { parseSourceKey } from "../../core/domain/ipam/address-source.ts";
import { likelyPlaceFirst, maintenanceWithAssets } from "../../core/domain/maintenance/maintainer.ts";
import { accept } from "../../core/domain/outcome.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { alwaysApplies, findStep, type Procedure, type Step } from "../../core/domain/procedures/procedure.ts";
import { maySee, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import { reply } from "../conversation.ts";
import { type FieldWords, fieldWords, stepWords, wordsOf } from "../replies/procedure-words.ts";
import type { Form } from "./form.ts";
import { offersOfRegisters } from "./register-offers.ts";

/** So many are looked at once more before they are stored. */
const manyAnswers = 4;

type RegisterField = Extract<Field, { kind: "register" }>;

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
    const offers = {
      ...(await choicesOfPeople(db, step)),
      ...(await offersOfRegisters(db, step, ticket, draft.answers, office)),
    };
    const check = item === undefined ? "" : `: ${fieldWords(words, "check").choices?.[item] ?? item}`;
    return {
      title: `${ticketNumber(ticket.id)} · ${button}${check}`,
      fields: fieldsOf(step, draft.answers, offers).map((field) => {
        return likelyPlaceFirst(resultsOf(step, item, field), maintained);
      }),
      wordsFor: (field) => {
        const own = fieldWords(words, field);
        if (offers[field] !== undefined) return offeringWords(own, offers[field]);
        return field === "note" && askNote !== undefined ? { ...own, ask: askNote } : own;
      },
      hasReview: (step.asks ?? []).length >= manyAnswers,
      suggestions: async (db, field) => {
        const wished = ticket.answers["wished-name"];
        if (field.kind === "dns-name" && wished !== undefined) return [wished];
        if (field.kind !== "text" || field.suggestions !== "last-note") return [];
        const last = await findLastNote(db, ticket.id, { except: stepsOfRequester(procedure) });
        return last === undefined ? [] : [last];
      },
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const ticketId = Number(draft.subject.ticketId);
    const done = await doStep(tx, person, setting, {
      ticketId,
      step: String(draft.subject.step),
      version: Number(draft.subject.version),
      answers: draft.answers,
      draftId: draft.id,
    });
    if (!done.ok) return done;
    // A colleague who answered for the requester has no card of the ticket.
    if (!maySee(person, done.value.ticket)) return accept("sent" as const);
    await reply(conversation, { kind: "ticket-card", ticketId, news: "recorded" });
    return accept(undefined);
  },
};

/** What a register offers is a choice; an address that stays is not asked for. */
function fieldsOf({ asks = [] }: Step, answers: Answers, offers: Record<string, Record<string, string>>): Field[] {
  const isKept = "rangeId" in (parseSourceKey(answers["address-from"] ?? "") ?? {});
  return asks
    .filter(({ kind }) => !(isKept && kind === "ip-address"))
    .map((field) => (field.kind === "register" ? asChoice(field, Object.keys(offers[field.name] ?? {})) : field));
}

function asChoice({ kind: _kind, register: _register, ...field }: RegisterField, choices: readonly string[]): Field {
  return { ...field, kind: "choice", choices, findsByPart: true };
}

function offeringWords(own: FieldWords, choices: Record<string, string>): FieldWords {
  const isEmpty = Object.keys(choices).length === 0;
  return { ...own, choices, ...(isEmpty && own.askWithoutOffer !== undefined ? { ask: own.askWithoutOffer } : {}) };
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
