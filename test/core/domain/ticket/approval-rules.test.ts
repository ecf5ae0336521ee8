import { describe, expect, it } from "vitest";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { lapseTime, nextOfApproval } from "../../../../core/domain/ticket/approval-clock.ts";
import {
  type Acting,
  type Approval,
  type Decision,
  isOfChain,
  refusalOfDecision,
} from "../../../../core/domain/ticket/approval-rules.ts";
import { type Freeze, refusalOfFreezing, refusalOfLifting } from "../../../../core/domain/ticket/freeze-rules.ts";
import { refusalOfTakingBack } from "../../../../core/domain/ticket/undo-rules.ts";
import { calendar, wib } from "../../../support/calendar.ts";
import { anApproval, aPerson, filedTicket, sundayMorning as now } from "../../../support/domain.ts";

const ticket = { requesterId: 1, state: "awaiting-approval" };
const leader = aPerson(10, ["leadership"]);
const lifted: Freeze = { state: "lifted", at: null };
const frozen: Freeze = { state: "set", at: now, personId: 7, personName: "Farida", reason: "Serangan" };
const unreadable: Freeze = { state: "unreadable", reference: "P-1", fault: "42P01" };
const approved = (link: number, personId: number): Decision => {
  return { link, role: "leadership", personId, actedForId: null, decision: "approved", at: now };
};
const acting = (changes: Partial<Acting> = {}): Acting => ({
  ...{ id: 3, personId: 10, forPersonId: 20, kind: "plh" },
  ...{ startsAt: wib("2026-11-22 00.00"), endsAt: wib("2026-11-23 00.00") },
  ...changes,
});

function codeOf(
  person = leader,
  approval: Partial<Approval> | undefined = {},
  {
    decides = "approved",
    at = now,
    freeze = lifted,
  }: { decides?: "approved" | "rejected"; at?: Date; freeze?: Freeze } = {},
): string | undefined {
  return refusalOfDecision(decides, ticket, person, anApproval(approval), { now: at, freeze })?.code;
}

describe("who decides on a request", () => {
  it("somebody who holds the role whose turn it is", () => {
    expect(codeOf()).toBeUndefined();
  });

  it.each<[string, Role[]]>([
    ["not another team", ["data-center"]],
    ["not the committee, out of turn", ["committee"]],
    ["not a user", ["user"]],
  ])("%s", (_, roles) => {
    expect(codeOf(aPerson(11, roles))).toBe("not-your-role");
  });

  it("not somebody who has left", () => {
    expect(codeOf(aPerson(10, ["leadership"], { isActive: false }))).toBe("not-your-role");
  });

  it("nobody, where the list of approvers is empty", () => {
    expect(codeOf(leader, { chain: [] })).toBe("no-approvers");
  });

  it("nobody, where nothing was asked, or in another state", () => {
    expect(refusalOfDecision("approved", ticket, leader, undefined, { now, freeze: lifted })?.code).toBe(
      "approval-not-asked",
    );
    expect(codeOf(leader, { state: "checking" })).toBe("approval-not-asked");
  });

  it("never an administrator, whatever else they hold", () => {
    expect(codeOf(aPerson(10, ["committee", "administrator"]), { chain: ["committee"] })).toBe(
      "administrator-never-decides",
    );
  });

  it.each([
    ["the requester", 1, {}],
    ["who filed it for the requester", 60, { filedBy: 60 }],
    ["who asked for the approval", 50, {}],
  ])("nobody approves or rejects their own: not %s", (_, id, changes) => {
    expect(codeOf(aPerson(id, ["leadership"]), changes)).toBe("not-your-own-request");
    expect(codeOf(aPerson(id, ["leadership"]), changes, { decides: "rejected" })).toBe("not-your-own-request");
  });

  it("one person once: two links need two people", () => {
    const both = aPerson(10, ["leadership", "committee"]);
    const second = { chain: ["leadership", "committee"] as Role[], decisions: [approved(0, 10)] };
    expect(codeOf(both, second)).toBe("decided-once-already");
    expect(codeOf(aPerson(11, ["committee"]), second)).toBeUndefined();
    expect(codeOf(aPerson(12, ["leadership"]), second)).toBe("not-your-role");
  });

  it("nobody and who stands in for them are two people of one chain", () => {
    const second = (decision: Decision) => ({ chain: ["leadership", "committee"] as Role[], decisions: [decision] });
    const standIn = acting({ personId: 11, forPersonId: 10 });
    expect(codeOf(aPerson(11, ["committee"]), { ...second(approved(0, 10)), acting: [standIn] })).toBe(
      "decided-once-already",
    );
    expect(codeOf(aPerson(10, ["committee"]), second({ ...approved(0, 11), actedForId: 10 }))).toBe(
      "decided-once-already",
    );
    expect(codeOf(aPerson(12, ["committee"]), second({ ...approved(0, 11), actedForId: 10 }))).toBeUndefined();
  });

  it("not for a time that has passed; it can be rejected", () => {
    expect(codeOf(leader, { termEndsAt: now })).toBe("term-passed");
    expect(codeOf(leader, { termEndsAt: now }, { decides: "rejected" })).toBeUndefined();
  });

  it("sees the request while of the chain, and after having decided", () => {
    expect(isOfChain(aPerson(11, ["committee"]), anApproval({ chain: ["leadership", "committee"] }))).toBe(true);
    expect(isOfChain(aPerson(11, ["committee"]), anApproval())).toBe(false);
    expect(isOfChain(aPerson(10, []), anApproval({ decisions: [approved(0, 10)] }))).toBe(true);
    expect(isOfChain(aPerson(10, ["leadership"], { isActive: false }), anApproval())).toBe(false);
  });
});

