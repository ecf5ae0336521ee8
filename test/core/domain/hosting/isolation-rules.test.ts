import { describe, expect, it } from "vitest";
import type { ApplicationState } from "../../../../core/domain/hosting/application.ts";
import { type IsolationDecision, isolationDecisions } from "../../../../core/domain/hosting/isolation.ts";
import {
  couldDecideIsolation,
  refusalOfDeciding,
  refusalOfIsolating,
} from "../../../../core/domain/hosting/isolation-rules.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";

const at = new Date("2026-11-22T02:00:00Z");
const personWith = (role: Role, id = 1): Person => ({
  ...{ id, name: "Dedi Harahap", nip: null, officeId: 1, roles: [role], isActive: true, isProvisional: false },
});
const later = new Date("2026-11-22T03:00:00Z");
const open = { begunById: 2, decisions: [], endedAt: null };
const alone = { acting: undefined, now: at, freeze: { state: "lifted", at: null } } as const;
const codeOf = (outcome: Outcome) => (outcome.ok ? "done" : outcome.refusal.code);

describe("who isolates what", () => {
  it.each([
    ["data-center", "built", "done"],
    ["infrastructure", "built", "done"],
    ["help-desk", "built", "not-on-duty-or-operator"],
    ["leadership", "built", "not-on-duty-or-operator"],
    ["data-center", "isolated", "isolated-already"],
    ["data-center", "planned", "nothing-to-isolate"],
    ["data-center", "stopped", "nothing-to-isolate"],
    ["data-center", "deleted", "nothing-to-isolate"],
  ] as const)("%s, %s: %s", (role, state: ApplicationState, code) => {
    expect(codeOf(refusalOfIsolating(personWith(role), false, { state, begunPlanId: null }))).toBe(code);
  });

  it("what was begun and is not there yet may run already", () => {
    expect(codeOf(refusalOfIsolating(personWith("data-center"), false, { state: "planned", begunPlanId: 1 }))).toBe(
      "done",
    );
  });

  it.each(["help-desk", "it-support"] as const)("%s, on duty", (role) => {
    expect(codeOf(refusalOfIsolating(personWith(role), true, { state: "built", begunPlanId: null }))).toBe("done");
    expect(codeOf(refusalOfIsolating(personWith(role), true, { state: "planned", begunPlanId: null }))).toBe(
      "nothing-to-isolate",
    );
  });

  it("what is not there is not isolated", () => {
    expect(codeOf(refusalOfIsolating(personWith("data-center"), false, undefined))).toBe("no-such-application");
  });
});

describe("who decides afterwards", () => {
  const decided = (...decisions: IsolationDecision[]) =>
    decisions.map((decision) => ({ decision, personId: 1, personName: "Farida Daulay", at, reason: "Benar." }));
  it.each([
    ["leadership", 1, decided(), null, "confirmed", "done"],
    ["leadership", 1, decided(), null, "lifted", "done"],
    ["leadership", 1, decided("confirmed"), null, "lifted", "done"],
    ["leadership", 1, decided("confirmed"), null, "confirmed", "isolation-confirmed"],
    ["leadership", 1, decided("lifted"), null, "confirmed", "isolation-lifted"],
    ["leadership", 1, decided("lifted"), null, "lifted", "isolation-lifted"],
    ["leadership", 1, decided(), at, "lifted", "isolation-lifted"],
    ["leadership", 2, decided(), null, "confirmed", "own-isolation"],
    ["leadership", 2, decided(), null, "lifted", "own-isolation"],
    ["data-center", 1, decided(), null, "lifted", "not-your-role"],
  ] as const)("%s %i after %j, ended %s, says %s: %s", (role, id, decisions, endedAt, decision, code) => {
    const isolation = { begunById: 2, decisions, endedAt };
    expect(codeOf(refusalOfDeciding(personWith(role, id), isolation, decision, alone))).toBe(code);
  });

  it("on nothing nobody decides", () => {
    expect(codeOf(refusalOfDeciding(personWith("leadership"), undefined, "lifted", alone))).toBe("no-such-isolation");
  });

  it.each([
    ["in their time, for somebody else", 3, later, "done"],
    ["in their time, for who isolated it", 2, later, "not-for-whom-you-substitute"],
    ["when their time is over, for somebody else", 3, at, "substitution-not-in-force"],
    ["when their time is over, for who isolated it", 2, at, "substitution-not-in-force"],
  ])("a substitute, %s", (_when, forPersonId, endsAt, code) => {
    const acting = { id: 1, personId: 1, forPersonId, kind: "plh", startsAt: new Date(0), endsAt } as const;
    for (const decision of isolationDecisions) {
      expect(codeOf(refusalOfDeciding(personWith("leadership"), open, decision, { ...alone, acting }))).toBe(code);
    }
  });

  it("never an administrator, whatever else they are", () => {
    const both = { ...personWith("leadership"), roles: ["leadership", "administrator"] as const };
    expect(codeOf(refusalOfDeciding(both, open, "confirmed", alone))).toBe("administrator-never-decides");
  });

  it.each([
    [{ state: "set", at, personId: 3, personName: "Hasan Marpaung", reason: "Ada serangan." }, "approvals-frozen"],
    [{ state: "unreadable", reference: "P-1", fault: "gone" }, "freeze-unreadable"],
  ] as const)("while updates stand still nothing comes back onto the net: %j", (freeze, code) => {
    expect(codeOf(refusalOfDeciding(personWith("leadership"), open, "lifted", { ...alone, freeze }))).toBe(code);
    expect(codeOf(refusalOfDeciding(personWith("leadership"), open, "confirmed", { ...alone, freeze }))).toBe("done");
    expect(couldDecideIsolation(personWith("leadership"), open, "lifted", alone)).toBe(true);
  });
});
