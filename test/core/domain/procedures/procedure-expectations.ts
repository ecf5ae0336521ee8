import { describe, expect, it } from "vitest";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { MachineCheckCounts } from "../../../../core/domain/hosting/machine-checks.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { type Role, roles } from "../../../../core/domain/people/roles.ts";
import { findStep, type Procedure, statesBefore } from "../../../../core/domain/procedures/procedure.ts";
import { decideStep, decideStepByClock, stepsFor } from "../../../../core/domain/ticket/step-rules.ts";
import type { Ticket } from "../../../../core/domain/ticket/ticket.ts";
import { anApproval, aPerson, filedTicket, sundayMorning } from "../../../support/domain.ts";

/**
 * One step of a path: what is done, by which role, where that stands, the state it leads to, and which team then
 * holds the work order (null: there is none, or it is closed). The answers where they matter to the path.
 */
export type PathStep = [
  step: string,
  role: Role | "clock" | "machine",
  article: string,
  state: string,
  workOrderHolder: Role | null,
  answers?: Answers,
];

/** Every path of one procedure, by what happens on it; and what its steps are answered where a path does not say. */
export type Paths = { paths: Record<string, PathStep[]>; usualAnswers: Record<string, Answers> };

/** What is expected of one procedure, by hand from REQUIREMENTS.md, section 2; nothing here is read from its table. */
export type Expected = Paths & {
  form: string[];
  /** The state of a ticket that was just filed, where it is not `filed`. */
  initial?: string;
  /** The field that names the ticket; nothing about a person. Undefined: its procedure does. */
  subject: string | undefined;
  /** Whose turn each state is. */
  holders: Record<string, Role | null>;
  /** What may be done in each state. */
  lifecycle: Record<string, string[]>;
  /** Who does each step. */
  doers: Record<string, Role>;
  /** States in which what was asked for stands, so that it is not cancelled any more. */
  standing?: readonly string[];
  /** Answers that a step refuses in a state, and with which code. */
  refusedAnswers: [step: string, state: string, answers: Answers, code: string][];
  /** The steps that the requester gets a message about; of all others only the card changes. */
  told: string[];
  /** Steps of the clock, where there are others than that of a requester's silence. */
  clock?: [step: string, role: Role, from: string | string[], to: string][];
  /** Steps of a machine that has finished its work. Absent: there are none. */
  machine?: [step: string, role: Role, from: string, to: string][];
  /** The office's officer does not learn of the ticket (R37); elsewhere they stand in for its people (L 9). */
  isHiddenFromOffice?: true;
  /** Items of check lists that count as checked. */
  checked: readonly string[];
  /** What a machine has checked; absent: nothing. */
  machineChecks?: MachineCheckCounts;
};

const now = sundayMorning;
const requesterId = filedTicket.requesterId;

/** A person with that one role; the requester for `user`. */
export function personAs(role: Role): Person {
  const id = role === "user" ? requesterId : 100 + roles.indexOf(role);
  return aPerson(id, [role]);
}

/** Steps tried out on tickets of one procedure, answered as usual where nothing else is given. */
export function trialsOf(
  procedure: Procedure,
  {
    holders,
    usualAnswers,
    checked,
    initial = "filed",
    machineChecks = { all: 0, waiting: 0, open: 0 },
  }: Pick<Expected, "holders" | "usualAnswers" | "checked" | "initial" | "machineChecks">,
) {
  const clockContext = { now, zone: "Asia/Jakarta", domain: "labura.go.id" };
  // Where one decides it was asked, by nobody of these people, of who holds the state.
  const contextOf = ({ state, holder }: Ticket) => ({
    ...{ ...clockContext, checked, machineChecks, canHost: true, reopenWithinDays: 7 },
    approval: anApproval({ state, chain: holder === null || holder === "user" ? [] : [holder] }),
  });
  const filed: Ticket = {
    ...{ ...filedTicket, procedure: procedure.name },
    ...{ state: initial, holder: holders[initial] ?? null },
  };
  return {
    filed,
    inState(state: string): Ticket {
      const holder = holders[state] ?? null;
      return { ...filed, state, holder, endedAt: holder === null ? now : null };
    },
    attempt: (step: string, ticket: Ticket, person: Person, answers?: Answers) =>
      decideStep(procedure, step, ticket, person, answers ?? usualAnswers[step] ?? {}, contextOf(ticket)),
    byClock: (step: string, ticket: Ticket) => decideStepByClock(procedure, step, ticket, {}, clockContext),
    byMachine: (step: string, ticket: Ticket) =>
      decideStepByClock(procedure, step, ticket, usualAnswers[step] ?? {}, clockContext),
    buttonsOf: (ticket: Ticket, person: Person) => stepsFor(procedure, ticket, person, contextOf(ticket)),
  };
}

