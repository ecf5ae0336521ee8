import { describe, expect, it } from "vitest";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { type Role, roles } from "../../../../core/domain/people/roles.ts";
import { applicationTrouble } from "../../../../core/domain/procedures/application-trouble.ts";
import { findStep } from "../../../../core/domain/procedures/procedure.ts";
import { decideStep, stepsFor } from "../../../../core/domain/ticket/step-rules.ts";
import type { Ticket } from "../../../../core/domain/ticket/ticket.ts";
import { aPerson, filedTicket, sundayMorning } from "../../../support/domain.ts";
import { fiveChecks, pathsOfApplicationTrouble, usualAnswers } from "./application-trouble.paths.ts";

const now = sundayMorning;
const context = { now, zone: "Asia/Jakarta", checked: fiveChecks, reopenWithinDays: 7 };
const requesterId = 1;

const filed = filedTicket;

/** Of a person with that one role; the requester for `user`. */
function personAs(role: Role): Person {
  const id = role === "user" ? requesterId : 100 + roles.indexOf(role);
  return aPerson(id, [role]);
}

function attempt(step: string, ticket: Ticket, person: Person, answers?: Answers) {
  return decideStep(applicationTrouble, step, ticket, person, answers ?? usualAnswers[step] ?? {}, context);
}

/** Whose turn each state is, by hand from L IV.2. */
const holders: Record<string, Role | null> = {
  filed: "help-desk",
  "checking-application": "it-support",
  "checking-computer": "it-support",
  "locating-fault": "it-support",
  "checking-data-center": "data-center",
  "repairing-network": "infrastructure",
  "referring-to-vendor": "help-desk",
  verifying: "it-support",
  "awaiting-confirmation": "user",
  "ready-to-close": "help-desk",
  closed: null,
  cancelled: null,
};

/** What may be done in each state, by hand from REQUIREMENTS, section 2. */
const lifecycle: Record<string, string[]> = {
  filed: ["issue-work-order", "cancel"],
  "checking-application": ["application-is-normal", "application-is-faulty", "cancel"],
  "checking-computer": ["computer-is-normal", "recommend", "cancel"],
  "locating-fault": ["forward-to-data-center", "report-outside-data-center", "forward-to-infrastructure", "cancel"],
  "checking-data-center": ["record-check", "data-center-repaired", "not-in-data-center", "cancel"],
  "repairing-network": ["announce-maintenance", "network-repaired", "not-the-network", "cancel"],
  "referring-to-vendor": ["refer-to-vendor", "cancel"],
  verifying: ["ask-requester", "cancel"],
  "awaiting-confirmation": [
    "confirm-resolved",
    "report-still-bad",
    "confirm-resolved-by-phone",
    "report-still-bad-by-phone",
    "cancel",
  ],
  "ready-to-close": ["close", "cancel"],
  closed: ["reopen"],
  cancelled: ["reopen"],
};

/** Who does each step, by hand from the same. */
const doers: Record<string, Role> = {
  "issue-work-order": "help-desk",
  "application-is-normal": "it-support",
  "application-is-faulty": "it-support",
  "computer-is-normal": "it-support",
  recommend: "it-support",
  "forward-to-data-center": "it-support",
  "report-outside-data-center": "it-support",
  "forward-to-infrastructure": "it-support",
  "record-check": "data-center",
  "data-center-repaired": "data-center",
  "not-in-data-center": "data-center",
  "announce-maintenance": "infrastructure",
  "network-repaired": "infrastructure",
  "not-the-network": "infrastructure",
  "refer-to-vendor": "help-desk",
  "ask-requester": "it-support",
  "confirm-resolved": "user",
  "report-still-bad": "user",
  close: "help-desk",
  "confirm-resolved-by-phone": "help-desk",
  "report-still-bad-by-phone": "help-desk",
  cancel: "user",
  reopen: "user",
};

function inState(state: string): Ticket {
  const holder = holders[state] ?? null;
  return { ...filed, state, holder, endedAt: holder === null ? now : null };
}