describe("a substitute", () => {
  it.each([
    ["a millisecond before 00.00 of the first day", "2026-11-22 00.00", -1, "substitution-not-in-force"],
    ["at 00.00 of the first day", "2026-11-22 00.00", 0, undefined],
    ["a millisecond before 24.00 of the last day", "2026-11-23 00.00", -1, undefined],
    ["at 24.00 of the last day", "2026-11-23 00.00", 0, "substitution-not-in-force"],
  ])("%s", (_, time, milliseconds, code) => {
    const at = new Date(wib(time).getTime() + milliseconds);
    expect(codeOf(leader, { acting: [acting()] }, { at })).toBe(code);
  });

  it.each([
    ["the requester", 1],
    ["who asked for it", 50],
  ])("decides on nothing of whom they act for: %s", (_, forPersonId) => {
    expect(codeOf(leader, { acting: [acting({ forPersonId })] })).toBe("not-for-whom-you-substitute");
  });

  it("decides on nothing of their own", () => {
    expect(codeOf(aPerson(50, ["leadership"]), { acting: [acting({ personId: 50 })] })).toBe("not-your-own-request");
  });

  it("is nothing to who holds the role in their own right", () => {
    expect(codeOf(leader, { acting: [acting({ personId: 11, endsAt: now })] })).toBeUndefined();
  });
});

describe("the freeze", () => {
  it("stops approving, not rejecting", () => {
    expect(codeOf(leader, {}, { freeze: frozen })).toBe("approvals-frozen");
    expect(codeOf(leader, {}, { freeze: frozen, decides: "rejected" })).toBeUndefined();
  });

  it("counts as set where it cannot be read", () => {
    expect(codeOf(leader, {}, { freeze: unreadable })).toBe("freeze-unreadable");
  });

  it("is set by leadership or who is on duty, once", () => {
    expect(refusalOfFreezing(leader, false, lifted)).toBeUndefined();
    expect(refusalOfFreezing(aPerson(2, ["help-desk"]), true, lifted)).toBeUndefined();
    expect(refusalOfFreezing(aPerson(2, ["it-support"]), false, lifted)?.code).toBe("not-on-duty-or-leadership");
    expect(refusalOfFreezing(leader, false, frozen)?.code).toBe("frozen-already");
    expect(refusalOfFreezing(leader, false, unreadable)?.code).toBe("freeze-unreadable");
  });

  it("is lifted by leadership alone", () => {
    expect(refusalOfLifting(leader, frozen)).toBeUndefined();
    expect(refusalOfLifting(aPerson(2, ["help-desk"]), frozen)?.code).toBe("not-your-role");
    expect(refusalOfLifting(leader, lifted)?.code).toBe("not-frozen");
  });
});

