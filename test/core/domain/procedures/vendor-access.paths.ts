import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "refuse-access": words,
  "planning-failed": { "why-failed": "disk-full" },
  "plan-outdated": { plan: "3", "why-outdated": "host" },
  "refuse-plan": words,
  "reject-plan": words,
  "ask-plan-approval-again": words,
  "application-built": { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
  "building-failed": { "why-failed": "unhealthy" },
  "take-access-back": words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
const planned: PathStep[] = [
  ["plan-access", "data-center", "office practice", "planning-application", null],
  ["application-planned", "machine", "office practice", "accepting-plan", null],
];

// biome-ignore format: a table
const approved: PathStep[] = [
  ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
  ["approve-plan", "leadership", "office practice", "building-application", null],
];

const built: PathStep[] = [["application-built", "machine", "office practice", "closed", null]];

/** It goes the way of a change, and ends when it stands. */
// biome-ignore format: a table
export const pathsOfVendorAccess: Record<string, PathStep[]> = {
  "access is planned, accepted, approved and built": [...planned, ...approved, ...built],
  "the data center refuses it, and the requester is told": [
    ["refuse-access", "data-center", "office practice", "closed", null],
  ],
  "no plan can be made, the next is refused, the third outdated, the fourth approved; it is outdated, and planned and approved anew": [
    ["plan-access", "data-center", "office practice", "planning-application", null],
    ["planning-failed", "machine", "office practice", "filed", null],
    ...planned,
    ["refuse-plan", "infrastructure", "office practice", "filed", null],
    ...planned,
    ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["plan-outdated", "machine", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ...approved,
    ["plan-outdated", "machine", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ...approved,
    ...built,
  ],
  "leadership rejects it, and the requester is told": [
    ...planned,
    ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["reject-plan", "leadership", "office practice", "closed", null],
  ],
  "leadership does not decide in time; it is asked again, and the plan renewed": [
    ...planned,
    ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["plan-approval-lapses", "clock", "office practice", "plan-approval-lapsed", null],
    ["ask-plan-approval-again", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ...approved,
    ...built,
  ],
  "building fails, goes on, fails again, and what stood before is planned, approved and built": [
    ...planned,
    ...approved,
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["continue-building", "data-center", "office practice", "building-application", null],
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["take-access-back", "data-center", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ...approved,
    ...built,
  ],
  "cancelled and opened again": [
    ...planned,
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...planned,
    ...approved,
    ...built,
  ],
};