/** Nobody may, the desk sees the ticket, all others do not learn that it exists. */
const refusedAll = {
  requester: "not-your-role",
  "help-desk": "not-your-role",
  "it-support": "not-your-role",
  "data-center": "not-your-role",
  infrastructure: "not-your-role",
  "non-technical": "not-your-role",
  leadership: "not-your-role",
  user: "no-such-ticket",
  committee: "no-such-ticket",
  executive: "no-such-ticket",
  "system-officer": "not-your-role",
  "officer of another office": "no-such-ticket",
  operator: "no-such-ticket",
  administrator: "no-such-ticket",
};

const people: Record<keyof typeof refusedAll, Person> = {
  requester: personAs("user"),
  "help-desk": personAs("help-desk"),
  "it-support": personAs("it-support"),
  "data-center": personAs("data-center"),
  infrastructure: personAs("infrastructure"),
  "non-technical": personAs("non-technical"),
  leadership: personAs("leadership"),
  user: { ...personAs("user"), id: 2 },
  committee: personAs("committee"),
  executive: personAs("executive"),
  "system-officer": personAs("system-officer"),
  "officer of another office": { ...personAs("system-officer"), officeId: 2 },
  operator: personAs("operator"),
  administrator: personAs("administrator"),
};

const silence: NonNullable<Expected["clock"]> = [
  ["close-unanswered", "help-desk", ["awaiting-confirmation"], "closed"],
];