it("a decision is never taken back", () => {
  const exception = { ...filedTicket, procedure: "exception", state: "in-force", holder: "leadership" as const };
  const before = {
    assigneeId: null,
    resolution: null,
    endedAt: null,
    pendingOn: null,
    pendingUntil: null,
    workOrder: null,
  };
  const last = {
    ...{ entryId: 9, step: "approve-exception", role: "leadership" as const, personId: 10, at: now },
    ...{ fromState: "awaiting-approval", before, hasGoneOn: false },
  };
  const context = { now, undoWithinHours: 24 };
  expect(refusalOfTakingBack(exception, leader, last, context)?.code).toBe("decision-stands");
  expect(refusalOfTakingBack(exception, leader, { ...last, step: "revoke-exception" }, context)).toBeUndefined();
});

describe("what the clock does about a request that nobody decides on", () => {
  const rules = { approvalDays: 5, approvalReminderDays: 2, calendar };
  const asked = anApproval({ askedAt: wib("2026-11-23 14.00") });
  const next = (changes: Partial<Approval>, freeze: Freeze = lifted) =>
    nextOfApproval({ ...asked, ...changes }, freeze, rules, wib("2026-11-30 09.00"));

  it("reminds twice, then lets it lapse", () => {
    expect(next({})).toEqual({ do: "remind-approvers", at: wib("2026-11-25 14.00") });
    const once = { remindedAt: wib("2026-11-25 14.00") };
    expect(next(once)).toEqual({ do: "remind-approvers", at: wib("2026-11-27 14.00") });
    expect(next({ remindedAt: wib("2026-11-27 14.00") })).toEqual({ do: "lapse", at: wib("2026-11-30 14.00") });
  });

  it("begins anew with each one of the chain", () => {
    const at = wib("2026-11-26 10.00");
    const passedOn = { remindedAt: wib("2026-11-25 14.00"), decisions: [{ ...approved(0, 10), at }] };
    expect(next(passedOn)).toEqual({ do: "remind-approvers", at: wib("2026-11-30 10.00") });
  });

  it("stands still while approvals are frozen, or nobody knows, and leaves a working day after that", () => {
    const again = { do: "look-again", at: wib("2026-11-30 10.00") };
    expect(next({}, frozen)).toEqual(again);
    expect(next({}, unreadable)).toEqual(again);
    expect(lapseTime(asked, wib("2026-12-01 10.00"), rules)).toEqual(wib("2026-12-02 10.00"));
    expect(lapseTime(asked, wib("2026-11-20 10.00"), rules)).toEqual(wib("2026-11-30 14.00"));
  });

  it("waits no longer than for what is asked for would hold", () => {
    const until = { termEndsAt: wib("2026-11-26 00.00") };
    expect(next(until)).toEqual({ do: "remind-approvers", at: wib("2026-11-25 14.00") });
    expect(next({ ...until, remindedAt: wib("2026-11-25 14.00") })).toEqual({ do: "lapse", at: until.termEndsAt });
    expect(next({ termEndsAt: wib("2026-11-25 00.00") })).toEqual({ do: "lapse", at: wib("2026-11-25 00.00") });
  });

  it("waits no longer than the plan can be built, also for who is asked after that or after a freeze", () => {
    const planExpiresAt = wib("2026-11-25 12.00");
    expect(next({ planExpiresAt })).toEqual({ do: "lapse", at: planExpiresAt });
    const decisions = [{ ...approved(0, 10), at: wib("2026-11-25 13.00") }];
    expect(next({ planExpiresAt, decisions })).toEqual({ do: "lapse", at: planExpiresAt });
    expect(lapseTime({ ...asked, planExpiresAt }, wib("2026-12-01 10.00"), rules)).toEqual(planExpiresAt);
    expect(lapseTime({ ...asked, planExpiresAt: wib("2026-12-24 10.00") }, null, rules)).toEqual(
      wib("2026-11-30 14.00"),
    );
  });
});
