import { describe, expect, it } from "vitest";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { applicationTrouble } from "../../../../core/domain/procedures/application-trouble.ts";
import { decideStep, refusalOfTaking, stepsFor } from "../../../../core/domain/ticket/step-rules.ts";
import type { Ticket } from "../../../../core/domain/ticket/ticket.ts";
import { aPerson, filedTicket, sundayMorning } from "../../../support/domain.ts";

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

  it("is not for the desk", () => {
    expect(decideStep(applicationTrouble, "reopen", ended, itSupport, { note: "Masih." }, context)).toMatchObject({
      refusal: { code: "not-your-role", values: { role: "user" } },
    });
  });
});

describe("taking work", () => {
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
  ])("%s is refused: %s", (_, of, by, code) => {
    expect(refusalOfTaking(of, by)).toMatchObject({ code });
  });
});
