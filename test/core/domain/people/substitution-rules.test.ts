import { describe, expect, it } from "vitest";
import {
  isWithin,
  refusalOfDecidingSubstitution,
  refusalOfEndingSubstitution,
  refusalOfSubstituting,
  type Substitution,
  windowOf,
} from "../../../../core/domain/people/substitution-rules.ts";
import { aPerson, sundayMorning as now } from "../../../support/domain.ts";

const boss = aPerson(1, ["leadership"]);
const deputy = aPerson(2, ["user"], { nip: "199001012015012902" });
const administrator = aPerson(3, ["administrator"]);
const other = aPerson(4, ["administrator"]);
const ownRole = { holder: true, substitute: false };

const proposed: Substitution = {
  ...{ id: 1, personId: 2, forPersonId: 1, role: "leadership", kind: "plh", decree: "800/1" },
  ...{ startsAt: new Date("2026-11-21T17:00:00Z"), endsAt: new Date("2026-11-22T17:00:00Z") },
  ...{ setBy: 3, setAt: now, decision: null, decidedBy: null, decidedAt: null },
  ...{ startedAt: null, endedAt: null, endedBy: null },
};

describe("from 00.00 of the first day to 24.00 of the last one, in the office's zone", () => {
  it.each([
    [
      "from a day on",
      { from: "2026-11-24T01:00:00Z", until: "2026-11-30T01:00:00Z" },
      "2026-11-23T17:00:00Z",
      "2026-11-30T17:00:00Z",
    ],
    [
      "for one day",
      { from: "2026-11-24T01:00:00Z", until: "2026-11-24T01:00:00Z" },
      "2026-11-23T17:00:00Z",
      "2026-11-24T17:00:00Z",
    ],
  ])("%s", (_, days, startsAt, endsAt) => {
    expect(windowOf(days, "Asia/Jakarta")).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  });

  it("is another instant in another zone", () => {
    const day = "2026-11-22T01:00:00Z";
    expect(windowOf({ from: day, until: day }, "Asia/Jayapura").endsAt).toEqual(new Date("2026-11-22T15:00:00Z"));
  });

  it("holds its first instant and not its last one", () => {
    expect(isWithin(proposed, proposed.startsAt)).toBe(true);
    expect(isWithin(proposed, proposed.endsAt)).toBe(false);
  });
});

describe("naming a substitute", () => {
  it("is for the holder, and for an administrator", () => {
    expect(refusalOfSubstituting(boss, boss, deputy, ownRole)).toBeUndefined();
    expect(refusalOfSubstituting(administrator, boss, deputy, ownRole)).toBeUndefined();
  });

  it.each([
    ["by somebody else", aPerson(9, ["leadership"]), boss, deputy, ownRole, "not-your-substitution"],
    ["by who does not lead", deputy, deputy, boss, ownRole, "not-your-substitution"],
    ["of a substitute", boss, boss, deputy, { holder: false, substitute: false }, "no-substitute-of-substitute"],
    ["for who does not lead", administrator, deputy, aPerson(5, []), ownRole, "no-substitute-of-substitute"],
    ["by somebody who has left", boss, boss, aPerson(2, [], { isActive: false }), ownRole, "person-inactive"],
    ["by an administrator", boss, boss, administrator, ownRole, "administrator-never-approves"],
    ["by oneself", boss, boss, boss, ownRole, "role-held-already"],
    [
      "by who leads too",
      boss,
      boss,
      aPerson(5, ["leadership"]),
      { holder: true, substitute: true },
      "role-held-already",
    ],
  ] as const)("is refused: %s", (_, setter, holder, substitute, holds, code) => {
    expect(refusalOfSubstituting(setter, holder, substitute, holds)?.code).toBe(code);
  });

  it("needs a NIP, as leadership does", () => {
    const without = aPerson(2, ["user"], { nip: null });
    expect(refusalOfSubstituting(boss, boss, without, ownRole)?.code).toBe("civil-servants-only");
  });
});

describe("the second administrator", () => {
  it("decides", () => {
    expect(refusalOfDecidingSubstitution(other, proposed, now)).toBeUndefined();
  });

  it.each([
    ["not somebody else", boss, {}, "not-administrator"],
    ["not who proposed it", administrator, {}, "not-your-own-proposal"],
    ["not on themself", other, { personId: 4 }, "not-for-yourself"],
    ["not twice", other, { decidedBy: 4, decision: "rejected" }, "decided-already"],
    ["not when its days are over", other, { endsAt: now }, "substitution-over"],
    ["not when it was ended", other, { endedAt: now }, "substitution-over"],
  ] as const)("%s", (_, person, changes, code) => {
    expect(refusalOfDecidingSubstitution(person, { ...proposed, ...changes }, now)?.code).toBe(code);
  });
});

describe("ending it before its day", () => {
  it("is for the holder, and for one administrator", () => {
    expect(refusalOfEndingSubstitution(boss, proposed)).toBeUndefined();
    expect(refusalOfEndingSubstitution(administrator, proposed)).toBeUndefined();
  });

  it("is not for the substitute, nor for another leader", () => {
    expect(refusalOfEndingSubstitution(deputy, proposed)?.code).toBe("not-your-substitution");
    expect(refusalOfEndingSubstitution(aPerson(9, ["leadership"]), proposed)?.code).toBe("not-your-substitution");
  });

  it("is refused when it is over", () => {
    expect(refusalOfEndingSubstitution(boss, { ...proposed, endedAt: now })?.code).toBe("substitution-over");
  });
});
