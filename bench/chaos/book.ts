import type { Filing } from "../../core/domain/catalogue/catalogue.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import type { Draws } from "./draws.ts";
import type { Telephone } from "./telephone.ts";

export type Person = {
  name: string;
  role: Role;
  /** Among those who hold the same role, from 0: who shares out the work by that. */
  place: number;
  of: number;
  telephone: Telephone;
  draws: Draws;
  isImpatient: boolean;
};

/** A ticket as the people know it. */
export type KnownTicket = {
  id: number;
  requester: Person;
  filing: Filing;
  /** Of the entry of the catalogue, or the procedure. */
  kind: string;
  description: string;
  /** What was last told to whoever did something. */
  state: string;
  deeds: string[];
  /** What its requester was written. */
  replies: string[];
  /** What was tried and what came of it, with the time, for whoever looks into a failure. */
  diary: string[];
  /** Somebody is doing something with it, and the colleagues leave it to them. */
  isBusy: boolean;
  isRated: boolean;
};

export function write({ diary }: KnownTicket, { name }: Person, what: string): void {
  diary.push(`${new Date().toISOString().slice(11, 23)} ${name}: ${what}`);
}

/** What the people did and were told. */
export class Book {
  readonly people: readonly Person[];
  readonly tickets = new Map<number, KnownTicket>();
  /** How often each step was done, by procedure and name. */
  readonly steps = new Map<string, number>();
  readonly filed = new Map<string, number>();
  readonly inVain: string[] = [];
  fileCount = 0;
  isClosing = false;
  #change = Promise.withResolvers<void>();

  constructor(people: readonly Person[]) {
    this.people = people;
  }

  /** Somebody may have something to do now. */
  tell(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  changed(): Promise<void> {
    return this.#change.promise;
  }

  close(): void {
    this.isClosing = true;
    this.tell();
  }

  noteFiling(ticket: KnownTicket): void {
    this.tickets.set(ticket.id, ticket);
    this.filed.set(ticket.kind, (this.filed.get(ticket.kind) ?? 0) + 1);
  }

  noteStep(ticket: KnownTicket, step: string, state: string): void {
    const key = `${ticket.filing.procedure.name} ${step}`;
    this.steps.set(key, (this.steps.get(key) ?? 0) + 1);
    ticket.deeds.push(step);
    ticket.state = state;
  }

  timesDone({ filing }: KnownTicket, step: string): number {
    return this.steps.get(`${filing.procedure.name} ${step}`) ?? 0;
  }
}
