import { describe, expect, it } from "vitest";
import type { Person } from "../../../../core/domain/people/person.ts";
import {
  decideApproval,
  decidesOn,
  type Registration,
  type RegistrationState,
  refusalOfDeciding,
} from "../../../../core/domain/people/registration.ts";
import { type Role, roles } from "../../../../core/domain/people/roles.ts";
import { aPerson, sundayMorning } from "../../../support/domain.ts";

const waiting: Registration = {
  id: 1,
  telegramUserId: 900,
  telegramName: "Siti",
  telegramUsername: null,
  officeId: 1,
  state: "waiting",
  nip: "199001012015012001",
  name: "Siti Aminah",
  sentAt: sundayMorning,
  decidedBy: null,
  decidedAt: null,
  reason: null,
};

const days = (count: number) => new Date(sundayMorning.getTime() + count * 24 * 60 * 60_000);

function decide(by: Person, changes: Partial<Registration> = {}, now = days(1)) {
  return refusalOfDeciding(by, { ...waiting, ...changes }, { now, registrationDays: 14 });
}

describe("who decides on a registration", () => {
  it("is the system officer of its office, or an administrator of whichever office", () => {
    expect(decide(aPerson(5, ["system-officer"])).ok).toBe(true);
    expect(decide(aPerson(6, ["administrator"], { officeId: 9 })).ok).toBe(true);
  });

  it("sees it also when there is nothing to decide on any more", () => {
    const decided = { ...waiting, state: "approved", decidedBy: 5 } as const;
    expect(decidesOn(aPerson(5, ["system-officer"]), decided)).toBe(true);
    expect(decidesOn(aPerson(6, ["administrator"], { officeId: 9 }), decided)).toBe(true);
    expect(decidesOn(aPerson(5, ["system-officer"], { officeId: 2 }), decided)).toBe(false);
    expect(decidesOn(aPerson(5, ["user", "leadership"]), decided)).toBe(false);
  });

  it.each<[string, Person]>([
    ["the officer of another office", aPerson(5, ["system-officer"], { officeId: 2 })],
    ["an officer who left", aPerson(5, ["system-officer"], { isActive: false })],
    ["an administrator who left", aPerson(5, ["administrator"], { isActive: false })],
    ...roles
      .filter((role) => role !== "system-officer" && role !== "administrator")
      .map((role): [string, Person] => [`somebody of the office who is ${role}`, aPerson(5, [role])]),
  ])("is not %s", (_, person) => {
    expect(decide(person)).toMatchObject({ refusal: { code: "not-officer-of-office" } });
  });

  it("is nobody for their own NIP, not even an administrator", () => {
    const own = { nip: "199001012015012001" };
    for (const role of ["system-officer", "administrator"] as const) {
      expect(decide(aPerson(5, [role], own))).toMatchObject({ refusal: { code: "not-your-own-registration" } });
    }
    expect(decide(aPerson(5, ["system-officer"], { nip: null }), { nip: null }).ok).toBe(true);
  });

  it.each<RegistrationState>([
    "asking-nip",
    "asking-name",
    "reviewing",
    "approved",
    "rejected",
    "needs-code",
    "withdrawn",
    "expired",
  ])("is nobody while it is %s", (state) => {
    expect(decide(aPerson(5, ["system-officer"]), { state })).toMatchObject({
      refusal: { code: "registration-decided", values: { registrationId: 1 } },
    });
  });

  it("is nobody after fourteen days", () => {
    const officer = aPerson(5, ["system-officer"]);
    expect(decide(officer, {}, new Date(days(14).getTime() - 1)).ok).toBe(true);
    expect(decide(officer, {}, days(14))).toMatchObject({ refusal: { code: "registration-expired" } });
  });
});

describe("an approval", () => {
  const found = (held: readonly Role[], changes: Partial<Person> = {}, isLinked = false) => ({
    person: aPerson(7, held, changes),
    isLinked,
  });

  it("of a NIP that nobody has adds a new person", () => {
    expect(decideApproval(waiting, undefined)).toEqual({ ok: true, value: "new-person" });
  });

  it.each<[string, readonly Role[]]>([
    ["nothing", []],
    ["a user", ["user"]],
    ["a system officer", ["user", "system-officer"]],
  ])("links somebody of the office who is %s", (_, held) => {
    expect(decideApproval(waiting, found(held))).toEqual({ ok: true, value: "link" });
  });

  it.each(roles.filter((role) => role !== "user" && role !== "system-officer"))(
    "never gives away the rights of %s: that takes the administrator's code",
    (role) => {
      expect(decideApproval(waiting, found(["user", role]))).toEqual({ ok: true, value: "needs-code" });
    },
  );

  it.each<[string, ReturnType<typeof found>, string]>([
    ["is of another office", found(["user"], { officeId: 2 }), "registrant-of-another-office"],
    ["has left", found([], { isActive: false }), "registrant-left"],
    ["is linked already", found(["user"], {}, true), "registrant-linked-already"],
    // Nothing is told of somebody elsewhere but that they are elsewhere.
    ["is of another office and linked", found(["leadership"], { officeId: 2 }, true), "registrant-of-another-office"],
  ])("is refused where who has the NIP %s", (_, who, code) => {
    expect(decideApproval(waiting, who)).toMatchObject({ refusal: { code } });
  });
});
