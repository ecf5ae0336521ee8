import { describe, expect, it } from "vitest";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import {
  isColleague,
  maySee,
  parseTicketNumber,
  speaksForRequester,
  ticketNumber,
  workOrderNumber,
} from "../../../../core/domain/ticket/ticket.ts";
import { aPerson } from "../../../support/domain.ts";

describe("a ticket's number", () => {
  it.each([
    [1, "T-0001"],
    [42, "T-0042"],
    [9999, "T-9999"],
    [123456, "T-123456"],
  ])("of %i is %s, and is read back", (id, number) => {
    expect(ticketNumber(id)).toBe(number);
    expect(parseTicketNumber(number)).toBe(id);
  });

  it.each(["T-42", "t42", "T 42", " t-0042 ", "T0042"])("is read as people type it: %j", (text) => {
    expect(parseTicketNumber(text)).toBe(42);
  });

  it.each(["", "42", "T", "T-", "T--42", "T-4 2", "WO-0042-1", "T-42a", "T-1234567890", "T-42\nT-43", "tiket 42"])(
    "is not read from %j",
    (text) => {
      expect(parseTicketNumber(text)).toBeUndefined();
    },
  );

  it("is part of the numbers of its work orders", () => {
    expect(workOrderNumber(42, 2)).toBe("WO-0042-2");
  });
});

describe("a ticket is seen", () => {
  const ticket = { procedure: "application-trouble", requesterId: 1, officeId: 1 };
  const person = (id: number, roles: Role[], isActive = true) => aPerson(id, roles, { isActive });

  it.each<[string, Person, boolean]>([
    ["by the requester", person(1, ["user"]), true],
    ["by the requester without any role", person(1, []), true],
    ["by the help desk", person(2, ["help-desk"]), true],
    ["by it-support", person(2, ["it-support"]), true],
    ["by the data center", person(2, ["data-center"]), true],
    ["by infrastructure", person(2, ["infrastructure"]), true],
    ["by the secretariat", person(2, ["non-technical"]), true],
    ["by leadership", person(2, ["leadership"]), true],
    ["by the system officer of the same office", person(2, ["system-officer"]), true],
    ["not by the system officer of another office", aPerson(2, ["system-officer"], { officeId: 2 }), false],
    ["not by the requester who was transferred", aPerson(1, ["user"], { officeId: 2 }), false],
    ["not by another user, of the same office", person(2, ["user"]), false],
    ["not by an administrator", person(2, ["administrator"]), false],
    ["not by an operator", person(2, ["operator"]), false],
    ["not by the committee", person(2, ["committee"]), false],
    ["not by the executive", person(2, ["executive"]), false],
    ["not by an inactive requester", person(1, ["user"], false), false],
    ["not by an inactive member of the help desk", person(2, ["help-desk"], false), false],
  ])("%s", (_, viewer, expected) => {
    expect(maySee(viewer, { ...ticket, holder: null })).toBe(expected);
  });

  it.each<[string, Person, boolean]>([
    ["by who reported it", person(1, ["user"]), true],
    ["by the system officer who reported it", person(1, ["system-officer"]), true],
    ["by leadership", person(2, ["leadership"]), true],
    ["not by the system officer of the reporter's office", person(2, ["system-officer"]), false],
  ])("that reports a weakness %s", (_, viewer, expected) => {
    const weakness = { ...ticket, procedure: "weakness", holder: "leadership" } as const;
    expect(maySee(viewer, weakness)).toBe(expected);
    if (!expected) expect(speaksForRequester(viewer, weakness)).toBe(false);
  });
});

describe("a colleague of the requester", () => {
  const ticket = { requesterId: 1, officeId: 1 };

  it.each<[string, Person, boolean]>([
    ["is another user of the same office", aPerson(2, ["user"]), true],
    ["is somebody there without any role", aPerson(2, []), true],
    ["is the office's system officer", aPerson(2, ["system-officer"]), true],
    ["is not somebody of another office", aPerson(2, ["user"], { officeId: 2 }), false],
    ["is not the system officer of another office", aPerson(2, ["system-officer"], { officeId: 2 }), false],
    ["is not somebody who has left", aPerson(2, ["user"], { isActive: false }), false],
    ["is not it-support of the same office, whose work it is", aPerson(2, ["user", "it-support"]), false],
    ["is not the help desk of the same office, which has the phone", aPerson(2, ["help-desk"]), false],
    ["is not leadership of the same office", aPerson(2, ["leadership"]), false],
  ])("%s", (_, person, expected) => {
    expect(isColleague(person, ticket)).toBe(expected);
  });
});
