import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "refuse-purge": words,
  "planning-failed": { "why-failed": "disk-full" },
  "plan-outdated": { plan: "3", "why-outdated": "host" },
  "reject-plan": words,
  "ask-plan-approval-again": words,
  "application-built": { "seen-from-intranet": "not-applicable", "seen-from-internet": "not-applicable" },
  "building-failed": { "why-failed": "host-unreachable" },
  "report-purge": words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
const planned: PathStep[] = [
  ["plan-purge", "data-center", "office practice", "planning-application", null],
  ["application-planned", "machine", "office practice", "awaiting-plan-approval", null],
];

// biome-ignore format: a table
const destroyed: PathStep[] = [
  ["approve-plan", "leadership", "office practice", "building-application", null],
  ["application-built", "machine", "office practice", "reporting-application", null],
  ["report-purge", "data-center", "office practice", "closed", null],
];

// biome-ignore format: a table
export const pathsOfApplicationPurge: Record<string, PathStep[]> = {
  "it is planned, approved, done and reported": [
    ...planned,
    ...destroyed,
  ],
  "the data center refuses it": [
    ["refuse-purge", "data-center", "office practice", "closed", null],
  ],
  "no plan can be made, the next is rejected": [
    ["plan-purge", "data-center", "office practice", "planning-application", null],
    ["planning-failed", "machine", "office practice", "filed", null],
    ...planned,
    ["reject-plan", "leadership", "office practice", "closed", null],
  ],
  "nobody decides in time; it is asked again, and renewed": [
    ...planned,
    ["plan-approval-lapses", "clock", "office practice", "plan-approval-lapsed", null],
    ["ask-plan-approval-again", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "awaiting-plan-approval", null],
    ...destroyed,
  ],
  "it is outdated before and after it is approved, planned again, fails, and goes on": [
    ...planned,
    ["plan-outdated", "machine", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "awaiting-plan-approval", null],
    ["approve-plan", "leadership", "office practice", "building-application", null],
    ["plan-outdated", "machine", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "awaiting-plan-approval", null],
    ["approve-plan", "leadership", "office practice", "building-application", null],
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["continue-building", "data-center", "office practice", "building-application", null],
    ["application-built", "machine", "office practice", "reporting-application", null],
    ["report-purge", "data-center", "office practice", "closed", null],
  ],
  "cancelled and opened again": [
    ...planned,
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...planned,
    ...destroyed,
  ],
};
