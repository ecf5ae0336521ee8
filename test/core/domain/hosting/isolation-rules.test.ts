import { describe, expect, it } from "vitest";
import type { ApplicationState } from "../../../../core/domain/hosting/application.ts";
import type { IsolationDecision } from "../../../../core/domain/hosting/isolation.ts";
import { refusalOfDeciding, refusalOfIsolating } from "../../../../core/domain/hosting/isolation-rules.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";

const at = new Date("2026-11-22T02:00:00Z");
const personWith = (role: Role, id = 1): Person => ({
  ...{ id, name: "Dedi Harahap", nip: null, officeId: 1, roles: [role], isActive: true, isProvisional: false },
});
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
    expect(codeOf(refusalOfIsolating(personWith(role), false, { state }))).toBe(code);
  });

  it.each(["help-desk", "it-support"] as const)("%s, on duty", (role) => {
    expect(codeOf(refusalOfIsolating(personWith(role), true, { state: "built" }))).toBe("done");
    expect(codeOf(refusalOfIsolating(personWith(role), true, { state: "planned" }))).toBe("nothing-to-isolate");
  });

  it("what is not there is not isolated", () => {
    expect(codeOf(refusalOfIsolating(personWith("data-center"), false, undefined))).toBe("no-such-application");
  });
});

describe("who decides afterwards", () => {
  const decided = (...decisions: IsolationDecision[]) =>
    decisions.map((decision) => ({ decision, personName: "Farida Daulay", at, reason: "Benar." }));
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
    expect(codeOf(refusalOfDeciding(personWith(role, id), { begunById: 2, decisions, endedAt }, decision))).toBe(code);
  });

  it("on nothing nobody decides", () => {
    expect(codeOf(refusalOfDeciding(personWith("leadership"), undefined, "lifted"))).toBe("no-such-isolation");
  });
});
