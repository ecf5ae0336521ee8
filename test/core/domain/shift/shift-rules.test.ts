import { describe, expect, it } from "vitest";
import { deskRoles, roles } from "../../../../core/domain/people/roles.ts";
import {
  refusalOfAccepting,
  refusalOfBeginning,
  refusalOfEnding,
  refusalOfHandingOver,
  type Shift,
} from "../../../../core/domain/shift/shift-rules.ts";
import { aPerson, sundayMorning } from "../../../support/domain.ts";

const onDuty = aPerson(1, ["help-desk"]);
const colleague = aPerson(2, ["infrastructure"]);
const head = aPerson(3, ["leadership"]);
const present: Shift = {
  id: 7,
  personId: onDuty.id,
  beganAt: sundayMorning,
  endedAt: null,
  note: null,
  offeredTo: null,
  handedTo: null,
};
const offered: Shift = { ...present, note: "Server panas.", offeredTo: colleague.id };

describe("beginning a shift", () => {
  it.each(roles)("as %s", (role) => {
    const isOfDesk = (deskRoles as readonly string[]).includes(role);
    expect(refusalOfBeginning(aPerson(9, [role]), undefined)?.code).toBe(isOfDesk ? undefined : "not-at-desk");
  });

  it("is refused to who has left", () => {
    expect(refusalOfBeginning(aPerson(9, ["help-desk"], { isActive: false }), undefined)?.code).toBe("not-at-desk");
  });

  it("is refused while somebody is on duty, with who it is", () => {
    const refusal = { code: "somebody-on-duty", values: { personId: onDuty.id } };
    expect(refusalOfBeginning(colleague, present)).toEqual(refusal);
    expect(refusalOfBeginning(onDuty, present)?.code).toBe("on-duty-already");
  });
});

describe("handing over", () => {
  it("is for who is on duty, to somebody else of the desk", () => {
    expect(refusalOfHandingOver(onDuty, present)).toBeUndefined();
    expect(refusalOfHandingOver(onDuty, present, colleague)).toBeUndefined();
  });

  it.each([
    ["nobody is on duty", onDuty, undefined, colleague, "not-on-duty"],
    ["somebody else is on duty", colleague, present, head, "not-on-duty"],
    ["leadership does it for them", head, present, colleague, "not-on-duty"],
    ["it goes to oneself", onDuty, present, onDuty, "not-of-the-desk"],
    ["it goes to somebody of an office", onDuty, present, aPerson(4, ["user"]), "not-of-the-desk"],
    ["it goes to an administrator", onDuty, present, aPerson(4, ["administrator"]), "not-of-the-desk"],
  ])("is refused where %s", (_, person, shift, to, code) => {
    expect(refusalOfHandingOver(person, shift, to)?.code).toBe(code);
  });
});

describe("accepting", () => {
  it("is for who was asked", () => {
    expect(refusalOfAccepting(colleague, offered)).toBeUndefined();
  });

  it.each([
    ["nobody was asked", colleague, present, "shift-not-offered"],
    ["somebody else was asked", head, offered, "shift-not-offered"],
    ["it is over", colleague, { ...offered, endedAt: sundayMorning }, "shift-not-offered"],
    ["who was asked has left the desk", aPerson(2, ["user"]), offered, "not-at-desk"],
    [
      "it was accepted already",
      colleague,
      { ...present, endedAt: sundayMorning, handedTo: colleague.id },
      "on-duty-already",
    ],
  ])("is refused where %s", (_, person, shift, code) => {
    expect(refusalOfAccepting(person, shift)?.code).toBe(code);
  });
});

describe("ending", () => {
  it("is for who is on duty, and for leadership", () => {
    expect(refusalOfEnding(onDuty, present)).toBeUndefined();
    expect(refusalOfEnding(head, present)).toBeUndefined();
  });

  it("is refused to others, and where nobody is on duty", () => {
    expect(refusalOfEnding(colleague, offered)?.code).toBe("not-on-duty");
    expect(refusalOfEnding(head, undefined)?.code).toBe("nobody-on-duty");
  });
});
