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
/** How often the help desk asks a requester by telephone, and notes the answer for them. */
const telephones = 0.02;

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
  const { draws } = person;
  const { book, catalogue } = office;
  const free = [...book.tickets.values()].filter(({ isBusy }) => !isBusy);
  if (person.role !== "user") {
    const theirs = free.filter((ticket) => isTheirs(person, ticket));
    const asked = theirs.filter((ticket) => holderOf(ticket) === "user");
    const calls = person.role === "help-desk" && asked.length > 0 && draws.happens(telephones);
    const work = calls ? asked : theirs.filter((ticket) => holderOf(ticket) === person.role);
    return work.length === 0 ? undefined : workOn(person, draws.pick(work), office);
  }
  const own = free.filter(({ requester }) => requester === person);
  const asked = own.filter((ticket) => holderOf(ticket) === "user");
  const rateable = own.filter((ticket) => ticket.state === "closed" && !ticket.isRated && findRateable(person, ticket));
  const open = own.filter((ticket) => holderOf(ticket) !== undefined);
  if (asked.length > 0) return workOn(person, draws.pick(asked), office);
  if (rateable.length > 0 && draws.happens(0.5)) {
    const ticket = draws.pick(rateable);
    return { ticket, act: () => rate(person, ticket) };
  }
  if (open.length > 0 && draws.happens(0.05)) {
    const ticket = draws.pick(open);
    return {
      ticket,
      act: () => (draws.happens(0.3) ? doOwn(person, ticket, "cancel", office) : writeAbout(person, ticket, "comment")),
    };
  }
  const closed = own.filter(({ state }) => state === "closed");
  if (closed.length > 0 && draws.happens(0.03)) {
    const ticket = draws.pick(closed);
    return { ticket, act: () => doOwn(person, ticket, "reopen", office) };
  }
  const count = [...book.tickets.values()].filter(
    (each) => each.requester === person && holderOf(each) !== undefined,
  ).length;
  if (count >= mostOpen) return undefined;
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
    if (isAtWork && draws.happens(0.2)) await takeTicket(person, ticket);
    if (isAtWork && draws.happens(0.1)) {
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
