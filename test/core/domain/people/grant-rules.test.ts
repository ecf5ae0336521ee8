import { describe, expect, it } from "vitest";
import {
  decideGrant,
  decideProposal,
  holdsReservedRights,
  refusalOfConfirming,
} from "../../../../core/domain/people/grant-rules.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { isRole, type Role, roles } from "../../../../core/domain/people/roles.ts";
import { aPerson, sundayMorning } from "../../../support/domain.ts";

const person = (id: number, roles: Role[], changes: Partial<Person> = {}) =>
  aPerson(id, roles, { nip: "199001012015012901", ...changes });

const administrator = person(1, ["administrator"]);
const nobody = person(2, ["user"]);
const anyone = { civilServantsOnly: [] };
/** P G.4: who runs the data center is a civil servant. */
const purwakarta = { civilServantsOnly: ["data-center"] as const };

describe("giving a role", () => {
  it.each<Role>([
    "help-desk",
    "it-support",
    "data-center",
    "infrastructure",
    "non-technical",
    "committee",
    "executive",
    "system-officer",
    "operator",
  ])("%s is given at once", (role) => {
    expect(decideGrant(administrator, nobody, role, anyone)).toEqual({ ok: true, value: "granted" });
  });

  it("leadership waits for a second administrator", () => {
    expect(decideGrant(administrator, nobody, "leadership", anyone)).toEqual({
      ok: true,
      value: "needs-second-administrator",
    });
  });

  it.each<[string, Person, Person, Role, string]>([
    ["somebody who is no administrator", person(3, ["leadership"]), nobody, "help-desk", "not-administrator"],
    [
      "an inactive administrator",
      person(3, ["administrator"], { isActive: false }),
      nobody,
      "help-desk",
      "not-administrator",
    ],
    ["the role administrator", administrator, nobody, "administrator", "administrator-by-terminal-only"],
    ["oneself", administrator, administrator, "help-desk", "not-for-yourself"],
    ["oneself as leadership", administrator, administrator, "leadership", "not-for-yourself"],
    ["an inactive person", administrator, person(2, [], { isActive: false }), "help-desk", "person-inactive"],
    ["a role that is held", administrator, person(2, ["help-desk"]), "help-desk", "role-held-already"],
    [
      "leadership for an administrator",
      administrator,
      person(2, ["administrator"]),
      "leadership",
      "administrator-never-approves",
    ],
  ])("is refused: %s", (_, by, to, role, code) => {
    expect(decideGrant(by, to, role, anyone)).toMatchObject({ ok: false, refusal: { code } });
  });

  it.each<[string, string | null, Role, object]>([
    ["no data center for who is no civil servant", null, "data-center", { refusal: { code: "civil-servants-only" } }],
    [
      "no leadership, either, which no profile has to say",
      null,
      "leadership",
      { refusal: { code: "civil-servants-only" } },
    ],
    ["the data center for a civil servant", "199001012015012901", "data-center", { ok: true, value: "granted" }],
    ["another team for who is no civil servant", null, "it-support", { ok: true, value: "granted" }],
  ])("in Purwakarta: %s (P G.4)", (_, nip, role, outcome) => {
    expect(decideGrant(administrator, person(2, [], { nip }), role, purwakarta)).toMatchObject(outcome);
  });

  it("elsewhere the data center takes who is no civil servant", () => {
    expect(decideGrant(administrator, person(2, [], { nip: null }), "data-center", anyone).ok).toBe(true);
  });
});

describe("deciding on a proposed role", () => {
  const proposal = { personId: 2, proposedBy: 1, decidedBy: null };

  it("is for a second administrator", () => {
    expect(decideProposal(person(3, ["administrator"]), proposal).ok).toBe(true);
  });

  it.each<[string, Person, string]>([
    ["who is no administrator", person(3, ["leadership"]), "not-administrator"],
    ["an inactive administrator", person(3, ["administrator"], { isActive: false }), "not-administrator"],
    ["who proposed it", administrator, "not-your-own-proposal"],
    ["the person it is for", person(2, ["administrator"]), "not-for-yourself"],
  ])("is refused to %s", (_, by, code) => {
    expect(decideProposal(by, proposal)).toMatchObject({ ok: false, refusal: { code } });
  });

  it("is refused a second time, with the name of who decided", () => {
    const decided = { ...proposal, decidedBy: 4 };
    expect(decideProposal(person(3, ["administrator"]), decided)).toMatchObject({
      refusal: { code: "decided-already", values: { decidedBy: 4 } },
    });
  });
});

it.each([
  ["help-desk", true],
  ["Help-desk", false],
  ["constructor", false],
  ["", false],
])("knows whether %j is a role", (text, expected) => {
  expect(isRole(text)).toBe(expected);
});

describe("confirming a proposal", () => {
  const proposal = { proposedAt: sundayMorning };
  const linked = (milliseconds: number) => ({ linkedAt: new Date(sundayMorning.getTime() + milliseconds) });

  it.each([-86_400_000, -1, 0])("is for an account that was linked %d ms after it", (milliseconds) => {
    expect(refusalOfConfirming(proposal, linked(milliseconds)).ok).toBe(true);
  });

  it.each([
    ["that was linked later", linked(1)],
    ["that is not there", undefined],
  ])("is refused for an account %s", (_, account) => {
    expect(refusalOfConfirming(proposal, account)).toMatchObject({ refusal: { code: "linked-since-proposal" } });
  });
});

it("the rights that no administrator gives alone are leadership and administrator", () => {
  expect(roles.filter((role) => holdsReservedRights({ roles: ["user", role] }))).toEqual([
    "leadership",
    "administrator",
  ]);
});
