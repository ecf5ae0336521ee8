import { describe, expect, it } from "vitest";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { applicationTrouble } from "../../../../core/domain/procedures/application-trouble.ts";
import { exception } from "../../../../core/domain/procedures/exception.ts";
import { refusalOfPending } from "../../../../core/domain/ticket/pending-rules.ts";
import {
  decideStep,
  decideStepByClock,
  refusalOfTaking,
  type StepContext,
  stepsFor,
} from "../../../../core/domain/ticket/step-rules.ts";
import type { Ticket } from "../../../../core/domain/ticket/ticket.ts";
import { refusalOfUrgency } from "../../../../core/domain/ticket/urgency-rules.ts";
import { anApproval, aPerson, filedTicket, sundayMorning } from "../../../support/domain.ts";

const now = sundayMorning;
const context = { now, zone: "Asia/Jakarta", checked: [] as string[], reopenWithinDays: 7 };

const person = (id: number, roles: Role[], isActive = true) => aPerson(id, roles, { isActive });

const requester = person(1, ["user"]);
const itSupport = person(2, ["it-support"]);
const colleague = person(3, ["it-support"]);
const dataCenter = person(4, ["data-center"]);

const ticket: Ticket = {
  ...filedTicket,
  state: "checking-application",
  holder: "it-support",
  version: 3,
};
const taken: Ticket = { ...ticket, assigneeId: itSupport.id };
const ended: Ticket = { ...ticket, state: "closed", holder: null, endedAt: now };
const awaiting: Ticket = { ...ticket, state: "awaiting-confirmation", holder: "user" };

describe("a step on a ticket that a colleague works on", () => {
  const step = (by: Person) => decideStep(applicationTrouble, "application-is-normal", taken, by, {}, context);

  it("is refused, with whom to ask", () => {
    expect(step(colleague)).toMatchObject({ refusal: { code: "taken-by-colleague", values: { assigneeId: 2 } } });
  });

  it("is done by who took it", () => {
    expect(step(itSupport).ok).toBe(true);
  });

  it("does not stop the requester from cancelling", () => {
    expect(decideStep(applicationTrouble, "cancel", taken, requester, { note: "Keliru." }, context).ok).toBe(true);
  });

  it("gives the colleague no buttons", () => {
    expect(stepsFor(applicationTrouble, taken, colleague, context)).toEqual([]);
  });
});

describe("an answer for a requester who stays silent", () => {
  const colleagueOfRequester = person(8, ["user"]);
  const reminded = { ...context, isReminded: true };
  const codeOf = (step: string, by: Person, of: Ticket = awaiting, facts: StepContext = reminded) => {
    const answers = step === "confirm-resolved" ? {} : { note: "Masih." };
    const decided = decideStep(applicationTrouble, step, of, by, answers, facts);
    return decided.ok ? "done" : decided.refusal.code;
  };

  it.each(["confirm-resolved", "report-still-bad"])("is a colleague's only after a reminder: %s", (step) => {
    expect(codeOf(step, colleagueOfRequester, awaiting, context)).toBe("no-such-ticket");
    expect(codeOf(step, colleagueOfRequester)).toBe("done");
  });

  it.each<[string, string, Person, Ticket, string]>([
    ["cancelling", "cancel", colleagueOfRequester, awaiting, "no-such-ticket"],
    ["opening it again", "reopen", colleagueOfRequester, ended, "no-such-ticket"],
    ["an answer by phone", "confirm-resolved-by-phone", colleagueOfRequester, awaiting, "no-such-ticket"],
    ["closing by rule", "close-unanswered", colleagueOfRequester, awaiting, "no-such-ticket"],
    ["for another office", "confirm-resolved", aPerson(8, ["user"], { officeId: 2 }), awaiting, "no-such-ticket"],
    ["after leaving", "confirm-resolved", person(8, ["user"], false), awaiting, "no-such-ticket"],
    ["by who holds the work order", "confirm-resolved", itSupport, awaiting, "not-your-role"],
    ["by the help desk without the phone", "confirm-resolved", person(7, ["help-desk"]), awaiting, "not-your-role"],
    ["when it was answered", "confirm-resolved", colleagueOfRequester, ticket, "ticket-moved-on"],
  ])("is not: %s", (_, step, by, of, code) => {
    expect(codeOf(step, by, of)).toBe(code);
  });

  it("gives a colleague the buttons of the two answers and no other", () => {
    const buttons = stepsFor(applicationTrouble, awaiting, colleagueOfRequester, reminded);
    expect(buttons.map(({ name }) => name)).toEqual(["confirm-resolved", "report-still-bad"]);
  });

  it("by phone is nobody's who asked the question, and not the requester's own", () => {
    const helpDesk = person(7, ["help-desk", "it-support"]);
    expect(codeOf("confirm-resolved-by-phone", helpDesk, awaiting, { ...context, askedBy: 7 })).toBe(
      "not-your-own-question",
    );
    expect(codeOf("confirm-resolved-by-phone", helpDesk, awaiting, { ...context, askedBy: 8 })).toBe("done");
    expect(codeOf("confirm-resolved-by-phone", person(1, ["help-desk"]))).toBe("not-your-own-question");
  });

  it("by phone is the help desk's at any time, with a note of who said so", () => {
    const helpDesk = person(7, ["help-desk"]);
    expect(codeOf("confirm-resolved-by-phone", helpDesk, awaiting, context)).toBe("done");
    expect(decideStep(applicationTrouble, "confirm-resolved-by-phone", awaiting, helpDesk, {}, context)).toMatchObject({
      refusal: { code: "answer-missing" },
    });
  });
});