describe.each(Object.entries(pathsOfApplicationTrouble))("R01: %s", (_, path) => {
  it("goes step by step, the work order with it", () => {
    let ticket = filed;
    let workOrderHolder: Role | null = null;
    for (const [name, role, article, state, expectedHolder, answers] of path) {
      const decided = attempt(name, ticket, personAs(role), answers);

      expect(decided, name).toMatchObject({ ok: true });
      if (!decided.ok) return;
      const { step } = decided.value;
      ticket = { ...ticket, state: step.to, holder: applicationTrouble.states[step.to]?.holder ?? null };
      if (step.workOrder === "close") workOrderHolder = null;
      else if (step.workOrder !== undefined) workOrderHolder = ticket.holder;
      expect([name, ticket.state, workOrderHolder]).toEqual([name, state, expectedHolder]);
      expect(article).toMatch(new RegExp(`^${step.source ?? applicationTrouble.source}(, |$)`));
    }
    expect(ticket.holder).toBeNull();
  });
});

it("knows the states of the regulation, and whose turn each is", () => {
  const known = Object.entries(applicationTrouble.states).map(([name, { holder = null }]) => [name, holder]);
  expect(Object.fromEntries(known)).toEqual(holders);
});

it("asks for the subject by the name of the application, never of a person", () => {
  expect(applicationTrouble.subject).toBe("application");
  expect(applicationTrouble.form.map(({ name }) => name)).toEqual([
    "application",
    "description",
    "occurred-at",
    "files",
  ]);
});

