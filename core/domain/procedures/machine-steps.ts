import type { Field } from "../form/field.ts";
import { whyFailed, whyOutdated } from "./hosting-questions.ts";
import { note, optionalNote, type State, type Step } from "./procedure.ts";

/** The states of a ticket while a machine plans and builds something, and people accept and approve it. */
export const machineStates: Record<string, State> = {
  "planning-application": { holder: "data-center", isPlanned: true },
  "accepting-plan": { holder: "infrastructure", isPlanned: true },
  "awaiting-plan-approval": { holder: "leadership", isPlanned: true },
  "plan-approval-lapsed": { holder: "infrastructure", isPlanned: true },
  "building-application": { holder: "data-center", isBeingBuilt: true },
  "building-stopped": { holder: "data-center", isBeingBuilt: true },
};

/** Where a procedure goes on. */
type Ways = {
  /** from a plan that could not be made, or was refused */
  back: string;
  rejected: Pick<Step, "to" | "tellsRequester" | "resolves">;
  /** Who approves is asked at once, without infrastructure: it is of the chain. */
  isApprovedAtOnce?: true;
  built: string;
  /** what the machine says of what it has built */
  asksWhenBuilt: readonly Field[];
  /** Nothing comes after it: who asked is told what became of it. */
  endsThere?: true;
  /** whose results who approves reads */
  readsChecksOf?: string;
};

/**
 * From "planning-application" on: a machine plans, infrastructure accepts, leadership approves, and the machine builds just
 * that. What is outdated in between is planned and shown anew; what fails can be gone on with.
 */
export function machineSteps(ways: Ways): Step[] {
  const { back, rejected, built, asksWhenBuilt, endsThere, readsChecksOf, isApprovedAtOnce } = ways;
  return [
    {
      name: "application-planned",
      role: "data-center",
      by: "machine",
      from: "planning-application",
      to: isApprovedAtOnce ? "awaiting-plan-approval" : "accepting-plan",
    },
    {
      name: "planning-failed",
      role: "data-center",
      by: "machine",
      from: "planning-application",
      to: back,
      asks: whyFailed,
    },
    ...(isApprovedAtOnce ? [] : acceptingSteps(back)),
    {
      name: "approve-plan",
      role: "leadership",
      from: "awaiting-plan-approval",
      to: "building-application",
      asks: [optionalNote],
      decides: "approved",
      ...(readsChecksOf && { readsChecksOf }),
      takes: "plan",
    },
    {
      name: "reject-plan",
      role: "leadership",
      from: "awaiting-plan-approval",
      ...rejected,
      asks: [note],
      decides: "rejected",
      frees: true,
      ...(endsThere && { tellsRequester: true, resolves: true }),
    },
    {
      name: "plan-approval-lapses",
      role: "leadership",
      by: "clock",
      from: "awaiting-plan-approval",
      to: "plan-approval-lapsed",
      decides: "lapsed",
      source: "office practice",
    },
    {
      name: "ask-plan-approval-again",
      role: "infrastructure",
      from: "plan-approval-lapsed",
      to: "awaiting-plan-approval",
      asks: [{ ...note, suggestions: "last-note" }],
      source: "office practice",
    },
    {
      name: "renew-plan",
      role: "infrastructure",
      from: [...(isApprovedAtOnce ? [] : ["accepting-plan"]), "awaiting-plan-approval", "plan-approval-lapsed"],
      to: "planning-application",
      asks: [optionalNote],
      preparesApproval: true,
      renews: true,
      source: "office practice",
    },
    {
      name: "plan-outdated",
      role: "data-center",
      by: "machine",
      from: ["awaiting-plan-approval", "building-application"],
      to: "planning-application",
      asks: whyOutdated,
      endsGrant: true,
    },
    {
      name: "application-built",
      role: "data-center",
      by: "machine",
      from: "building-application",
      to: built,
      asks: asksWhenBuilt,
      ...(endsThere && { tellsRequester: true }),
    },
    {
      name: "building-failed",
      role: "data-center",
      by: "machine",
      from: "building-application",
      to: "building-stopped",
      asks: whyFailed,
    },
    {
      name: "continue-building",
      role: "data-center",
      from: "building-stopped",
      to: "building-application",
      asks: [optionalNote],
      readsAnswersOf: ["building-failed"],
      source: "office practice",
    },
  ];
}

function acceptingSteps(back: string): Step[] {
  const common = { role: "infrastructure", from: "accepting-plan" } as const;
  return [
    {
      ...{ ...common, name: "accept-plan", to: "awaiting-plan-approval", asks: [optionalNote] },
      ...{ needsPlan: true, preparesApproval: true },
    },
    { ...common, name: "refuse-plan", to: back, asks: [note], frees: true },
  ];
}
