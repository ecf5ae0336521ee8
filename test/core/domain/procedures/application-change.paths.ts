import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "accept-machine-check": { "machine-check": "@image-sane" },
  "overrule-machine-check": { "machine-check": "@licences", verdict: "passed", note: "Buatan sendiri." },
  "refuse-change": words,
  "planning-failed": { "why-failed": "disk-full" },
  "plan-outdated": { plan: "3", "why-outdated": "host" },
  "refuse-plan": words,
  "reject-plan": words,
  "ask-plan-approval-again": words,
  "application-built": { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
  "building-failed": { "why-failed": "unhealthy" },
  "take-change-back": words,
  "report-change": words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
const planned: PathStep[] = [
  ["plan-change", "data-center", "office practice", "planning-application", null],
  ["application-planned", "machine", "office practice", "accepting-plan", null],
];

// biome-ignore format: a table
const approved: PathStep[] = [
  ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
  ["approve-plan", "leadership", "office practice", "building-application", null],
];

// biome-ignore format: a table
const builtAndReported: PathStep[] = [
  ["application-built", "machine", "office practice", "reporting-application", null],
  ["report-change", "data-center", "office practice", "closed", null],
];

/** It goes the way of R05, without the letter. */
// biome-ignore format: a table
export const pathsOfApplicationChange: Record<string, PathStep[]> = {
  "a change is planned, accepted, approved, built and reported": [
    ...planned,
    ...approved,
    ...builtAndReported,
  ],
  "a machine checks what was handed in, and its results are accepted and overruled": [
    ["hand-in-application", "data-center", "R12", "filed", null],
    ["accept-machine-check", "data-center", "R12", "filed", null],
    ["overrule-machine-check", "data-center", "R12", "filed", null],
    ...planned,
    ...approved,
    ...builtAndReported,
  ],
  "the data center refuses it, and the requester is told": [
    ["refuse-change", "data-center", "office practice", "closed", null],
  ],
  "no plan can be made, the next is refused, the third outdated, the fourth approved; it is outdated, and planned and approved anew": [
    ["plan-change", "data-center", "office practice", "planning-application", null],
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
    ...builtAndReported,
  ],
  "leadership rejects the plan, and the requester is told": [
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
    ...builtAndReported,
  ],
  "building fails, goes on, fails again, and what stood before is planned, approved and built": [
    ...planned,
    ...approved,
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["continue-building", "data-center", "office practice", "building-application", null],
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["take-change-back", "data-center", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ...approved,
    ...builtAndReported,
  ],
  "cancelled and opened again": [
    ...planned,
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...planned,
    ...approved,
    ...builtAndReported,
  ],
};