describe("a step of the clock", () => {
  const byClock = (step: string, of: Ticket) =>
    decideStepByClock(applicationTrouble, step, of, { note: "Beres." }, context);

  it("is done in its state, without a person", () => {
    expect(byClock("close-unanswered", awaiting)).toMatchObject({
      ok: true,
      value: { step: { name: "close-unanswered" }, answers: { note: "Beres." } },
    });
  });

  it.each<[string, string, Ticket, string]>([
    ["in another state", "close-unanswered", ticket, "ticket-moved-on"],
    ["when the ticket has ended", "close-unanswered", ended, "ticket-moved-on"],
    ["that is somebody's", "confirm-resolved", awaiting, "no-such-step"],
    ["that is in no table", "approve", awaiting, "no-such-step"],
  ])("is refused %s", (_, step, of, code) => {
    expect(byClock(step, of)).toMatchObject({ refusal: { code } });
  });

  it("is nobody's, also not the help desk's on whose behalf it is done", () => {
    const helpDesk = person(7, ["help-desk"]);
    expect(decideStep(applicationTrouble, "close-unanswered", awaiting, helpDesk, {}, context)).toMatchObject({
      refusal: { code: "clock-only" },
    });
  });
});

describe("the checks of the data center", () => {
  const checking: Ticket = { ...ticket, state: "checking-data-center", holder: "data-center" };
  const repaired = (checked: string[]) =>
    decideStep(
      applicationTrouble,
      "data-center-repaired",
      checking,
      dataCenter,
      { note: "Beres." },
      { ...context, checked },
    );

  it.each<[string[], number]>([
    [[], 5],
    [["server"], 4],
    [["server", "application-intranet-internet", "database", "connection-intranet-internet"], 1],
    [["server", "server", "server", "server", "server"], 4],
    [["server", "roof", "door", "lamp", "fan"], 4],
  ])("%j are not enough to say repaired", (checked, count) => {
    expect(repaired(checked)).toMatchObject({ refusal: { code: "checks-missing", values: { count } } });
  });

  it("all five are enough", () => {
    const all = ["data-cable", "database", "server", "connection-intranet-internet", "application-intranet-internet"];
    expect(repaired(all).ok).toBe(true);
  });

  it("are not needed to say that the fault is elsewhere", () => {
    const decided = decideStep(
      applicationTrouble,
      "not-in-data-center",
      checking,
      dataCenter,
      { note: "Sehat." },
      context,
    );
    expect(decided.ok).toBe(true);
  });
});

describe("opening a ticket again", () => {
  const reopen = (daysLater: number, milliseconds = 0) =>
    decideStep(
      applicationTrouble,
      "reopen",
      ended,
      requester,
      { note: "Masih." },
      {
        ...context,
        now: new Date(now.getTime() + daysLater * 86_400_000 + milliseconds),
      },
    );

  it("is possible to the last moment of the days", () => {
    expect(reopen(0).ok).toBe(true);
    expect(reopen(7).ok).toBe(true);
  });

  it("is refused after them, with the number of days", () => {
    expect(reopen(7, 1)).toMatchObject({ refusal: { code: "too-late-to-reopen", values: { days: 7 } } });
  });

  it("is refused where the time that was asked for is over, and possible to its last moment", () => {
    const expired: Ticket = { ...ended, procedure: "exception" };
    const reopenAt = (at: Date) =>
      decideStep(
        exception,
        "reopen",
        expired,
        requester,
        { note: "Masih perlu." },
        { ...context, now: at, approval: anApproval({ termEndsAt: now }) },
      );
    expect(reopenAt(new Date(now.getTime() - 1)).ok).toBe(true);
    expect(reopenAt(now)).toMatchObject({ refusal: { code: "term-over" } });
  });

  it("is not for the desk", () => {
    expect(decideStep(applicationTrouble, "reopen", ended, itSupport, { note: "Masih." }, context)).toMatchObject({
      refusal: { code: "not-your-role", values: { role: "user" } },
    });
  });
});

describe("taking work", () => {
  const inForce: Ticket = { ...ticket, procedure: "exception", state: "in-force", holder: "leadership" };

  it.each<[string, Ticket, Person]>([
    ["that nobody has", ticket, itSupport],
    ["from a colleague", taken, colleague],
  ])("%s is possible", (_, of, by) => {
    expect(refusalOfTaking(of, by)).toBeUndefined();
  });

  it.each<[string, Ticket, Person, string]>([
    ["by a stranger to it", ticket, person(9, ["user"]), "no-such-ticket"],
    ["by an inactive colleague", ticket, person(3, ["it-support"], false), "no-such-ticket"],
    ["by another team", ticket, dataCenter, "not-your-role"],
    ["by the requester", ticket, requester, "not-your-role"],
    ["while the requester's answer is awaited", awaiting, itSupport, "not-your-role"],
    ["by the requester whose answer is awaited", awaiting, requester, "not-your-role"],
    ["of a ticket that has ended", ended, itSupport, "ticket-ended"],
    ["that one has already", taken, itSupport, "taken-by-you"],
    ["of an exception that is in force", inForce, person(7, ["leadership"]), "in-force-not-taken"],
  ])("%s is refused: %s", (_, of, by, code) => {
    expect(refusalOfTaking(of, by)).toMatchObject({ code });
  });

  it("what is in force is neither put off nor urgent", () => {
    const helpDesk = person(7, ["help-desk"]);
    expect(refusalOfPending(inForce, helpDesk)).toMatchObject({ code: "in-force-not-taken" });
    expect(refusalOfUrgency(inForce, helpDesk, true)).toMatchObject({ code: "in-force-not-taken" });
    expect(refusalOfUrgency(inForce, requester, true)).toMatchObject({ code: "in-force-not-taken" });
    expect(refusalOfPending(ticket, helpDesk)).toBeUndefined();
    expect(refusalOfUrgency(ticket, requester, true)).toBeUndefined();
  });
});
