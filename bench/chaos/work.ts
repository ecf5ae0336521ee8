import { fieldWords, stepWords, wordsOfFiled } from "../../bot/replies/procedure-words.ts";
import type { Catalogue } from "../../core/domain/catalogue/catalogue.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { applicationFiles } from "../../core/domain/procedures/hosting-questions.ts";
import { type Step, stepsFrom } from "../../core/domain/procedures/procedure.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Message } from "../../telegram-server/server.ts";
import { buttonsOf } from "../../test/crash/person.ts";
import { type Book, type KnownTicket, type Person, write } from "./book.ts";
import { fillIn } from "./form.ts";
import { isCard, type Sight, ticketOf } from "./telephone.ts";

/** A button for a step, on the message that shows it. */
export type Offer = { step: Step; label: string; message: Message; check?: string };

const decisions: Partial<Record<string, string>> = { approved: "✅ Setujui", rejected: "🚫 Tolak dengan alasan" };
const recorded = "✅ Tercatat";
const suggestion = "★ ";

/** What the person can press now of the ticket's steps, where their card shows the state that the people know. */
export function offersFor(person: Person, ticket: KnownTicket, role: Role, catalogue: Catalogue): Offer[] {
  const card = person.telephone.card(ticket.id);
  const shown = card !== undefined && showsState(card, ticket, ticket.state, catalogue) ? card : undefined;
  const steps = stepsFrom(ticket.filing.procedure, ticket.state).filter(isTaken);
  return steps.flatMap((step): Offer[] => {
    if (step.decides !== undefined) return decisionOn(person, ticket, step);
    return step.role === role && shown !== undefined ? offersOn(shown, ticket, step, catalogue) : [];
  });
}

/** Not the clock's, and nothing about the files of an application: those would be checked by programs that are not under fire. */
function isTaken({ by, judges, asks = [] }: Step): boolean {
  return by !== "clock" && !judges && !asks.some(({ name }) => name === applicationFiles.name);
}

function offersOn(message: Message, ticket: KnownTicket, step: Step, catalogue: Catalogue): Offer[] {
  const words = wordsOf(ticket, catalogue);
  const { button } = stepWords(words, step.name);
  const labels = buttonsOf(message).map(({ text }) => text);
  if (step.checks === undefined) {
    const label = labels.find((each) => each === button || each === `${suggestion}${button}`);
    return label === undefined ? [] : [{ step, label, message }];
  }
  return step.checks.flatMap((check) => {
    const item = fieldWords(words, "check").choices?.[check] ?? check;
    const label = labels.find((each) => each === `${button}: ${item}` || each === `${button} ulang: ${item}`);
    return label === undefined ? [] : [{ step, label, message, check }];
  });
}

/** Leadership decides on the message that asks for it. */
function decisionOn({ telephone }: Person, ticket: KnownTicket, step: Step): Offer[] {
  const label = decisions[step.decides ?? ""];
  const asks = [...telephone.shown.values()].filter(
    (message) => message.text?.includes("Persetujuan diminta") && ticketOf(message) === ticket.id,
  );
  const message = asks.at(-1);
  const isThere = message !== undefined && buttonsOf(message).some(({ text }) => text === label);
  return isThere && label !== undefined ? [{ step, label, message }] : [];
}

/** Presses the button, answers what is asked, and waits until the step is seen to be recorded. */
export async function doStep(
  person: Person,
  ticket: KnownTicket,
  offer: Offer,
  book: Book,
  catalogue: Catalogue,
): Promise<void> {
  const { telephone } = person;
  const { step, label, message, check } = offer;
  const number = ticketNumber(ticket.id);
  const words = wordsOf(ticket, catalogue);
  const own = stepWords(words, step.name);
  const asks = step.asks ?? [];
  const since = telephone.mark();
  const isTold = ({ message: seen, isNew, isCopy }: Sight) =>
    isNew && !isCopy && isCard(seen) && ticketOf(seen) === ticket.id && seen.text?.includes(recorded);
  const over = (from: number) => {
    const told = telephone.since(from).findLast(isTold)?.message;
    if (told !== undefined) return told;
    const card = telephone.card(ticket.id);
    const hasMoved = step.to !== ticket.state && card !== undefined && showsState(card, ticket, step.to, catalogue);
    return hasMoved ? card : undefined;
  };
  write(ticket, person, `presses ${label} on #${message.message_id}`);
  telephone.press(message, label, asks.length === 0 && person.isImpatient ? 2 : 1);
  const item = check === undefined ? "" : `: ${fieldWords(words, "check").choices?.[check] ?? check}`;
  const form = {
    title: `${number} · ${own.button}${item}`,
    fields: asks,
    wordsFor: (field: string) => {
      const asked = fieldWords(words, field);
      return field === "note" && own.askNote !== undefined ? { ...asked, ask: own.askNote } : asked;
    },
    given: givenIn(step, ticket, book),
  };
  const told =
    asks.length === 0
      ? await telephone.waitFor(`${own.button} on ${number} to be recorded`, () => over(since))
      : await fillIn(person, form, since, over);
  if (!showsState(told, ticket, step.to, catalogue))
    throw new Error(`${person.name} pressed ${own.button} and was told something else: ${told.text}`);
  write(ticket, person, `sees ${step.name} recorded on #${told.message_id}`);
  book.noteStep(ticket, step.name, step.to);
}

/** A disposition names who has such tickets anyway; a server needs power, and has a name that no other has. */
function givenIn(step: Step, ticket: KnownTicket, { people }: Book): Record<string, string> {
  if (step.takes === "place") return { "power-feeds": "Dua (A dan B)", watts: "60" };
  if (step.takes === "server")
    return {
      "device-name": `SRV-${ticket.id}-${ticket.deeds.length}`,
      "serial-number": `S-${ticket.id}-${ticket.deeds.length}`,
    };
  const field = (step.asks ?? []).find(({ kind }) => kind === "person");
  if (field?.kind !== "person") return {};
  const officer = people.find((each) => each.role === field.role && isTheirs(each, ticket));
  return officer === undefined ? {} : { [field.name]: officer.name };
}

/** The people share out the work by the number of the ticket. */
export function isTheirs({ place, of }: Person, { id }: KnownTicket): boolean {
  return id % of === place;
}

export function showsState(message: Message, ticket: KnownTicket, state: string, catalogue: Catalogue): boolean {
  const said = /^Keadaan: (.*)$/m.exec(message.text ?? "")?.[1] ?? "";
  const words = wordsOf(ticket, catalogue).states[state] ?? state;
  return said === words || said.startsWith(`${words}, `);
}

function wordsOf({ filing }: KnownTicket, catalogue: Catalogue) {
  return wordsOfFiled({ procedure: filing.procedure.name, item: filing.item }, catalogue);
}

/** "Saya kerjakan" */
export async function takeTicket(person: Person, ticket: KnownTicket): Promise<void> {
  const { telephone } = person;
  const card = telephone.card(ticket.id);
  const label = "🙋 Saya kerjakan";
  if (card === undefined || !buttonsOf(card).some(({ text }) => text === label)) return;
  telephone.press(card, label, person.isImpatient ? 2 : 1);
  await telephone.waitFor(`${ticketNumber(ticket.id)} to be theirs`, () =>
    telephone.card(ticket.id)?.text?.includes(`Dikerjakan oleh: ${person.name}`) ? true : undefined,
  );
  write(ticket, person, "has taken it");
  ticket.deeds.push("taken");
}