describe("who may do a step: all others are refused", () => {
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

  function outcomesOf(step: string, ticket: Ticket): Record<string, string> {
    const outcomes = Object.entries(people).map(([name, person]) => {
      const decided = attempt(step, ticket, person);
      return [name, decided.ok ? "done" : decided.refusal.code];
    });
    return Object.fromEntries(outcomes);
  }

  const rows = Object.entries(lifecycle).flatMap(([state, steps]) =>
    steps.map((step): [string, string, Role | undefined] => [step, state, doers[step]]),
  );

  it.each(rows)("%s (in %s) is for: %s", (step, state, doer) => {
    const outcomes = outcomesOf(step, inState(state));

    expect(doer).toBeDefined();
    const allowed = doer === "user" ? ["requester", "system-officer"] : [String(doer)];
    expect(outcomes).toEqual({ ...refusedAll, ...Object.fromEntries(allowed.map((name) => [name, "done"])) });
  });

  it("a person who is of the desk and the requester acts in each of both roles", () => {
    const own: Person = { ...personAs("user"), roles: ["user", "help-desk"] };
    expect(attempt("issue-work-order", filed, own).ok).toBe(true);
    expect(attempt("cancel", filed, own).ok).toBe(true);
    expect(attempt("application-is-normal", inState("checking-application"), own)).toMatchObject({
      refusal: { code: "not-your-role", values: { role: "it-support" } },
    });
  });

  it("an inactive person is refused as a stranger is", () => {
    const gone: Person = { ...personAs("help-desk"), isActive: false };
    expect(attempt("issue-work-order", filed, gone)).toMatchObject({ refusal: { code: "no-such-ticket" } });
    const formerRequester: Person = { ...personAs("user"), isActive: false };
    expect(attempt("cancel", filed, formerRequester)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});

describe("the lifecycle", () => {
  it("has exactly the steps of the regulation", () => {
    const ofPeople = applicationTrouble.steps.filter(({ by }) => by === undefined);
    expect(ofPeople.map(({ name }) => name).sort()).toEqual(Object.keys(doers).sort());
  });

  it("has one step of the clock, which nobody else does", () => {
    const ofClock = applicationTrouble.steps.filter(({ by }) => by === "clock");
    expect(ofClock.map(({ name, role, from, to }) => [name, role, from, to])).toEqual([
      ["close-unanswered", "help-desk", ["awaiting-confirmation"], "closed"],
    ]);
    for (const role of roles) {
      expect(attempt("close-unanswered", inState("awaiting-confirmation"), personAs(role)).ok).toBe(false);
    }
    expect(attempt("close-unanswered", inState("awaiting-confirmation"), personAs("help-desk"))).toMatchObject({
      refusal: { code: "clock-only" },
    });
  });

  describe.each(Object.entries(lifecycle))("in %s", (state, allowed) => {
    it.each(allowed)("%s is possible", (step) => {
      expect(attempt(step, inState(state), personAs(doers[step] ?? "user")).ok).toBe(true);
    });

    it.each(Object.keys(doers).filter((step) => !allowed.includes(step)))(
      "%s is refused: the ticket moved on",
      (step) => {
        const decided = attempt(step, inState(state), personAs(doers[step] ?? "user"));

        expect(decided).toMatchObject({
          ok: false,
          refusal: { code: "ticket-moved-on", values: { ticketId: 42, state } },
        });
      },
    );

    it("each person has the buttons of these steps, in the order of the table", () => {
      for (const role of roles) {
        const buttons = stepsFor(applicationTrouble, inState(state), personAs(role), context);
        const actsAs = role === "system-officer" ? "user" : role; // L 9: the officer stands in for the office's people
        expect(buttons.map(({ name }) => name)).toEqual(allowed.filter((step) => doers[step] === actsAs));
      }
    });
  });

  it("a step that is in no table is refused", () => {
    expect(attempt("approve", filed, personAs("leadership"))).toMatchObject({ refusal: { code: "no-such-step" } });
  });
});

describe("what each step asks", () => {
  it.each<[string, string, Answers, string]>([
    ["issue-work-order", "filed", {}, "answer-missing"],
    ["issue-work-order", "filed", { "suspected-place": "moon" }, "not-a-choice"],
    ["recommend", "checking-computer", {}, "answer-missing"],
    ["recommend", "checking-computer", { recommendation: "other" }, "answer-missing"],
    ["recommend", "checking-computer", { recommendation: "other", note: "\u200B" }, "text-empty"],
    ["record-check", "checking-data-center", { check: "roof", result: "passed" }, "not-a-choice"],
    ["record-check", "checking-data-center", { check: "server", result: "failed" }, "answer-missing"],
    ["record-check", "checking-data-center", { check: "server" }, "answer-missing"],
    ["report-outside-data-center", "locating-fault", {}, "answer-missing"],
    ["data-center-repaired", "checking-data-center", {}, "answer-missing"],
    ["not-in-data-center", "checking-data-center", {}, "answer-missing"],
    ["announce-maintenance", "repairing-network", {}, "answer-missing"],
    ["network-repaired", "repairing-network", {}, "answer-missing"],
    ["not-the-network", "repairing-network", {}, "answer-missing"],
    ["refer-to-vendor", "referring-to-vendor", {}, "answer-missing"],
    ["ask-requester", "verifying", {}, "answer-missing"],
    ["report-still-bad", "awaiting-confirmation", {}, "answer-missing"],
    ["confirm-resolved-by-phone", "awaiting-confirmation", {}, "answer-missing"],
    ["report-still-bad-by-phone", "awaiting-confirmation", { note: " " }, "text-empty"],
    ["close", "ready-to-close", { note: " " }, "text-empty"],
    ["cancel", "filed", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
    ["application-is-normal", "checking-application", { note: "x" }, "answer-unknown"],
  ])("%s in %s is refused with %j: %s", (step, state, answers, code) => {
    expect(attempt(step, inState(state), personAs(doers[step] ?? "user"), answers)).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  it.each<[string, Answers]>([
    ["unknown", { "suspected-place": "unknown" }],
    ["data-center", { "suspected-place": "data-center", note: "Server lambat." }],
    ["outside-data-center", { "suspected-place": "outside-data-center" }],
    ["network", { "suspected-place": "network" }],
  ])("the help desk may say beforehand where it believes the fault to be: %s", (_, answers) => {
    expect(attempt("issue-work-order", filed, personAs("help-desk"), answers).ok).toBe(true);
  });
});

it.each(["announce-maintenance", "refer-to-vendor", "ask-requester", "close", "close-unanswered"])(
  "the requester is told of: %s",
  (name) => {
    expect(findStep(applicationTrouble, name)?.tellsRequester).toBe(true);
  },
);

it("tells the requester of nothing else, only the card changes", () => {
  expect(applicationTrouble.steps.filter((step) => step.tellsRequester)).toHaveLength(5);
});