/** Tests of the whole table: every path, every step in every state, by everybody. */
export function expectProcedure(procedure: Procedure, expected: Expected): void {
  const {
    paths,
    form,
    subject,
    holders,
    lifecycle,
    doers,
    refusedAnswers,
    told,
    clock = silence,
    machine = [],
    standing = [],
    isHiddenFromOffice = false,
  } = expected;
  const { filed, inState, attempt, byClock, byMachine, buttonsOf } = trialsOf(procedure, expected);
  const decide = (role: PathStep[1], name: string, ticket: Ticket, answers: Answers | undefined) => {
    if (role === "clock") return byClock(name, ticket);
    return role === "machine" ? byMachine(name, ticket) : attempt(name, ticket, personAs(role), answers);
  };
  const doerOf = (step: string) => personAs(doers[step] ?? "user");

  describe.each(Object.entries(paths))("%s", (_, path) => {
    it("goes step by step, the work order with it", () => {
      let ticket = filed;
      let workOrderHolder: Role | null = null;
      for (const [name, role, article, state, expectedHolder, answers] of path) {
        const decided = decide(role, name, ticket, answers);

        expect(decided, name).toMatchObject({ ok: true });
        if (!decided.ok) return;
        const { step } = decided.value;
        ticket = { ...ticket, state: step.to, holder: procedure.states[step.to]?.holder ?? null };
        if (step.workOrder === "close") workOrderHolder = null;
        else if (step.workOrder !== undefined) workOrderHolder = ticket.holder;
        expect([name, ticket.state, workOrderHolder]).toEqual([name, state, expectedHolder]);
        expect(article).toMatch(new RegExp(`^${step.source ?? procedure.source}(, |$)`));
      }
      expect(ticket.holder).toBeNull();
    });
  });

  it("has paths that go through every step", () => {
    const walked = Object.values(paths).flatMap((path) =>
      path.filter(([, role]) => role !== "clock" && role !== "machine"),
    );
    expect([...new Set(walked.map(([step]) => step))].sort()).toEqual(Object.keys(doers).sort());
  });

  it("knows the states of the regulation, and whose turn each is", () => {
    const known = Object.entries(procedure.states).map(([name, { holder = null }]) => [name, holder]);
    expect(Object.fromEntries(known)).toEqual(holders);
  });

  it("asks for the subject by what is broken, never by a person", () => {
    expect(procedure.subject).toBe(subject);
    expect(procedure.form.map(({ name }) => name)).toEqual(form);
  });

  describe("who may do a step: all others are refused", () => {
    const rows = Object.entries(lifecycle).flatMap(([state, steps]) =>
      steps.map((step): [string, string, Role | undefined] => [step, state, doers[step]]),
    );

    it.each(rows)("%s (in %s) is for: %s", (step, state, doer) => {
      const outcomes = Object.entries(people).map(([name, person]) => {
        const decided = attempt(step, inState(state), person);
        return [name, decided.ok ? "done" : decided.refusal.code];
      });

      expect(doer).toBeDefined();
      const forRequester = isHiddenFromOffice ? ["requester"] : ["requester", "system-officer"];
      const allowed = doer === "user" ? forRequester : [String(doer)];
      expect(Object.fromEntries(outcomes)).toEqual({
        ...refusedAll,
        ...(isHiddenFromOffice && { "system-officer": "no-such-ticket" }),
        ...Object.fromEntries(allowed.map((name) => [name, "done"])),
      });
    });
  });

  describe("the lifecycle", () => {
    it("has exactly the steps of the regulation", () => {
      const ofPeople = procedure.steps.filter(({ by }) => by === undefined);
      expect(ofPeople.map(({ name }) => name).sort()).toEqual(Object.keys(doers).sort());
    });

    it("has these steps of the clock, which nobody else does", () => {
      const ofClock = procedure.steps.filter(({ by }) => by === "clock");
      expect(ofClock.map(({ name, role, from, to }) => [name, role, from, to])).toEqual(clock);
      for (const [step, ownRole, from] of clock) {
        const ticket = inState(typeof from === "string" ? from : (from[0] ?? ""));
        for (const role of roles) expect(attempt(step, ticket, personAs(role)).ok).toBe(false);
        expect(attempt(step, ticket, personAs(ownRole))).toMatchObject({ refusal: { code: "clock-only" } });
      }
    });

    it("has these steps of a machine, which nobody else does", () => {
      const ofMachine = procedure.steps.filter(({ by }) => by === "machine");
      const transitions = ofMachine.flatMap((step) => {
        return statesBefore(step).map((from) => [step.name, step.role, from, step.to]);
      });
      expect(transitions).toEqual(machine);
      for (const [step, ownRole, from] of machine) {
        for (const role of roles) expect(attempt(step, inState(from), personAs(role)).ok).toBe(false);
        expect(attempt(step, inState(from), personAs(ownRole))).toMatchObject({ refusal: { code: "machine-only" } });
      }
    });

    it("says of every state what may be done there", () => {
      expect(Object.keys(lifecycle).sort()).toEqual(Object.keys(holders).sort());
    });

    describe.each(Object.entries(lifecycle))("in %s", (state, allowed) => {
      it.each(allowed)("%s is possible", (step) => {
        expect(attempt(step, inState(state), doerOf(step)).ok).toBe(true);
      });

      const isStanding = standing.includes(state);
      const others = Object.keys(doers).filter((step) => !allowed.includes(step));

      if (isStanding)
        it("cancel is refused: it stands", () => {
          expect(attempt("cancel", inState(state), doerOf("cancel"))).toMatchObject({
            refusal: { code: "stands-already" },
          });
        });

      it.each(others.filter((step) => !(isStanding && step === "cancel")))(
        "%s is refused: the ticket moved on",
        (step) => {
          const { id: ticketId } = filed;

          expect(attempt(step, inState(state), doerOf(step))).toMatchObject({
            ok: false,
            refusal: { code: "ticket-moved-on", values: { ticketId, state } },
          });
        },
      );

      it("each person has the buttons of these steps, in the order of the table", () => {
        for (const role of roles) {
          const buttons = buttonsOf(inState(state), personAs(role));
          const actsAs = role === "system-officer" && !isHiddenFromOffice ? "user" : role;
          expect(buttons.map(({ name }) => name)).toEqual(allowed.filter((step) => doers[step] === actsAs));
        }
      });
    });

    it("a step that is in no table is refused", () => {
      expect(attempt("fly", filed, personAs("leadership"))).toMatchObject({ refusal: { code: "no-such-step" } });
    });
  });

  describe("what each step asks", () => {
    it.each(refusedAnswers)("%s in %s is refused with %j: %s", (step, state, answers, code) => {
      expect(attempt(step, inState(state), doerOf(step), answers)).toMatchObject({ ok: false, refusal: { code } });
    });
  });

  it.each(told)("the requester is told of: %s", (name) => {
    expect(findStep(procedure, name)?.tellsRequester).toBe(true);
  });

  it("tells the requester of nothing else, only the card changes", () => {
    expect(procedure.steps.filter((step) => step.tellsRequester)).toHaveLength(told.length);
  });
}
