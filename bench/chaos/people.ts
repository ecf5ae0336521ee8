import { setTimeout as pause } from "node:timers/promises";
import type { Catalogue, Filing } from "../../core/domain/catalogue/catalogue.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Book, KnownTicket, Person } from "./book.ts";
import { fileTicket, kindsOf } from "./filing.ts";
import { findRateable, rate, type Word, writeAbout } from "./talk.ts";
import { InVain } from "./telephone.ts";
import { doStep, isTheirs, type Offer, offersFor, takeTicket } from "./work.ts";

/** So many of their own tickets people have open at once. */
const mostOpen = 3;
const longestThoughtMs = 200;
/** Whenever somebody looks what there is to do. Where the help desk calls, it notes the answer for the requester. */
const chances = { call: 0.02, rate: 0.5, comment: 0.04, cancel: 0.015, reopen: 0.03 };
/** Before a step. */
const [takesIt, writesOfIt] = [0.2, 0.1];

export type Office = { book: Book; catalogue: Catalogue };

/** Something that somebody has to do now. */
type Task = { ticket?: KnownTicket; act: () => Promise<void> };

/** Does one thing after the other, until the office closes. What came of nothing is noted. */
export async function live(person: Person, office: Office): Promise<void> {
  const { book } = office;
  const kinds = kindsToFile(person, office.catalogue);
  while (!book.isClosing) {
    const change = book.changed();
    const task = nextTask(person, office, kinds);
    if (task === undefined) {
      await change;
      continue;
    }
    await carryOut(task, book);
    await pause(person.draws.between(0, longestThoughtMs));
  }
}

async function carryOut({ ticket, act }: Task, book: Book): Promise<void> {
  if (ticket !== undefined) ticket.isBusy = true;
  try {
    await act();
  } catch (fault) {
    const about = ticket === undefined ? "" : `${ticketNumber(ticket.id)} (${ticket.kind}, ${ticket.state}): `;
    book.inVain.push(`${about}${fault instanceof InVain ? fault.message : String((fault as Error).stack)}`);
    return; // The ticket stays as it is: nobody knows what became of it.
  }
  if (ticket !== undefined) ticket.isBusy = false;
  book.tell();
}

/** Each kind in turn, in an order of the person's own. */
function* kindsToFile({ draws }: Person, catalogue: Catalogue): Generator<Filing, never> {
  for (;;) yield* draws.shuffled(kindsOf(catalogue));
}

function nextTask(person: Person, office: Office, kinds: Iterator<Filing>): Task | undefined {
  const free = [...office.book.tickets.values()].filter(({ isBusy }) => !isBusy);
  if (person.role !== "user") return taskAtDesk(person, free, office);
  const own = free.filter(({ requester }) => requester === person);
  return taskOfRequester(person, own, office) ?? taskOfFiling(person, office, kinds);
}

function taskAtDesk(person: Person, free: readonly KnownTicket[], office: Office): Task | undefined {
  const { role, draws } = person;
  const theirs = free.filter((ticket) => isTheirs(person, ticket));
  const asked = theirs.filter((ticket) => holderOf(ticket) === "user");
  const calls = role === "help-desk" && asked.length > 0 && draws.happens(chances.call);
  const work = calls ? asked : theirs.filter((ticket) => holderOf(ticket) === role);
  return work.length === 0 ? undefined : workOn(person, draws.pick(work), office);
}

/** What is to be done with a ticket of one's own: mostly nothing. */
function taskOfRequester(person: Person, own: readonly KnownTicket[], office: Office): Task | undefined {
  const { draws } = person;
  const asked = own.filter((ticket) => holderOf(ticket) === "user");
  if (asked.length > 0) return workOn(person, draws.pick(asked), office);
  const rateable = own.filter((ticket) => ticket.state === "closed" && !ticket.isRated && findRateable(person, ticket));
  const open = own.filter((ticket) => holderOf(ticket) !== undefined);
  const closed = own.filter(({ state }) => state === "closed");
  const about = (tickets: readonly KnownTicket[], chance: number, act: (ticket: KnownTicket) => Promise<void>) => {
    if (tickets.length === 0 || !draws.happens(chance)) return undefined;
    const ticket = draws.pick(tickets);
    return { ticket, act: () => act(ticket) };
  };
  return (
    about(rateable, chances.rate, (ticket) => rate(person, ticket)) ??
    about(open, chances.comment, (ticket) => writeAbout(person, ticket, "comment")) ??
    about(open, chances.cancel, (ticket) => doOwn(person, ticket, "cancel", office)) ??
    about(closed, chances.reopen, (ticket) => doOwn(person, ticket, "reopen", office))
  );
}

function taskOfFiling(person: Person, { book, catalogue }: Office, kinds: Iterator<Filing>): Task | undefined {
  const own = [...book.tickets.values()].filter(({ requester }) => requester === person);
  if (own.filter((ticket) => holderOf(ticket) !== undefined).length >= mostOpen) return undefined;
  return { act: () => fileTicket(person, kinds.next().value, book, catalogue).then(() => undefined) };
}

function holderOf({ filing, state }: KnownTicket) {
  return filing.procedure.states[state]?.holder;
}

/** One step of a ticket whose turn it is, and sometimes something else before. */
function workOn(person: Person, ticket: KnownTicket, office: Office): Task {
  const { telephone, draws } = person;
  const { book, catalogue } = office;
  const act = async () => {
    const isOrdinary = ({ step }: Offer) => step.name !== "cancel" && step.name !== "reopen";
    const look = () => {
      const offers = offersFor(person, ticket, person.role, catalogue).filter(isOrdinary);
      return offers.length === 0 ? undefined : offers;
    };
    const what = `something to do on ${ticketNumber(ticket.id)} in ${ticket.state}`;
    await telephone.waitFor(what, look);
    const isAtWork = holderOf(ticket) === person.role && person.role !== "user";
    if (isAtWork && draws.happens(takesIt)) await takeTicket(person, ticket);
    if (isAtWork && draws.happens(writesOfIt)) {
      await writeAbout(person, ticket, draws.pick<Word>(["reply", "internal-note"]));
    }
    const offers = await telephone.waitFor(what, look);
    await doStep(person, ticket, choose(person, ticket, offers, book), book, catalogue);
  };
  return { ticket, act };
}

/** Mostly what was done least, so that every step comes. */
function choose({ draws }: Person, ticket: KnownTicket, offers: readonly Offer[], book: Book): Offer {
  const fresh = offers.filter(({ label }) => !label.includes(" ulang: "));
  const among = fresh.length > 0 ? fresh : offers;
  if (draws.happens(0.5)) return draws.pick(among);
  const least = Math.min(...among.map(({ step }) => book.timesDone(ticket, step.name)));
  return draws.pick(among.filter(({ step }) => book.timesDone(ticket, step.name) === least));
}

/** What the requester can do at any time, where it can be pressed. */
async function doOwn(
  person: Person,
  ticket: KnownTicket,
  name: "cancel" | "reopen",
  { book, catalogue }: Office,
): Promise<void> {
  const offer = offersFor(person, ticket, "user", catalogue).find(({ step }) => step.name === name);
  if (offer !== undefined) await doStep(person, ticket, offer, book, catalogue);
}
